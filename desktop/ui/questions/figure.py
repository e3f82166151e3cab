"""A number as a plain field: years, hours, amounts in the rows of a repeat."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop.i18n import N_
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target, Tone
from desktop.ui.kit.controls.figures_validator import FiguresValidator
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, focus_behind, mark_refused

_NO_NUMBER = N_("Fill in a number.")
_WHOLE, _DECIMAL = r"-?\d{0,9}", r"-?\d{0,9}([.,]\d{0,6})?"


def number_validator(question: QuestionView, field: QLineEdit) -> FiguresValidator:
    """Return what keeps letters out of `field`; a decimal may be typed with a comma."""
    return FiguresValidator(_WHOLE if question.kind == "whole" else _DECIMAL, field)


def lexical_number(typed: str) -> str:
    """Return a typed number in XForms form: with a point, without leading zeros; what is no number yet as typed."""
    text = typed.replace(",", ".").rstrip(".")
    if unfinished_number(typed) or not text:
        return typed
    return str(int(text)) if "." not in text else text


def unfinished_number(typed: str) -> str:
    """Return the sentence that asks for a number where there is a sign or a point alone, else an empty text."""
    return _NO_NUMBER if typed and not any(letter.isdigit() for letter in typed) else ""


class FigureAnswer(AnswerWidget):
    """One field that takes digits only."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._field = QLineEdit()
        self._field.setObjectName(prefix)
        self._field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        validator = number_validator(question, self._field)
        validator.numerals.connect(self.explain_figures)
        self._field.setValidator(validator)
        self._unit = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        row.addWidget(self._unit)
        self._field.textEdited.connect(lambda _text: self.edited.emit())
        self._field.editingFinished.connect(self.finished)
        theme.changed.connect(self.show_words)
        self.show_value(question.value)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Put the number in the field."""
        self._field.setText(value)

    def show_words(self) -> None:
        """Name the field and its unit, and size it."""
        self._unit.set_text(self.question.unit[0], self.catalogues.dutch)
        self._unit.setVisible(bool(self.question.unit[0]))
        self._field.setAccessibleName(self.name_of(self.question.dutch))
        self._field.setFont(self.theme.font(Role.BODY))
        self._field.setMinimumHeight(self.theme.px(Target.FIELD))

    def value(self) -> str:
        """Return the number in XForms form; what is no number yet as typed."""
        return lexical_number(self._field.text())

    def unfinished(self) -> str:
        """Tell of a field with a sign or point alone."""
        return unfinished_number(self._field.text())

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the field."""
        mark_refused(self._field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus in the field with everything selected."""
        self._field.setFocus()
        self._field.selectAll()

    def focus_refused(self) -> None:
        """Put the focus behind the last figure."""
        focus_behind(self._field)
