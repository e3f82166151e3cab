"""How many bytes each organisation stored, counted seldom and in small steps, so that no laptop waits for it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from threading import Lock

from sqlalchemy import ColumnElement, Connection, Executable, Table, func, literal_column, select

from protocol.limits import PIECE_BYTES
from protocol.times import Clock
from server.store.engine import ServerStore
from server.store.tables import PIECES, SEGMENTS

_KEPT_SECONDS = 15 * 60
_STEP_ROWS = 20_000
"""About a tenth of a second, for which SQLite lets nobody else in; PostgreSQL lets everybody in meanwhile."""


@dataclass(frozen=True, slots=True)
class StoredOctets:
    """Bytes by organisation: of sealed rows, and of attachments at most, their last pieces counted as whole ones."""

    rows: Counter[str]
    pieces: Counter[str]


class StoredOctetsCounter:
    """Counts what is in a store, and keeps the result for a quarter of an hour.

    Nothing sealed is read: rows are told from the lengths that their segments were noted with, attachments from the
    number of their pieces. The first call takes some seconds where there are millions of them.
    """

    def __init__(self, store: ServerStore, clock: Clock) -> None:
        """Count in `store`."""
        self._store = store
        self._clock = clock
        self._lock = Lock()
        self._counted: tuple[float, StoredOctets] | None = None

    def read(self) -> StoredOctets:
        """Return the bytes, at most a quarter of an hour old."""
        with self._lock:
            now = self._clock.steady()
            if self._counted is None or now - self._counted[0] >= _KEPT_SECONDS:
                travelled = self._sum(SEGMENTS, func.sum(SEGMENTS.c.octets))  # in Base64, as they came
                rows = Counter({organisation: octets * 3 // 4 for organisation, octets in travelled.items()})
                pieces = self._sum(PIECES, func.count() * PIECE_BYTES)
                self._counted = (now, StoredOctets(rows, pieces))
            return self._counted[1]

    def _sum(self, table: Table, amount: ColumnElement[int]) -> Counter[str]:
        total: Counter[str] = Counter()
        query = select(table.c.organisation, amount).select_from(table).group_by(table.c.organisation)
        for step in self._steps(table):
            total.update(self._store.run(partial(_read, query=query.where(*step))))
        return total

    def _steps(self, table: Table) -> Iterator[tuple[ColumnElement[bool], ...]]:
        if self._store.engine.dialect.name != "sqlite":
            yield ()
            return
        place: ColumnElement[int] = literal_column("rowid")
        newest = select(func.max(place)).select_from(table)
        last: int = self._store.run(lambda connection: connection.execute(newest).scalar()) or 0
        for first in range(1, last + 1, _STEP_ROWS):
            yield (place.between(first, first + _STEP_ROWS - 1),)


def _read(connection: Connection, query: Executable) -> dict[str, int]:
    return {row[0]: int(row[1]) for row in connection.execute(query)}
