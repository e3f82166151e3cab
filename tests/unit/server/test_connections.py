"""Connections that bring nothing, too little or too much, against a real uvicorn with a small application."""

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from server.http import connections
from server.serving import ListenAddress, listen

_PATIENCE = 0.2
_HEAD = b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n"


async def _application(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at `/` once the whole body is there, elsewhere at once."""
    if scope["type"] != "http":
        return
    more = scope["path"] == "/"
    while more:
        message = await receive()
        more = message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@dataclass(frozen=True, slots=True)
class _Running:
    port: int

    def connect(self, data: bytes = b"") -> socket.socket:
        """Return a new connection on which `data` was sent."""
        connection = socket.create_connection(("127.0.0.1", self.port))
        connection.sendall(data)
        return connection


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[_Running]:
    """Return a server that looks often and lets in four connections."""
    monkeypatch.setattr(connections, "LOOK_SECONDS", _PATIENCE)
    monkeypatch.setattr(connections, "MOST_CONNECTIONS", 4)
    with listen(ListenAddress("127.0.0.1", 0)) as listener:
        listener.listen()
        settings = uvicorn.Config(_application, http=connections.LimitedConnection, ws="none", log_config=None)
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        yield _Running(listener.getsockname()[1])
        server.handle_exit(signal.SIGTERM, None)
        thread.join()


def _rest(connection: socket.socket) -> bytes:
    """Return what comes until the other side ends the connection."""
    connection.settimeout(30)
    found = b""
    with suppress(ConnectionResetError):
        while piece := connection.recv(65536):
            found += piece
    connection.close()
    return found


def _send_until_ended(connection: socket.socket, data: bytes, pause: float = 0) -> None:
    with suppress(ConnectionResetError, BrokenPipeError), connection:
        while True:
            connection.sendall(data)
            time.sleep(pause)


@pytest.mark.parametrize(
    "data",
    [b"", b"POST / HTTP/1.1\r\nHost: he", _HEAD % 100_000, _HEAD % 100_000 + b"x" * 99_999],
    ids=["nothing", "half a head", "no body", "almost a body"],
)
def test_who_does_not_go_on_is_ended_unanswered(running: _Running, data: bytes) -> None:
    assert _rest(running.connect(data)) == b""


def test_who_drips_is_ended(running: _Running) -> None:
    connection = running.connect(_HEAD % 1_000_000)
    _send_until_ended(connection, b"x", _PATIENCE / 10)


def test_a_slow_line_that_goes_on_is_answered(running: _Running) -> None:
    connection = running.connect(_HEAD % 400_000)
    for _ in range(20):
        connection.sendall(b"x" * 20_000)
        time.sleep(_PATIENCE / 4)

    assert connection.recv(100).startswith(b"HTTP/1.1 200")
    connection.close()


def test_who_sends_on_after_the_answer_is_ended(running: _Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "MOST_BODY_BYTES", 100_000)
    connection = running.connect(b"POST /at-once HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n")
    _send_until_ended(connection, b"2710\r\n" + b"x" * 10_000 + b"\r\n")


def test_a_newcomer_takes_the_place_of_who_waited_longest(running: _Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOOK_SECONDS", 60)
    waiting = [running.connect() for _ in range(4)]
    sending = running.connect(_HEAD % 10 + b"x" * 9)

    assert _rest(waiting[0]) == b""
    newcomer = running.connect(_HEAD % 2 + b"xx")
    assert newcomer.recv(100).startswith(b"HTTP/1.1 200")
    sending.sendall(b"x")
    assert sending.recv(100).startswith(b"HTTP/1.1 200")
    for each in (*waiting, sending, newcomer):
        each.close()


def test_many_newcomers_at_once_take_as_many_places(running: _Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "LOOK_SECONDS", 60)
    crowd = [running.connect() for _ in range(40)]

    for ended in crowd[:36]:
        assert _rest(ended) == b""
    for each in crowd[36:]:
        each.sendall(_HEAD % 2 + b"xx")
        assert each.recv(100).startswith(b"HTTP/1.1 200")
        each.close()
