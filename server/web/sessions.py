"""Who is signed in to the administrator's page: kept in memory, so that a restart signs everybody out."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from threading import Lock

IDLE_SECONDS = 10 * 60
"""How long a session lives without a request."""

LONGEST_SECONDS = 8 * 3600
"""How long a session lives at most: a working day."""

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class SignedInSession:
    """A session of the account `name`; `salt` is that of its passphrase, so that an account made anew is another one.

    `begun` and `used` are seconds of a clock that nobody sets.
    """

    name: str
    salt: bytes
    begun: float
    used: float


class Sessions:
    """The sessions of this process, found by a random token of 32 bytes, of which only the SHA-256 is kept."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: dict[bytes, SignedInSession] = {}

    def begin(self, name: str, salt: bytes, now: float) -> str:
        """Begin a session and return its token."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        with self._lock:
            self._known = {key: each for key, each in self._known.items() if _lives(each, now)}
            self._known[_key(token)] = SignedInSession(name, salt, now, now)
        return token

    def use(self, token: str, now: float) -> SignedInSession | None:
        """Return the session of `token`, which lives on from now; or None where there is none, or it is over."""
        with self._lock:
            found = self._known.get(_key(token))
            if found is None:
                return None
            if not _lives(found, now):
                del self._known[_key(token)]
                return None
            self._known[_key(token)] = replace(found, used=now)
            return found

    def end(self, token: str) -> None:
        """End the session of `token`; there may be none."""
        with self._lock:
            self._known.pop(_key(token), None)


def _lives(session: SignedInSession, now: float) -> bool:
    return now - session.used < IDLE_SECONDS and now - session.begun < LONGEST_SECONDS


def _key(token: str) -> bytes:
    return hashlib.sha256(token.encode("utf-8", "replace")).digest()
