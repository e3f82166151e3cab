"""A real server under senders that mean it harm, and a laptop that goes on meanwhile."""

import resource
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from tests.crash.disks import filled, small_disk
from tests.sync.machines import Laptop, ServerProcess, found_office
from tests.sync.raw import plain, refused

Join = Callable[..., Laptop]
_MEBIBYTE = 1024 * 1024
_BODY = 4 * _MEBIBYTE - 1


def _peak(server: ServerProcess) -> int:
    """Return the most memory that the process ever had, in bytes."""
    assert server.process is not None
    status = Path(f"/proc/{server.process.pid}/status").read_text("ascii")
    line = next(each for each in status.splitlines() if each.startswith("VmHWM"))
    return int(line.split()[1]) * 1024


def _half_body(server: ServerProcess, path: str) -> socket.socket:
    """Return a connection that brought all of a body but its last byte, signed by nobody."""
    connection = socket.create_connection(("127.0.0.1", server.port))
    head = f"POST {path} HTTP/1.1\r\nHost: x\r\nOpmaat-Protocol: 1\r\nContent-Length: {_BODY}\r\n\r\n"
    with suppress(OSError):  # ended already
        connection.sendall(head.encode("ascii") + b"x" * (_BODY - 1))
    return connection


def _wait_until_ended(connection: socket.socket) -> None:
    connection.settimeout(120)
    with suppress(ConnectionResetError):
        while connection.recv(65536):
            pass


@pytest.fixture
def many_files() -> Iterator[None]:
    """Let this process have a few thousand connections."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(8192, before[1]), before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.fixture
def here(own_server: ServerProcess, tmp_path: Path, join: Join) -> Laptop:
    """Return a laptop of an organisation on a server of its own."""
    laptop = join(found_office(own_server, tmp_path / "azc", "AZC Dronten", "reception"), "anna")
    laptop.open_case()
    laptop.once()
    return laptop


@pytest.mark.long
@pytest.mark.parametrize("path", ["/v1/rows", "/v1/devices"])
def test_bodies_that_never_end_take_no_memory_and_are_ended(own_server: ServerProcess, here: Laptop, path: str) -> None:
    before = _peak(own_server)

    senders = [_half_body(own_server, path) for _ in range(150)]
    here.open_case()
    here.once()

    assert here.journal.outbox.waiting() == 0
    assert _peak(own_server) - before < 64 * _MEBIBYTE
    for each in senders:
        _wait_until_ended(each)
        each.close()


@pytest.mark.long
def test_three_thousand_idle_connections_keep_nobody_out(
    own_server: ServerProcess, here: Laptop, many_files: None
) -> None:
    del many_files
    idle = []
    for _ in range(3):
        idle += [socket.create_connection(("127.0.0.1", own_server.port)) for _ in range(1000)]
        here.open_case()
        here.once()
        assert here.journal.outbox.waiting() == 0

    for each in idle:
        _wait_until_ended(each)
        each.close()


def test_a_large_enrolment_is_refused_before_it_is_parsed(own_server: ServerProcess, here: Laptop) -> None:
    before = _peak(own_server)
    body = b"[" + b",".join([b"[]"] * 1_300_000) + b"]"

    answer = plain("POST", f"{here.address}/v1/devices", body, {"Opmaat-Protocol": "1"})

    assert refused(answer).code == "sync.too_large"
    assert _peak(own_server) - before < 16 * _MEBIBYTE


@pytest.mark.disks
def test_a_full_disk_lets_laptops_read(tmp_path: Path, join: Join) -> None:
    with ExitStack() as until_the_end:
        disk = until_the_end.enter_context(small_disk())
        (disk / "data").mkdir()
        server = ServerProcess(str(disk / "data" / "server.db"), tmp_path / "server.log")
        server.start()
        until_the_end.callback(server.stop)
        azc = found_office(server, tmp_path / "azc", "AZC Dronten", "reception")
        anna, bram = join(azc, "anna"), join(azc, "bram")
        case = anna.open_case()
        for laptop in (bram, anna):
            laptop.once()

        with filled(disk / "data"):
            bram.once()

        assert len(bram.journal.events(case)) == 1
