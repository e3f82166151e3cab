"""Dates in the calendars in which people of Iran, Afghanistan, Eritrea and Ethiopia know their birthdays.

Persian: Qt's `QCalendar`. Ethiopian (era of mercy): Qt has none; twelve months of thirty days and Pagume, the
thirteenth, of five days, or six in the year before a Julian leap year, is all there is to it. For every day from 1900
to 2040 both give what convertdate gives, whose Coptic year is the Ethiopian one less 276; jdatetime and persiantools
agree too.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import QCalendar, QDate

from desktop.i18n import N_

CalendarName = Literal["persian", "ethiopian"]

CALENDARS: dict[CalendarName, str] = {"persian": N_("Persian"), "ethiopian": N_("Ethiopian")}
"""What each is called; in the order in which they are offered."""

MONTHS: dict[CalendarName, tuple[str, ...]] = {
    "persian": (
        *(N_("Farvardin"), N_("Ordibehesht"), N_("Khordad"), N_("Tir"), N_("Mordad"), N_("Shahrivar")),
        *(N_("Mehr"), N_("Aban"), N_("Azar"), N_("Dey"), N_("Bahman"), N_("Esfand")),
    ),
    "ethiopian": (
        *(N_("Meskerem"), N_("Tikimt"), N_("Hidar"), N_("Tahsas"), N_("Ter"), N_("Yekatit")),
        *(N_("Megabit"), N_("Miazia"), N_("Ginbot"), N_("Sene"), N_("Hamle"), N_("Nehase"), N_("Pagume")),
    ),
}
"""The names of the months of each."""

_PERSIAN = QCalendar(QCalendar.System.Jalali)
_EPOCH = date(8, 8, 27).toordinal()
"""The first day of the first Ethiopian year."""

_MONTH, _YEAR, _FOUR_YEARS = 30, 365, 1461
_EARLIEST, _LATEST = 1, 9000
"""Years for which a conversion is tried."""


@dataclass(frozen=True, slots=True, order=True)
class CalendarDay:
    """Year, month and day in a calendar that is named elsewhere."""

    year: int
    month: int
    day: int


def to_calendar(day: date, name: CalendarName) -> CalendarDay:
    """Return `day` in the calendar."""
    if name == "persian":
        parts = _PERSIAN.partsFromDate(QDate(day.year, day.month, day.day))
        return CalendarDay(parts.year, parts.month, parts.day)
    rounds, rest = divmod(day.toordinal() - _EPOCH, _FOUR_YEARS)
    years = 3 if rest >= _FOUR_YEARS - _YEAR else min(rest // _YEAR, 2)
    rest -= years * _YEAR + years // 3
    return CalendarDay(4 * rounds + years + 1, rest // _MONTH + 1, rest % _MONTH + 1)


def from_calendar(known: CalendarDay, name: CalendarName) -> date | None:
    """Return the day that is `known` in the calendar, None where the calendar has no such day."""
    if not _EARLIEST <= known.year <= _LATEST:
        return None
    if name == "persian":
        found = _PERSIAN.dateFromParts(known.year, known.month, known.day)
        return date(found.year(), found.month(), found.day()) if found.isValid() else None
    if not (1 <= known.month <= len(MONTHS[name]) and 1 <= known.day <= _ethiopian_days(known)):
        return None
    before = _YEAR * (known.year - 1) + known.year // 4
    return date.fromordinal(_EPOCH + before + _MONTH * (known.month - 1) + known.day - 1)


def span(year: int, name: CalendarName, month: int | None = None) -> tuple[date, date] | None:
    """Return the first and the last day of a year, or of one month of it; None where the calendar has none."""
    first = from_calendar(CalendarDay(year, 1 if month is None else month, 1), name)
    following = CalendarDay(year + 1, 1, 1) if month in {None, len(MONTHS[name])} else CalendarDay(year, month + 1, 1)
    after = from_calendar(following, name)
    return None if first is None or after is None else (first, after - timedelta(days=1))


def _ethiopian_days(known: CalendarDay) -> int:
    if known.month < len(MONTHS["ethiopian"]):
        return _MONTH
    return 6 if known.year % 4 == 3 else 5  # noqa: PLR2004  # Pagume
