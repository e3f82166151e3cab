"""The rules of DUO for a PIP, one by one, before anything is sent."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from desktop.plan.pip.duo_message import DuoPip, message_of
from desktop.plan.pip.duo_rules import DuoKnown, completed, offer_refused, refused, withdrawal_refused
from tests.unit.plan.pip.pip_case import DATED, decision

GOOD = DuoPip(DATED, "B", "B1", 900, may_finish_school=False, literacy="NVT")
KNOWN = DuoKnown(duty_began=DATED, settled=DATED, asylum=True)
BEFORE = DATED - timedelta(days=1)
AFTER = DATED + timedelta(days=1)


def _codes(message: DuoPip, known: DuoKnown = KNOWN) -> list[str]:
    return [item.code for item in refused(message, known)]


def test_a_good_message_is_taken() -> None:
    assert _codes(GOOD) == []
    assert _codes(GOOD, DuoKnown(asylum=True)) == []


def test_rule_1_not_before_the_duty() -> None:
    assert _codes(GOOD, DuoKnown(duty_began=AFTER, asylum=True)) == ["duo.before_duty"]


@pytest.mark.parametrize(
    "known", [DuoKnown(first=AFTER, asylum=True), DuoKnown(first=BEFORE, current=AFTER, asylum=True)]
)
def test_rule_2_not_before_the_first_or_the_present_plan(known: DuoKnown) -> None:
    assert _codes(GOOD, known) == ["duo.before_plan"]
    assert _codes(replace(GOOD, dated=AFTER), known) == []


def test_rule_3_not_before_the_settlement_where_that_is_known() -> None:
    assert _codes(GOOD, DuoKnown(settled=AFTER, asylum=True)) == ["duo.before_settlement"]


def test_rule_4_a2_does_not_go_with_the_education_route() -> None:
    assert _codes(DuoPip(DATED, "O", "A2")) == ["duo.education_a2"]


def test_rule_5_b1_does_not_go_with_the_self_reliance_route() -> None:
    assert _codes(DuoPip(DATED, "Z", "B1")) == ["duo.self_reliance_b1"]
    assert _codes(DuoPip(DATED, "Z", "A2")) == []


def test_rule_6_the_first_plan_of_the_b1_route_has_no_a2() -> None:
    assert _codes(DuoPip(DATED, "B", "A2")) == ["duo.first_a2"]
    assert _codes(DuoPip(DATED, "B", "A2"), DuoKnown(first=BEFORE, current=BEFORE)) == []


@pytest.mark.parametrize(("route", "level"), [("B", "B1"), ("O", "B1"), ("Z", None)])
def test_rule_7_a_level_that_is_left_out_is_b1_in_two_routes(route: str, level: str | None) -> None:
    assert completed(DuoPip(DATED, route)).level == level  # type: ignore[arg-type]  # a route of DUO
    assert completed(DuoPip(DATED, route, "A2")).level == "A2"  # type: ignore[arg-type]  # as above


def test_rule_8_hours_only_for_the_b1_route_of_an_asylum_status_holder() -> None:
    assert _codes(DuoPip(DATED, "O", "B1", 900)) == ["duo.hours_not_taken"]
    assert _codes(GOOD, DuoKnown(asylum=False)) == ["duo.hours_not_taken"]
    assert _codes(replace(GOOD, hours=None), DuoKnown(asylum=False)) == []


def test_a_decision_gives_the_message_and_hours_only_where_duo_takes_them() -> None:
    found = message_of(decision({"pip/finish_school": "no"}))
    assert found == DuoPip(DATED, "B", "B1", 900, may_finish_school=False, literacy="AA")
    self_reliant = message_of(decision({"route/proposed": "Z"}))
    assert self_reliant == DuoPip(DATED, "Z", None, None, literacy="AA")
    assert message_of(decision({"pip/dated": None})) is None
    assert message_of(decision({"route/proposed": None})) is None
    assert date(2026, 11, 24) == DATED


def test_rule_9_a_plan_is_taken_back_before_the_term_and_the_lessons_only() -> None:
    assert list(withdrawal_refused(KNOWN)) == []
    assert list(withdrawal_refused(DuoKnown(term_set=True, course_hours=1))) == [
        "duo.term_is_set",
        "duo.hours_registered",
    ]


def test_rule_9_an_offer_is_for_asylum_with_a_plan_and_not_before_it() -> None:
    assert list(offer_refused(DATED, DuoKnown(current=DATED, asylum=True))) == []
    assert list(offer_refused(BEFORE, DuoKnown(current=DATED, asylum=True))) == ["duo.offer_before_plan"]
    assert list(offer_refused(DATED, DuoKnown())) == ["duo.offer_not_asylum", "duo.offer_without_plan"]
