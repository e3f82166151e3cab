"""Real weeks: the lesson weeks of a route between the school holidays, and the days without lessons in them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.plan.law.holidays import holiday_on
from desktop.plan.model.plan_text import PlanText
from desktop.plan.region.region_rules import Holiday

_WEEK = timedelta(days=7)
_LESSON_DAYS = 5
_LONGEST_YEAR = 160
"""Calendar weeks; a route that does not fit is cut here (no route of the law lasts longer than its three years)."""


@dataclass(frozen=True, slots=True)
class CalendarWeek:
    """One week from Monday: lesson number (0 in a holiday) and the name of the holiday."""

    monday: date
    lesson: int
    holiday: PlanText


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
