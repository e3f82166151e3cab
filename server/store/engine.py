"""The way into the database: one class over embedded SQLite or a PostgreSQL server."""

import fcntl
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, Table, create_engine, event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, IntegrityError
from sqlalchemy.pool import ConnectionPoolEntry

from protocol.errors import EnvironmentProblem

_Result = TypeVar("_Result")
_ATTEMPTS = 3
_BUSY_SECONDS = 30
_POOL = 8
_RETRY_STATES = frozenset({"40001", "40P01", "23505"})  # serialisation, deadlock, two made the same row at once


class ServerStore:
    """Runs operations, each in one transaction: carried out whole and durably, or not at all.

    SQLite: WAL with synchronous=FULL and one connection per process. Transactions of several processes (workers, the
    administrator) take turns through a lock file, because SQLite before 3.51.3 can lose pages when two connections
    write and checkpoint at once. PostgreSQL: a pool; row locks order what touches the same stream or feed.

    Failures: when two requests collide the operation is run again, at most three times. A database that is away
    or full raises SQLAlchemy's error, which ends as a coded 500 and is retried by the laptop.
    """

    def __init__(self, database: str) -> None:
        """Open `database` (path or PostgreSQL URL); raises EnvironmentProblem `server.database_unknown`."""
        url = _url_of(database)
        self._lock_file = _lock_file(url)
        self.engine = (
            _sqlite_engine(url) if self._lock_file else create_engine(url, pool_size=_POOL, max_overflow=_POOL)
        )

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

    def _once(self, operation: Callable[[Connection], _Result]) -> _Result:
        with self._turn(), self.engine.begin() as connection:
            return operation(connection)

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


def _url_of(database: str) -> URL:
    if "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        url = make_url(database)
    except ArgumentError as error:
        raise EnvironmentProblem("server.database_unknown") from error
    if url.get_backend_name() not in {"postgresql", "postgres"}:
        raise EnvironmentProblem("server.database_unknown")
    return url.set(drivername="postgresql+psycopg")


def _lock_file(url: URL) -> Path | None:
    return Path(f"{url.database}.lock") if url.get_backend_name() == "sqlite" else None


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

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _collided(error: DBAPIError) -> bool:
    if isinstance(error, IntegrityError):
        return True
    return getattr(error.orig, "sqlstate", None) in _RETRY_STATES
