from pathlib import Path

import pytest

from desktop.records import Intention, Journal
from tests.unit.records.cases import new_journal

FIRST, SECOND = Intention("one", {"dossier": "0" * 32}), Intention("two", ["a", None, 3])


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return new_journal(tmp_path)


def test_intentions_are_kept_in_order_until_they_are_finished(journal: Journal) -> None:
    for each in (FIRST, SECOND):
        journal.intentions.begin(each)
    assert journal.intentions.pending() == (FIRST, SECOND)
    journal.intentions.finish(FIRST)
    journal.intentions.finish(FIRST)
    assert journal.intentions.pending() == (SECOND,)


def test_an_intention_is_durable_with_the_transaction_around_it_or_not_at_all(journal: Journal) -> None:
    def fail() -> None:
        with journal._store.atomic():
            journal.intentions.begin(FIRST)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert journal.intentions.pending() == ()


def test_an_intention_lies_sealed_and_one_that_broke_is_named_and_kept(journal: Journal) -> None:
    for each in (FIRST, SECOND):
        journal.intentions.begin(each)
    first, second = (journal.outbox.cursor(f"intention.{each.id}") or "" for each in (FIRST, SECOND))
    assert "dossier" not in first
    assert journal.intentions.damaged() == ()
    ((row,),) = journal._store.run("select rowid from cursors where name = ?", [f"intention.{FIRST.id}"])
    for broken in (second, "~", b"\xff"):
        journal._store.run("update cursors set value = ? where rowid = ?", [broken, row])
        assert journal.intentions.pending() == (SECOND,)
        assert journal.intentions.damaged() == (row,)
    assert repr(SECOND) == f"Intention(kind='two', id={SECOND.id!r})"
