"""Commits that a standby has to confirm, and what is done about those that none does.

PostgreSQL waits for a synchronous standby for ever, and its own time limits do not count there. When the wait is ended
from outside it says that the commit succeeded, with a warning: here, perhaps nowhere else. Nobody is told that what was
committed so is kept.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Thread

import psycopg
from sqlalchemy import Connection

from protocol.errors import EnvironmentProblem

CONFIRMED_WITHIN_SECONDS = 10.0
"""How long a commit waits for a standby, give or take a second."""

_LOOK_SECONDS = 0.5
_CANCEL_SECONDS = 3.0
_WARNINGS = "warnings"


def listen_to_warnings(connection: "psycopg.Connection[object]") -> dict[str, list[str]]:
    """Return, to be kept beside `connection`, where it puts the codes of the warnings that come over it."""
    warnings: list[str] = []

    def keep(notice: psycopg.errors.Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            warnings.append(notice.sqlstate or "")

    connection.add_notice_handler(keep)
    return {_WARNINGS: warnings}


@dataclass(slots=True)
class _Commit:
    """A commit that is waited for."""

    connection: "psycopg.Connection[object]"
    due: float
    lock: Lock = field(default_factory=Lock)
    ended: bool = False

    def end(self) -> None:
        with self.lock:
            self.ended = True

    def cancel(self) -> None:
        """End the wait, unless it has ended: a cancellation must not hit what the connection does next."""
        with self.lock:
            if not self.ended:
                with suppress(psycopg.Error):  # the server is gone: then so is the wait
                    self.connection.cancel_safe(timeout=_CANCEL_SECONDS)


class CommitWatch:
    """Commits transactions of one PostgreSQL server, each within a time. May be used by several threads."""

    def __init__(self, seconds: float = CONFIRMED_WITHIN_SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._commits: dict[int, _Commit] = {}
        self._closed = Event()
        self._thread: Thread | None = None

    def commit(self, connection: Connection) -> None:
        """Commit the transaction of `connection`.

        Raises EnvironmentProblem `server.commit_unconfirmed` where no standby confirmed it in time; it may be kept or
        lost then. What is committed later is confirmed only with it.
        """
        warnings: list[str] = connection.info[_WARNINGS]
        warnings.clear()
        under_way: psycopg.Connection[object] = connection.connection.driver_connection  # type: ignore[assignment]
        with self._watched(under_way):
            connection.commit()
        if warnings:
            raise EnvironmentProblem("server.commit_unconfirmed")

    def close(self) -> None:
        """Stop watching."""
        self._closed.set()

    @contextmanager
    def _watched(self, connection: "psycopg.Connection[object]") -> Iterator[None]:
        one = _Commit(connection, time.monotonic() + self._seconds)
        with self._lock:
            self._commits[id(one)] = one
            if self._thread is None:
                self._thread = Thread(target=self._look, name="commits", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            one.end()
            with self._lock:
                del self._commits[id(one)]

    def _look(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            now = time.monotonic()
            with self._lock:
                late = [one for one in self._commits.values() if one.due <= now]
            for one in late:
                one.cancel()
