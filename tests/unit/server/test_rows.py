"""Storing batches: what overlaps, what conflicts, and how many statements it takes."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert, select

from protocol.identifiers import DeviceId, DossierId
from protocol.messages.rows import Batch, Receipt, Row, Segment
from server.refusals import Refusal
from server.store import feed, rows, tables
from server.store.calling_device import CallingDevice
from server.store.engine import ServerStore
from server.store.feed import FeedPart
from server.store.schema import migrate

ORGANISATION, DEVICE, CASE = "a" * 32, "d" * 32, "c" * 32
CALLER = CallingDevice(DEVICE, ORGANISATION, bytes(32))
_ORGANISATION = {"name": "AZC", "kind": "reception", "root": b"", "card": b"", "feed_position": 0, "created": 0}


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store over a fresh SQLite file that serves one organisation."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    made = insert(tables.ORGANISATIONS).values(organisation=ORGANISATION, **_ORGANISATION)
    fresh.run(lambda connection: connection.execute(made))
    return fresh


def segment(first: int, last: int, case: str = CASE, what: bytes = b"sealed") -> Segment:
    """Return rows `first` to `last` of a case, each telling its own number."""
    sealed = (Row("core", 1, bytes(32), what + bytes([number])) for number in range(first, last + 1))
    return Segment.of(DossierId(case), DeviceId(DEVICE), first, sealed)


def push(store: ServerStore, *segments: Segment) -> Receipt:
    """Store a batch."""
    return store.run(lambda connection: rows.store_batch(connection, CALLER, Batch(segments), 1))


def sequences(store: ServerStore) -> list[int]:
    """Return the numbers of all rows that are stored."""
    query = select(tables.ROWS.c.sequence).order_by(tables.ROWS.c.sequence)
    return store.run(lambda connection: list(connection.execute(query).scalars()))


def test_rows_that_stand_twice_in_a_batch_are_stored_once(store: ServerStore) -> None:
    assert push(store, segment(1, 3), segment(2, 5), segment(2, 4)) == Receipt(stored=5, known=5)
    assert push(store, segment(4, 7), segment(1, 2)) == Receipt(stored=2, known=4)

    assert sequences(store) == [1, 2, 3, 4, 5, 6, 7]
    entries = store.run(lambda connection: feed.read(connection, FeedPart(ORGANISATION, 1, 9)))
    assert [entry.place for _, entry in entries] == ["3", "5", "7"]


@pytest.mark.parametrize(
    ("pushed", "code", "details"),
    [
        ((segment(1, 2), segment(2, 3, what=b"other")), "sync.row_conflict", {"sequence": "2"}),
        ((segment(1, 2), segment(4, 5)), "sync.gap", {"expected": "3"}),
    ],
)
def test_a_batch_that_does_not_fit_together_is_refused_whole(
    store: ServerStore, pushed: tuple[Segment, ...], code: str, details: dict[str, str]
) -> None:
    with pytest.raises(Refusal) as refused:
        push(store, *pushed)

    assert (refused.value.code, dict(refused.value.details)) == (code, {"dossier": CASE, **details})
    assert sequences(store) == []


def test_a_row_that_the_database_lost_is_taken_anew(store: ServerStore) -> None:
    push(store, segment(1, 3))
    store.run(lambda connection: connection.execute(tables.ROWS.delete().where(tables.ROWS.c.sequence == 2)))

    assert push(store, segment(1, 4)) == Receipt(stored=1, known=3)

    assert sequences(store) == [1, 2, 3, 4]


def test_the_number_of_statements_does_not_grow_with_the_dossiers(store: ServerStore) -> None:
    def counted(prefix: str, cases: int) -> int:
        said: list[str] = []

        def note(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
            said.append(statement)

        event.listen(store.engine, "before_cursor_execute", note)
        push(store, *(segment(1, 2, f"{prefix}{number:031x}") for number in range(cases)))
        event.remove(store.engine, "before_cursor_execute", note)
        return len(said)

    assert counted("1", 2) == counted("2", 200)
