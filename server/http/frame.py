"""Around every request: one log line, the headers of every answer, and the one place where a bug becomes a 500."""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol.version import API_VERSION, API_VERSION_HEADER, PROTOCOL, PROTOCOL_HEADER
from server.http.answers import problem
from server.log import note

_LOGGER = logging.getLogger(__name__)

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Strict-Transport-Security": "max-age=31536000",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
)
"""What every answer says to a browser, of the interface for laptops and of the administrator's page."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What differs by application: the name of its log lines, its headers, and what it answers when it failed."""

    event: str
    headers: Mapping[str, str]
    failed: Callable[[], Response]


INTERFACE = Framing(
    "request",
    MappingProxyType({API_VERSION_HEADER: API_VERSION, PROTOCOL_HEADER: str(PROTOCOL), **HEADERS}),
    lambda: problem("sync.server_failed"),
)
"""The frame of the interface for laptops."""


class RequestFrame:
    """ASGI middleware around an application.

    An exception that nothing below foresaw is logged by its class name only (a traceback could hold what a person
    sent) and answered with what `framing` says; when the answer had already begun, the connection is cut.
    """

    def __init__(self, app: ASGIApp, answered: Callable[[str, str, int, float], None], framing: Framing) -> None:
        """Wrap `app`; `answered` is told method, route, status and seconds of every answer."""
        self._app = app
        self._answered = answered
        self._framing = framing

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def framed(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(self._framing.headers)
            await send(message)

        try:
            await self._app(scope, receive, framed)
        except Exception as error:
            note(_LOGGER, "server.failed", kind=type(error).__name__)
            if status:
                raise
            await self._framing.failed()(scope, receive, framed)
        seconds = time.monotonic() - started
        route = getattr(scope.get("route"), "path", "none")
        _log(self._framing.event, scope, route, status, seconds)
        self._answered(scope["method"], route, status, seconds)


def _log(event: str, scope: Scope, route: str, status: int, seconds: float) -> None:
    note(
        _LOGGER,
        event,
        method=scope["method"],
        route=route,
        status=status,
        device=scope.get("state", {}).get("device", "none"),
        milliseconds=int(seconds * 1000),
    )
