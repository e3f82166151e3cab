"""The dates of the law, on real days."""

from datetime import date

import pytest

from desktop.plan.law.deadlines import plan_due, retained_until


def test_plan_is_due_seventy_days_after_the_notice_when_registered_before() -> None:
    assert plan_due(date(2026, 9, 1), registered=date(2026, 8, 1)) == date(2026, 11, 10)
    assert plan_due(date(2026, 9, 1), registered=date(2026, 9, 1)) == date(2026, 11, 10)


def test_plan_is_due_seventy_days_after_registration_when_that_came_later() -> None:
    assert plan_due(date(2026, 9, 1), registered=date(2027, 1, 4)) == date(2027, 3, 15)


def test_nothing_is_due_before_registration() -> None:
    assert plan_due(date(2026, 9, 1), registered=None) is None


@pytest.mark.parametrize(
    ("notified", "due"),
    [
        (date(2026, 10, 16), date(2026, 12, 28)),
        (date(2027, 2, 24), date(2027, 5, 10)),
        (date(2026, 9, 5), date(2026, 11, 16)),
        (date(2027, 12, 21), date(2028, 2, 29)),
    ],
    ids=["Christmas and a weekend", "5 May, Ascension and the day after it", "a Saturday", "a leap day"],
)
def test_plan_is_due_on_a_working_day(notified: date, due: date) -> None:
    assert plan_due(notified, registered=notified) == due


@pytest.mark.parametrize(
    ("ended", "gone"),
    [
        (date(2029, 11, 24), date(2034, 11, 24)),
        (date(2028, 2, 29), date(2033, 2, 28)),
        (date(2027, 2, 28), date(2032, 2, 28)),
        (date(2031, 3, 1), date(2036, 3, 1)),
    ],
)
def test_data_are_kept_for_five_years_after_the_duty(ended: date, gone: date) -> None:
    assert retained_until(ended) == gone
