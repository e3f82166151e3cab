from datetime import timedelta

import pytest

from desktop.services.caseload.caseload_rows import DueGroup
from desktop.services.dossier.step_age import STUCK_DAYS
from desktop.services.handover.handover_parts import TalkPlan
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import World, carry


@pytest.mark.parametrize(
    ("days", "stuck", "when"), [(STUCK_DAYS - 1, False, DueGroup.WAITING), (STUCK_DAYS, True, DueGroup.WEEK)]
)
def test_a_sent_case_that_stands_still_asks_for_attention(
    world: World, days: int, *, stuck: bool, when: DueGroup
) -> None:
    send(world)
    world.azc.clock.moment += timedelta(days=days)
    row = world.azc.services.caseload.person(world.dossier)
    assert row.age is not None
    assert (row.age.days, row.age.stuck, row.when) == (days, stuck, when)


def test_a_talk_that_is_still_to_come_is_no_standstill(world: World) -> None:
    send(world)
    coming = world.azc.clock.now() + timedelta(days=30)
    world.azc.services.handover.plan_talk(world.dossier, TalkPlan(coming))
    for later, stuck in ((20, False), (30 + STUCK_DAYS, True)):
        world.azc.clock.moment = coming + timedelta(days=later - 30)
        age = world.azc.services.caseload.person(world.dossier).age
        assert age is not None
        assert age.stuck is stuck


def test_a_case_that_is_not_on_its_way_has_no_age(world: World) -> None:
    assert world.azc.services.caseload.person(world.dossier).age is None
    send(world)
    world.town.services.received.receive(world.dossier)
    world.town.services.received.accept(world.dossier)
    carry(world)
    world.azc.clock.moment += timedelta(days=90)
    assert world.azc.services.caseload.person(world.dossier).age is None
