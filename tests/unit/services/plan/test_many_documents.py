"""One document of each of many cases, on the real record and typesetter."""

from pathlib import Path

import pytest

from desktop.services.plan.documents import SIGNED_PLAN, SUPPORT_PLAN
from desktop.services.plan.many_documents import DocumentRound, begin_round, make_next
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from tests.unit.services.plan_world import World, decide


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


@pytest.fixture
def two(world: World) -> tuple[DossierId, DossierId]:
    decide(world.azc, world.dossier)
    return world.dossier, world.azc.services.caseload.begin("Rahwa", ("ti",))[0]


def _all(world: World, so_far: DocumentRound, folder: Path | None) -> DocumentRound:
    while so_far.waiting:
        so_far = make_next(world.azc.services.documents, so_far, folder)
    return so_far


def test_everybody_has_a_file_of_their_own_and_it_is_remembered(
    world: World, two: tuple[DossierId, DossierId], folder: Path
) -> None:
    done = _all(world, begin_round(SUPPORT_PLAN, (*two, two[0])), folder)
    assert (done.made, done.total, done.left_out, done.for_paper) == (2, 2, (), ())
    names = {world.azc.services.documents.file_name(SUPPORT_PLAN, each) for each in two}
    assert {path.name for path in folder.iterdir()} == names
    assert all(path.read_bytes().startswith(b"%PDF") for path in folder.iterdir())
    assert [len(world.azc.journal.view(each).documents) for each in two] == [1, 1]


def test_who_has_no_such_document_is_named_and_holds_up_nobody(
    world: World, two: tuple[DossierId, DossierId], folder: Path
) -> None:
    world.azc.services.plan.sign(two[0], "person", "Luwam Voorbeeld", "op het scherm")
    done = _all(world, begin_round(SIGNED_PLAN, (two[1], two[0])), folder)
    assert (done.made, done.done) == (1, 2)
    assert [(left.dossier, left.error.code) for left in done.left_out] == [(two[1], "plan.nothing_signed")]


def test_for_paper_nothing_is_written(world: World, two: tuple[DossierId, DossierId], folder: Path) -> None:
    done = _all(world, begin_round(SUPPORT_PLAN, two), None)
    assert [each.dossier for each in done.for_paper] == list(two)
    assert list(folder.iterdir()) == []
    assert world.azc.journal.view(two[0]).documents == ()


def test_a_folder_that_is_gone_ends_it_and_what_was_made_stays(
    world: World, two: tuple[DossierId, DossierId], folder: Path
) -> None:
    first = make_next(world.azc.services.documents, begin_round(SUPPORT_PLAN, two), folder)
    assert (first.made, len(first.waiting)) == (1, 1)
    with pytest.raises(EnvironmentProblem, match=r"files\.not_found"):
        make_next(world.azc.services.documents, first, folder / "gone")
    assert len(list(folder.iterdir())) == 1


def test_a_round_that_is_done_stays_as_it_is(world: World) -> None:
    done = begin_round(SUPPORT_PLAN, ())
    assert make_next(world.azc.services.documents, done) is done
