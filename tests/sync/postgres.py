"""A PostgreSQL server of our own for the duration of tests or benchmarks: on a Unix socket, as an unprivileged user."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

_INSTALLED = Path("/usr/lib/postgresql")
_UNPRIVILEGED = ("postgres", "nobody")


def binaries() -> Path | None:
    """Return the directory with `initdb`, `pg_ctl` and `postgres`, or None where PostgreSQL is not installed."""
    found = shutil.which("initdb")
    candidates = [Path(found).resolve().parent] if found else []
    candidates += sorted(_INSTALLED.glob("*/bin"), reverse=True)
    for directory in candidates:
        if all((directory / name).exists() for name in ("initdb", "pg_ctl", "postgres")):
            return directory
    return None


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server; `new_database` returns the URL of a fresh, empty database."""

    directory: Path
    user: str

    def new_database(self) -> str:
        """Return the URL of a fresh database."""
        name = f"opmaat_{uuid.uuid4().hex}"
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql://{self.user}@/{database}?host={self.directory}"


@contextmanager
def running_cluster(tools: Path, *, durable: bool = False, settings: Sequence[str] = ()) -> Iterator[Cluster]:
    """Run a server in a directory of its own and remove it afterwards.

    Only a `durable` one waits for the disk at every commit, as a real one does. `settings` are more of PostgreSQL's
    own, such as `shared_buffers=1GB`.
    """
    directory = Path(tempfile.mkdtemp(prefix="opmaat-postgres-"))
    user = unprivileged()
    account = pwd.getpwnam(user)
    os.chown(directory, account.pw_uid, account.pw_gid)
    data = directory / "data"
    try:
        run_as(user, str(tools / "initdb"), "-D", str(data), "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -k {directory} -c fsync={'on' if durable else 'off'} -c max_connections=50"
        options = " -c ".join((options, *settings))
        log = str(directory / "log")
        run_as(user, str(tools / "pg_ctl"), "-D", str(data), "-w", "-l", log, "-o", options, "start")
        try:
            yield Cluster(directory, user)
        finally:
            run_as(user, str(tools / "pg_ctl"), "-D", str(data), "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def unprivileged() -> str:
    """Return who runs the server: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid()).pw_name
    names = {account.pw_name for account in pwd.getpwall()}
    return next(name for name in _UNPRIVILEGED if name in names)


def run_as(user: str, *command: str) -> None:
    """Carry out one of PostgreSQL's own commands, which has to succeed."""
    root = os.geteuid() == 0
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own tools, found above
        command,
        cwd="/",
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        user=user if root else None,
        group=pwd.getpwnam(user).pw_gid if root else None,
        extra_groups=() if root else None,
    )
    assert done.returncode == 0, done.stderr
