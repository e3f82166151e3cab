"""What a failure of the database means: that it is away or has no room now, or that we made a mistake."""

import sqlite3

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from protocol.errors import EnvironmentProblem

_AWAY = frozenset({"server.database_away", "server.commit_unconfirmed"})
_AWAY_CLASSES = frozenset({"08", "40", "53", "55", "57", "58"})
"""Of SQLSTATE: connection, rollback for others' sake, resources, not in that state now, operator, disk."""

_READ_ONLY = "25006"
_FULL = "53100"
_SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")


def is_away(error: BaseException) -> bool:
    """Tell whether the same request may succeed later, without anybody changing the program."""
    if isinstance(error, EnvironmentProblem):
        return error.code in _AWAY
    if isinstance(error, NoConnectionFree):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorname", None) or "").startswith(_SQLITE_AWAY)
    state = state_of(error)
    return error.connection_invalidated or state in {"", _READ_ONLY} or state[:2] in _AWAY_CLASSES


def is_full(error: DBAPIError) -> bool:
    """Tell whether PostgreSQL has no room on its disk for a row."""
    return state_of(error) == _FULL


def state_of(error: BaseException) -> str:
    """Return the SQLSTATE of a failure of PostgreSQL, empty where there is none: it was not reached, or went away."""
    return getattr(getattr(error, "orig", None), "sqlstate", None) or ""
