"""The three years: beginning, end, change of route and extension, with the ends of February."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.law.deadlines import TermFacts
from desktop.plan.law.term import (
    extension_opens,
    last_route_change,
    legal_dates,
    may_change_route,
    term_end,
    term_start,
)

DAYS = st.dates(date(2022, 1, 1), date(2060, 1, 1))
PLAN = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("plan", "start", "end", "change"),
    [
        (PLAN, date(2026, 11, 25), date(2029, 11, 24), date(2028, 5, 25)),
        (date(2028, 2, 27), date(2028, 2, 28), date(2031, 2, 27), date(2029, 8, 28)),
        (date(2028, 2, 28), date(2028, 2, 29), date(2031, 2, 28), date(2029, 8, 29)),
        (date(2028, 2, 29), date(2028, 3, 1), date(2031, 2, 28), date(2029, 9, 1)),
        (date(2025, 2, 28), date(2025, 3, 1), date(2028, 2, 29), date(2026, 9, 1)),
        (date(2026, 8, 30), date(2026, 8, 31), date(2029, 8, 30), date(2028, 2, 29)),
    ],
    ids=["plain", "27 February", "28 February", "29 February", "ends on a leap day", "a month without a 31st"],
)
def test_the_three_years(plan: date, start: date, end: date, change: date) -> None:
    assert (term_start(plan), term_end(plan), last_route_change(plan)) == (start, end, change)


@pytest.mark.parametrize(
    ("last", "opens"),
    [
        (date(2029, 11, 24), date(2029, 5, 25)),
        (date(2029, 8, 30), date(2029, 3, 1)),
        (date(2028, 2, 29), date(2027, 9, 1)),
    ],
)
def test_an_extension_can_be_asked_from_six_months_before_the_term_has_passed(last: date, opens: date) -> None:
    assert extension_opens(last) == opens


def test_the_dates_of_a_running_term_say_why() -> None:
    dates = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN, route="B1"))
    assert [each.key for each in dates] == ["term_start", "route_change", "extension", "term_end"]
    assert [each.why[0].dutch for each in dates] == [
        "De dag na 24-11-2026, de datum van het eerste besluit (PIP). Een later besluit verandert deze dag niet.",
        "Anderhalf jaar na 25-11-2026, het begin van de termijn. In een bijzonder geval mag het later.",
        "Zes maanden voor 24-11-2029, het einde van de termijn. Eerder kan verlenging niet gevraagd worden.",
        "Drie jaar vanaf 25-11-2026, het begin van de termijn.",
    ]
    assert all(each.article for each in dates)


def test_a_later_plan_moves_no_date_of_the_term() -> None:
    first = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN))
    assert legal_dates(TermFacts(plan=PLAN + timedelta(days=400), first_plan=PLAN)) == first


def test_an_extension_moves_the_end_and_never_brings_it_forward() -> None:
    *_rest, opens, end = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN, extended=date(2030, 5, 24)))
    assert (end.day, end.article, opens.day) == (date(2030, 5, 24), "Wet inburgering 2021, art. 12", date(2029, 11, 25))
    shorter = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN, extended=date(2028, 1, 1)))
    assert shorter[-1].day == date(2029, 11, 24)


def test_the_education_route_may_become_the_b1_route_always() -> None:
    late = last_route_change(PLAN) + timedelta(days=1)
    assert may_change_route(PLAN, "O", "B1", late)
    assert may_change_route(PLAN, "B1", "B1", late)
    assert may_change_route(PLAN, "B1", "Z", last_route_change(PLAN))
    assert not may_change_route(PLAN, "B1", "Z", late)
    change = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN, route="O"))[1]
    assert change.why[1].dutch == "Van de onderwijsroute naar de B1-route mag tijdens het hele traject."


def test_what_is_due_and_the_erasure_stand_around_the_term() -> None:
    home = date(2027, 1, 4)
    dates = legal_dates(TermFacts(plan=PLAN, first_plan=PLAN, moved=home, ended=date(2029, 1, 1)))
    assert [each.key for each in dates] == ["plan", "term_start", "route_change", "extension", "term_end", "erase"]


@given(DAYS)
def test_the_term_lasts_three_years_and_no_two_plans_that_differ_end_in_the_wrong_order(plan: date) -> None:
    start, end = term_start(plan), term_end(plan)
    assert start == plan + timedelta(days=1)
    assert timedelta(days=1095) <= end - plan <= timedelta(days=1096)
    assert term_end(start) > end or (start.month, start.day) == (2, 29)
    assert last_route_change(plan) < extension_opens(end) < end
