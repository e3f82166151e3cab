"""A question that asks for a file: the files lie in the panel below the card, and adding one is the answer."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import N_
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues

_ADD = N_("Add the file below. The last one added is the answer.")
_THERE = N_("A file has been added; it lies below.")


class FileAnswer(AnswerWidget):
    """Says whether there is a file, in both languages; the panel below adds and removes."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._sentences = (Text(theme, role=Role.HINT, tone=Tone.SOFT), Text(theme, role=Role.HINT, tone=Tone.SOFT))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for sentence in self._sentences:
            column.addWidget(sentence)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Say whether there is a file: `value` is its name outside the vault."""
        del value
        self.show_words()

    def words_key(self) -> tuple[object, ...]:
        """Return also whether there is a file."""
        return (*super().words_key(), bool(self.question.value))

    def show_words(self) -> None:
        """Say it in both languages."""
        msgid = _THERE if self.question.value else _ADD
        for sentence, words in zip(self._sentences, (self.catalogues.left, self.catalogues.person), strict=True):
            sentence.set_text(words.text(msgid), words.language)

    def value(self) -> str:
        """Return the name of the file; it changes in the panel only."""
        return self.question.value

    def focus_first(self) -> None:
        """Leave the focus: the next control is the first button of the panel."""
