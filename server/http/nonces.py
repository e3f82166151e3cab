"""Nonces of requests that only read: kept in memory, so that reading needs no room on the disk.

Where several workers may serve one PostgreSQL they are in the database as well, for as long as it has room.

Those of requests that write are in the database; here is only when old ones are to be forgotten there.
"""

from threading import Lock

from server.refusals import Refusal

_CLEAN_SECONDS = 60


class Nonces:
    """The nonces of reads that this process answered, until a request with them would be too old."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._expires: dict[tuple[str, str], int] = {}
        self._oldest = 0
        self._cleaned = 0

    def use(self, device: str, nonce: str, expires: int, now: int) -> None:
        """Use `nonce` of `device` up; raises Refusal `sync.request_replayed` the second time."""
        with self._lock:
            if self._oldest < now:
                self._expires = {key: until for key, until in self._expires.items() if until >= now}
                self._oldest = min(self._expires.values(), default=expires)
            if (device, nonce) in self._expires:
                raise Refusal("sync.request_replayed")
            self._expires[device, nonce] = expires

    def are_due(self, now: int) -> bool:
        """Tell whether the database has not been rid of old nonces for a while; the next time it has."""
        with self._lock:
            due = now - self._cleaned >= _CLEAN_SECONDS
            if due:
                self._cleaned = now
            return due
