"""Public holidays and the last day of a term, against the almanac of a library and known dates."""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.law.holidays import holiday_on, last_day_of_term, public_holidays

YEARS = range(2014, 2061)


@pytest.mark.parametrize("category", ["public", "optional"])
def test_the_days_are_those_of_the_library(category: str) -> None:
    """Its public holidays are ours; with its optional ones, 5 May and Good Friday of every year, no term ends there."""
    known = holidays.country_holidays("NL", years=YEARS, language="nl", categories=("public", category))
    ours = {day for year in YEARS for day in public_holidays(year)}
    if category == "public":
        assert ours == set(known)
        assert {holiday_on(day).casefold() for day in known} == {known[day].casefold() for day in known}
    assert all(last_day_of_term(day) > day for day in known)


def test_kings_day_moves_when_it_is_a_sunday() -> None:
    assert holiday_on(date(2031, 4, 26)) == "Koningsdag"
    assert not holiday_on(date(2031, 4, 27))


def test_liberation_day_is_without_lessons_every_fifth_year() -> None:
    assert holiday_on(date(2030, 5, 5)) == "Bevrijdingsdag"
    assert not holiday_on(date(2027, 5, 5))


@pytest.mark.parametrize(
    ("ends", "moved"),
    [
        (date(2026, 12, 24), date(2026, 12, 24)),
        (date(2026, 12, 25), date(2026, 12, 28)),
        (date(2027, 3, 26), date(2027, 3, 30)),
        (date(2027, 5, 5), date(2027, 5, 10)),
        (date(2026, 1, 1), date(2026, 1, 5)),
        (date(2028, 4, 27), date(2028, 5, 1)),
        (date(2028, 11, 25), date(2028, 11, 27)),
    ],
)
def test_a_term_ends_on_a_working_day(ends: date, moved: date) -> None:
    assert last_day_of_term(ends) == moved


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)))
def test_a_term_is_never_shortened_and_moves_by_less_than_a_week(day: date) -> None:
    moved = last_day_of_term(day)
    assert timedelta() <= moved - day < timedelta(days=7)
    assert moved.weekday() < 5
    assert not holiday_on(moved)
