"""What the columns of a form are for, in a sentence each: the notes at the headers of a workbook."""

from collections.abc import Mapping

from desktop.i18n.mark import N_

_NOTES: Mapping[str, str] = {
    "type": N_("What kind of question it is. Choose from the list; for choices, write the list behind it."),
    "name": N_("The short name that other cells use. Keep it: answers already given know the question by it."),
    "label": N_("What the person reads. Each language has its own column."),
    "hint": N_("Helps to answer."),
    "guidance_hint": N_("Says why this is asked."),
    "relevant": N_("When it is asked. ${name} = 'ja' means: when the answer to name is ja. Empty means always."),
    "required": N_("Write yes where the plan needs the answer."),
    "required_message": N_("What the person reads while a needed answer is missing."),
    "constraint": N_("What an answer must be. A dot is the answer itself, as in . >= 1 and . <= 40."),
    "constraint_message": N_("What the person reads when the answer cannot be."),
    "calculation": N_("What is worked out from other answers."),
    "choice_filter": N_("Which choices of the list are shown."),
    "appearance": N_("How it looks. Choose from the list, or leave it empty."),
    "repeat_count": N_("How often it is asked. Empty means as often as somebody adds a row."),
    "list_name": N_("The list that this choice is in."),
    "default_language": N_("The language the form was written in, as the columns write it."),
}


def column_notes() -> Mapping[str, str]:
    """Return the English note of each column, by its role (`workbook.columns`)."""
    return _NOTES
