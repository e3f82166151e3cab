"""The sealed summaries: a fast way to the list of people, and never more than that."""

import sqlite3
from pathlib import Path

import pytest

from desktop.records import HEALTH, AnswerGiven
from desktop.records.dossiers.snapshots import Summarise
from desktop.services.caseload.summary import SUMMARISE, from_bytes, summary_of
from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, CONTEXT, Desk, desk_of, share


def _case(desk: Desk, name: str = "Selam") -> DossierId:
    dossier = desk.new_dossier(name)
    desk.answer(dossier, "/brede_intake/gemeente", "Haarlem")
    return dossier


def _counting() -> tuple[Summarise, list[DossierId]]:
    """Return a summary that tells for which dossiers it had to be made."""
    made: list[DossierId] = []

    def summary(view: object) -> bytes:
        made.append(getattr(view, "id"))  # noqa: B009  # a view, by its id only
        return SUMMARISE.summary(view)  # type: ignore[arg-type]  # as above

    return Summarise(SUMMARISE.version, summary), made


def _alter(file: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute(statement, values)
    raw.close()


def _snapshots(file: Path) -> list[tuple[bytes, bytes, bytes]]:
    with sqlite3.connect(file) as raw:
        found = raw.execute("select dossier, state, sealed from snapshots").fetchall()
    raw.close()
    return found


def test_the_second_time_nothing_is_folded(desk: Desk) -> None:
    first, second = _case(desk), _case(desk, "Ahmed")
    before = desk.journal.summaries(SUMMARISE)
    desk.reopen()
    summarise, made = _counting()
    after = desk.journal.summaries(summarise)
    assert (after, made, list(after)) == (before, [], [first, second])
    assert from_bytes(first, after[first]) == summary_of(desk.journal.view(first))


def test_an_event_makes_the_snapshot_of_its_dossier_stale_and_no_other(desk: Desk) -> None:
    first, second = _case(desk), _case(desk, "Ahmed")
    desk.journal.summaries(SUMMARISE)
    desk.answer(first, "/brede_intake/gemeente", "Harderwijk")
    desk.reopen()
    summarise, made = _counting()
    assert from_bytes(first, desk.journal.summaries(summarise)[first]).municipality == "Harderwijk"
    assert made == [first]
    assert second in desk.journal.summaries(summarise)


@pytest.mark.parametrize("column", ["state", "sealed"])
def test_a_damaged_snapshot_is_made_anew(desk: Desk, column: str) -> None:
    dossier = _case(desk)
    before = desk.journal.summaries(SUMMARISE)
    desk.journal.close()
    _alter(desk.file, f"update snapshots set {column} = zeroblob(length({column}))")  # noqa: S608  # a constant
    desk.reopen()
    assert desk.journal.summaries(SUMMARISE) == before
    desk.journal.close()
    assert any(_snapshots(desk.file)[0][2])
    desk.reopen()
    assert desk.journal.view(dossier).name == "Selam"


def test_a_snapshot_of_another_dossier_or_version_is_not_taken(desk: Desk) -> None:
    first, second = _case(desk), _case(desk, "Ahmed")
    before = desk.journal.summaries(SUMMARISE)
    desk.journal.close()
    (one, state, sealed), (two, other_state, other) = _snapshots(desk.file)
    _alter(desk.file, "update snapshots set sealed = ? where dossier = ?", other, one)
    _alter(desk.file, "update snapshots set sealed = ?, state = ? where dossier = ?", sealed, other_state, two)
    desk.reopen()
    assert desk.journal.summaries(SUMMARISE) == before
    desk.reopen()
    other_version, made = Summarise(SUMMARISE.version + 1, SUMMARISE.summary), desk.journal.summaries(SUMMARISE)
    assert desk.journal.summaries(other_version) == made
    assert state != other_state
    assert {first, second} == set(made)


def test_a_healed_row_in_the_middle_makes_the_snapshot_stale(tmp_path: Path) -> None:
    one, two = desk_of(tmp_path, AZC, "Eén"), desk_of(tmp_path, AZC, "Twee")
    dossier = _case(one)
    one.answer(dossier, "/brede_intake/gemeente", "Ermelo")
    share(one, two)
    two.journal.close()
    _alter(two.file, "update events set sealed = zeroblob(length(sealed)) where sequence = 2")
    two.reopen()
    broken = two.journal.summaries(SUMMARISE)[dossier]
    assert from_bytes(dossier, broken).municipality == ""
    assert two.journal.accept_rows(one.rows()).accepted
    two.reopen()
    assert from_bytes(dossier, two.journal.summaries(SUMMARISE)[dossier]).municipality == "Ermelo"
    one.journal.close()
    two.journal.close()


def test_a_key_that_comes_or_goes_makes_it_stale_and_without_a_core_key_it_is_removed(desk: Desk) -> None:
    dossier = _case(desk)
    desk.journal.append(dossier, AnswerGiven("/brede_intake/kan/gezondheid", "given", "x"), CONTEXT, HEALTH)
    desk.journal.summaries(SUMMARISE)
    desk.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    desk.journal.close()
    assert _snapshots(desk.file) == []
    desk.reopen()
    assert dossier in desk.journal.summaries(SUMMARISE)
    desk.journal.close()
    _alter(desk.file, "delete from dossier_keys")
    desk.reopen()
    assert desk.journal.summaries(SUMMARISE) == {}
    desk.journal.close()
    assert _snapshots(desk.file) == []
    desk.reopen()
