"""The way into the database: one class over embedded SQLite or a PostgreSQL server."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from protocol.errors import EnvironmentProblem
from server.store.connecting.commits import CommitWatch
from server.store.connecting.failures import state_of
from server.store.connecting.postgresql import postgresql_engine

_Result = TypeVar("_Result")
_ATTEMPTS = 3
_BUSY_SECONDS = 30
_CACHE_KIB = 65_536
_LOG_PAGES = 8_000
"""Of SQLite: pages in memory, and in the log before they are written to the database, 32 MB of 4 KiB.

A push changes pages of the index all over the file; with the 2 MB of SQLite's own each is read and written many times.
"""
_RETRY_STATES = frozenset({"40001", "40P01", "23505"})  # serialisation, deadlock, two made the same row at once


class ServerStore:
    """Runs operations, each in one transaction: carried out whole and durably, or not at all.

    SQLite: WAL with synchronous=FULL and one connection per process. Transactions of several processes (workers, the
    administrator) take turns through a lock file, because SQLite before 3.51.3 can lose pages when two connections
    write and checkpoint at once. PostgreSQL: a pool; row locks order what touches the same stream or feed. Of several
    machines in the URL it uses the one that is the primary, and after that one is gone the one that is it next.

    Failures: when two requests collide the operation is run again, at most three times. A database that is away
    or full raises SQLAlchemy's error, and a commit that no standby confirms in time EnvironmentProblem
    `server.commit_unconfirmed` (`store.connecting.failures` tells these from mistakes); nothing is acknowledged then,
    and the laptop tries again.
    """

    def __init__(self, database: str, *, hurried: bool = False) -> None:
        """Open `database` (path or PostgreSQL URL); raises EnvironmentProblem `server.database_unknown`.

        With `hurried`, because laptops wait for what is run, statements of PostgreSQL end after some seconds.
        """
        self._lock_file: Path | None = None
        self._commits: CommitWatch | None = None
        if "://" in database:
            self._commits = CommitWatch()
            self.engine = postgresql_engine(database, hurried=hurried)
        else:
            path = Path(database).absolute()
            self._lock_file = Path(f"{path}.lock")
            self.engine = _sqlite_engine(URL.create("sqlite", database=str(path)))

    @property
    def shared(self) -> bool:
        """Tell whether servers on several machines may be at work on this database."""
        return self._commits is not None

    def run(self, operation: Callable[[Connection], _Result]) -> _Result:
        """Return what `operation` returns, after its transaction is durable.

        `operation` may be run again after a collision, so it must not have effects outside the database.
        """
        for _ in range(_ATTEMPTS - 1):
            try:
                return self._once(operation)
            except DBAPIError as error:
                if not _collided(error):
                    raise
        return self._once(operation)

    def close(self) -> None:
        """Close all connections."""
        with self._turn():
            self.engine.dispose()
        if self._commits is not None:
            self._commits.close()

    def _once(self, operation: Callable[[Connection], _Result]) -> _Result:
        with self._turn(), self.engine.connect() as connection:
            result = operation(connection)
            if self._commits is None:
                connection.commit()
            else:
                self._commits.commit(connection)
            return result

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if self._lock_file is None:
            yield
            return
        try:
            stream = self._lock_file.open("ab")
        except OSError as error:
            raise EnvironmentProblem("server.database_away") from error
        with stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            yield


def insert_once(connection: Connection, table: Table, values: dict[str, object]) -> bool:
    """Insert a row unless its key is there already; tell whether it was inserted."""
    dialect = sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
    inserted = dialect.values(**values).on_conflict_do_nothing().returning(*table.primary_key)
    return connection.execute(inserted).first() is not None


def take_time(connection: Connection) -> None:
    """Let the statements of this transaction take as long as they take."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL statement_timeout = 0"))


def do_not_wait(connection: Connection) -> None:
    """Let this transaction be lost in a crash, and wait for neither disk nor standby: nobody is told that it is kept.

    Of PostgreSQL only; SQLite waits for its disk.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL synchronous_commit = off"))


def _sqlite_engine(url: URL) -> Engine:
    engine = create_engine(
        url,
        connect_args={"timeout": _BUSY_SECONDS, "check_same_thread": False},
        pool_size=1,
        max_overflow=0,
        pool_timeout=_BUSY_SECONDS,
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA wal_autocheckpoint = {_LOG_PAGES}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _collided(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    return state_of(error) in _RETRY_STATES
