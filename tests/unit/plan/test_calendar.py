"""Lesson weeks, against known calendars."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.derive.calendar import closed_days, lesson_weeks, next_lesson_day
from desktop.plan.law.holidays import holiday_on
from desktop.plan.model.plan_text import PlanText
from desktop.plan.region.region_rules import Holiday

HOLIDAYS = (
    Holiday(PlanText("Voorjaarsvakantie"), date(2027, 2, 20), date(2027, 2, 28)),
    Holiday(PlanText("Meivakantie"), date(2027, 4, 24), date(2027, 5, 2)),
    Holiday(PlanText("Zomervakantie"), date(2027, 7, 10), date(2027, 8, 22)),
)


def test_easter_monday_2027_is_no_lesson_day() -> None:
    assert holiday_on(date(2027, 3, 29)) == "Tweede paasdag"
    assert next_lesson_day(date(2027, 3, 29), ()) == date(2027, 3, 30)


def test_holiday_weeks_have_no_lesson_number() -> None:
    weeks = lesson_weeks(date(2027, 1, 11), 40, HOLIDAYS)
    assert sum(1 for week in weeks if week.lesson) == 40
    assert next(week.monday for week in weeks if not week.lesson) == date(2027, 2, 22)
    assert weeks[-1].lesson == 40


def test_public_holidays_in_lesson_weeks_are_closed_days() -> None:
    closed = dict(closed_days(lesson_weeks(date(2027, 1, 11), 20, HOLIDAYS)))
    assert closed[date(2027, 3, 29)] == "Tweede paasdag"
    assert date(2027, 4, 27) not in closed


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_lesson_weeks_are_consecutive_and_numbered_without_gaps(start: date, lessons: int) -> None:
    weeks = lesson_weeks(start, lessons, HOLIDAYS)
    assert [week.lesson for week in weeks if week.lesson] == list(range(1, lessons + 1))
    assert all(b.monday - a.monday == timedelta(days=7) for a, b in pairwise(weeks))
