"""The person's own words above the field that asks for them in Dutch."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.services.interview.page_parts import SpokenWords
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues


class OwnWordsAbove(QWidget):
    """The question that was asked, and what was said, in the language and direction in which it was said."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._question = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._words = Text(theme, role=Role.HINT)
        self._words.setObjectName("interview.own_words")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, Space.MEDIUM)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._question)
        column.addWidget(self._words)
        self.hide()

    def show_words(self, said: SpokenWords | None, catalogues: CardCatalogues) -> None:
        """Show what was said; nothing where the card asks for no Dutch, or nothing was said."""
        self.setVisible(said is not None)
        if said is not None:
            self._question.set_text(said.dutch, catalogues.dutch)
            self._words.set_text(said.words, catalogues.spoken_in(said.spoken))
