"""Forgetting and reading after it: what large tables are asked, whatever they hold."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select

from protocol.identifiers import DeviceId, DossierId
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Batch, Row, Segment
from server.refusals import Refusal
from server.store import members, pages, pieces, rows, tables
from server.store.calling_device import CallingDevice
from server.store.engine import ServerStore
from server.store.keeping.erasures import end_reading
from server.store.keeping.retention import RetentionReport, RetentionTerms, carry_out, preview
from server.store.schema import migrate
from tests.unit.server.keeping.query_plans import query_plans

TOWN, DEVICE = "a" * 32, "d" * 32
CALLER = CallingDevice(DEVICE, TOWN, bytes(32))
READER = CallingDevice("e" * 32, TOWN, bytes(32))
KEPT, ERASED = "1" * 32, "2" * 32
LARGE = ("rows", "segments", "pieces", "feed", "wrap_sets", "streams", "statements")
DAY = 24 * 3600

_Act = Callable[[ServerStore, RetentionTerms, int], RetentionReport]


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store with two dossiers of a municipality, of which it erased one at second 10."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    named = {"name": "Haarlem", "kind": "municipality", "root": b"", "card": b"", "feed_position": 0, "created": 0}
    fresh.run(partial(Connection.execute, statement=insert(tables.ORGANISATIONS).values(organisation=TOWN, **named)))
    for dossier in (KEPT, ERASED):
        fresh.run(partial(rows.store_batch, caller=CALLER, batch=_batch(dossier), now=1))
        sent = PieceSet(DossierId(dossier), "b" * 32, tuple(Piece(number, bytes(9)) for number in range(1, 5)))
        fresh.run(partial(pieces.store_pieces, caller=CALLER, asked=sent, now=1))
    said = {"dossier": ERASED, "organisation": TOWN, "device": DEVICE, "stored": 10, "document": b"{}"}
    fresh.run(partial(Connection.execute, statement=insert(tables.ERASURES).values(**said)))
    fresh.run(partial(members.set_standing, organisation=TOWN, dossier=ERASED, standing=members.ERASED, now=10))
    fresh.run(partial(end_reading, organisation=TOWN, dossier=ERASED))
    return fresh


@pytest.mark.parametrize("act", [preview, carry_out])
def test_no_large_table_is_read_from_end_to_end(store: ServerStore, act: _Act) -> None:
    with query_plans(store) as plans:
        report = act(store, RetentionTerms(erased=1), 10 + DAY)
        page = store.run(partial(pages.read_page, caller=READER, after=0, own_too=True))

    assert (report.forgotten, report.rows, report.octets) == (1, 3, 3 * 6 + 4 * 9)
    assert {segment.dossier for segment in page.segments} == {KEPT}
    assert plans
    assert [plan for plan in plans if plan.startswith(tuple(f"SCAN {large}" for large in LARGE))] == []


def test_the_term_of_an_erasure_is_kept_to_the_second(store: ServerStore) -> None:
    assert carry_out(store, RetentionTerms(), 10 + 30 * DAY - 1).forgotten == 0
    assert _numbers(store) == {KEPT, ERASED}
    assert carry_out(store, RetentionTerms(), 10 + 30 * DAY).forgotten == 1
    assert _numbers(store) == {KEPT}


def test_nothing_is_left_in_the_file(store: ServerStore, tmp_path: Path) -> None:
    canary = b"sealed" + bytes.fromhex(ERASED)
    store.run(partial(rows.store_batch, caller=CALLER, batch=_batch("3" * 32, canary), now=1))
    said = {"dossier": "3" * 32, "organisation": TOWN, "device": DEVICE, "stored": 10, "document": b"{}"}
    store.run(partial(Connection.execute, statement=insert(tables.ERASURES).values(**said)))
    assert canary in _file(store, tmp_path)

    carry_out(store, RetentionTerms(), 10 + 30 * DAY)
    assert canary not in _file(store, tmp_path)


@pytest.mark.parametrize("caller", [CALLER, CallingDevice("f" * 32, "f" * 32, bytes(32))])
def test_a_forgotten_dossier_is_nobodys_to_make_again(store: ServerStore, caller: CallingDevice) -> None:
    carry_out(store, RetentionTerms(), 10 + 30 * DAY)

    for refused in (
        partial(rows.store_batch, caller=caller, batch=_batch(ERASED), now=1),
        partial(members.enter, organisation=caller.organisation, dossier=ERASED, now=1),
    ):
        with pytest.raises(Refusal, match=r"sync\.dossier_erased"):
            store.run(refused)
    assert _numbers(store) == {KEPT}


def _numbers(store: ServerStore) -> set[str]:
    return set(store.run(lambda connection: connection.execute(select(tables.ROWS.c.dossier)).scalars().all()))


def _file(store: ServerStore, folder: Path) -> bytes:
    """Return all bytes of the database, its log written back."""
    store.close()
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


def _batch(dossier: str, sealed: bytes = b"sealed") -> Batch:
    three = tuple(Row("core", 1, bytes(32), sealed) for _ in range(3))
    return Batch((Segment.of(DossierId(dossier), DeviceId(DEVICE), 1, three),))
