"""A date typed in the calendar in which the person knows it; both dates stand on the card."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue, format_date
from desktop.kernel.part_date import PartDate
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.parts.calendars import (
    CALENDARS,
    MONTHS,
    CalendarDay,
    CalendarName,
    from_calendar,
    span,
    to_calendar,
)
from desktop.ui.questions.parts.date_part import DATE_PARTS, YEAR_LENGTH, DatePart

_SAME = N_("{day} {month} {year} is {date}")
_SPAN = N_("This runs from {first} to {last}. Only the year is taken over.")
_NONE = N_("This calendar has no such day.")
_SWITCH = 440
"""The most pixels at 100 % of the choice between the calendars."""

_ETHIOPIC = frozenset({"ti", "am"})


class OtherCalendar(QWidget):
    """Three fields in the Persian or the Ethiopian calendar. `taken` carries the date (`PartDate`) that was typed."""

    taken = Signal(object)

    def __init__(self, theme: Theme, prefix: str, *, in_parts: bool) -> None:
        """Name the fields after `prefix`; `in_parts` takes a year alone too."""
        super().__init__()
        self._catalogues: CardCatalogues | None = None
        self._theme, self._in_parts = theme, in_parts
        self._name: CalendarName = "persian"
        self.parts = {
            name: DatePart(theme, f"{prefix}.calendar.{name}", width, digits, small=True)
            for name, _word, digits, width in DATE_PARTS
        }
        self._switch = Segmented(theme, f"{prefix}.calendar", "", self._choose)
        self._switch.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._fit)
        self._fit()
        self._says = (Text(theme, role=Role.BODY), Text(theme, role=Role.SMALL, tone=Tone.SOFT))
        self._says[0].setObjectName(f"{prefix}.calendar.says")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.SMALL, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._switch)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        for part in self.parts.values():
            row.addWidget(part, alignment=Qt.AlignmentFlag.AlignTop)
            part.field.textEdited.connect(lambda _text: self._read())
        row.addStretch(1)
        nest(column, row)
        for text in self._says:
            column.addWidget(text)

    def show_words(self, catalogues: CardCatalogues) -> None:
        """Name calendars and fields in the present languages; the likely calendar of the person is chosen at first."""
        if self._catalogues is None:
            self._name = "ethiopian" if catalogues.other.tag in _ETHIOPIC else "persian"
        self._catalogues = catalogues
        worker = catalogues.worker
        segments = [SegmentOption(name, worker.text(msgid)) for name, msgid in CALENDARS.items()]
        self._switch.set_segments(segments, self._name)
        self._switch.setAccessibleName(worker.text(N_("Another calendar")))
        for name, word, _digits, _width in DATE_PARTS:
            said = f"{worker.text(CALENDARS[self._name])} · {worker.text(word)}"
            self.parts[name].show_words(word, catalogues, said)
        self._tell(self._typed())

    def show_date(self, shown: PartDate | None) -> None:
        """Show a date that was typed in the ordinary fields; one that is not whole leaves these as they are."""
        if shown is not None and shown.is_whole:
            self._fill(to_calendar(shown.first, self._name))
        self._tell(self._typed())

    def move_here(self, day: str, month: str, year: str) -> None:
        """Take what was typed for a date of the Persian calendar, of which the years lie 621 below ours."""
        self._name = "persian"
        self._switch.choose(self._name)
        for name, text in (("day", day), ("month", month), ("year", year)):
            self.parts[name].field.setText(text)
        self._tell(self._typed())

    def focus_first(self) -> None:
        """Put the focus in the first field."""
        self.parts["day"].field.setFocus()

    def _fit(self) -> None:
        self._switch.setMaximumWidth(self._theme.px(_SWITCH))

    def _choose(self, name: str) -> None:
        shown = self._typed()
        self._name = "ethiopian" if name == "ethiopian" else "persian"
        if isinstance(shown, date):
            self._fill(to_calendar(shown, self._name))
        if self._catalogues is not None:
            self.show_words(self._catalogues)

    def _read(self) -> None:
        found = self._typed()
        self._tell(found)
        if isinstance(found, date):
            self.taken.emit(PartDate(found.year, found.month, found.day))
        elif found is not None:
            middle = found[0] + (found[1] - found[0]) / 2
            self.taken.emit(PartDate(middle.year))

    def _figures(self) -> tuple[str, str, str]:
        day, month, year = (self.parts[name].field.text() for name in ("day", "month", "year"))
        return day, month, year

    def _typed(self) -> date | tuple[date, date] | None:
        """Return the day that was typed, the days a year or a month runs from and to, or None."""
        day, month, year = self._figures()
        if len(year) != YEAR_LENGTH:
            return None
        if day and month:
            return from_calendar(CalendarDay(int(year), int(month), int(day)), self._name)
        return span(int(year), self._name, int(month) if month else None) if self._in_parts and not day else None

    def _tell(self, found: date | tuple[date, date] | None) -> None:
        if self._catalogues is None:
            return
        words = self._catalogues
        for text, catalogue in zip(self._says, (words.left, words.person), strict=True):
            text.set_text(self._sentence(found, catalogue), catalogue.language)
            text.setVisible(bool(text.plain()))

    def _sentence(self, found: date | tuple[date, date] | None, words: Catalogue) -> str:
        day, month, year = self._figures()
        if isinstance(found, date):
            name = words.text(MONTHS[self._name][int(month) - 1])
            return words.text(_SAME, day=str(int(day)), month=name, year=year, date=format_date(found))
        if found is not None:
            return words.text(_SPAN, first=format_date(found[0]), last=format_date(found[1]))
        return words.text(_NONE) if day and month and len(year) == YEAR_LENGTH else ""

    def _fill(self, known: CalendarDay) -> None:
        for name, number in (("day", known.day), ("month", known.month), ("year", known.year)):
            self.parts[name].field.setText(str(number))
