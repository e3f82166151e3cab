"""A number: typed large, or stepped with two buttons or the arrow keys."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import IconButton
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, focus_behind, mark_refused
from desktop.ui.questions.figure import lexical_number, number_validator, unfinished_number
from desktop.ui.questions.parts.sizes import gently

_SMALLEST = 0


class _Figure(QLineEdit):
    """The field: its arrow keys step, and what is typed is only a number."""

    def __init__(self, owner: "NumberAnswer") -> None:
        super().__init__()
        self._owner = owner

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step on up and down."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if by and event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._owner.step(by)
        else:
            super().keyPressEvent(event)


class NumberAnswer(AnswerWidget):
    """Minus, the number, plus, and its unit in both languages."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        words = catalogues.worker
        self._less = IconButton(theme, "minus", words.text("One less"), f"{prefix}.less", kind="plain")
        self._more = IconButton(theme, "plus", words.text("One more"), f"{prefix}.more", kind="plain")
        self._field = _Figure(self)
        self._field.setObjectName(prefix)
        self._field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._field.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        validator = number_validator(question, self._field)
        validator.numerals.connect(self.explain_figures)
        self._field.setValidator(validator)
        self._units = (
            Text(theme, role=Role.HINT, wrap=False),
            Text(theme, role=Role.BODY, tone=Tone.SOFT, wrap=False),
        )
        self._lay_out()
        self._less.clicked.connect(lambda: self.step(-1))
        self._more.clicked.connect(lambda: self.step(1))
        self._field.textEdited.connect(lambda _text: self.edited.emit())
        self._field.editingFinished.connect(self.finished)
        theme.changed.connect(self._restyle)
        self.show_value(question.value)
        self.show_words()
        self._restyle()

    def show_value(self, value: str) -> None:
        """Put the number in the field."""
        self._field.setText(value)

    def show_words(self) -> None:
        """Show the unit in both languages and name the field after the question."""
        first, second = self._units
        first.set_text(self.question.unit[0], self.catalogues.dutch)
        second.set_text(self.question.unit[1], self.catalogues.other)
        for unit in self._units:
            unit.setVisible(bool(unit.plain()))
        self._field.setAccessibleName(self.name_of(self.question.dutch))

    def value(self) -> str:
        """Return the number with a point, without leading zeros; what is no number yet as typed."""
        return lexical_number(self._field.text())

    def unfinished(self) -> str:
        """Tell of a field with a sign or point alone."""
        return unfinished_number(self._field.text())

    def step(self, by: int) -> None:
        """Add `by` to the number and give it at once; an empty field starts at nought. Never below nought."""
        now = "" if self.unfinished() else self.value()
        whole = int(float(now)) + by if now else max(0, by)
        self._field.setText(str(max(_SMALLEST, whole)))
        self.give()

    def set_refused(self, *, refused: bool) -> None:
        """Colour the border of the field."""
        mark_refused(self._field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus in the field with everything selected, so that typing replaces."""
        self._field.setFocus()
        self._field.selectAll()

    def focus_refused(self) -> None:
        """Put the focus behind the last figure."""
        focus_behind(self._field)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL + 2)
        for widget in (self._less, self._field, self._more):
            row.addWidget(widget)
        units = QVBoxLayout()
        units.setSpacing(0)
        units.addStretch(1)
        for unit in self._units:
            units.addWidget(unit)
        units.addStretch(1)
        row.addSpacing(Space.HAIR)
        nest(row, units)
        row.addStretch(1)

    def _restyle(self) -> None:
        side = max(gently(self.theme, Target.ANSWER), self.theme.px(Target.FIELD))  # the style sheet's least height
        for button in (self._less, self._more):
            button.setFixedSize(max(gently(self.theme, 60), button.sizeHint().width()), side)
        self._field.setFont(self.theme.font(Role.NUMBER))
        self._field.setFixedSize(gently(self.theme, 116), side)
