"""An offer went on a stick and is given up: its keys are in use no longer, also while another offer is open."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.records import CORE, HEALTH, AnswerGiven
from desktop.records.events.envelope import EventContext
from protocol.certificates import MUNICIPALITY
from protocol.membership.state import DossierMembership
from protocol.messages.membership import MembershipLog, MembershipStep
from tests.membership_logs import next_statement
from tests.unit.services.bundles.sticks import give
from tests.unit.services.plan_world import Laptop, World, add_organisation, carry, decide

VILLAGE = "Gemeente Beukdam (voorbeeld)"
REF = "/intake/woonplaats"


@pytest.fixture
def village(world: World, tmp_path: Path) -> Iterator[Laptop]:
    """A municipality that was offered the case on a stick."""
    made = add_organisation(world, tmp_path / "other", VILLAGE, MUNICIPALITY)
    decide(world.azc, world.dossier)
    handover = world.azc.services.handover
    handover.choose(world.dossier, made.vault.membership.card.id)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
    (tmp_path / "stick").mkdir()
    give(world.azc, made, tmp_path / "stick")
    yield made
    made.close()


def state_of(world: World) -> DossierMembership:
    state = world.azc.journal.membership.of(world.dossier)
    assert state is not None
    return state


def let_a_colleague_offer_first(world: World, *compartments: str) -> None:
    """Let the server take an offer of a colleague to the town, made before the one to the village."""
    azc = world.azc
    (*before, _offer) = state_of(world).statements
    azc.journal.membership.give_up(_offer)
    town = world.town.vault.membership.card.id
    offer = next_statement(
        state_of(world), MembershipStep.OFFERED, azc.vault.device, town, compartments=compartments or (CORE, HEALTH)
    )
    azc.journal.accept_logs([MembershipLog((*before, offer))])


def epoch_of_the_next_answer(world: World, compartment: str = CORE) -> int:
    context = EventContext(world.azc.vault.person, "nl", interpreter=False)
    return world.azc.journal.append(world.dossier, AnswerGiven(REF, "given", "Haarlem"), context, compartment).epoch


def keys_of_town(world: World) -> set[tuple[str, int]]:
    given = world.azc.journal.passing.grants(world.dossier, world.town.vault.membership.card.id)
    return {(each.compartment, each.epoch) for each in given}


def test_fresh_keys_are_begun_at_once_and_who_is_offered_the_case_gets_them(world: World, village: Laptop) -> None:
    let_a_colleague_offer_first(world)
    assert world.azc.journal.keys.given.all()[world.dossier] == {village.vault.organisation_id: 1}

    assert world.azc.services.handover.settle()

    state = state_of(world)
    assert (state.statements[-1].step, state.epoch) == (MembershipStep.RENEWED, 2)
    assert state.open_transfer is not None
    assert state.open_transfer.recipient == world.town.vault.organisation_id
    assert not state.may_give(village.vault.membership.card.id, 2)
    assert keys_of_town(world) == {(CORE, 2), (HEALTH, 2)}
    assert [epoch_of_the_next_answer(world, each) for each in (CORE, HEALTH)] == [2, 2]

    assert not world.azc.services.handover.settle()
    carry(world)
    register = world.town.journal.view(world.dossier).answers.get(REF)
    assert register is not None
    assert {each.text for each in register} == {"Haarlem"}


def test_who_is_offered_less_gets_no_fresh_keys_of_the_rest(world: World, village: Laptop) -> None:
    let_a_colleague_offer_first(world, CORE)
    assert village.vault.organisation_id is not None
    world.azc.services.handover.settle()

    assert keys_of_town(world) == {(CORE, 2)}
    assert epoch_of_the_next_answer(world, HEALTH) == 2


def test_where_no_other_offer_is_open_the_keys_stay_at_home(world: World, village: Laptop) -> None:
    azc = world.azc
    azc.journal.membership.give_up(state_of(world).statements[-1])
    assert len(state_of(world).statements) == 1

    assert azc.services.handover.settle()
    state = state_of(world)
    assert (state.open_transfer, state.epoch) == (None, 2)
    assert epoch_of_the_next_answer(world) == 2
    assert [each.epoch for each in azc.journal.passing.grants(world.dossier, village.vault.membership.card.id)] == [
        1,
        1,
    ]
    assert not azc.services.handover.settle()


def test_an_offer_that_stands_renews_nothing(world: World, village: Laptop) -> None:
    assert village.vault.organisation_id in state_of(world).members
    assert not world.azc.services.handover.settle()
    assert state_of(world).epoch == 1
