"""What undo took back, in words, and the page on which it can be seen."""

from desktop.i18n import N_
from desktop.kernel.ref import PlanField
from desktop.services.dossier.undo import UndoKind, UndoStep

UNDONE: dict[UndoKind, str] = {
    "answer": N_("The answer was taken back"),
    "note": N_("The note was taken back"),
    "later": N_("“Ask later” was taken back"),
    "row_added": N_("The new row was taken back"),
    "row_removed": N_("The row is back"),
    "plan": N_("The change of the plan was taken back"),
    "attachment": N_("The attachment is back"),
    "progress": N_("What was recorded of the progress was taken back"),
}
DONE: dict[UndoKind, str] = {
    "answer": N_("Answer"),
    "note": N_("Note"),
    "later": N_("Ask later"),
    "row_added": N_("New row"),
    "row_removed": N_("Removed row"),
    "plan": N_("Change of the plan"),
    "attachment": N_("Removed attachment"),
    "progress": N_("Progress"),
}
"""What was done, in the list of what can be taken back."""

_STEPS = {
    "route": "weigh",
    "own_words": "weigh",
    "signature": "sign",
    "read_aloud": "sign",
    "term": "pip",
    "pip": "pip",
}


def page_of(step: UndoStep) -> tuple[str, str]:
    """Return the page, and the part of it, that shows what `step` put back."""
    if step.kind == "attachment":
        return "attachments", ""
    if step.kind == "progress":
        return "progress", ""
    if step.kind == "plan":
        field = PlanField(step.place)
        return "plan", field.item if field.area == "goal" else _STEPS.get(field.area, "goals")
    return "interview", step.place
