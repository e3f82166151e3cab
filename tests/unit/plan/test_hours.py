"""Hours needed, planned and done, against the numbers of the law."""

from dataclasses import replace

import pytest

from desktop.plan.derive.derive import derive
from desktop.plan.derive.hours import HoursLine, hours
from desktop.plan.model.edits import sort_edits
from desktop.plan.model.support_plan import LegalRoute
from protocol.canonical import JsonValue
from tests.unit.plan.case import TODAY, SessionAnswers, answered, answers, edits, region

ASYLUM = answered(doelgroep="asiel")
FAMILY = answered(doelgroep="gezin", doelgroep_detail="overig")


def _lines(facts: SessionAnswers, proposed: LegalRoute | None, **filled: JsonValue) -> dict[str, HoursLine]:
    route = next((each for each in region().routes if each.legal_route == proposed), None)
    fields = {f"pip/{name}": value for name, value in filled.items()}
    return {each.key: each for each in hours(facts, sort_edits(fields), region(), proposed, route)}


def test_the_self_reliance_route_needs_800_and_800_hours_of_an_asylum_status_holder() -> None:
    lines = _lines(ASYLUM, "Z", pvt_hours="12", map_hours="40", done_lessons="100", done_activities="20")
    assert (lines["lessons"].needed, lines["lessons"].done) == (800, 100)
    assert lines["lessons"].short == 800 - lines["lessons"].planned - 100
    plain = _lines(ASYLUM, "Z")
    assert lines["activities"].planned == plain["activities"].planned + 52
    assert (lines["activities"].needed, lines["activities"].done) == (800, 20)
    assert (lines["pvt"].short, plain["pvt"].short) == (0, 12)


def test_a_family_migrant_needs_the_lessons_alone() -> None:
    assert set(_lines(FAMILY, "Z")) == {"lessons", "pvt", "map"}


def test_the_b1_route_is_held_against_the_hours_that_were_decided() -> None:
    planned = _lines(ASYLUM, "B1")["lessons"].planned
    assert planned > 0
    assert _lines(ASYLUM, "B1")["lessons"].short == 0
    assert _lines(ASYLUM, "B1", route_hours=str(planned + 50))["lessons"].short == 50
    assert _lines(ASYLUM, "B1", route_hours=str(planned + 50), done_lessons="60")["lessons"].short == 0


def test_the_education_route_has_no_map_and_without_a_route_there_are_no_hours() -> None:
    assert set(_lines(ASYLUM, "O", map_hours="40")) == {"lessons", "pvt"}
    assert _lines(ASYLUM, None) == {}


def test_more_than_needed_is_not_short() -> None:
    line = HoursLine("lessons", 800, 700, 200, "")
    assert (line.short, replace(line, done=0).short) == (0, 100)


@pytest.mark.parametrize(("proposed", "codes"), [("Z", {"lessons", "activities"}), ("B1", set())])
def test_a_plan_that_misses_the_hours_says_so_and_can_be_signed(proposed: str, codes: set[str]) -> None:
    made = derive(answers(), {**edits(), "route/proposed": proposed}, region(), TODAY)
    found = {item.code: item for item in made.missing if item.code.startswith("plan.hours_short")}
    assert set(found) == {f"plan.hours_short_{code}" for code in codes}
    assert not any(item.blocking for item in found.values())
