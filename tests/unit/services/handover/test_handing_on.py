"""Whoever holds a case can hand it on, with what is about health; the one before sees that it went on."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop.records import HEALTH, AnswerGiven
from desktop.records.events.envelope import EventContext
from desktop.services.handover.handover_parts import TalkPlan
from protocol.certificates import MUNICIPALITY, RECEPTION
from protocol.errors import UserError
from protocol.messages.membership import MembershipStep
from tests.unit.services.plan_world import AZC, TOWN, Laptop, World, add_organisation, carry_all, decide

OTHER_TOWN, OTHER_AZC = "Gemeente Beukdam (voorbeeld)", "azc Heidezoom (voorbeeld)"
TALK = TalkPlan(datetime(2026, 12, 3, 10, 0, tzinfo=UTC), "room")
REF, WORDS = "/gezondheid/hulp", "Moeilijk lopen"


@pytest.fixture
def other(world: World, tmp_path: Path) -> Iterator[Laptop]:
    """A municipality beside the two of the world, which holds the case by now."""
    made = add_organisation(world, tmp_path / "other", OTHER_TOWN, MUNICIPALITY)
    context = EventContext(world.azc.vault.person, "nl", interpreter=False)
    world.azc.journal.append(world.dossier, AnswerGiven(REF, "given", WORDS), context, HEALTH)
    decide(world.azc, world.dossier)
    hand_over(world, world.azc, world.town, made)
    yield made
    made.close()


def hand_over(world: World, giver: Laptop, taker: Laptop, bystander: Laptop) -> None:
    """Take all steps of a handover, each with a round of synchronisation."""
    handover, received = giver.services.handover, taker.services.received
    handover.choose(world.dossier, taker.vault.membership.card.id)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
    carry_all(giver, taker, bystander)
    received.receive(world.dossier)
    carry_all(giver, taker, bystander)
    handover.plan_talk(world.dossier, TALK)
    handover.hold_talk(world.dossier)
    carry_all(giver, taker, bystander)
    received.accept(world.dossier)
    carry_all(giver, taker, bystander)


def health_of(laptop: Laptop, world: World) -> str:
    register = laptop.journal.view(world.dossier).answers.get(REF)
    return "" if register is None or register.latest is None else register.latest.text


def test_a_new_holder_begins_its_own_handover(world: World, other: Laptop) -> None:
    view = world.town.services.handover.view(world.dossier)

    assert (view.municipality, view.now, view.receipt, view.waiting) == (None, "chosen", None, False)
    assert [item.key for item in view.items if item.done] == []
    assert [item.code for item in view.missing] == ["handover.not_told"]
    assert [(each.name, each.kind) for each in view.known] == [(OTHER_TOWN, "municipality"), (AZC, "reception")]
    with pytest.raises(UserError, match=r"handover\.no_goal"):
        world.town.services.handover.prepare(world.dossier)
    assert other.journal.dossiers() == ()


def test_a_talk_that_was_held_is_not_the_talk_of_the_next_handover(world: World, other: Laptop) -> None:
    town = world.town.services
    before = world.azc.services.talks.planned(world.dossier)
    town.handover.choose(world.dossier, other.vault.membership.card.id)
    assert town.talks.planned(world.dossier) is None
    town.handover.plan_talk(world.dossier, TALK)
    after = town.talks.planned(world.dossier)
    assert before is not None
    assert after is not None
    assert (before.calendar.held, after.calendar.held) == (True, False)
    assert before.calendar.uid != after.calendar.uid


def test_a_municipality_hands_the_case_on_with_what_is_about_health(world: World, other: Laptop) -> None:
    assert health_of(world.town, world) == WORDS
    world.town.services.messages.write(world.dossier, "Van ons")

    hand_over(world, world.town, other, world.azc)

    assert health_of(other, world) == WORDS
    assert [each.text for each in other.services.messages.talk(world.dossier).messages] == ["Van ons"]
    assert HEALTH not in world.town.journal.compartments(world.dossier)
    before = world.town.services.handover.view(world.dossier)
    assert before.municipality is not None
    assert (before.municipality.name, before.done("accepted"), before.sender) == (OTHER_TOWN, True, TOWN)
    assert world.town.services.received.cases() == ()
    row = world.town.services.caseload.person(world.dossier)
    assert (row.stage, row.organisation) == ("accepted", OTHER_TOWN)
    assert world.azc.services.messages.talk(world.dossier).messages == ()
    assert world.azc.said(world.dossier)[-1] is MembershipStep.ACCEPTED
    assert len(world.azc.said(world.dossier)) < len(world.town.said(world.dossier))


def test_the_case_goes_back_to_the_reception_location_where_it_began(world: World, other: Laptop) -> None:
    assert HEALTH not in world.azc.journal.compartments(world.dossier)

    hand_over(world, world.town, world.azc, other)

    assert health_of(world.azc, world) == WORDS
    view = world.azc.services.handover.view(world.dossier)
    assert (view.municipality, [item.done for item in view.items if item.done]) == (None, [])
    (case,) = world.azc.services.received.cases()
    assert (case.sender, case.step) == (TOWN, "accepted")


def test_between_reception_locations_the_routes_need_not_be_weighed(world: World, tmp_path: Path) -> None:
    beside, handover = add_organisation(world, tmp_path / "beside", OTHER_AZC, RECEPTION), world.azc.services.handover
    towns = [each.id for each in handover.recipients() if each.kind == MUNICIPALITY]

    handover.choose(world.dossier, towns[0])
    assert "plan.route_not_proposed" in {item.code for item in handover.view(world.dossier).missing}
    hand_over(world, world.azc, beside, world.town)

    assert beside.services.received.cases()[0].step == "accepted"
    assert handover.view(world.dossier).done("accepted")
    missing = {item.code for item in beside.services.handover.view(world.dossier).missing}
    assert missing >= {"plan.route_not_proposed", "handover.not_told"}
    beside.close()
