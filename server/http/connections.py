"""Connections that end: nobody keeps one for longer than sending a request takes.

uvicorn limits neither the time of a request nor, without refusing everybody, the number of connections.
"""

import asyncio
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from protocol.limits import MOST_BODY_BYTES

LOOK_SECONDS = 10.0
"""How often a connection is looked at; what has not moved between two looks is ended."""

LEAST_OCTETS = 20 * 1024
"""What a sender of a body has to bring between two looks, a sixteenth of what a line of 256 kbit/s carries."""

MOST_CONNECTIONS = 700
"""Below the 1,024 files that Debian gives a service, with room for the database and several turns of newcomers."""

AT_ONCE = 32
"""The most connections that come in at one turn of the loop: who makes room for them is gone a few turns later."""

WAITING = 1024
"""How many connections the system keeps for us until then; it drops one above, which is tried again a second later."""


class LimitedConnection(H11Protocol):
    """One connection of a laptop, or of a proxy.

    It is ended when it brings no whole head of a request in the time between two looks, sends a body slower than
    `LEAST_OCTETS` in it, takes none of an answer, or goes on with more than the longest body after the answer. One
    above `MOST_CONNECTIONS` takes the place of the one that has been waiting longest; requests that were read whole
    are always finished.
    """

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Prepare for the connection."""
        super().__init__(config, server_state, app_state, _loop)
        self._since = self.loop.time()
        self._octets = 0
        self._unwanted = 0
        self._looked_at: tuple[object, int, int] = (None, 0, 0)
        self._look: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let the connection in, for another one where there are too many."""
        super().connection_made(transport)  # type: ignore[arg-type]  # uvicorn says so too
        self._look = self.loop.call_later(LOOK_SECONDS, self._look_again)
        if len(self.connections) > MOST_CONNECTIONS:
            waiting = [each for each in self.connections if isinstance(each, LimitedConnection) and each.may_end()]
            min(waiting, key=_place).end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop looking."""
        if self._look is not None:
            self._look.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Count, and read on."""
        self._octets += len(data)
        if self._answered() and self.conn.their_state is h11.SEND_BODY:
            self._unwanted += len(data)
            if self._unwanted > MOST_BODY_BYTES:
                self.end()
                return
        super().data_received(data)

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        self._since = self.loop.time()
        self._unwanted = 0
        super().on_response_complete()

    def may_end(self) -> bool:
        """Tell whether no whole request is being answered here."""
        return self.conn.their_state in {h11.IDLE, h11.SEND_BODY}

    def place(self) -> tuple[bool, float]:
        """Return the order in which connections are ended for newcomers: first who waited longest with nothing."""
        return self.conn.their_state is h11.SEND_BODY, self._since

    def end(self) -> None:
        """End the connection at once; it is not counted any more, so the next newcomer takes another place."""
        self.connections.discard(self)
        self.transport.abort()

    def _answered(self) -> bool:
        return self.cycle is not None and self.cycle.response_complete

    def _look_again(self) -> None:
        moved = (self.cycle, self._octets, self.transport.get_write_buffer_size())
        before, self._looked_at = self._looked_at, moved
        if self._stands_still(before, moved):
            self.end()
            return
        self._look = self.loop.call_later(LOOK_SECONDS, self._look_again)

    def _stands_still(self, before: tuple[object, int, int], now: tuple[object, int, int]) -> bool:
        if before[0] is not now[0]:
            return False
        if self.conn.their_state is h11.IDLE:
            return self.loop.time() - self._since > LOOK_SECONDS / 2
        if self.conn.their_state is h11.SEND_BODY:
            return not self.flow.read_paused and now[1] - before[1] < LEAST_OCTETS
        return self.flow.write_paused and now[2] >= before[2]


def _place(connection: LimitedConnection) -> tuple[bool, float]:
    return connection.place()
