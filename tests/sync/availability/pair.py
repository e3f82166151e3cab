"""Two PostgreSQL machines, of which the second follows the first, and what happens to such machines."""

import os
import pwd
import shutil
import signal
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.sync.postgres import run_as, unprivileged

_PATIENCE_SECONDS = 120


@dataclass(slots=True)
class Machine:
    """One machine: a folder with data, an address, and a server that may be running there."""

    tools: Path
    folder: Path
    user: str
    name: str
    port: int

    @property
    def data(self) -> Path:
        """Return where PostgreSQL keeps everything."""
        return self.folder / "data"

    def url(self, database: str) -> str:
        """Return the address of a database of this machine alone, whatever it is now."""
        return f"postgresql://{self.user}@127.0.0.1:{self.port}/{database}"

    def ask(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Carry out a statement and return its rows."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            answer = connection.execute(statement.encode("ascii"))
            return answer.fetchall() if answer.description else []

    def found(self) -> None:
        """Make an empty server."""
        self._do("initdb", "-D", str(self.data), "-U", self.user, "-A", "trust", "-E", "UTF8", "--no-sync")

    def follow(self, primary: "Machine") -> None:
        """Become a copy of `primary` that follows it, with nothing left of what was here."""
        shutil.rmtree(self.data, ignore_errors=True)
        source = f"host=127.0.0.1 port={primary.port} user={self.user}"
        self._do("pg_basebackup", "-D", str(self.data), "-d", source, "-R", "-c", "fast", "--no-sync")

    def start(self) -> None:
        """Start, and wait until it answers."""
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={self.port} -k {self.folder} -c cluster_name={self.name}"
            " -c max_connections=50 -c wal_keep_size=64MB"
        )
        self._do("pg_ctl", "-D", str(self.data), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self) -> None:
        """Stop, finishing nothing."""
        if self._postmaster() is not None:
            self._do("pg_ctl", "-D", str(self.data), "-w", "-m", "immediate", "stop")

    def kill(self) -> None:
        """Kill the postmaster with SIGKILL; what it had started finds out by itself. Wait until nothing listens."""
        number = self._postmaster()
        assert number is not None
        os.kill(number, signal.SIGKILL)
        wait_until(lambda: not Path(f"/proc/{number}").exists())
        wait_until(lambda: not self._listens())

    def promote(self) -> None:
        """Let a follower become the primary, and wait until it is."""
        self._do("pg_ctl", "-D", str(self.data), "-w", "promote")

    def await_confirmation_of(self, follower: str) -> None:
        """Acknowledge nothing from now on that `follower` has not on its disk too, or nobody where it is empty."""
        self.ask(f"ALTER SYSTEM SET synchronous_standby_names = '{follower}'")
        self.ask("SELECT pg_reload_conf()")

    def is_followed_by(self, follower: str) -> bool:
        """Tell whether `follower` confirms what is committed here."""
        return (follower, "sync") in self.ask("SELECT application_name, sync_state FROM pg_stat_replication")

    def _postmaster(self) -> int | None:
        try:
            number = int((self.data / "postmaster.pid").read_text("ascii").split()[0])
        except (FileNotFoundError, IndexError):
            return None
        return number if Path(f"/proc/{number}").exists() else None

    def _listens(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True
        return False

    def _do(self, tool: str, *arguments: str) -> None:
        run_as(self.user, str(self.tools / tool), *arguments)


@dataclass(slots=True)
class Pair:
    """A primary and the standby that confirms each commit of it; they change places at `fail_over`."""

    primary: Machine
    standby: Machine

    def new_database(self, name: str) -> str:
        """Return the URL, with both machines in it, of a fresh database."""
        self.primary.ask(f"CREATE DATABASE {name}")
        first, second = self.primary, self.standby
        return f"postgresql://{first.user}@127.0.0.1:{first.port},127.0.0.1:{second.port}/{name}"

    def confirm(self) -> None:
        """Let the primary acknowledge only what the standby has too, as soon as that one follows."""
        self.primary.await_confirmation_of(self.standby.name)
        wait_until(lambda: self.primary.is_followed_by(self.standby.name))

    def fail_over(self) -> None:
        """Promote the standby of a primary that is gone; it acknowledges alone from then on."""
        self.standby.promote()
        self.standby.await_confirmation_of("")
        self.primary, self.standby = self.standby, self.primary

    def follow_anew(self) -> None:
        """Let the machine that is not the primary follow it, and confirm."""
        self.standby.stop()
        self.standby.follow(self.primary)
        self.standby.start()
        self.confirm()


@contextmanager
def running_pair(tools: Path) -> Iterator[Pair]:
    """Run two machines on this one, the second confirming what the first commits, and remove them afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="opmaat-pair-"))
    user = unprivileged()
    machines: list[Machine] = []
    try:
        for name, port in zip(("east", "west"), _free_ports(2), strict=True):
            place = folder / name
            place.mkdir()
            machines.append(Machine(tools, place, user, name, port))
        account = pwd.getpwnam(user)
        for path in (folder, *(machine.folder for machine in machines)):
            os.chown(path, account.pw_uid, account.pw_gid)
        pair = Pair(*machines)
        pair.primary.found()
        pair.primary.start()
        pair.follow_anew()
        yield pair
    finally:
        for machine in machines:
            machine.stop()
        shutil.rmtree(folder, ignore_errors=True)


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait until something holds."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


def _free_ports(count: int) -> list[int]:
    listeners = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [listener.getsockname()[1] for listener in listeners]
    for listener in listeners:
        listener.close()
    return ports
