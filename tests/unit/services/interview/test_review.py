from pathlib import Path

import pytest

from desktop.services.interview.review import ReviewItem, ReviewReason
from tests.unit.services.table import Table, ref, table_at


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return table_at(tmp_path)


def item(table: Table, name: str) -> ReviewItem | None:
    view = table.review.view(table.dossier)
    return next((each for section in view.sections for each in section.items if each.ref == ref(name)), None)


def reason(table: Table, name: str) -> ReviewReason | None:
    found = item(table, name)
    return None if found is None else found.reason


def test_required_questions_are_told_apart_from_open_ones(table: Table) -> None:
    assert reason(table, "roepnaam") == "missing"
    assert reason(table, "dialect") == "open"


def test_an_answered_question_leaves_the_list(table: Table) -> None:
    table.interview.answer(table.dossier, ref("roepnaam"), "given", "Selam")
    assert reason(table, "roepnaam") is None


def test_declined_unknown_later_and_flagged_are_named(table: Table) -> None:
    table.interview.answer(table.dossier, ref("dialect"), "declined")
    table.interview.answer(table.dossier, ref("telefoon"), "unknown")
    table.interview.later(table.dossier, ref("email"), later=True)
    table.interview.flag_translation(table.dossier, ref("roepnaam"), "ander woord")
    found = [reason(table, name) for name in ("dialect", "telefoon", "email", "roepnaam")]
    assert found == ["declined", "unknown", "later", "missing"]


def test_declining_a_required_question_is_enough_for_the_plan(table: Table) -> None:
    before = table.review.view(table.dossier).count("missing")
    table.interview.answer(table.dossier, ref("roepnaam"), "declined")
    assert table.review.view(table.dossier).count("missing") == before - 1


def test_notes_stand_beside_their_question(table: Table) -> None:
    table.interview.note(table.dossier, ref("dialect"), "spreekt zacht")
    found = item(table, "dialect")
    assert found is not None
    assert found.note == "spreekt zacht"
