"""Dates of a route at its edges: before its first week, after its last one, without a start, on a free day."""

from dataclasses import replace
from datetime import date

import pytest

from desktop.plan.derive.calendar import lesson_weeks
from desktop.plan.derive.derive import derive
from desktop.plan.derive.schedule import Schedule, first_start, schedule, year
from tests.unit.plan.case import TODAY, answers, edits, region

START = date(2027, 1, 11)


def test_without_a_start_nothing_has_a_date() -> None:
    plan = schedule(region(), region().routes[0], None)
    assert (plan.begins(1), plan.ready(1), year(plan, region().routes[0])) == (None, None, None)
    assert schedule(region(), None, START).weeks == ()
    assert year(schedule(region(), None, START), None) is None
    assert first_start(None, TODAY) is None


def test_what_has_no_week_has_no_date() -> None:
    plan = schedule(region(), region().routes[0], START)
    assert (plan.begins(None), plan.ready(None)) == (None, None)


def test_weeks_outside_the_route_are_counted_on_by_the_calendar() -> None:
    plan = Schedule(START, lesson_weeks(START, 2, ()), region())
    assert plan.begins(0) == START
    assert plan.begins(-2) == date(2027, 1, 4), "the first lesson day after the holiday two weeks before"
    assert plan.ready(0) == date(2027, 1, 8)
    assert plan.begins(4) == date(2027, 2, 8)
    assert Schedule(START, (), region()).begins(2) == date(2027, 1, 25)


def test_a_module_beyond_the_weeks_of_its_route_is_not_shown() -> None:
    route = replace(region().routes[0], weeks=6)
    modules = [rule for rule in region().modules if rule.route == route.name]
    rules = replace(region(), modules=tuple(replace(rule, weeks=6) for rule in modules))
    found = year(schedule(rules, route, START), route)
    assert len(modules) > 1
    assert found is not None
    assert [span.number for span in found.modules] == [1]


@pytest.mark.parametrize("start", ["2027-03-29", "2027-01-09"], ids=["Easter Monday", "a Saturday"])
def test_a_start_on_a_free_day_is_shown(start: str) -> None:
    found = derive(answers(), {**edits(), "route/start": start}, region(), TODAY, caseworker="Sanne de Wit")
    assert "plan.start_on_free_day" in {item.code for item in found.missing}
