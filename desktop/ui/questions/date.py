"""A date, typed as day, month and year, each in a field of its own.

What is unknown stays empty: with appearance `part-known` the year, or the year and the month, are enough, and the rest
is kept as unknown. With `year` or `month-year` the form itself asks no more; then the first day stands for all, because
XForms knows whole dates only. Below the fields the date may be typed in the calendar of the person.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.forms.document.datatypes import takes_part
from desktop.i18n import N_
from desktop.kernel.part_date import PartDate
from desktop.services.interview.page_parts import QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.questions.base import AnswerWidget, CardCatalogues, mark_refused
from desktop.ui.questions.parts.date_part import DATE_PARTS, YEAR_LENGTH, DatePart
from desktop.ui.questions.parts.other_calendar import OtherCalendar

_HALF_DATE = N_("Fill in day, month and year.")
_YEAR_FIRST = N_("Fill in the year with four figures. What else is unknown stays empty.")
_MONTH_TOO = N_("Fill in the month too, or empty the day.")
_DAY_UNKNOWN = N_("The day is kept as unknown.")
_BOTH_UNKNOWN = N_("Day and month are kept as unknown.")
_PERSIAN_YEARS = range(1250, 1500)
"""Years that are years of the Persian calendar when somebody types them for a birthday."""


class DateAnswer(AnswerWidget):
    """Day, month and year in the order of Dutch letters, whichever way the language runs."""

    def __init__(self, theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> None:
        super().__init__(theme, catalogues, question, prefix)
        self._asked = _parts_of(question.appearance)
        self._in_parts = takes_part(question.appearance)
        self._parts = {
            name: DatePart(theme, f"{prefix}.{name}", width, digits) for name, _w, digits, width in DATE_PARTS
        }
        self._open = Button(theme, "", f"{prefix}.other_calendar", kind="quiet")
        self._open.setCheckable(True)
        self._calendar = OtherCalendar(theme, prefix, in_parts=self._in_parts)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._lay_out()
        self._open.clicked.connect(self._toggle)
        self._calendar.taken.connect(self._take)
        self.show_value(question.value)
        self.show_words()

    def show_value(self, value: str) -> None:
        """Put a date in its fields, without the zeros it is kept with; what is no date stands as it was typed."""
        year, month, day = (*value[:10].split("-"), "", "", "")[:3] if value else ("", "", "")
        texts = {"day": day, "month": month, "year": year}
        if PartDate.parse(value[:10]) is not None:
            texts |= {"day": day.strip("X").lstrip("0"), "month": month.strip("X").lstrip("0")}
        for name, part in self._parts.items():
            part.field.setText(texts[name])
        self._calendar.show_date(PartDate.parse(self.value()))

    def show_words(self) -> None:
        """Name the fields in both languages."""
        worker = self.catalogues.worker
        for name, word, _digits, _width in DATE_PARTS:
            said = f"{self.name_of(self.question.dutch)} · {worker.text(word)}"
            self._parts[name].show_words(word, self.catalogues, said)
        self._open.set_text(worker.text(N_("Another calendar")))
        self._calendar.show_words(self.catalogues)

    def value(self) -> str:
        """Return the date as it is kept; what cannot be a date is returned as typed, for the form to refuse."""
        day, month, year = self._figures()
        if not (day or month or year):
            return ""
        if self._in_parts and not day and len(year) == YEAR_LENGTH:
            return f"{year}-{month:0>2}-XX" if month else f"{year}-XX-XX"
        day = day or ("" if "day" in self._asked else "1")
        month = month or ("" if "month" in self._asked else "1")
        return (
            f"{year}-{month:0>2}-{day:0>2}" if day and month and len(year) == YEAR_LENGTH else f"{year}-{month}-{day}"
        )

    def unfinished(self) -> str:
        """Tell of a date of which not enough is filled in, the year with four digits."""
        day, month, year = self._figures()
        if not self.value():
            return ""
        if self._in_parts:
            return _YEAR_FIRST if len(year) != YEAR_LENGTH else _MONTH_TOO if day and not month else ""
        filled = all(self._parts[name].field.text() for name in self._asked)
        return "" if filled and len(year) == YEAR_LENGTH else _HALF_DATE

    def remark(self) -> str:
        """Tell what is kept as unknown."""
        known = PartDate.parse(self.value()) if self._in_parts else None
        if super().remark() or known is None or known.is_whole:
            return super().remark()
        return _BOTH_UNKNOWN if known.month is None else _DAY_UNKNOWN

    def set_refused(self, *, refused: bool) -> None:
        """Colour the borders of the fields; a year of the Persian calendar is offered to be read as one."""
        for part in self._parts.values():
            mark_refused(part.field, refused=refused)
        day, month, year = self._figures()
        if refused and year.isdecimal() and int(year) in _PERSIAN_YEARS and not self._open.isChecked():
            self._show_calendar(shown=True)
            self._calendar.move_here(day, month, year)

    def focus_first(self) -> None:
        """Put the focus in the first field that is asked."""
        self._parts[self._asked[0]].field.setFocus()

    def focus_refused(self) -> None:
        """Put the focus in the first field that is empty, else in the year."""
        empty = [name for name in self._asked if not self._parts[name].field.text()]
        self._parts[(*empty, "year")[0]].field.setFocus()

    def _figures(self) -> tuple[str, str, str]:
        """Return what stands in the fields of day, month and year."""
        day, month, year = (self._parts[name].field.text() for name in ("day", "month", "year"))
        return day, month, year

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        nest(column, row)
        for name, part in self._parts.items():
            row.addWidget(part, alignment=Qt.AlignmentFlag.AlignTop)
            part.setVisible(name in self._asked)
            part.field.textEdited.connect(lambda text, name=name: self._type(name, text))
            part.field.editingFinished.connect(self._leave)
            part.validator.numerals.connect(self.explain_figures)
        row.addStretch(1)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._calendar)
        self._calendar.hide()

    def _type(self, name: str, text: str) -> None:
        full = {"day": 2, "month": 2}.get(name)
        if full is not None and len(text) == full:
            following = {"day": "month", "month": "year"}[name]
            self._parts[following].field.setFocus()
            self._parts[following].field.selectAll()
        self._calendar.show_date(PartDate.parse(self.value()))
        self.edited.emit()

    def _take(self, known: PartDate) -> None:
        """Take over a date that was typed in another calendar."""
        texts = {"day": known.day, "month": known.month, "year": known.year}
        for name, part in self._parts.items():
            part.field.setText("" if texts[name] is None else str(texts[name]))
        self.edited.emit()

    def _toggle(self) -> None:
        self._show_calendar(shown=self._open.isChecked())
        if self._open.isChecked():
            self._calendar.focus_first()

    def _show_calendar(self, *, shown: bool) -> None:
        self._open.setChecked(shown)
        self._calendar.setVisible(shown)
        self._calendar.show_date(PartDate.parse(self.value()))
        self.updateGeometry()

    def _leave(self) -> None:
        if not any(part.field.hasFocus() for part in (*self._parts.values(), *self._calendar.parts.values())):
            self.finished.emit()


def _parts_of(appearance: str) -> tuple[str, ...]:
    words = appearance.split()
    if "year" in words:
        return ("year",)
    return ("month", "year") if "month-year" in words else ("day", "month", "year")
