"""The same sealed events as documents of PouchDB, replicated to a pouchdb-server, beside our push to our server."""

import json
import os
import shutil
import socket
import subprocess
import threading
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import NamedTuple

from benchmarks.measure import taken_by
from benchmarks.results import Result
from benchmarks.sync.world import Stored, everything, full_laptop, office, served, stored_rows
from tests.sync.machines import Laptop, Online

DOSSIERS, EVENTS = 40, 15_000
TIMES_AS_FAST, PART_OF_THE_BYTES = 8.0, 0.6

_FOLDER = Path(__file__).resolve().parents[1] / "peers"
_SERVER = _FOLDER / "node_modules" / "pouchdb-server" / "bin" / "pouchdb-server"
_PATIENCE_SECONDS = 60
_MOST_SECONDS = 1_800
_PIECE = 64 * 1024
_USER_TIME, _SYSTEM_TIME = 11, 12  # in /proc/PID/stat, after the name


def is_there() -> bool:
    """Tell whether node and the peers' packages are installed."""
    return shutil.which("node") is not None and _SERVER.exists()


def results() -> Iterator[Result]:
    """Push and replicate the same events, each through a relay that counts what passes."""
    with TemporaryDirectory() as folder, served(str(Path(folder) / "server.db")) as (server, place):
        laptop = full_laptop(office(server, place), DOSSIERS, EVENTS)
        rows = stored_rows(laptop, EVENTS)
        with counting_relay(server.port) as relay:
            online = _online(laptop, relay)
            process = server.process
            before = 0.0 if process is None else _worked(process.pid)
            taken, worked = taken_by(lambda: everything(online))
            worked += (0.0 if process is None else _worked(process.pid)) - before
            ours = _Effort(taken, worked, relay.octets)
        laptop.close()
    theirs = _replicated(rows)
    title = f"{EVENTS:,} events in {DOSSIERS} dossiers to a server"
    against = "the same documents, PouchDB to pouchdb-server"
    limit = "as with the push; both sides pass through a relay of this machine"
    for what, one, other in (("push", ours.seconds, theirs.seconds), ("work for", ours.worked, theirs.worked)):
        met = other / one >= TIMES_AS_FAST
        yield Result(f"{what} {title}", one, against, other, f"<= 1/{TIMES_AS_FAST:g} x", met, limit=limit)
    megabytes, of_theirs = ours.octets / 1e6, theirs.octets / 1e6
    small = megabytes <= PART_OF_THE_BYTES * of_theirs
    limit = "random bytes do not get smaller; the head of each event"
    target = f"<= {PART_OF_THE_BYTES:g} x"
    yield Result(f"bytes of {title}", megabytes, against, of_theirs, target, small, unit="MB", limit=limit)


def _online(laptop: Laptop, relay: "CountingRelay") -> Online:
    online = laptop.online(f"http://127.0.0.1:{relay.port}")
    online.client.enrol(laptop.vault.membership.chain)
    return online


class _Effort(NamedTuple):
    """What it took: seconds by the clock, seconds of the processor on both sides, bytes on the wire."""

    seconds: float
    worked: float
    octets: int


def _worked(process: int | None) -> float:
    """Return the seconds that the processor worked for a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[_USER_TIME]) + int(fields[_SYSTEM_TIME])) / os.sysconf("SC_CLK_TCK")


def _replicated(rows: Sequence[Stored]) -> _Effort:
    """Return what PouchDB takes for `rows`."""
    with TemporaryDirectory() as name, _pouchdb_server(Path(name)) as server, counting_relay(server.port) as relay:
        documents = Path(name) / "documents.jsonl"
        documents.write_text("".join(map(_document, rows)), "ascii")
        address = f"http://127.0.0.1:{relay.port}/events"
        before = _worked(server.process)
        done = subprocess.run(  # noqa: S603  # our own script
            ["node", "pouchdb_push.mjs", str(documents), name, address],  # noqa: S607  # as found by is_there
            cwd=_FOLDER,
            capture_output=True,
            check=True,
            timeout=_MOST_SECONDS,
        )
        said = json.loads(done.stdout)
        worked = float(said["worked"]) + _worked(server.process) - before
        return _Effort(float(said["seconds"]), worked, relay.octets)


def _document(row: Stored) -> str:
    """Return a row as a document: its place is its name, its bytes are base64, as JSON has no other."""
    organisation, dossier, device, sequence, compartment, epoch, previous, sealed = row
    document = {
        "_id": f"{organisation}/{dossier}/{device}/{sequence:08d}",
        "compartment": compartment,
        "epoch": epoch,
        "previous": b64encode(previous).decode("ascii"),
        "sealed": b64encode(sealed).decode("ascii"),
    }
    return json.dumps(document) + "\n"


class _Running(NamedTuple):
    """A server: its process and where it listens."""

    process: int
    port: int


@contextmanager
def _pouchdb_server(folder: Path) -> Iterator[_Running]:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    (folder / "served").mkdir()
    command = ["node", str(_SERVER), "--port", str(port), "--dir", str(folder / "served")]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port)
        yield _Running(process.pid, port)
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    end = monotonic() + _PATIENCE_SECONDS
    while monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
            return
        sleep(0.1)
    raise RuntimeError("pouchdb-server does not listen")


@dataclass(slots=True)
class CountingRelay:
    """Carries connections to `target` of this machine and counts the bytes of both ways."""

    target: int
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    octets: int = 0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def port(self) -> int:
        """Return where it listens."""
        return int(self.listener.getsockname()[1])

    def serve(self) -> None:
        """Carry connections until the listener is closed."""
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.target))
            except OSError:
                return
            for source, target in ((near, far), (far, near)):
                source.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while octets := source.recv(_PIECE):
                target.sendall(octets)
                with self._lock:
                    self.octets += len(octets)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)


@contextmanager
def counting_relay(port: int) -> Iterator[CountingRelay]:
    """Run a relay to `port` for as long as the block lasts."""
    relay = CountingRelay(port)
    thread = threading.Thread(target=relay.serve, daemon=True)
    thread.start()
    try:
        yield relay
    finally:
        relay.listener.shutdown(socket.SHUT_RDWR)
        relay.listener.close()
        thread.join()
