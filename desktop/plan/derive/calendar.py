"""Real weeks: the public holidays of the Netherlands, and the lesson weeks of a route between the school holidays."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.i18n.mark import N_
from desktop.plan.model.plan_text import PlanText
from desktop.plan.region.region_rules import Holiday

_WEEK = timedelta(days=7)
_LESSON_DAYS = 5
_LIBERATION_EVERY = 5
_LONGEST_YEAR = 160
"""Calendar weeks; a route that does not fit is cut here (no route of the law lasts longer than its three years)."""


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week from Monday: lesson number (0 in a holiday) and the name of the holiday."""

    monday: date
    lesson: int
    holiday: PlanText


def easter(year: int) -> date:
    """Return Easter Sunday of `year` in the Gregorian calendar (the anonymous Gregorian computus of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def public_holidays(year: int) -> Mapping[date, str]:
    """Return the days of `year` without lessons by their Dutch names (msgids of the catalogue `plan`).

    King's Day moves to Saturday when 27 April is a Sunday. Liberation Day counts every fifth year, Good Friday
    always, as schools keep it.
    """
    sunday = easter(year)
    kings_day = date(year, 4, 27)
    days = {
        date(year, 1, 1): N_("Nieuwjaarsdag"),
        sunday - timedelta(days=2): N_("Goede Vrijdag"),
        sunday: N_("Eerste paasdag"),
        sunday + timedelta(days=1): N_("Tweede paasdag"),
        kings_day - timedelta(days=1) if kings_day.isoweekday() == 7 else kings_day: N_("Koningsdag"),  # noqa: PLR2004  # Sunday
        sunday + timedelta(days=39): N_("Hemelvaartsdag"),
        sunday + timedelta(days=49): N_("Eerste pinksterdag"),
        sunday + timedelta(days=50): N_("Tweede pinksterdag"),
        date(year, 12, 25): N_("Eerste kerstdag"),
        date(year, 12, 26): N_("Tweede kerstdag"),
    }
    if year % _LIBERATION_EVERY == 0:
        days[date(year, 5, 5)] = N_("Bevrijdingsdag")
    return days


def holiday_on(day: date) -> str:
    """Return the Dutch name of the public holiday on `day`, blank when there is none."""
    return public_holidays(day.year).get(day, "")


def lesson_weeks(start: date, lessons: int, holidays: Sequence[Holiday]) -> tuple[CalendarWeek, ...]:
    """Return the calendar weeks from the week of `start` until `lessons` lesson weeks have passed.

    A week is a holiday when a school holiday covers at least three of its five lesson days.
    """
    monday = start - timedelta(days=start.weekday())
    found: list[CalendarWeek] = []
    number = 0
    while number < lessons and len(found) < _LONGEST_YEAR:
        name = _school_holiday(monday, holidays)
        number += 0 if name else 1
        found.append(CalendarWeek(monday, 0 if name else number, name or PlanText("")))
        monday += _WEEK
    return tuple(found)


def closed_days(weeks: Iterable[CalendarWeek]) -> tuple[tuple[date, str], ...]:
    """Return the public holidays that fall on a lesson day of a lesson week, with their Dutch names."""
    days = (week.monday + timedelta(days=offset) for week in weeks if week.lesson for offset in range(_LESSON_DAYS))
    return tuple((day, holiday_on(day)) for day in days if holiday_on(day))


def next_lesson_day(day: date, holidays: Sequence[Holiday]) -> date:
    """Return `day`, or the first day after it that is a weekday, no public holiday and no school holiday."""
    while _is_closed(day, holidays):
        day += timedelta(days=1)
    return day


def previous_lesson_day(day: date, holidays: Sequence[Holiday]) -> date:
    """Return `day`, or the last day before it that is a weekday, no public holiday and no school holiday."""
    while _is_closed(day, holidays):
        day -= timedelta(days=1)
    return day


def _is_closed(day: date, holidays: Sequence[Holiday]) -> bool:
    return day.weekday() >= _LESSON_DAYS or bool(holiday_on(day)) or any(h.first <= day <= h.last for h in holidays)


def _school_holiday(monday: date, holidays: Sequence[Holiday]) -> PlanText | None:
    days = [monday + timedelta(days=offset) for offset in range(_LESSON_DAYS)]
    for holiday in holidays:
        if sum(holiday.first <= day <= holiday.last for day in days) > _LESSON_DAYS // 2:
            return holiday.name
    return None
