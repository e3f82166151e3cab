"""What a laptop meets in an office and on the road: proxies, authorities of the house, scanners, sign-in pages."""

import logging
import os
import socket
from pathlib import Path
from urllib.parse import quote

import pytest

from desktop.sync.client import Client
from desktop.sync.connection import Connection
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.errors import OpmaatError
from protocol.times import SystemClock
from tests.sync.networks.office_network import (
    ADDRESS,
    PASSWORD,
    SERVER,
    USER,
    Certificate,
    Drip,
    Gateway,
    certify,
    listening,
    privately,
    saying,
)

DEVICE = DeviceIdentity(bytes(32))
OURS = b"HTTP/1.1 503 x\r\nOpmaat-Protocol: 1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
"""The server was reached, and said so in its own words: `sync.server_failed`."""

REACHED = "sync.server_failed"
LOGIN = f"{quote(USER, safe='')}:{quote(PASSWORD, safe='')}@"


@pytest.fixture(autouse=True)
def _quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.lower().endswith("_proxy") or name.startswith("SSL_CERT"):
            monkeypatch.delenv(name)


@pytest.fixture
def certificate(tmp_path: Path) -> Certificate:
    """Return what the server shows, of an authority that the system knows only where a test says so."""
    return certify(tmp_path, SERVER, "localhost")


@pytest.fixture
def trusted(certificate: Certificate, monkeypatch: pytest.MonkeyPatch) -> Certificate:
    """Return the certificate, whose authority the system believes."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.authority))
    return certificate


def _code_of(server: str = ADDRESS) -> str:
    connection = Connection(server, DEVICE, SystemClock(), pause=lambda _seconds: None)
    try:
        with pytest.raises(OpmaatError) as caught:
            Client(connection).page(0)
    finally:
        connection.close()
    return caught.value.code


@pytest.mark.parametrize(
    ("kind", "setting"), [("http", "http"), ("socks", "socks"), ("socks", "socks5"), ("socks", "socks5h")]
)
@pytest.mark.parametrize("login", ["", LOGIN])
def test_a_server_behind_the_proxy_of_the_office_is_reached(
    kind: str, setting: str, login: str, trusted: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(saying(OURS, trusted)) as server:
        gateway = Gateway(server, (USER, PASSWORD) if login else None)
        with listening(getattr(gateway, kind)) as port:
            monkeypatch.setenv("ALL_PROXY", f"{setting}://{login}127.0.0.1:{port}/")
            monkeypatch.setenv("NO_PROXY", "localhost,127.0.0.1,::1,[::1],fd00::/8,10.0.0.0/8,other.nl:8443")
            assert _code_of() == REACHED

    assert set(gateway.asked) == {(SERVER, 8443)}


def test_a_proxy_that_speaks_tls_itself_is_used(trusted: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening(saying(OURS, trusted)) as server:
        gateway = Gateway(server, (USER, PASSWORD))
        with listening(privately(gateway.http, trusted)) as port:
            monkeypatch.setenv("HTTPS_PROXY", f"https://{LOGIN}localhost:{port}")
            assert _code_of() == REACHED


@pytest.mark.parametrize("kind", ["http", "socks"])
@pytest.mark.parametrize("login", ["", f"{quote(USER, safe='')}:wrong@"])
def test_a_proxy_that_wants_another_name_and_password_is_told_apart(
    kind: str, login: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    gateway = Gateway(0, (USER, PASSWORD))
    with listening(getattr(gateway, kind)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"{kind}://{login}127.0.0.1:{port}")
        assert _code_of() == "sync.proxy_sign_in"

    assert gateway.asked == []


@pytest.mark.parametrize("kind", ["http", "socks"])
@pytest.mark.parametrize(
    ("server", "code"), [(ADDRESS, "sync.unreachable"), ("https://elsewhere.example", "sync.proxy_refused")]
)
def test_a_proxy_that_does_not_go_on_is_told_apart(
    kind: str, server: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(getattr(Gateway(0), kind)) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"{kind}://127.0.0.1:{port}")
        assert _code_of(server) == code


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "sync.unreachable"),
        (b"\x05", "sync.unreachable"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "sync.proxy_unsupported"),
        (b"\x04\x00", "sync.proxy_unsupported"),
        (b"\x05\x07", "sync.proxy_unsupported"),
        (b"\x05\x01", "sync.proxy_sign_in"),
        (b"\x05\x00\x04\x00\x00\x01" + bytes(6), "sync.proxy_unsupported"),
        (b"\x05\x00\x05\x00\x00\x02" + bytes(6), "sync.proxy_unsupported"),
        (b"\x05\x00\x05\x63\x00\x01" + bytes(6), "sync.proxy_unsupported"),
        (b"\x05\x00\x05\x03\x00\x01" + bytes(6), "sync.unreachable"),
        (b"\x05\x00\x05\x08\x00\x04" + bytes(18), "sync.proxy_refused"),
        (b"\x05\x00\x05\x00\x00\x01" + bytes(6), "sync.unreachable"),  # goes on, and then says nothing of TLS
    ],
)
def test_whatever_answers_as_a_socks_proxy_has_a_code(
    answer: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(caller: socket.socket) -> None:
        caller.sendall(answer)
        caller.shutdown(socket.SHUT_WR)
        while caller.recv(1024):
            pass

    with listening(serve) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert _code_of() == code


@pytest.mark.parametrize("server", ["https://127.0.0.2:8443", "https://[fd00::7]:8443"])
def test_an_address_in_numbers_goes_through_a_socks_proxy(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[bytes] = []

    def serve(caller: socket.socket) -> None:
        caller.recv(3)
        caller.sendall(b"\x05\x00")
        heard.append(caller.recv(64))
        caller.sendall(b"\x05\x02\x00\x01" + bytes(6))

    with listening(serve) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        monkeypatch.setattr("desktop.sync.connection._is_this_machine", lambda _host: False)
        assert _code_of(server) == "sync.proxy_refused"

    assert heard[0][3] == (4 if "[" in server else 1)


def test_a_proxy_that_drips_before_it_goes_on_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    drip = Drip(b"HTTP/1.1 403 " + b"x" * 200 + b"\r\n\r\n")
    monkeypatch.setattr(SystemClock, "steady", lambda _self: drip.steady())

    with listening(drip.serve) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert _code_of() == "sync.unreachable"


def test_a_proxy_that_only_drips_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 10_000, 4))
    monkeypatch.setattr(SystemClock, "steady", lambda _self: float(next(seconds)))

    with listening(Gateway(0).socks) as port:
        monkeypatch.setenv("ALL_PROXY", f"socks5://127.0.0.1:{port}")
        assert _code_of() == "sync.unreachable"


@pytest.mark.parametrize(
    ("setting", "code"),
    [
        ("http://proxy:eight", "sync.proxy_unreadable"),
        ("http://999.1.1.1:80", "sync.proxy_unreadable"),
        ("socks4://127.0.0.1:1080", "sync.proxy_unsupported"),
    ],
)
def test_past_a_proxy_that_cannot_be_used_nothing_is_sent(
    setting: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", setting)

    assert _code_of() == code


def test_a_proxy_setting_does_not_stop_a_server_on_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "nothing:that:can:be:read")

    with listening(saying(OURS)) as port:
        assert _code_of(f"http://127.0.0.1:{port}") == REACHED


def test_the_next_round_reads_the_settings_again(trusted: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    connection = Connection(ADDRESS, DEVICE, SystemClock(), pause=lambda _seconds: None)
    codes: list[str] = []

    def ask() -> None:
        with pytest.raises(OpmaatError) as caught:
            connection.get("/x")
        codes.append(caught.value.code)

    with listening(saying(OURS, trusted)) as server, listening(Gateway(server).http) as port:
        for setting in ("socks4://at.home", f"http://127.0.0.1:{_closed_port()}", f"http://127.0.0.1:{port}"):
            monkeypatch.setenv("HTTPS_PROXY", setting)
            ask()
    connection.close()

    assert codes == ["sync.proxy_unsupported", "sync.unreachable", REACHED]


def _closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port: int = closed.getsockname()[1]
    return port


def test_an_authority_that_the_system_does_not_know_is_refused(
    certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(saying(OURS, certificate)) as server, listening(Gateway(server).http) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert _code_of() == "sync.certificate_refused"


def test_a_certificate_for_another_name_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = certify(tmp_path, "wifi.example")
    monkeypatch.setenv("SSL_CERT_FILE", str(other.authority))
    with listening(saying(OURS, other)) as server, listening(Gateway(server).http) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert _code_of() == "sync.certificate_refused"


def test_the_page_of_a_sign_in_wifi_is_told_apart(trusted: Certificate, monkeypatch: pytest.MonkeyPatch) -> None:
    page = b"HTTP/1.1 302 Found\r\nLocation: https://wifi.example/\r\nContent-Length: 0\r\n\r\n"
    with listening(saying(page, trusted)) as server, listening(Gateway(server).http) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert _code_of() == "sync.not_opmaat"


def test_a_server_that_has_only_ipv6_is_reached() -> None:
    try:
        socket.create_server(("::1", 0), family=socket.AF_INET6).close()
    except OSError:
        pytest.skip("this machine has no IPv6")
    with listening(saying(OURS), "::1") as port:
        assert _code_of(f"http://[::1]:{port}") == REACHED


@pytest.mark.parametrize("place", ["keys.log", "nowhere/keys.log"])
def test_the_keys_of_tls_are_never_written_down(
    place: str, trusted: Certificate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / place))

    with listening(saying(OURS, trusted)) as server, listening(Gateway(server).http) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        assert _code_of() == REACHED

    assert not (tmp_path / "keys.log").exists()


def test_no_name_or_password_of_a_proxy_is_logged_by_anybody_or_comes_with_an_error(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for kind in ("http", "socks"):
        with listening(getattr(Gateway(0, ("other", "other")), kind)) as port:
            monkeypatch.setenv("HTTPS_PROXY", f"{kind}://{LOGIN}127.0.0.1:{port}")
            connection = Connection(ADDRESS, DEVICE, SystemClock())
            with pytest.raises(OpmaatError) as caught:
                connection.get("/x")
            connection.close()
        told = f"{caught.value!r}{caught.value.details}{caught.value.__cause__!r}{caught.value.__context__!r}"
        for secret in (USER, PASSWORD, quote(PASSWORD, safe="")):
            assert secret not in told + caplog.text
