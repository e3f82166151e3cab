"""What taking in a batch and giving out a page cost the server, while what it keeps grows a hundredfold."""

import os
import random
import statistics
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection

from benchmarks.measure import seconds
from benchmarks.results import Result, ratio_of
from desktop.vault.trust.organisation import create_organisation
from protocol.identifiers import DeviceId, DossierId, new_id
from protocol.limits import MOST_ROWS
from protocol.messages.feed import page_bytes
from protocol.messages.rows import Batch, Row, Segment
from server.admin import organisations
from server.store import pages, rows
from server.store.calling_device import CallingDevice
from server.store.engine import ServerStore
from server.store.schema import migrate
from tests.sync.machines import CLOCK
from tests.sync.postgres import Cluster

SIZES = (10_000, 100_000, 1_000_000)
MOST = 1.2

_EVENTS_OF_A_DOSSIER = 125
_SEALED_BYTES = 300
_ROUNDS = 15
_NOW = 1_800_000_000


def results(cluster: Cluster | None) -> Iterator[Result]:
    """Grow a database of each kind, and compare each size with the first: by the clock, and by the work of Python."""
    with TemporaryDirectory() as folder:
        yield from _grown("SQLite", str(Path(folder) / "server.db"))
    if cluster is not None:
        yield from _grown("PostgreSQL", cluster.new_database())


def _grown(kind: str, database: str) -> Iterator[Result]:
    server = _Server(database)
    first: dict[str, float] = {}
    for size in SIZES:
        server.grow_to(size)
        for name, work in (("append", server.append), ("page", server.read_page)):
            taken = _fastest_half(work)
            first.setdefault(name, taken)
            if size != SIZES[0]:
                title = f"{name} of {MOST_ROWS:,} of {size:,} events, {kind}"
                limit = "the undisturbed half of the rounds, in the middle, by the clock"
                yield ratio_of(title, taken, f"the same of {SIZES[0]:,}", first[name], MOST, limit)
    server.close()


def _fastest_half(work: Callable[[], object]) -> float:
    taken = sorted(seconds(work) for _ in range(_ROUNDS))
    return statistics.median(taken[: _ROUNDS // 2 + 1])


class _Server:
    """A database with one organisation, of which one device writes and another one reads."""

    def __init__(self, database: str) -> None:
        self._store = ServerStore(database)
        migrate(self._store)
        root = create_organisation("Meting", "reception")
        organisations.register(self._store, root, CLOCK)
        self._writer = CallingDevice(new_id(), root.card.id, b"")
        self._reader = CallingDevice(new_id(), root.card.id, b"")
        self._events = 0

    def grow_to(self, events: int) -> None:
        """Take in batches until there are so many events."""
        while self._events < events:
            self.append()

    def append(self) -> None:
        """Take in one batch, in dossiers of its own."""
        batch = Batch(tuple(self._segment() for _ in range(MOST_ROWS // _EVENTS_OF_A_DOSSIER)))
        self._store.run(partial(_store, self._writer, batch))
        self._events += MOST_ROWS

    def read_page(self) -> bytes:
        """Return one page from somewhere in the feed."""
        return self._store.run(self._page)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def _page(self, connection: Connection) -> bytes:
        after = random.randrange((self._events - MOST_ROWS) // _EVENTS_OF_A_DOSSIER)  # noqa: S311  # no secret
        return page_bytes(pages.read_page(connection, self._reader, after, own_too=False))

    def _segment(self) -> Segment:
        events: Sequence[Row] = [
            Row("core", 1, bytes(32), os.urandom(_SEALED_BYTES)) for _ in range(_EVENTS_OF_A_DOSSIER)
        ]
        return Segment.of(DossierId(new_id()), DeviceId(self._writer.device), 1, events, bytes(64))


def _store(caller: CallingDevice, batch: Batch, connection: Connection) -> None:
    rows.store_batch(connection, caller, batch, _NOW)
