import itertools
import socket
import threading
from collections.abc import Callable, Iterator

import pytest

from desktop.sync.client import Client
from desktop.sync.connection import PAUSES, Connection
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.times import SystemClock
from tests.sync.networks.office_network import Drip, listening

DEVICE = DeviceIdentity(bytes(32))
Answering = Callable[[bytes], str]


@pytest.fixture
def answering() -> Iterator[Answering]:
    """Return a function that gives the address of a server which says the same bytes to everybody."""
    opened: list[tuple[socket.socket, threading.Thread]] = []

    def start(answer: bytes) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        thread = threading.Thread(target=_answer_all, args=(listener, answer), daemon=True)
        thread.start()
        opened.append((listener, thread))
        return f"http://127.0.0.1:{listener.getsockname()[1]}"

    yield start
    for listener, thread in opened:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _answer_all(listener: socket.socket, answer: bytes) -> None:
    while True:
        try:
            caller, _ = listener.accept()
        except OSError:
            return
        with caller:
            request = b""
            while b"\r\n\r\n" not in request and (piece := caller.recv(65536)):
                request += piece
            try:
                caller.sendall(answer)
            except OSError:
                continue


def _http(status: str, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def _code_of(server: str, pauses: list[float] | None = None) -> str:
    kept = [] if pauses is None else pauses
    connection = Connection(server, DEVICE, SystemClock(), pause=kept.append)
    try:
        with pytest.raises(OpmaatError) as caught:
            Client(connection).page(0)
    finally:
        connection.close()
    return caught.value.code


OURS = "Opmaat-Protocol: 1"


def test_a_server_that_is_away_is_asked_three_times(free_port: int) -> None:
    pauses: list[float] = []

    assert _code_of(f"http://127.0.0.1:{free_port}", pauses) == "sync.unreachable"
    assert tuple(pauses) == PAUSES


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (_http("200 OK", b"<html>Sign in to this wifi</html>"), "sync.not_opmaat"),
        (_http("302 Found", b"", "Location: https://wifi.example"), "sync.not_opmaat"),
        (_http("200 OK", b"<html>", OURS), "sync.answer_broken"),
        (_http("200 OK", b'{"cursor":1}', OURS), "sync.answer_broken"),
        (_http("302 Found", b"", OURS), "sync.answer_broken"),
        (_http("400 Bad Request", b"no", OURS), "sync.answer_broken"),
        (_http("503 Service Unavailable", b"", OURS), "sync.server_failed"),
        (_http("200 OK", bytes(MOST_ANSWER_BYTES + 1), OURS), "sync.answer_broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\nOpmaat-Protocol: 1\r\n\r\ncut", "sync.unreachable"),
        (b"garbage\r\n\r\n", "sync.unreachable"),
        (b"", "sync.unreachable"),
    ],
)
def test_every_odd_answer_has_a_code(answering: Answering, answer: bytes, code: str) -> None:
    assert _code_of(answering(answer)) == code


@pytest.mark.parametrize(
    ("status", "code"),
    [("407 Proxy Authentication Required", "sync.proxy_sign_in"), ("413 Too Large", "sync.too_large")],
)
def test_a_proxy_is_understood_by_its_status(answering: Answering, status: str, code: str) -> None:
    assert _code_of(answering(_http(status, b"<html>"))) == code


@pytest.mark.parametrize("begin", ["headers", "body"])
def test_an_answer_that_only_drips_is_given_up(begin: str, monkeypatch: pytest.MonkeyPatch) -> None:
    large = "X: " + "x" * 200
    drip = Drip(_http("200 OK", b"", OURS, large) if begin == "headers" else _http("200 OK", bytes(200), OURS))
    monkeypatch.setattr(SystemClock, "steady", lambda _self: drip.steady())

    with listening(drip.serve) as port:
        assert _code_of(f"http://127.0.0.1:{port}") == "sync.unreachable"


def test_a_long_answer_over_a_slow_line_is_waited_for(answering: Answering, monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = itertools.count(step=5)
    monkeypatch.setattr(SystemClock, "steady", lambda _self: float(next(seconds)))

    assert _code_of(answering(_http("200 OK", bytes(MOST_ANSWER_BYTES), OURS))) == "sync.answer_broken"
    assert next(seconds) > 200


def test_a_refusal_keeps_the_servers_code_and_facts(answering: Answering) -> None:
    body = (
        b'{"code":"sync.gap","detail":"d","details":{"expected":"7"},"status":409,"title":"t",'
        b'"type":"urn:opmaat:problem:sync.gap"}'
    )
    connection = Connection(answering(_http("409 Conflict", body, OURS)), DEVICE, SystemClock())

    with pytest.raises(EnvironmentProblem) as caught:
        Client(connection).page(0)
    connection.close()

    assert (caught.value.code, dict(caught.value.details)) == ("sync.gap", {"expected": "7"})


def test_what_a_person_can_mend_is_a_user_error(answering: Answering) -> None:
    body = (
        b'{"code":"sync.clock_differs","detail":"d","details":{},"status":401,"title":"t",'
        b'"type":"urn:opmaat:problem:sync.clock_differs"}'
    )
    connection = Connection(answering(_http("401 Unauthorized", body, OURS)), DEVICE, SystemClock())

    with pytest.raises(UserError, match=r"sync\.clock_differs"):
        Client(connection).page(0)
    connection.close()


@pytest.mark.parametrize(
    ("server", "code"),
    [
        ("", "sync.no_server"),
        ("no address", "sync.no_server"),
        ("http://", "sync.no_server"),
        ("https://a\x00b", "sync.no_server"),
        ("https://[::1", "sync.no_server"),
        ("https://127.0.0.1:99999", "sync.no_server"),
        ("https://opmaat.example.nl/%zz", "sync.no_server"),
        ("http://opmaat.example.nl", "sync.not_private"),
        ("http://192.0.2.1", "sync.not_private"),
        ("ftp://127.0.0.1", "sync.not_private"),
    ],
)
def test_nothing_is_sent_to_an_address_that_will_not_do(server: str, code: str) -> None:
    assert _code_of(server) == code


def test_a_chain_that_is_no_json_is_a_broken_answer(answering: Answering) -> None:
    connection = Connection(answering(_http("200 OK", b"<html>", OURS)), DEVICE, SystemClock())

    with pytest.raises(EnvironmentProblem, match=r"sync\.answer_broken"):
        Client(connection).chain(DEVICE.id)
    connection.close()


@pytest.mark.parametrize(
    ("date", "year"),
    [
        ("Date: Sat, 28 Nov 2099 09:00:00 GMT", 2099),
        ("Date: Sat, 28 Nov 2099 09:00:00 -0000", None),
        ("Date: yesterday", None),
        ("Date: Sat, 99 Nov 2099 09:00:00 GMT", None),
        ("Date: Fri, 31 Dec 9999 23:59:59 GMT", None),
        ("Server: x", None),
    ],
)
def test_the_time_of_the_server_is_read_from_its_answer_also_where_it_refuses(
    answering: Answering, date: str, year: int | None
) -> None:
    connection = Connection(answering(_http("400 Bad Request", b"no", OURS, date)), DEVICE, SystemClock())
    assert connection.clock_ahead is None
    with pytest.raises(OpmaatError):
        connection.get("/x")
    connection.close()

    ahead = connection.clock_ahead
    assert (None if ahead is None else (SystemClock().now() - ahead).year) == year


def test_without_an_answer_of_the_server_its_time_is_unknown(answering: Answering, free_port: int) -> None:
    with_date = "Date: Sat, 28 Nov 2099 09:00:00 GMT"
    for server in (f"http://127.0.0.1:{free_port}", answering(_http("200 OK", b"<html>", with_date))):
        connection = Connection(server, DEVICE, SystemClock(), pause=lambda _seconds: None)
        with pytest.raises(OpmaatError):
            connection.get("/x")
        connection.close()
        assert connection.clock_ahead is None
