"""Around every request: one log line, the headers of every answer, and the one place where a bug becomes a 500."""

import logging
import time
from collections.abc import Callable

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from protocol.version import API_VERSION, API_VERSION_HEADER, PROTOCOL, PROTOCOL_HEADER
from server.http.answers import problem
from server.log import note

_LOGGER = logging.getLogger(__name__)
_HEADERS = {
    API_VERSION_HEADER: API_VERSION,
    PROTOCOL_HEADER: str(PROTOCOL),
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class RequestFrame:
    """ASGI middleware around the application.

    An exception that nothing below foresaw is logged by its class name only (a traceback could hold what a person
    sent) and answered with `sync.server_failed`; when the answer had already begun, the connection is cut.
    """

    def __init__(self, app: ASGIApp, answered: Callable[[str, str, int, float], None]) -> None:
        """Wrap `app`; `answered` is told method, route, status and seconds of every answer."""
        self._app = app
        self._answered = answered

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
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, framed)
        except Exception as error:
            note(_LOGGER, "server.failed", kind=type(error).__name__)
            if status:
                raise
            await problem("sync.server_failed")(scope, receive, framed)
        seconds = time.monotonic() - started
        route = getattr(scope.get("route"), "path", "none")
        _log(scope, route, status, seconds)
        self._answered(scope["method"], route, status, seconds)


def _log(scope: Scope, route: str, status: int, seconds: float) -> None:
    note(
        _LOGGER,
        "request",
        method=scope["method"],
        route=route,
        status=status,
        device=scope.get("state", {}).get("device", "none"),
        milliseconds=int(seconds * 1000),
    )
