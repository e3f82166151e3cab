"""How much is stored: kept right as rows and pieces come in, and told without reading any of them."""

from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import insert

from protocol.identifiers import DeviceId, DossierId
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Batch, Row, Segment
from server.admin.status import read_status
from server.store import pieces, rows, tables
from server.store.administration.totals import stored_totals
from server.store.calling_device import CallingDevice
from server.store.engine import ServerStore
from server.store.schema import migrate
from tests.unit.server.keeping.query_plans import query_plans
from tests.unit.server.older_database import take_back

ORGANISATION, DEVICE = "a" * 32, "d" * 32
CALLER = CallingDevice(DEVICE, ORGANISATION, bytes(32))
CASES = ("1" * 32, "2" * 32)
_ORGANISATION = {"name": "AZC", "kind": "reception", "root": b"", "card": b"", "feed_position": 0, "created": 0}


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store with two dossiers: 7 rows of 10 bytes, some pushed twice, and 3 pieces of 100."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    made = insert(tables.ORGANISATIONS).values(organisation=ORGANISATION, **_ORGANISATION)
    fresh.run(lambda connection: connection.execute(made))
    batches = [_batch(1, 3, CASES[0]), _batch(2, 5, CASES[0]), _batch(1, 2, CASES[1])]
    for batch in batches:
        fresh.run(partial(rows.store_batch, caller=CALLER, batch=batch, now=1))
    for _ in range(2):
        fresh.run(lambda connection: pieces.store_pieces(connection, CALLER, _pieces(CASES[0]), 1))
    return fresh


def test_totals_are_what_is_there(store: ServerStore) -> None:
    found = store.run(stored_totals)

    assert (found.rows, found.octets, found.attached) == (
        {ORGANISATION: 7},
        {ORGANISATION: 70},
        {ORGANISATION: 300},
    )
    status = read_status(store)
    assert (status.rows, status.octets, status.attached) == (7, 70, 300)


def test_a_database_of_before_is_added_up_once(store: ServerStore) -> None:
    take_back(store, "0010")

    migrate(store)

    found = store.run(stored_totals)
    assert (found.octets.total(), found.attached.total()) == (70, 300)


def test_the_status_reads_no_table_of_rows_segments_or_pieces(store: ServerStore) -> None:
    with query_plans(store) as plans:
        read_status(store)

    assert any("streams" in plan for plan in plans)
    unbounded = [plan for plan in plans if not plan.endswith("LIMIT")]
    assert not [
        plan for plan in unbounded if any(f" {large}" in f" {plan}" for large in ("rows", "segments", "pieces"))
    ]


def _batch(first: int, last: int, case: str) -> Batch:
    sealed = tuple(Row("core", 1, bytes(32), b"sealed%04d" % number) for number in range(first, last + 1))
    return Batch((Segment.of(DossierId(case), DeviceId(DEVICE), first, sealed),))


def _pieces(case: str) -> PieceSet:
    return PieceSet(DossierId(case), "b" * 32, tuple(Piece(number, bytes(100)) for number in range(1, 4)))
