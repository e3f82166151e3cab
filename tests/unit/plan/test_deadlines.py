"""The eight cases of the law, on real dates."""

from datetime import date

import pytest

from desktop.plan.law.deadlines import (
    extension_opens,
    last_route_change,
    plan_due,
    plan_due_after_move,
    retained_until,
    term,
)


def test_plan_is_due_seventy_days_after_the_notice_when_registered_before() -> None:
    assert plan_due(date(2026, 9, 1), registered=date(2026, 8, 1)) == date(2026, 11, 10)
    assert plan_due(date(2026, 9, 1), registered=date(2026, 9, 1)) == date(2026, 11, 10)


def test_plan_is_due_seventy_days_after_registration_when_that_came_later() -> None:
    assert plan_due(date(2026, 9, 1), registered=date(2027, 1, 4)) == date(2027, 3, 15)


def test_nothing_is_due_before_registration() -> None:
    assert plan_due(date(2026, 9, 1), registered=None) is None


def test_information_of_a_third_party_gives_two_weeks_when_it_came_late() -> None:
    assert plan_due(date(2026, 9, 1), date(2026, 8, 1), third_party=date(2026, 12, 1)) == date(2026, 12, 15)


def test_information_of_a_third_party_that_came_in_time_changes_nothing() -> None:
    assert plan_due(date(2026, 9, 1), date(2026, 8, 1), third_party=date(2026, 10, 1)) == date(2026, 11, 10)


def test_the_next_municipality_has_seventy_days_from_registration_there() -> None:
    assert plan_due_after_move(date(2027, 5, 3)) == date(2027, 7, 12)


def test_the_term_starts_the_day_after_the_date_of_the_plan_and_lasts_three_years() -> None:
    whole = term(date(2026, 11, 24))
    assert (whole.first, whole.last) == (date(2026, 11, 25), date(2029, 11, 24))


def test_the_route_may_change_for_eighteen_months() -> None:
    assert last_route_change(date(2026, 11, 24), "B1", "Z") == date(2028, 5, 25)


def test_from_education_to_b1_one_may_change_during_the_whole_term() -> None:
    assert last_route_change(date(2026, 11, 24), "O", "B1") == date(2029, 11, 24)


def test_an_extension_may_be_asked_from_six_months_before_the_end() -> None:
    assert extension_opens(date(2026, 11, 24)) == date(2029, 5, 25)


@pytest.mark.parametrize(
    ("ended", "gone"), [(date(2029, 11, 24), date(2034, 11, 24)), (date(2028, 2, 29), date(2033, 2, 28))]
)
def test_data_are_kept_for_five_years_after_the_duty(ended: date, gone: date) -> None:
    assert retained_until(ended) == gone
