"""Beside every written name stands the organisation of the device that wrote it, so that no row is another's."""

import json
from pathlib import Path

import pytest

from desktop.documents.own_copy.copy_parts import CopyProvenance
from desktop.records import AnswerGiven, EventContext, PlanFieldSet
from desktop.services.rights.copy_contents import provenance
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.plan_world import AZC, TOWN, Laptop, World, carry, decide

REF = "/brede_intake/contact/telefoon"
CLAIM = "Karim Jansen van de gemeente"
FALSE = EventContext(CLAIM, "nl", interpreter=False)


@pytest.fixture
def world(world: World) -> World:
    """The case at both, in which the reception location writes in the name of the municipality's worker."""
    decide(world.azc, world.dossier)
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    true = EventContext("Karim Jansen", "nl", interpreter=False)
    for laptop, context in ((world.azc, FALSE), (world.town, true)):
        value = context.author
        laptop.journal.append(world.dossier, AnswerGiven(REF, "given", value), context)
        laptop.journal.append(world.dossier, PlanFieldSet("own_words", value), context)
    carry(world)
    return world


@pytest.fixture(params=["azc", "town"])
def reader(world: World, request: pytest.FixtureRequest) -> Laptop:
    """Each of both laptops: they show the same."""
    laptop: Laptop = getattr(world, request.param)
    return laptop


def test_the_sides_of_a_conflict_name_the_organisation_of_the_device(reader: Laptop, world: World) -> None:
    conflicts = reader.services.conflicts.view(world.dossier).conflicts
    (shown,) = (each for each in conflicts if each.ref == REF)
    assert {(side.author, side.organisation) for side in shown.answers} == {(CLAIM, AZC), ("Karim Jansen", TOWN)}


def test_the_sides_of_a_dispute_in_the_plan_do(reader: Laptop, world: World) -> None:
    (dispute,) = reader.services.plan.view(world.dossier).disputes
    assert {(side.author, side.organisation) for side in dispute.sides} == {(CLAIM, AZC), ("Karim Jansen", TOWN)}


def test_the_trail_and_the_own_copy_name_it_by_its_identifier(reader: Laptop, world: World) -> None:
    azc, town = world.azc.vault.organisation_id, world.town.vault.organisation_id
    lines = reader.services.audit.trail().lines
    assert {line.organisation for line in lines if line.author == CLAIM} == {azc}
    assert {line.organisation for line in lines if line.author == "Karim Jansen"} == {town}
    events = json.loads(reader.services.own_copy.json(world.dossier))["events"]
    assert {event["organisation"] for event in events if event["by"] == CLAIM} == {azc}
    assert {event["organisation"] for event in events if event["by"] == "Karim Jansen"} == {town}


def test_the_printed_copy_says_it_in_words(reader: Laptop, world: World, tmp_path: Path) -> None:
    claimed = next(event for event in reader.journal.events(world.dossier) if event.author == CLAIM)
    writers = reader.services.own_copy._contexts.writers
    assert provenance(claimed, writers) == CopyProvenance(CLAIM, AZC, claimed.time, "nl", interpreter=False)
    reader.services.own_copy.make(world.dossier, tmp_path / "copy.pdf")
    assert (tmp_path / "copy.pdf").stat().st_size > 0
