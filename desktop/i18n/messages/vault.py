"""Messages of the vault: passphrase, recovery key, the file itself."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "vault.damaged": N_(
        "The vault on this laptop is damaged and was not changed. Ask your administrator to put back a backup; "
        "what was sent to the server is safe there."
    ),
    "vault.in_use": N_("Opmaat is already open with this vault. Go to the other window, or close it first."),
    "vault.locked": N_("Opmaat is locked. What was saved is safe. Type your passphrase to go on."),
    "vault.newer_version": N_(
        "This vault was made by a newer version of Opmaat and was left as it is. "
        "Install the newest version, then try again."
    ),
    "vault.no_organisation": N_(
        "This vault does not belong to an organisation yet. Ask your administrator for an invitation and join first."
    ),
    "vault.no_such_slot": N_(
        "This vault does not open in this way. Use your passphrase or your recovery key, whichever you have not tried."
    ),
    "vault.other_organisation": N_(
        "This vault belongs to another organisation. Make a new vault for this invitation; the old one stays."
    ),
    "vault.passphrase_needed": N_(
        "The passphrase changes only with the present one. Type it, or open the vault with your recovery key."
    ),
    "vault.passphrase_too_short": N_(
        "This passphrase is too short. Use at least {count} characters; a sentence is best."
    ),
    "vault.recovery_incomplete": N_(
        "The recovery key has {wanted} words; you typed {count}. Type all words from the sheet, in their order."
    ),
    "vault.recovery_mistyped": N_(
        "These words do not belong together. Compare each word and the order with your sheet, then try again."
    ),
    "vault.recovery_word_unknown": N_(
        "Word {position} is not on the list. Compare it with your sheet, then try again."
    ),
    "vault.seal_broken": N_(
        "A key on this laptop is damaged, so one case stays closed. Synchronise to fetch the key again, "
        "or ask your administrator."
    ),
    "vault.wrong_passphrase": N_("This is not the passphrase of this vault. Try again, or use your recovery key."),
    "vault.wrong_recovery_key": N_(
        "This recovery key does not open this vault. Take the newest sheet with this name, then try again."
    ),
}
