"""Fair shares: no organisation takes all room and all turns of the server."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

from server.refusals import Refusal

MOST_OCTETS = 256 * 1024 * 1024
"""The most bytes of bodies that are being read or handled at once."""

MOST_TURNS = 8
"""The most requests of one organisation that are handled at once; the others wait for their turn."""


class FairShares:
    """What is under way, by organisation. Used on the event loop alone."""

    def __init__(self, most_octets: int = MOST_OCTETS, most_turns: int = MOST_TURNS) -> None:
        self._most = most_octets
        self._held: Counter[str] = Counter()
        self._turns: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(most_turns))

    @contextmanager
    def room(self, organisation: str, octets: int) -> Iterator[None]:
        """Hold room for a body of `octets`.

        Raises Refusal `sync.busy` when the server has none left, or the organisation has half of all already.
        """
        if self._held[organisation] + octets > self._most // 2 or self._held.total() + octets > self._most:
            raise Refusal("sync.busy")
        self._held[organisation] += octets
        try:
            yield
        finally:
            self._held[organisation] -= octets

    def turn(self, organisation: str) -> asyncio.Semaphore:
        """Return what to wait for before a request of `organisation` is handled."""
        return self._turns[organisation]
