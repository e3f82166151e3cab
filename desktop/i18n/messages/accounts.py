"""Messages of accounts, of joining an organisation, of trust between organisations, and of the practice environment."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "accounts.name_missing": N_(
        "There is no name, or it is too long. Fill in how colleagues call you, in at most {count} characters."
    ),
    "caseload.name_missing": N_(
        "There is no name, or it is too long. Fill in how the person wants to be called, in at most {count} characters."
    ),
    "enrol.invitation_damaged": N_("This is not a whole invitation. Ask your administrator to send the file again."),
    "enrol.invitation_expired": N_("This invitation is no longer valid. Ask your administrator for a new one."),
    "enrol.invitation_newer": N_(
        "This invitation was made by a newer version of Opmaat. Install the newest version, then try again."
    ),
    "enrol.invitation_used": N_(
        "This invitation was already used on another laptop. Ask your administrator for a new one; "
        "if you did not use it, tell them so."
    ),
    "enrol.other_person": N_(
        "This invitation is for {person}, not for you. Ask your administrator for one in your own name."
    ),
    "enrol.wrong_code": N_("This code does not belong to this invitation. Look at the code again, then try again."),
    "trust.card_older": N_("A newer card of this organisation is known already. Ask for the newest one."),
    "trust.device_revoked": N_(
        "This laptop is no longer trusted by its organisation. What was saved stays on it. Ask your administrator."
    ),
    "trust.chain_unreadable": N_(
        "The server cannot show whose some answers are, so they wait there. The rest goes on, and Opmaat asks again. "
        "Tell your administrator."
    ),
    "trust.directory_lost": N_(
        "The server lost the list of organisations, so this laptop goes on with the list that it has. "
        "Tell your administrator."
    ),
    "trust.directory_old": N_(
        "The list of organisations on this laptop is {days} days old. Synchronise first. "
        "If it stays so, ask your administrator to sign it again; then hand over."
    ),
    "trust.document_damaged": N_("A document of the organisation is damaged and was not used. Ask for it again."),
    "trust.key_damaged": N_("A key of an organisation is damaged and was not used. Ask your administrator."),
    "trust.key_file_damaged": N_("This is not a whole key file. Take your backup of the key file."),
    "trust.key_file_newer": N_("This key file was made by a newer version of Opmaat. Install the newest version."),
    "trust.no_key_for_laptop": N_(
        "This file has no key for this laptop. Save the file of this laptop, give it to your administrator, "
        "and ask for a new file with keys."
    ),
    "trust.not_signed": N_(
        "A document does not carry the signature of the organisation, so it was not used. Tell your administrator."
    ),
    "trust.organisation_unknown": N_(
        "This organisation is not known to yours. Ask your administrator to add it to the list of partners."
    ),
    "trust.renewal_missing": N_(
        "Your organisation has a new key, and this laptop did not get it yet. It is asked for again by itself. "
        "If this stays, ask your administrator to share the key once more."
    ),
    "trust.revocation_unknown": N_(
        "A laptop was withdrawn, and what it wrote last cannot be checked yet. It is kept apart; synchronise again."
    ),
    "trust.suite_unknown": N_(
        "This was made with a newer kind of key. Install the newest version of Opmaat, then try again."
    ),
    "trust.wrap_damaged": N_(
        "A key that came in does not open here. Ask the organisation that sent it to share it again."
    ),
    "trust.wrong_passphrase": N_("This is not the passphrase of this key file. Try again."),
    "practice.case_broken": N_(
        "The invented person could not be read, so the practice environment is empty. Add a person yourself."
    ),
}
