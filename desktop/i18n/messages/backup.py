"""Messages of backup and restore."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "backup.cancelled": N_(
        "The backup was stopped. Your work is safe; the older backup is as it was. Try again later."
    ),
    "backup.damaged": N_(
        "This file is not a whole backup of Opmaat and was not used. Take another backup, or copy the file again."
    ),
    "backup.expired": N_(
        "This backup is older than the term it was to be kept. Take a newer one. If there is none, choose to restore "
        "it anyway, and then look at what is due to be erased."
    ),
    "backup.inside": N_(
        "A backup inside the folder it is made of would be lost with it. Choose another place, such as a USB stick."
    ),
    "backup.newer_version": N_(
        "This backup was made by a newer version of Opmaat and was left as it is. "
        "Install the newest version, then try again."
    ),
    "backup.other_vault": N_(
        "This is the backup of another vault. Take a file that was made with this one, or restore it on its own."
    ),
    "backup.vault_exists": N_(
        "This vault is already on this laptop, and nothing was overwritten. Open it, or restore on another laptop."
    ),
    "backup.wrong_passphrase": N_(
        "This is not the passphrase the vault had when this backup was made. "
        "Try the passphrase of that day, or the recovery key."
    ),
    "backup.wrong_recovery_key": N_(
        "This recovery key does not open this backup. Take the sheet that was valid when it was made, then try again."
    ),
}
