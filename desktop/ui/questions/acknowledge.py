"""Something to be told rather than asked: it is read aloud, and ticked when it was understood."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import N_
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.parts.lines import LabelLine
from desktop.ui.questions.parts.options import OptionButton

UNDERSTOOD = "OK"
"""The value of an acknowledged XForms trigger."""

_WORDS = N_("Told and understood")


class AcknowledgeAnswer(AnswerWidget):
    """One tick in both languages."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._tick = self._make()
        self._column.addWidget(self._tick)
        self.show_value(question.value)

    def show_value(self, value: str) -> None:
        """Show the tick."""
        self._tick.setChecked(value == UNDERSTOOD)

    def show_words(self) -> None:
        """Make the tick again in the present languages."""
        ticked, had_focus = self.value(), self._tick.hasFocus()
        fresh = self._make()
        self._column.replaceWidget(self._tick, fresh)
        self._tick.deleteLater()
        self._tick = fresh
        self.show_value(ticked)
        if had_focus:
            fresh.show()
            self.focus_first()

    def value(self) -> str:
        """Return the tick as XForms has it."""
        return UNDERSTOOD if self._tick.isChecked() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Enter; once it is ticked, Enter goes on as everywhere."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self._tick.isChecked():
            self._tick.click()
        else:
            super().keyPressEvent(event)

    def focus_first(self) -> None:
        """Put the focus on the tick."""
        self._tick.setFocus()

    def _make(self) -> OptionButton:
        lines = (
            LabelLine(self.catalogues.left.text(_WORDS), Role.BODY, self.catalogues.dutch),
            LabelLine(self.catalogues.person.text(_WORDS), Role.SMALL, self.catalogues.other, "ink_2"),
        )
        button = OptionButton(self.theme, lines, self.prefix, several=True)
        button.clicked.connect(self.give)
        return button
