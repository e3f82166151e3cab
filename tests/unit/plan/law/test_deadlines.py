"""The dates of the law before and beside the term, on real days and on any."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.law.deadlines import TermFacts, erase_date, objection_date, plan_date, retained_until
from desktop.plan.law.holidays import equalled_days, last_day_of_term

DAYS = st.dates(date(2022, 1, 1), date(2060, 1, 1))
LETTER, HOME = date(2026, 9, 1), date(2027, 1, 4)


def test_the_plan_is_due_ten_weeks_after_the_letter_of_somebody_registered_before() -> None:
    due = plan_date(TermFacts(notified=LETTER, registered=date(2026, 8, 1)))
    assert due is not None
    assert (due.day, due.article) == (date(2026, 11, 10), "Besluit inburgering 2021, art. 5.3")
    assert [each.dutch for each in due.why] == ["Tien weken na 01-09-2026, de datum op de brief van DUO."]
    assert plan_date(TermFacts(notified=LETTER, registered=LETTER)) == due


def test_the_plan_is_due_ten_weeks_after_a_later_registration() -> None:
    due = plan_date(TermFacts(notified=LETTER, registered=HOME))
    assert due is not None
    assert due.day == date(2027, 3, 15)
    assert due.why[0].dutch == "Tien weken na 04-01-2027, de dag van inschrijving in de gemeente."


def test_no_day_before_registration_and_nothing_before_the_letter() -> None:
    due = plan_date(TermFacts(notified=LETTER))
    assert due is not None
    assert (due.day, due.usual) == (None, None)
    assert due.why[0].dutch == "De tien weken beginnen pas na inschrijving in de gemeente."
    assert plan_date(TermFacts(registered=HOME)) is None


def test_a_plan_that_waits_for_others_has_no_day_until_they_told() -> None:
    waits = plan_date(TermFacts(notified=LETTER, registered=LETTER, awaits=True))
    assert waits is not None
    assert (waits.day, waits.usual) == (None, date(2026, 11, 10))
    assert "10-11-2026" in waits.why[0].dutch


@pytest.mark.parametrize(
    ("informed", "due"),
    [
        (date(2026, 12, 1), date(2026, 12, 15)),
        (date(2026, 11, 11), date(2026, 11, 25)),
        (date(2026, 11, 10), date(2026, 11, 10)),
        (date(2026, 10, 1), date(2026, 11, 10)),
        (date(2026, 12, 12), date(2026, 12, 28)),
    ],
    ids=["after the ten weeks", "the day after", "on their last day", "in time", "ends on a holiday"],
)
def test_two_weeks_after_what_came_in_late(informed: date, due: date) -> None:
    found = plan_date(TermFacts(notified=LETTER, registered=LETTER, awaits=True, informed=informed))
    assert found is not None
    assert found.day == due


def test_what_came_in_counts_only_where_the_plan_waited_for_it() -> None:
    found = plan_date(TermFacts(notified=LETTER, registered=LETTER, informed=date(2026, 12, 1)))
    assert found is not None
    assert found.day == date(2026, 11, 10)


def test_after_a_move_the_next_municipality_has_ten_weeks_and_keeps_the_route() -> None:
    moved = TermFacts(notified=LETTER, registered=LETTER, plan=date(2026, 11, 2), moved=HOME)
    due = plan_date(moved)
    assert due is not None
    assert due.day == date(2027, 3, 15)
    assert "De leerroute blijft dezelfde." in due.why[0].dutch
    assert due.article.startswith("Wet inburgering 2021, art. 15 lid 4")
    late = plan_date(TermFacts(plan=date(2026, 11, 2), moved=HOME, awaits=True, informed=date(2027, 4, 1)))
    assert late is not None
    assert late.day == date(2027, 4, 15)


def test_an_established_plan_is_due_no_more() -> None:
    assert plan_date(TermFacts(notified=LETTER, registered=LETTER, plan=date(2026, 11, 2))) is None
    assert plan_date(TermFacts(plan=HOME, moved=HOME)) is None


@pytest.mark.parametrize(
    ("notified", "due"),
    [
        (date(2026, 10, 16), date(2026, 12, 28)),
        (date(2027, 2, 24), date(2027, 5, 10)),
        (date(2026, 9, 5), date(2026, 11, 16)),
        (date(2027, 12, 21), date(2028, 2, 29)),
        (date(2027, 2, 26), date(2027, 5, 10)),
        (date(2028, 2, 18), date(2028, 5, 1)),
        (date(2029, 2, 24), date(2029, 5, 7)),
    ],
    ids=[
        "Christmas",
        "5 May, Ascension, by decree",
        "a Saturday",
        "a leap day",
        "by decree",
        "28 April",
        "5 May a Saturday",
    ],
)
def test_the_plan_is_due_on_a_working_day_and_says_so(notified: date, due: date) -> None:
    found = plan_date(TermFacts(notified=notified, registered=notified))
    assert found is not None
    assert found.day == due
    assert (len(found.why), "Algemene termijnenwet" in found.article) == ((1, False), (2, True))[
        notified + timedelta(weeks=10) != due
    ]


def test_every_day_by_decree_names_its_decree() -> None:
    assert all(decree.startswith("Besluit gelijkstelling") for decree in equalled_days().values())
    assert all(last_day_of_term(day) > day for day in equalled_days())


@given(letter=DAYS, home=DAYS)
def test_the_plan_never_has_less_than_ten_weeks_and_ends_on_a_working_day(letter: date, home: date) -> None:
    found = plan_date(TermFacts(notified=letter, registered=home))
    assert found is not None
    assert found.day is not None
    assert timedelta(weeks=10) <= found.day - max(letter, home) < timedelta(weeks=11)
    assert last_day_of_term(found.day) == found.day


@given(letter=DAYS, later=st.integers(0, 200))
def test_waiting_never_makes_the_plan_due_earlier(letter: date, later: int) -> None:
    usual = plan_date(TermFacts(notified=letter, registered=letter))
    waited = plan_date(
        TermFacts(notified=letter, registered=letter, awaits=True, informed=letter + timedelta(days=later))
    )
    assert usual is not None
    assert waited is not None
    assert usual.day is not None
    assert waited.day is not None
    assert waited.day >= usual.day


@pytest.mark.parametrize(
    ("sent", "last"),
    [(date(2026, 11, 24), date(2027, 1, 5)), (date(2026, 11, 13), date(2026, 12, 28))],
    ids=["six weeks", "Christmas"],
)
def test_objection_is_open_for_six_weeks(sent: date, last: date) -> None:
    assert objection_date(sent).day == last


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
    assert erase_date(ended).day == gone
