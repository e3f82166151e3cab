"""A date, typed as day, month and year, each in a field of its own.

What is unknown stays empty: with appearance `year` or `month-year` only those are asked. A date with only a year, or
only a year and a month, is given as the first day of it, because XForms knows whole dates only; the form may ask
separately how certain it is.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.i18n import N_
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.figures_validator import FiguresValidator
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, mark_refused

_HALF_DATE = N_("Fill in day, month and year. If only the year is known, fill in 1 and 1.")
_YEAR = len("jjjj")
_PARTS = (("day", N_("Day"), 2, 84), ("month", N_("Month"), 2, 84), ("year", N_("Year"), 4, 116))


class _Part(QWidget):
    """One field with its word above, in both languages."""

    def __init__(self, theme: Theme, name: str, width: int, digits: int) -> None:
        super().__init__()
        self._theme, self._width = theme, width
        self.first = Text(theme, role=Role.STRONG, wrap=False)
        self.second = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self.field = QLineEdit()
        self.field.setObjectName(name)
        self.field.setMaxLength(digits)
        self.field.setValidator(FiguresValidator(r"\d*", self.field))
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        for widget in (self.first, self.second, self.field):
            column.addWidget(widget)
        theme.changed.connect(self.restyle)
        self.restyle()

    def restyle(self) -> None:
        """Take font and size from the theme again."""
        self.field.setFont(self._theme.font(Role.CARD))
        self.field.setFixedHeight(self._theme.px(Target.LARGE))
        self.field.setFixedWidth(self._theme.px(self._width))


class DateAnswer(AnswerWidget):
    """Day, month and year in the order of Dutch letters, whichever way the language runs."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        asked = _parts_of(question.appearance)
        self._parts = {name: _Part(theme, _name(prefix, name), width, digits) for name, _w, digits, width in _PARTS}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.MEDIUM)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for name, part in self._parts.items():
            row.addWidget(part, alignment=Qt.AlignmentFlag.AlignTop)
            part.setVisible(name in asked)
            part.field.textEdited.connect(lambda text, name=name: self._type(name, text))
            part.field.editingFinished.connect(self._leave)
        row.addStretch(1)
        self.show_value(question.value)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Put a date in its fields."""
        year, month, day = (*value[:10].split("-"), "", "", "")[:3] if value else ("", "", "")
        texts = {"day": day.lstrip("0"), "month": month.lstrip("0"), "year": year}
        for name, part in self._parts.items():
            part.field.setText(texts[name])

    def show_words(self) -> None:
        """Name the fields in both languages."""
        for name, word, _digits, _width in _PARTS:
            part = self._parts[name]
            part.first.set_text(self.catalogues.left.text(word), self.catalogues.dutch)
            part.second.set_text(self.catalogues.person.text(word), self.catalogues.other)
            part.field.setAccessibleName(f"{self.name_of(self.question.dutch)} · {self.catalogues.worker.text(word)}")

    def value(self) -> str:
        """Return the date as `jjjj-mm-dd`; what cannot be a date is returned as typed, for the form to refuse."""
        day, month, year = (self._parts[name].field.text() for name in ("day", "month", "year"))
        if not (day or month or year):
            return ""
        asked = _parts_of(self.question.appearance)
        day = day or ("" if "day" in asked else "1")
        month = month or ("" if "month" in asked else "1")
        return f"{year}-{month:0>2}-{day:0>2}" if day and month and len(year) == _YEAR else f"{year}-{month}-{day}"

    def unfinished(self) -> str:
        """Tell of a date of which some but not all fields are filled, the year with four digits."""
        return _HALF_DATE if self.value() and not self._is_whole() else ""

    def set_refused(self, *, refused: bool) -> None:
        """Colour the borders of the fields."""
        for part in self._parts.values():
            mark_refused(part.field, refused=refused)

    def focus_first(self) -> None:
        """Put the focus in the first field that is asked."""
        first = next(part for name, part in self._parts.items() if name in _parts_of(self.question.appearance))
        first.field.setFocus()

    def _type(self, name: str, text: str) -> None:
        full = {"day": 2, "month": 2}.get(name)
        if full is not None and len(text) == full:
            following = {"day": "month", "month": "year"}[name]
            self._parts[following].field.setFocus()
            self._parts[following].field.selectAll()
        self.edited.emit()

    def _leave(self) -> None:
        inside = any(part.field.hasFocus() for part in self._parts.values())
        if not inside:
            self.finished.emit()

    def _is_whole(self) -> bool:
        filled = all(
            part.field.text() for name, part in self._parts.items() if name in _parts_of(self.question.appearance)
        )
        return filled and len(self._parts["year"].field.text()) == _YEAR


def _parts_of(appearance: str) -> tuple[str, ...]:
    words = appearance.split()
    if "year" in words:
        return ("year",)
    return ("month", "year") if "month-year" in words else ("day", "month", "year")


def _name(prefix: str, part: str) -> str:
    return f"{prefix}.{part}"
