"""What an officer notes of the terms, and the dates that follow, at the municipality and in the list of people."""

from datetime import date, timedelta

import pytest

from desktop.services.caseload.caseload_rows import CaseDeadline
from desktop.services.pip.pip_parts import PipView
from protocol.errors import UserError
from protocol.times import today
from tests.unit.services.plan_world import World


def _term(world: World) -> CaseDeadline:
    term = world.azc.services.caseload.person(world.dossier).term
    assert term is not None
    return term


def _set(world: World, field: str, value: str | None) -> PipView:
    return world.azc.services.pip.set_field(world.dossier, field, value).view


def test_a_plan_made_elsewhere_starts_the_term_and_the_list_counts_to_the_next_date(world: World) -> None:
    pip, day = world.azc.services.pip, today(world.azc.clock)
    first = day - timedelta(days=30)
    done = pip.set_field(world.dossier, "term/first_plan", first.isoformat())
    assert [each.key for each in done.view.dates] == ["term_start", "route_change", "extension", "term_end"]
    assert world.dossier in done.changes.dossiers
    assert (_term(world).kind, _term(world).soon) == ("route_change", False)
    world.azc.services.plan.undo(world.dossier)
    assert "term/first_plan" not in {key for key, value in pip.view(world.dossier).fields.items() if value is not None}


def test_the_list_says_that_a_plan_waits_and_why(world: World) -> None:
    _set(world, "term/first_plan", "2026-01-05")
    _set(world, "term/moved", "2026-11-02")
    waits = _set(world, "term/awaits", "Advies van de GGD").dates[0]
    assert (waits.key, waits.day, waits.usual) == ("plan", None, date(2027, 1, 11))
    assert (_term(world).kind, _term(world).day, _term(world).soon) == ("waits", date(2027, 1, 11), False)
    late = _set(world, "term/informed", "2027-01-12").dates[0]
    assert late.day == date(2027, 1, 26)
    assert (_term(world).kind, _term(world).day) == ("plan", date(2027, 1, 26))


def test_dates_of_the_term_that_are_past_count_no_more(world: World) -> None:
    _set(world, "term/first_plan", "2024-11-01")
    assert (_term(world).kind, _term(world).day) == ("extension", date(2027, 5, 2))
    _set(world, "term/extended", "2028-05-01")
    assert _term(world).day == date(2027, 11, 2)
    _set(world, "term/first_plan", "2020-11-01")
    _set(world, "term/extended", None)
    assert _term(world).kind == "move"


def test_a_value_that_is_no_day_is_refused_and_nothing_is_written(world: World) -> None:
    with pytest.raises(UserError, match=r"plan\.wrong_value"):
        _set(world, "term/moved", "gisteren")
    assert "term/moved" not in world.azc.services.pip.view(world.dossier).fields


def test_the_same_value_twice_is_one_change(world: World) -> None:
    _set(world, "term/moved", "2026-11-02")
    steps = world.azc.services.plan.view(world.dossier).can_undo
    before = world.azc.journal.view(world.dossier).seen
    _set(world, "term/moved", "2026-11-02")
    assert (steps, world.azc.journal.view(world.dossier).seen) == (True, before)
