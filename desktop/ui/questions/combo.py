"""Choosing one from a short list that opens: where several questions share a card, as in the rows of a repeat."""

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from desktop.i18n import isolate
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.questions.base import AnswerWidget, CardCatalogues


class _Box(QComboBox):
    """A combo box that does not change under a scrolling hand."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


class ComboAnswer(AnswerWidget):
    """A closed list; each line in both languages, the first line empty."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._box = _Box()
        self._box.setObjectName(prefix)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._box)
        self._box.activated.connect(self.give)
        theme.changed.connect(self._restyle)
        self.show_words()
        self._restyle()

    def show_value(self, value: str) -> None:
        """Show what is chosen."""
        self._box.setCurrentIndex(max(0, self._box.findData(value)))

    def show_words(self) -> None:
        """Fill the list in the present languages; what is chosen stays."""
        chosen = self.value() or self.question.value
        self._box.blockSignals(True)
        self._box.clear()
        self._box.addItem("", "")
        for choice in self.question.choices:
            second = f" · {isolate(choice.other)}" if choice.other not in {"", choice.dutch} else ""
            self._box.addItem(choice.dutch + second, choice.value)
        self._box.blockSignals(False)
        self._box.setAccessibleName(self.name_of(self.question.dutch))
        self.show_value(chosen)

    def value(self) -> str:
        """Return the chosen value."""
        return str(self._box.currentData() or "")

    def focus_first(self) -> None:
        """Put the focus on the list."""
        self._box.setFocus()

    def _restyle(self) -> None:
        self._box.setFont(self.theme.font(Role.BODY))
        self._box.setMinimumHeight(self.theme.px(Target.FIELD))
        self._box.setMinimumContentsLength(6)
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
