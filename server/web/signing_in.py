"""Signing in to the administrator's page: one try at a time, and the same answer whatever was wrong."""

import asyncio
import logging
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from protocol.times import Clock
from server.log import note
from server.passphrases import NOBODY
from server.store.administration.administrators import administrator_of
from server.store.engine import ServerStore
from server.web.sessions import Sessions, SignedInSession
from server.web.sign_in_attempts import SignInAttempts

_LOGGER = logging.getLogger(__name__)
_MOST_WAITING = 8
_BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class SignInOutcome:
    """What came of a try: a session's `token`, or None and the seconds to wait, 0 where the passphrase was wrong."""

    token: str | None
    wait: int = 0


class SignInService:
    """Lets administrators in, and keeps who is.

    A try takes half a second and 128 MiB, so there is one at a time; beside the eight that wait, none is taken. Log
    lines say that somebody signed in or failed to, never under which name.
    """

    def __init__(self, store: ServerStore, clock: Clock) -> None:
        """Keep the sessions of this process; accounts are in `store`."""
        self._store = store
        self._clock = clock
        self._sessions = Sessions()
        self._attempts = SignInAttempts()
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def sign_in(self, name: str, passphrase: str) -> SignInOutcome:
        """Try to sign in."""
        if self._waiting >= _MOST_WAITING:
            return SignInOutcome(None, _BUSY_SECONDS)
        self._waiting += 1
        try:
            async with self._turn:
                return await self._try(name, passphrase)
        finally:
            self._waiting -= 1

    def session(self, token: str) -> SignedInSession | None:
        """Return the session of `token` while it lives and its account is as it was; it lives on from now."""
        found = self._sessions.use(token, self._clock.steady())
        if found is None:
            return None
        kept = self._store.run(lambda connection: administrator_of(connection, found.name))
        if kept is None or kept.salt != found.salt:
            self._sessions.end(token)
            return None
        return found

    def sign_out(self, token: str) -> None:
        """End a session."""
        self._sessions.end(token)

    async def _try(self, name: str, passphrase: str) -> SignInOutcome:
        wait = self._attempts.wait(name, self._clock.steady())
        if wait:
            note(_LOGGER, "sign_in.limited", seconds=wait)
            return SignInOutcome(None, wait)
        kept = await run_in_threadpool(self._store.run, lambda connection: administrator_of(connection, name))
        matched = await run_in_threadpool((kept or NOBODY).matches, passphrase)
        if kept is None or not matched:
            self._attempts.failed(name, self._clock.steady())
            note(_LOGGER, "sign_in.refused")
            return SignInOutcome(None)
        self._attempts.succeeded(name)
        note(_LOGGER, "sign_in.accepted")
        return SignInOutcome(self._sessions.begin(name, kept.salt, self._clock.steady()))
