"""Messages of the ground floor: files, languages, canonical bytes."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "canonical.broken": N_("This file or message is damaged and was not used. Ask for it again."),
    "files.disk_full": N_(
        "The disk is full. What was saved is safe. Free some space, then try again; you can read on meanwhile."
    ),
    "files.input_output": N_("The disk could not be read or written. Check the disk or USB stick, then try again."),
    "files.no_permission": N_(
        "Opmaat may not use this folder. Choose another folder, or ask your administrator for access."
    ),
    "files.not_found": N_("This file is not there any more. Choose the file again."),
    "files.not_private": N_(
        "Other people on this laptop can read the folder of Opmaat, so it was not opened. "
        "Ask your administrator to make the folder private."
    ),
    "files.read_only": N_("This folder can only be read. Choose another folder."),
    "files.too_large": N_("This file is too large to be what it should be. Choose another file."),
    "language.catalogue_broken": N_(
        "The texts in this language ({tag}) are damaged. Choose another language, or install Opmaat again."
    ),
    "language.catalogue_missing": N_(
        "The texts in this language ({tag}) are not installed. Choose another language, or install Opmaat again."
    ),
    "language.unknown": N_("Opmaat does not have this language ({tag}) yet. Choose another language."),
}
