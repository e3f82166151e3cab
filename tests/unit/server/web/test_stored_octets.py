"""Counting what is stored in small steps, and seldom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from protocol.limits import PIECE_BYTES
from protocol.times import SettableClock
from server.store.engine import ServerStore
from server.store.schema import migrate
from server.store.tables import PIECES, SEGMENTS
from server.web import stored_octets
from server.web.stored_octets import StoredOctetsCounter


@pytest.fixture
def store(tmp_path: Path) -> ServerStore:
    """Return a store over a fresh SQLite file."""
    fresh = ServerStore(str(tmp_path / "server.db"))
    migrate(fresh)
    return fresh


def _keep(store: ServerStore, organisation: str, first: int, count: int) -> None:
    where = {"organisation": organisation, "dossier": "d", "device": "e", "first": 1, "signature": b"", "stored": 0}
    segments = [{**where, "last": at, "number": at, "octets": 400} for at in range(first, first + count)]
    pieces = [
        {"dossier": "d", "blob": organisation, "number": at, "organisation": organisation, "sealed": b""}
        for at in range(first, first + count)
    ]
    store.run(lambda connection: connection.execute(insert(SEGMENTS), segments))
    store.run(lambda connection: connection.execute(insert(PIECES), pieces))


@pytest.mark.parametrize("step", [1, 3, 7, 20_000])
def test_every_row_is_counted_once_whatever_the_step(
    store: ServerStore, step: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored_octets, "_STEP_ROWS", step)
    _keep(store, "azc", 1, 4)
    _keep(store, "town", 1, 3)

    found = StoredOctetsCounter(store, SettableClock(datetime(2026, 11, 24, tzinfo=UTC))).read()

    assert found.rows == {"azc": 1200, "town": 900}
    assert found.pieces == {"azc": 4 * PIECE_BYTES, "town": 3 * PIECE_BYTES}


def test_it_is_counted_again_after_a_quarter_of_an_hour(store: ServerStore) -> None:
    clock = SettableClock(datetime(2026, 11, 24, tzinfo=UTC))
    counter = StoredOctetsCounter(store, clock)
    assert counter.read().rows.total() == 0
    _keep(store, "azc", 1, 1)

    clock.moment += timedelta(seconds=899)
    assert counter.read().rows.total() == 0
    clock.moment += timedelta(seconds=1)
    assert counter.read().rows.total() == 300
