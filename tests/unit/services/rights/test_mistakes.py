"""A case made by mistake goes at once; one that somebody else has something of, or that was signed, does not."""

from pathlib import Path

import pytest

from desktop.services.backups.backup_file import Cancelled, look
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from tests.unit.services.backup_parts import ignore_progress
from tests.unit.services.plan_world import World, carry, decide, hand_over


def _begin(world: World) -> DossierId:
    return world.azc.services.caseload.begin("Vergissing", ("ar",))[0]


def _refusal(world: World, typed: str) -> str:
    with pytest.raises(UserError) as error:
        world.azc.services.mistakes.look(typed)
    return error.value.code


def test_it_is_shown_before_it_goes_and_then_nothing_of_it_is_left(world: World, tmp_path: Path) -> None:
    services, dossier = world.azc.services, _begin(world)
    others = [each.dossier for each in services.caseload.people().people if each.dossier != dossier]
    services.backups.make(tmp_path / "stick", ignore_progress, Cancelled())
    found = services.mistakes.look(case_number(dossier).replace("-", " ").lower())
    assert (found.dossier, found.name, found.attachments) == (dossier, "Vergissing", 0)
    done = services.mistakes.erase(dossier)
    assert dossier in done.changes.dossiers
    assert [(stone.reason, stone.done) for stone in done.view.erased] == [("mistake", True)]
    assert [each.dossier for each in services.caseload.people().people] == others
    assert any(record.erased for record in look(tmp_path / "stick").records)
    assert _refusal(world, case_number(dossier)) == "retention.no_such_case"


def test_answers_that_would_go_are_counted(world: World) -> None:
    found = world.azc.services.mistakes.look(case_number(world.dossier))
    assert found.answers > 10


def test_the_server_is_told_as_of_every_erasure(world: World) -> None:
    dossier = _begin(world)
    world.azc.services.mistakes.erase(dossier)
    assert [each.dossier for each in world.azc.journal.erasure_reports.waiting()] == [dossier]


def test_a_signed_plan_is_no_mistake_also_when_the_signature_was_taken_back(world: World) -> None:
    plan = world.azc.services.plan
    decide(world.azc, world.dossier)
    plan.sign(world.dossier, "person", "Luwam Voorbeeld", "op het scherm")
    plan.unsign(world.dossier, "person")
    assert _refusal(world, case_number(world.dossier)) == "retention.signed"
    with pytest.raises(UserError):
        world.azc.services.mistakes.erase(world.dossier)
    assert plan.view(world.dossier).name


def test_what_was_offered_is_no_mistake_on_either_side_also_when_it_came_back(world: World) -> None:
    decide(world.azc, world.dossier)
    hand_over(world)
    carry(world)
    with pytest.raises(UserError) as error:
        world.town.services.mistakes.look(case_number(world.dossier))
    assert error.value.code == "retention.handed_on"
    world.town.services.received.give_back(world.dossier, "Vraag")
    carry(world)
    assert _refusal(world, case_number(world.dossier)) == "retention.handed_on"


def test_a_copy_for_the_person_is_handed_on_too(world: World, tmp_path: Path) -> None:
    dossier = _begin(world)
    world.azc.services.own_copy.make(dossier, tmp_path / "kopie.pdf", "nl")
    assert _refusal(world, case_number(dossier)) == "retention.handed_on"
