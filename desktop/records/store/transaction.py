"""Transactions on the journal's connection, and what SQLite's errors mean to a person."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from protocol.errors import EnvironmentProblem

_CODES = {
    sqlite3.SQLITE_FULL: "records.disk_full",
    sqlite3.SQLITE_BUSY: "records.locked",
    sqlite3.SQLITE_LOCKED: "records.locked",
    sqlite3.SQLITE_CORRUPT: "records.damaged",
    sqlite3.SQLITE_NOTADB: "records.damaged",
    sqlite3.SQLITE_READONLY: "records.read_only",
    sqlite3.SQLITE_CANTOPEN: "records.no_access",
    sqlite3.SQLITE_PERM: "records.no_access",
    sqlite3.SQLITE_IOERR: "records.input_output",
}
_PRIMARY_CODE = 0xFF


@contextmanager
def store_problems() -> Iterator[None]:
    """Turn what SQLite says of the world into an EnvironmentProblem `records.…`; a bug of ours stays what it is."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise_problem(error)
        raise


def raise_problem(error: BaseException | None) -> None:
    """Raise the EnvironmentProblem that `error` of SQLite stands for; return where it stands for none."""
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.ProgrammingError):
        primary = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        if primary in _CODES:
            raise EnvironmentProblem(_CODES[primary]) from error


class Transaction:
    """A transaction on one connection, entered with `with`: all or nothing; inside another one it is a savepoint.

    One object serves every transaction of a store, because an answer waits for each. `undone` counts those that were
    rolled back, savepoints among them.
    """

    __slots__ = ("_connection", "_depth", "undone")

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._depth = 0
        self.undone = 0

    def __enter__(self) -> None:
        try:
            self._connection.execute(f"savepoint level_{self._depth}" if self._depth else "begin immediate")
        except sqlite3.DatabaseError as error:
            raise_problem(error)
            raise
        self._depth += 1

    def __exit__(self, kind: object, error: BaseException | None, _traceback: object) -> None:
        self._depth -= 1
        if error is not None:
            self._undo()
            raise_problem(error)
            return
        try:
            self._connection.execute(f"release level_{self._depth}" if self._depth else "commit")
        except sqlite3.DatabaseError as failure:
            self._undo()
            raise_problem(failure)
            raise

    def _undo(self) -> None:
        """Roll back, unless the error already did: a full disk may end the whole transaction."""
        self.undone += 1
        if not self._connection.in_transaction:
            return
        with suppress(sqlite3.DatabaseError):  # the error that led here is the one to tell
            if self._depth:
                self._connection.execute(f"rollback to level_{self._depth}")
                self._connection.execute(f"release level_{self._depth}")
            else:
                self._connection.execute("rollback")
