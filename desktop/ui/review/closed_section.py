"""A section of the list that is closed to this laptop: its title, a lock, and who may read it."""

from PySide6.QtWidgets import QHBoxLayout

from desktop.services.dossier.closed import ClosedPart
from desktop.ui.closed_texts import closed_sentence
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class ClosedSection(Card):
    """See the module."""

    def __init__(self, context: UiContext, title: str, part: ClosedPart) -> None:
        super().__init__(context.theme, padding=Space.LARGE)
        self.setObjectName("review.closed")
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(Icon(context.theme, "lock", 22, Tone.SOFT))
        head.addWidget(Text(context.theme, title, Role.CARD), 1)
        nest(self.body, head)
        sentence = Text(context.theme, closed_sentence(context.catalogue, part), Role.BODY, tone=Tone.SOFT)
        sentence.setObjectName("review.closed.said")
        self.body.addWidget(sentence)
