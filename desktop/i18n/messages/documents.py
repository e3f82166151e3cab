"""Messages of documents and exports."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "documents.fonts_missing": N_("The fonts of Opmaat are not installed. Install Opmaat again."),
    "documents.failed": N_(
        "The document could not be made ({reason}). What was saved is safe. Tell your administrator."
    ),
    "documents.not_printed": N_(
        "The printer did not take the pages. Look whether it is on and has paper, or save the document as PDF."
    ),
    "export.conflicts": N_(
        "Answers with two values: {count}. The later one was exported; choose in the case, then export again."
    ),
    "export.file_exists": N_("This file is there already and was left alone. Give another name, or use --force."),
    "export.files_absent": N_(
        "Attachments that are not on this laptop, so not in the export: {count}. Synchronise, then export again."
    ),
    "export.missing": N_(
        "The part {compartment} is closed to this laptop and is not in the export; entries it knows of: {count}. "
        "Export on a device that may read it."
    ),
    "export.not_sealed": N_("This file is not sealed: who has it can read it. Keep it safe, and delete it after use."),
}
