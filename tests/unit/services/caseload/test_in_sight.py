from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop.services.caseload.caseload_rows import DueGroup, NextStep, Stage
from desktop.services.handover.handover_parts import TalkPlan
from tests.unit.services.plan_world import Laptop, World, carry, decide


def _choose(world: World) -> None:
    decide(world.azc, world.dossier)
    town = world.town.vault.organisation_id
    assert town is not None
    world.azc.services.handover.choose(world.dossier, town)


def _prepare(world: World) -> None:
    world.azc.services.handover.tick(world.dossier, "told", done=True)
    world.azc.services.handover.prepare(world.dossier)


def _send(world: World) -> None:
    world.azc.services.handover.send(world.dossier)


def _receive(world: World) -> None:
    world.town.services.received.receive(world.dossier)


def _plan_talk(world: World) -> None:
    world.azc.services.handover.plan_talk(world.dossier, TalkPlan(world.azc.clock.now()))


def _hold_talk(world: World) -> None:
    world.azc.services.handover.hold_talk(world.dossier)


def _accept(world: World) -> None:
    world.town.services.received.accept(world.dossier)


def _return(world: World) -> None:
    world.town.services.received.give_back(world.dossier, "Is de diplomawaardering aangevraagd?")


def _withdraw(world: World) -> None:
    world.azc.services.handover.withdraw(world.dossier)


Step = Callable[[World], None]
_TO_THE_TOWN: tuple[Step, ...] = (_choose, _prepare, _send, _receive, _plan_talk, _hold_talk, _accept)
_BACK: tuple[Step, ...] = (_choose, _prepare, _send, _receive, _return, _prepare, _send, _receive, _accept)
_TAKEN_BACK: tuple[Step, ...] = (_choose, _prepare, _send, _withdraw, _prepare, _send, _receive, _accept)


@pytest.mark.parametrize("way", [_TO_THE_TOWN, _BACK, _TAKEN_BACK], ids=["straight", "returned", "taken back"])
def test_no_step_takes_a_case_out_of_every_list(world: World, way: tuple[Step, ...]) -> None:
    for step in way:
        step(world)
        for _moment in range(2):
            assert _listed(world.azc, world)
            assert _listed(world.town, world) or step in {_choose, _prepare, _send}
            carry(world)
        assert _listed(world.town, world) or step in {_choose, _prepare}
    mine = world.town.services.caseload.people().filtered("mine")
    assert [row.dossier for row in mine] == [world.dossier]


def test_a_case_that_was_accepted_asks_for_the_plan(world: World) -> None:
    for step in _TO_THE_TOWN:
        step(world)
        carry(world)
    (row,) = world.town.services.caseload.people().people
    assert (row.step, row.when) == (NextStep.READ_PLAN, DueGroup.WEEK)
    (left,) = (row for row in world.azc.services.caseload.people().people if row.dossier == world.dossier)
    assert (left.step, left.when) == (NextStep.NOTHING, DueGroup.LATER)


@pytest.mark.parametrize("behind", [timedelta(minutes=-2), timedelta(minutes=2)], ids=["town behind", "town ahead"])
def test_the_list_knows_the_step_whichever_clock_is_behind(world: World, behind: timedelta) -> None:
    world.town.clock.moment += behind
    for step in (_choose, _prepare, _send, _receive):
        step(world)
        carry(world)
    for laptop in (world.azc, world.town):
        assert laptop.services.caseload.person(world.dossier).stage is Stage.RECEIVED
    _accept(world)
    carry(world)
    for laptop in (world.azc, world.town):
        assert laptop.services.caseload.person(world.dossier).stage is Stage.ACCEPTED


def _listed(laptop: Laptop, world: World) -> bool:
    rows = laptop.services.caseload.people().people
    cases = laptop.services.received.cases()
    return world.dossier in {row.dossier for row in rows} | {case.dossier for case in cases}
