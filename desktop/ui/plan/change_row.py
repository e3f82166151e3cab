"""One thing that a plan says otherwise, in both languages."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.plan.model.plan_changes import PlanChange, sentence_of
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text


def change_row(theme: Theme, view: PlanView, change: PlanChange) -> QHBoxLayout:
    """Return `change` in Dutch, with the other language below it."""
    row = QHBoxLayout()
    row.setSpacing(Space.SMALL)
    said, words = view.pair(sentence_of(change)), QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(theme, said.dutch))
    if said.other:
        other = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        other.set_text(said.other, view.second)
        words.addWidget(other)
    row.addWidget(Icon(theme, "pencil", 20, Tone.SOFT), 0, Qt.AlignmentFlag.AlignTop)
    nest(row, words, 1)
    return row
