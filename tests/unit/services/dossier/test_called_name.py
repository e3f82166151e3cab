"""A name that was written wrongly when the dossier was begun, and what it says where people read it."""

import json
from pathlib import Path

import pytest

from desktop.records import AnswerGiven, Status
from desktop.services.dossier.called_name import called_name
from tests.unit.records.cases import CONTEXT
from tests.unit.services.interview_fixture import interview_at, ref
from tests.unit.services.plan_world import World, carry, decide, make_world

WRONG, RIGHT = "Luwam", "Letebrhan"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """Return a case whose person is called otherwise than was written down at first."""
    world = make_world(tmp_path)
    interview = world.azc.services.interview
    interview.open(world.dossier)
    assert world.azc.journal.view(world.dossier).name == WRONG
    assert interview.answer(world.dossier, ref("roepnaam"), "given", RIGHT).problem is None
    return world


def test_every_list_and_page_follows_the_answer(world: World) -> None:
    services, dossier = world.azc.services, world.dossier

    assert [row.name for row in services.caseload.people().people] == [RIGHT]
    assert services.caseload.people().filtered("letebrhan")
    for view in (services.interview, services.review, services.conflicts, services.handover, services.plan):
        assert view.view(dossier).name == RIGHT
    assert json.loads(services.own_copy.json(dossier))["name"] == RIGHT
    world.close()


def test_the_municipality_reads_it_too(world: World) -> None:
    services, dossier = world.azc.services, world.dossier
    decide(world.azc, dossier)
    services.handover.choose(dossier, services.handover.recipients()[0].id)
    services.handover.tick(dossier, "told", done=True)
    services.handover.prepare(dossier)
    services.handover.send(dossier)
    carry(world)
    carry(world)
    world.town.services.received.receive(dossier)

    assert [case.name for case in world.town.services.received.cases()] == [RIGHT]
    world.close()


@pytest.mark.parametrize(("status", "value"), [("declined", ""), ("cleared", ""), ("given", "  ")])
def test_without_an_answer_the_first_name_stands(tmp_path: Path, status: Status, value: str) -> None:
    fixture = interview_at(tmp_path)
    journal = fixture.laptop.journal
    journal.append(fixture.dossier, AnswerGiven(ref("roepnaam"), "given", "Lwam"), CONTEXT)
    journal.append(fixture.dossier, AnswerGiven(ref("roepnaam"), status, value), CONTEXT)

    assert called_name(journal.view(fixture.dossier)) == "Selam"


@pytest.mark.parametrize("address", ["/intake/kind[1]/roepnaam", "/intake/andere_roepnaam", "/intake/roepnaam/familie"])
def test_what_somebody_else_is_called_is_not_the_name(tmp_path: Path, address: str) -> None:
    fixture = interview_at(tmp_path)
    journal = fixture.laptop.journal
    journal.append(fixture.dossier, AnswerGiven(address, "given", "Yonas"), CONTEXT)

    assert called_name(journal.view(fixture.dossier)) == "Selam"


def test_a_name_is_one_line(tmp_path: Path) -> None:
    fixture = interview_at(tmp_path)
    journal = fixture.laptop.journal
    journal.append(fixture.dossier, AnswerGiven(ref("roepnaam"), "given", " Lwam\n  Tesfay "), CONTEXT)

    assert called_name(journal.view(fixture.dossier)) == "Lwam Tesfay"
