"""Messages of the vault: passphrase, recovery key, help of the organisation, the file itself."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "escrow.file_damaged": N_("This is not a whole answer of your administrator. Ask them to send the file again."),
    "escrow.file_newer": N_(
        "This file was made by a newer version of Opmaat. Install the newest version, then try again."
    ),
    "escrow.none": N_(
        "Your organisation keeps no key to this vault. Use your passphrase or your recovery key on paper."
    ),
    "escrow.none_offered": N_(
        "Your organisation offers no help with lost keys yet. Ask your administrator for a new invitation."
    ),
    "escrow.other_organisation": N_(
        "This request is for another organisation. Send it to the administrator of the organisation it names."
    ),
    "escrow.other_vault": N_(
        "This answer is for another vault. Choose the vault it is for, or ask your administrator for the right answer."
    ),
    "escrow.request_changed": N_(
        "This request was changed on its way, or is not of this organisation. Ask the person for a new one."
    ),
    "escrow.used": N_(
        "This answer was used before and opens nothing any more. Save a new request and send it to your administrator."
    ),
    "escrow.wrong_code": N_("This code does not belong to this answer. Look at the code again, then try again."),
    "vault.damaged": N_(
        "The vault on this laptop is damaged and was not changed. Ask your administrator to put back a backup; "
        "what was sent to the server is safe there."
    ),
    "vault.in_use": N_("Opmaat is already open with this vault. Go to the other window, or close it first."),
    "vault.last_slot": N_(
        "This is the last way to open your vault by yourself, so it stays. First make another one, then remove this."
    ),
    "vault.locked": N_("Opmaat is locked. What was saved is safe. Type your passphrase to go on."),
    "vault.locking_unsupported": N_(
        "The disk with your vault cannot keep a second program out, so Opmaat does not open it there. "
        "Ask your administrator to move the vault to a local disk."
    ),
    "vault.newer_version": N_(
        "This vault was made by a newer version of Opmaat and was left as it is. "
        "Install the newest version, then try again."
    ),
    "vault.none_here": N_("There is no vault in this folder. Give the folder with --data, then try again."),
    "vault.no_organisation": N_(
        "This vault does not belong to an organisation yet. Ask your administrator for an invitation and join first."
    ),
    "vault.no_such_slot": N_(
        "This vault does not open in this way. Use your passphrase or your recovery key, whichever you have not tried."
    ),
    "vault.other_organisation": N_(
        "This vault belongs to another organisation. Make a new vault for this invitation; the old one stays."
    ),
    "vault.out_of_memory": N_(
        "There is not enough free memory to open the vault. Close other programs, then try again."
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
    "vault.wait": N_(
        "There were too many wrong attempts. Wait {seconds} seconds, then try again, or use your recovery key."
    ),
    "vault.wrong_passphrase": N_("This is not the passphrase of this vault. Try again, or use your recovery key."),
    "vault.wrong_recovery_key": N_(
        "This recovery key does not open this vault. Take the newest sheet with this name, then try again."
    ),
    "vault.which_one": N_("There is more than one vault here. Name the one you mean with --vault and its id."),
}
