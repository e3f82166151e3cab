"""One interview over a slow line that breaks again and again, against what the line itself can carry."""

import secrets
import socket
import struct
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.measure import seconds
from benchmarks.results import Result, ratio_of
from benchmarks.sync.world import ANSWER, QUESTIONS, office, served
from desktop.records.attachments.sealed_content import AttachmentLabel, NewContent
from desktop.records.events.bodies import CORE, AnswerGiven
from desktop.services.sync.known_directory import KnownDirectory
from desktop.services.sync.synchronise import SyncService
from desktop.sync.client import Client
from desktop.sync.connection import Connection
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from tests.sync.machines import AT_THE_TABLE, CLOCK, Laptop, Online

OCTETS_A_SECOND = 256_000 // 8
CUT_SECONDS = 20.0
PHOTO_BYTES, PHOTOS = 2_000_000, 2
MOST = 1.2

_PIECE = 1_000
_LATE_SECONDS = 0.1
_PATIENCE_SECONDS = 1_200
_LINGER_NOT = struct.pack("ii", 1, 0)


@dataclass(slots=True)
class SlowLine:
    """A line to `port` of this machine: so many octets a second each way, and nothing survives a cut."""

    port: int
    octets_a_second: float = OCTETS_A_SECOND
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    cuts: int = 0
    _open: set[socket.socket] = field(default_factory=set)
    _free_at: dict[str, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """Return where the line begins."""
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        """Carry connections until the listener is closed."""
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 * _PIECE)  # what waits, waits at the laptop
        while True:
            try:
                near, _ = self.listener.accept()
                far = socket.create_connection(("127.0.0.1", self.port))
            except OSError:
                return
            with self._lock:
                self._open |= {near, far}
            for way, source, target in (("up", near, far), ("down", far, near)):
                threading.Thread(target=self._carry, args=(way, source, target), daemon=True).start()

    def cut(self) -> None:
        """Break what is connected now."""
        with self._lock:
            broken, self._open = self._open, set()
        self.cuts += bool(broken)
        for end in broken:
            with suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _LINGER_NOT)
                end.shutdown(socket.SHUT_RDWR)

    def _carry(self, way: str, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while octets := source.recv(_PIECE):
                time.sleep(self._wait(way, len(octets)))
                target.sendall(octets)
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _wait(self, way: str, octets: int) -> float:
        """Return how long it takes until `octets` are through, after what is on the line already.

        A busy machine wakes us late; what is lost by that, up to `_LATE_SECONDS`, is made up for.
        """
        with self._lock:
            now = time.monotonic()
            self._free_at[way] = max(now - _LATE_SECONDS, self._free_at.get(way, 0.0)) + octets / self.octets_a_second
            return max(0.0, self._free_at[way] - now)


@contextmanager
def slow_line(port: int) -> Iterator[SlowLine]:
    """Give a line to `port` that is cut every `CUT_SECONDS`."""
    line, over = SlowLine(port), threading.Event()

    def cut_often() -> None:
        while not over.wait(CUT_SECONDS):
            line.cut()

    threads = [threading.Thread(target=each, daemon=True) for each in (line.serve, cut_often)]
    for thread in threads:
        thread.start()
    try:
        yield line
    finally:
        over.set()
        line.listener.shutdown(socket.SHUT_RDWR)
        line.listener.close()
        line.cut()
        for thread in threads:
            thread.join()


def compare() -> Result:
    """Send one interview with its photos until the server has all of it."""
    with TemporaryDirectory() as folder, served(str(Path(folder) / "server.db")) as (server, place):
        laptop = office(server, place).laptop("field")
        case = _interview(laptop)
        octets = _octets(laptop, case)
        with slow_line(server.port) as line:
            online = _online(laptop, line)
            taken = seconds(lambda: _until_nothing_waits(online))
            cuts = line.cuts
        laptop.close()
    title = f"{QUESTIONS} answers, {PHOTOS} photos of 2 MB, 256 kbit/s, cut every {CUT_SECONDS:.0f} s"
    against = f"{octets:,} bytes without a break"
    limit = f"what is on its way at a cut is sent again ({cuts} cuts); heads and answers"
    return ratio_of(title, taken, against, octets / OCTETS_A_SECOND, MOST, limit)


def _interview(laptop: Laptop) -> DossierId:
    case = laptop.open_case()
    answers = [AnswerGiven(f"/intake/vraag_{number}", "given", ANSWER) for number in range(QUESTIONS)]
    laptop.journal.append_all(case, answers, AT_THE_TABLE)
    for number in range(PHOTOS):
        photo = NewContent("image/jpeg", secrets.token_bytes(PHOTO_BYTES), secrets.token_bytes(8_000))
        sealing = laptop.journal.attachments.begin(case, CORE, AttachmentLabel("", f"diploma {number}.jpg"), photo)
        while laptop.journal.attachments.step(sealing):
            pass
        laptop.journal.attachments.finish(sealing, AT_THE_TABLE)
    return case


def _octets(laptop: Laptop, case: DossierId) -> int:
    """Return how many sealed bytes an interview has."""
    rows = sum(len(row.sealed) for row in laptop.journal.outbox.rows_after(0, 10 * QUESTIONS))
    pieces = (
        laptop.journal.passing.piece(case, blob, number)
        for blob, count in laptop.journal.passing.contents(case)
        for number in range(count + 1)
    )
    return rows + sum(len(piece.sealed) for piece in pieces if piece is not None)


def _online(laptop: Laptop, line: SlowLine) -> Online:
    """Return the way over the line, with the pauses of the product."""
    connection = Connection(line.address, laptop.vault.device, CLOCK)
    laptop.connections.append(connection)
    client, known = Client(connection), KnownDirectory(laptop.vault)
    client.enrol(laptop.vault.membership.chain)
    return Online(client, known, SyncService(laptop.journal, laptop.vault, known, CLOCK, client))


def _until_nothing_waits(online: Online) -> None:
    """Go through rounds, also after one that failed, until the server has everything. Raises RuntimeError at last."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            one = online.synchronise.round()
        except OpmaatError as error:
            online.synchronise.failed(error)
            continue
        if one is None or one.refused:
            raise RuntimeError("refused")
        if not one.again:
            return
    raise RuntimeError("too slow")
