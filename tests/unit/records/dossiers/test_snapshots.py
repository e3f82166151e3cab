"""The sealed summaries: a fast way to the list of people, and never more than that."""

import sqlite3
from pathlib import Path

import pytest

from desktop.records import HEALTH, AnswerGiven
from desktop.records.dossiers.snapshots import Summariser
from desktop.services.caseload.summary import SUMMARISE, from_bytes, summary_of
from protocol.identifiers import DossierId
from tests.unit.records.cases import AZC, CONTEXT, Laptop, new_laptop, share


def _case(laptop: Laptop, name: str = "Selam") -> DossierId:
    dossier = laptop.new_dossier(name)
    laptop.answer(dossier, "/brede_intake/gemeente", "Haarlem")
    return dossier


def _counting() -> tuple[Summariser, list[DossierId]]:
    """Return a summary that tells for which dossiers it had to be made."""
    made: list[DossierId] = []

    def summary(view: object) -> bytes:
        made.append(getattr(view, "id"))  # noqa: B009  # a view, by its id only
        return SUMMARISE.summary(view)  # type: ignore[arg-type]  # as above

    return Summariser(SUMMARISE.version, summary), made


def _alter(file: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(file) as raw:
        raw.execute(statement, values)
    raw.close()


def _snapshots(file: Path) -> list[tuple[bytes, bytes, bytes]]:
    with sqlite3.connect(file) as raw:
        found = raw.execute("select dossier, state, sealed from snapshots").fetchall()
    raw.close()
    return found


def test_the_second_time_nothing_is_folded(laptop: Laptop) -> None:
    first, second = _case(laptop), _case(laptop, "Ahmed")
    before = laptop.journal.summaries(SUMMARISE)
    laptop.reopen()
    summarise, made = _counting()
    after = laptop.journal.summaries(summarise)
    assert (after, made, list(after)) == (before, [], [first, second])
    assert from_bytes(first, after[first]) == summary_of(laptop.journal.view(first))


def test_an_event_makes_the_snapshot_of_its_dossier_stale_and_no_other(laptop: Laptop) -> None:
    first, second = _case(laptop), _case(laptop, "Ahmed")
    laptop.journal.summaries(SUMMARISE)
    laptop.answer(first, "/brede_intake/gemeente", "Harderwijk")
    laptop.reopen()
    summarise, made = _counting()
    assert from_bytes(first, laptop.journal.summaries(summarise)[first]).municipality == "Harderwijk"
    assert made == [first]
    assert second in laptop.journal.summaries(summarise)


@pytest.mark.parametrize("column", ["state", "sealed"])
def test_a_damaged_snapshot_is_made_anew(laptop: Laptop, column: str) -> None:
    dossier = _case(laptop)
    before = laptop.journal.summaries(SUMMARISE)
    laptop.journal.close()
    _alter(laptop.file, f"update snapshots set {column} = zeroblob(length({column}))")  # noqa: S608  # a constant
    laptop.reopen()
    assert laptop.journal.summaries(SUMMARISE) == before
    laptop.journal.close()
    assert any(_snapshots(laptop.file)[0][2])
    laptop.reopen()
    assert laptop.journal.view(dossier).name == "Selam"


def test_a_snapshot_of_another_dossier_or_version_is_not_taken(laptop: Laptop) -> None:
    first, second = _case(laptop), _case(laptop, "Ahmed")
    before = laptop.journal.summaries(SUMMARISE)
    laptop.journal.close()
    (one, state, sealed), (two, other_state, other) = _snapshots(laptop.file)
    _alter(laptop.file, "update snapshots set sealed = ? where dossier = ?", other, one)
    _alter(laptop.file, "update snapshots set sealed = ?, state = ? where dossier = ?", sealed, other_state, two)
    laptop.reopen()
    assert laptop.journal.summaries(SUMMARISE) == before
    laptop.reopen()
    other_version, made = Summariser(SUMMARISE.version + 1, SUMMARISE.summary), laptop.journal.summaries(SUMMARISE)
    assert laptop.journal.summaries(other_version) == made
    assert state != other_state
    assert {first, second} == set(made)


def test_a_healed_row_in_the_middle_makes_the_snapshot_stale(tmp_path: Path) -> None:
    one, two = new_laptop(tmp_path, AZC, "Eén"), new_laptop(tmp_path, AZC, "Twee")
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


def test_a_key_that_comes_or_goes_makes_it_stale_and_without_a_core_key_it_is_removed(laptop: Laptop) -> None:
    dossier = _case(laptop)
    laptop.journal.append(dossier, AnswerGiven("/brede_intake/kan/gezondheid", "given", "x"), CONTEXT, HEALTH)
    laptop.journal.summaries(SUMMARISE)
    laptop.journal.erase(dossier, "health_key", CONTEXT, HEALTH)
    laptop.journal.close()
    assert _snapshots(laptop.file) == []
    laptop.reopen()
    assert dossier in laptop.journal.summaries(SUMMARISE)
    laptop.journal.close()
    _alter(laptop.file, "delete from dossier_keys")
    laptop.reopen()
    assert laptop.journal.summaries(SUMMARISE) == {}
    laptop.journal.close()
    assert _snapshots(laptop.file) == []
    laptop.reopen()
