"""Messages about documents that could not be made."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

MESSAGES: Mapping[str, str] = {
    "documents.letter_missing": N_(
        "A letter in this document is in no font that Opmaat has. Look for an unusual sign in names and notes, "
        "replace it, then try again."
    ),
    "documents.fonts_missing": N_("The fonts of Opmaat are not installed. Install Opmaat again."),
    "documents.failed": N_(
        "The document could not be made ({reason}). What was saved is safe. Tell your administrator."
    ),
}
