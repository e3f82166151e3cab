"""The file `journal.db`: one writing connection to SQLite, every commit durable; sqlite-utils makes and migrates it.

WAL with synchronous=FULL survives a power cut; exclusive locking keeps a second connection out, without which older
SQLite may lose a reset of the log; secure_delete overwrites what is deleted. All but a row alone is written inside
`atomic()`. A failing disk raises EnvironmentProblem; what was committed stays readable.
"""

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from desktop.kernel.files import environment_problems
from desktop.records.store.passing_table import PassingTable
from desktop.records.store.piece_table import Pieces
from desktop.records.store.schema import knows_more, migrate
from desktop.records.store.table_rows import (
    KeyGrant,
    RowValues,
    SealedKey,
    SealedRow,
    StoredRow,
    StreamEnd,
    row_of,
    row_values,
)
from desktop.records.store.transaction import Transaction, raise_problem, store_problems
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DeviceId, DossierId, OrganisationId

FILE_NAME = "journal.db"

_PATIENCE_SECONDS = 0.5
_COLUMNS = "dossier, compartment, epoch, device, sequence, previous, sealed"
_INSERT = f"insert into events ({_COLUMNS}, checksum) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608  # a constant
_SELECT = f"select {_COLUMNS}, id, checksum from events"  # noqa: S608  # a constant

KEYS = "select dossier, compartment, epoch, mark, sealed from dossier_keys"
STREAMS = """
with recursive stream (dossier, device) as (
    select * from (select dossier, device from events order by dossier, device limit 1)
    union all
    select
        (select dossier from events where (dossier, device) > (stream.dossier, stream.device)
         order by dossier, device limit 1),
        (select device from events where (dossier, device) > (stream.dossier, stream.device)
         order by dossier, device limit 1)
    from stream where stream.dossier is not null
)
select stream.dossier,
    (select id from events where dossier = stream.dossier and device = stream.device order by sequence limit 1),
    stream.device, last.sequence, last.checksum
from stream
join events as last on last.id = (
    select id from events where dossier = stream.dossier and device = stream.device order by sequence desc limit 1
)
where stream.dossier is not null
"""
_SELECT_STORED = "select compartment, epoch, device, sequence, previous, sealed, id, checksum from events"


class Store:
    """Rows in and out. Used by one thread, the one that opened it; every method may raise EnvironmentProblem.

    `pieces` holds the contents of attachments, `passing` what it takes to pass rows on; both are written inside
    `atomic` too.
    """

    def __init__(self, database: Database) -> None:
        self._connection = database.conn
        self._transaction = Transaction(self._connection)
        self.pieces = Pieces(self.run)
        self.passing = PassingTable(self.run)

    def atomic(self) -> Transaction:
        """All or nothing: what is written inside is durable when the block ends, and gone when it raises."""
        return self._transaction

    def close(self) -> None:
        """Close the file; its write-ahead log is folded in."""
        with store_problems():
            self._connection.close()

    def run(self, statement: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Run one statement of another module of this floor and return its rows. What writes is inside `atomic`."""
        with store_problems():
            return self._connection.execute(statement, values).fetchall()

    def tables(self) -> tuple[str, ...]:
        """Return the name of every table."""
        return tuple(name for (name,) in self.run("select name from sqlite_master where type = 'table' order by name"))

    def copy_to(self, path: Path) -> None:
        """Write everything committed to a new database at `path`: SQLite's online backup, one consistent moment."""
        with store_problems(), closing(sqlite3.connect(path)) as target:
            self._connection.backup(target)

    def rewrite(self) -> None:
        """Write the whole file anew without free pages, and empty the write-ahead log."""
        self.run("vacuum")
        self.wipe_log()

    def add_rows(self, values: Iterable[RowValues]) -> None:
        """Write rows; see `row_values`. Call inside `atomic`."""
        self._connection.executemany(_INSERT, values)

    def add_row_alone(self, values: RowValues) -> None:
        """Write one row; it is durable when this returns. One statement needs none around it to be all or nothing."""
        try:
            self._connection.execute(_INSERT, values)
        except sqlite3.DatabaseError as error:
            raise_problem(error)
            raise

    def replace_row(self, row: SealedRow, digest: bytes, position: int) -> None:
        """Put `row` in the place of a broken one. Call inside `atomic`."""
        changes = f"update events set ({_COLUMNS}, checksum) = (?, ?, ?, ?, ?, ?, ?, ?) where id = ?"  # noqa: S608
        self._connection.execute(changes, (*row_values(row, digest), position))

    def remove_row(self, position: int) -> None:
        """Remove one row; it was set aside before. Call inside `atomic`."""
        self._connection.execute("delete from events where id = ?", [position])

    def rows(self, dossier: DossierId) -> tuple[SealedRow, ...]:
        """Return every row of a dossier, per device in its order."""
        return self._rows("where dossier = ? order by device, sequence", [bytes.fromhex(dossier)])

    def stored_rows(self, dossier: DossierId) -> "list[StoredRow]":
        """Return every row of a dossier as it lies in the file, per device in its order."""
        select, values = f"{_SELECT_STORED} where dossier = ? order by device, sequence", [bytes.fromhex(dossier)]
        self._connection.text_factory = str  # a fourth of the time; what is damaged takes the long way
        try:
            return self.run(select, values)
        except sqlite3.OperationalError:
            self._connection.text_factory = _text
            return self.run(select, values)
        finally:
            self._connection.text_factory = _text

    def row_at(self, dossier: DossierId, device: DeviceId, sequence: int) -> SealedRow | None:
        """Return one row, or None."""
        found = self._rows(
            "where dossier = ? and device = ? and sequence = ?",
            [bytes.fromhex(dossier), bytes.fromhex(device), sequence],
        )
        return found[0] if found else None

    def rows_written_by(self, device: DeviceId, after: int, limit: int) -> tuple[SealedRow, ...]:
        """Return at most `limit` rows of `device` above position `after`, in the order they were written."""
        return self._rows("where id > ? and device = ? order by id limit ?", [after, bytes.fromhex(device), limit])

    def stream_rows(self, dossier: DossierId, device: DeviceId, first: int, last: int) -> tuple[SealedRow, ...]:
        """Return the rows `first` to `last` of a stream, fewer where some are not here."""
        return self._rows(
            "where dossier = ? and device = ? and sequence between ? and ? order by sequence",
            [bytes.fromhex(dossier), bytes.fromhex(device), first, last],
        )

    def count_written_by(self, device: DeviceId, after: int) -> int:
        """Return how many rows of `device` lie above position `after`."""
        return self._number("select count(*) from events where id > ? and device = ?", [after, bytes.fromhex(device)])

    def dossiers_written_by(self, device: DeviceId, after: int) -> frozenset[DossierId]:
        """Return the dossiers that rows of `device` above position `after` belong to."""
        found = self.run(
            "select distinct dossier from events where id > ? and device = ?", [after, bytes.fromhex(device)]
        )
        return frozenset(DossierId(dossier.hex()) for (dossier,) in found if isinstance(dossier, bytes))

    def last_written_by(self, device: DeviceId) -> SealedRow | None:
        """Return the row of `device` that was written last, or None."""
        found = self._rows("where device = ? order by id desc limit 1", [bytes.fromhex(device)])
        return found[0] if found else None

    def dossiers(self) -> tuple[DossierId, ...]:
        """Return every dossier of which a row is kept, the first one first."""
        first: dict[DossierId, int] = {}
        for stream in self.streams():
            first[stream.dossier] = min(stream.first, first.get(stream.dossier, stream.first))
        return tuple(sorted(first, key=lambda dossier: first[dossier]))

    def streams(self) -> tuple[StreamEnd, ...]:
        """Return both ends of every stream, in a time that grows with the number of streams, not of rows."""
        return tuple(
            StreamEnd(DossierId(dossier.hex()), *ends)
            for dossier, *ends in self.run(STREAMS)
            if isinstance(dossier, bytes)
        )

    def count_rows(self) -> int:
        """Return how many rows are kept."""
        return self._number("select count(*) from events", [])

    def unassignable_rows(self) -> tuple[int, ...]:
        """Return the positions of rows whose dossier is damaged beyond telling which one it was."""
        found = self.run("select id from events where typeof(dossier) != 'blob' order by id")
        return tuple(position for (position,) in found)

    def integrity(self, most: int) -> tuple[str, ...]:
        """Return at most `most` complaints of SQLite about its file; none for a good one."""
        lines = tuple(str(line) for (line,) in self.run(f"pragma integrity_check({int(most)})"))
        return () if lines == ("ok",) else lines

    def quarantine(self, row: SealedRow, code: str) -> None:
        """Keep a row that does not fit, with the reason; once. Call inside `atomic`."""
        insert = f"insert or ignore into quarantine ({_COLUMNS}, code) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
        self._connection.execute(insert, (*row_values(row)[:-1], code))

    def quarantined(self, dossier: DossierId) -> tuple[tuple[SealedRow, str], ...]:
        """Return the rows of a dossier that were set aside, with their codes."""
        return self._quarantined("where dossier = ?", [bytes.fromhex(dossier)])

    def all_quarantined(self) -> tuple[tuple[SealedRow, str], ...]:
        """Return every row that was set aside, with its code."""
        return self._quarantined("", [])

    def _quarantined(self, where: str, values: Sequence[object]) -> tuple[tuple[SealedRow, str], ...]:
        select = f"select {_COLUMNS}, id, x'', code from quarantine {where} order by dossier, device, sequence"  # noqa: S608
        return tuple((row_of(found[:-1]), str(found[-1])) for found in self.run(select, values))

    def release(self, position: int) -> None:
        """Remove a row from those set aside. Call inside `atomic`."""
        self._connection.execute("delete from quarantine where id = ?", [position])

    def add_key(self, key: SealedKey) -> None:
        """Keep a key; the same key (by its id) sealed before is replaced. Call inside `atomic`."""
        self._connection.execute(
            "insert or replace into dossier_keys values (?, ?, ?, ?, ?)",
            [bytes.fromhex(key.dossier), key.compartment, key.epoch, key.key_id, key.sealed],
        )

    def keys(self, dossier: DossierId) -> tuple[SealedKey, ...]:
        """Return the keys of a dossier that are kept."""
        select = "select compartment, epoch, mark, sealed from dossier_keys where dossier = ? order by epoch, mark"
        with store_problems():
            found = self._connection.execute(select, [bytes.fromhex(dossier)]).fetchall()
        return tuple(SealedKey(dossier, *values) for values in found)

    def all_keys(self) -> tuple[SealedKey, ...]:
        """Return every key that is kept, but for those of which damage took the dossier."""
        found = self.run(KEYS)
        return tuple(
            SealedKey(DossierId(dossier.hex()), *values) for dossier, *values in found if isinstance(dossier, bytes)
        )

    def remove_keys(self, dossier: DossierId, compartment: str) -> None:
        """Remove every key to a compartment, and the wraps of it that still lie here. Call inside `atomic`."""
        for table in ("dossier_keys", "wraps", "wrapped_keys"):
            self._connection.execute(
                f"delete from {table} where dossier = ? and compartment = ?",  # noqa: S608  # constants
                [bytes.fromhex(dossier), compartment],
            )

    def wipe_log(self) -> None:
        """Fold the write-ahead log in and empty it, so that nothing deleted lingers there."""
        with store_problems():
            self._connection.execute("pragma wal_checkpoint(truncate)").fetchall()

    def add_wrap(self, wrap: KeyGrant) -> None:
        """Keep a wrap that is to be sent. Call inside `atomic`."""
        self._connection.execute(
            "insert into wraps (dossier, compartment, epoch, recipient, blob) values (?, ?, ?, ?, ?)",
            [bytes.fromhex(wrap.dossier), wrap.compartment, wrap.epoch, bytes.fromhex(wrap.recipient), wrap.blob],
        )

    def wraps(self, after: int, limit: int) -> tuple[KeyGrant, ...]:
        """Return at most `limit` wraps above position `after`."""
        return self._wraps("id > ? and typeof(dossier) = 'blob' and typeof(recipient) = 'blob'", [after], limit)

    def wraps_for(self, dossier: DossierId, recipient: OrganisationId) -> tuple[KeyGrant, ...]:
        """Return the wraps of a dossier's keys for one organisation, in the order they were made."""
        return self._wraps("dossier = ? and recipient = ?", [bytes.fromhex(dossier), bytes.fromhex(recipient)], -1)

    def _wraps(self, where: str, values: Sequence[object], limit: int) -> tuple[KeyGrant, ...]:
        select = f"select dossier, compartment, epoch, recipient, blob, id from wraps where {where} order by id limit ?"  # noqa: S608
        with store_problems():
            found = self._connection.execute(select, [*values, limit]).fetchall()
        return tuple(
            KeyGrant(DossierId(dossier.hex()), compartment, epoch, OrganisationId(recipient.hex()), blob, position)
            for dossier, compartment, epoch, recipient, blob, position in found
        )

    def cursor(self, name: str) -> str | None:
        """Return a value that was kept under `name`, or None."""
        with store_problems():
            found = self._connection.execute("select value from cursors where name = ?", [name]).fetchone()
        return None if found is None else str(found[0])

    def keep_cursor(self, name: str, value: str) -> None:
        """Keep `value` under `name`. Call inside `atomic`."""
        self._connection.execute("insert or replace into cursors (name, value) values (?, ?)", [name, value])

    def forget_cursors(self, dossier: DossierId) -> None:
        """Remove every cursor that is about `dossier`: its name ends with a stroke and the id. Call inside `atomic`."""
        ending = f"/{dossier}"
        self._connection.execute("delete from cursors where substr(name, -?) = ?", [len(ending), ending])

    def reset_cursors(self, prefix: str) -> None:
        """Set every cursor whose name begins with `prefix` back to "0". Call inside `atomic`."""
        self._connection.execute("update cursors set value = '0' where substr(name, 1, ?) = ?", [len(prefix), prefix])

    def _rows(self, where: str, values: Sequence[object]) -> tuple[SealedRow, ...]:
        with store_problems():
            found = self._connection.execute(f"{_SELECT} {where}", list(values)).fetchall()
        return tuple(row_of(item) for item in found)

    def _number(self, select: str, values: Sequence[object]) -> int:
        with store_problems():
            return int(self._connection.execute(select, list(values)).fetchone()[0])


def open_store(directory: Path) -> Store:
    """Open or create `journal.db` in `directory`.

    Raises EnvironmentProblem `records.newer_version` for a file of a later version, which stays untouched, and
    `records.damaged`, `records.locked` and the like for the file itself.
    """
    path = directory / FILE_NAME
    with environment_problems():
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with store_problems():
        connection = sqlite3.connect(path, timeout=_PATIENCE_SECONDS)
        connection.text_factory = _text
        database = Database(connection)
        try:
            _prepare(database)
        except BaseException:
            database.close()
            raise
    connection.isolation_level = None  # only `atomic` begins transactions
    return Store(database)


def _prepare(database: Database) -> None:
    database.execute("pragma locking_mode = exclusive").fetchall()
    if knows_more(database):
        raise EnvironmentProblem("records.newer_version")
    database.execute("pragma journal_mode = wal").fetchall()
    database.execute("pragma synchronous = full")
    database.execute("pragma secure_delete = on").fetchall()
    migrate(database)


def _text(data: bytes) -> str:
    """Return text, also where damage made it unreadable: one broken row must not hide the others."""
    return data.decode("utf-8", "replace")
