"""A worker's process: it works through the day and tells of each call that returned. Something ends it, or fails it."""

import os
import pickle
import resource
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from desktop.records.store.database import open_store
from desktop.vault.vault import open_vault
from protocol.errors import EnvironmentProblem, OpmaatError
from tests.crash.day import Day, Facts, Foreign, facts_of, look, open_day
from tests.crash.disks import cut_power, filled
from tests.unit.vault.people import PASSPHRASE

_UNLIMITED = resource.RLIM_INFINITY


def work(tell: Connection, directory: Path, foreign: bytes, spoil: str, at: int, synchronous: str) -> None:
    """Work through the day; at statement `at` of SQLite the process is killed, or the power of its disk is cut."""
    day = open_day(directory, _foreign(foreign))
    connection = day.journal._store._connection
    connection.execute(f"pragma synchronous = {synchronous}")
    count = 0

    def statement(_text: str) -> None:
        nonlocal count
        count += 1
        if count == at and spoil == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if count == at and spoil == "power":
            cut_power(directory)

    connection.set_trace_callback(statement)
    try:
        for call in day.calls():
            call()
            connection.set_trace_callback(None)
            tell.send_bytes(pickle.dumps(facts_of(day.journal)))
            connection.set_trace_callback(statement)
    except EnvironmentProblem:
        os._exit(3)
    os._exit(0)


def statements(directory: Path, foreign: bytes) -> list[str]:
    """Work through the whole day undisturbed and return every statement that SQLite was given."""
    day = open_day(directory, _foreign(foreign))
    connection, found = day.journal._store._connection, list[str]()
    for call in day.calls():
        connection.set_trace_callback(found.append)
        call()
        connection.set_trace_callback(None)
        facts_of(day.journal)  # as `work` does: what it reads is in memory for the next call
    day.journal.close()
    day.vault.lock()
    return found


def fail_every_call(tell: Connection, directory: Path, foreign: bytes, spoil: str, scratch: Path) -> None:
    """Let every call of the day fail once and then succeed; after each failure look at a copy of what is on disk.

    Sends, per call, the code it failed with (None where there was nothing to write) and what was lost or broken.
    """
    day = open_day(directory, _foreign(foreign))
    told = Facts()
    for call in day.calls():
        code = None
        try:
            with _spoiled(spoil, day):
                call()
        except EnvironmentProblem as problem:
            code = problem.code
        faults = _faults(directory, scratch, told)
        if code is not None:
            call()
        told = facts_of(day.journal)
        tell.send((code, faults))
    day.journal.close()
    day.vault.lock()
    tell.send(None)


def look_in(tell: Connection, directory: Path) -> None:
    """Try to open the journal, then the vault, and send both codes."""
    for way in (lambda: open_store(directory), lambda: open_vault(directory, PASSPHRASE)):
        try:
            way()
        except OpmaatError as error:
            tell.send(error.code)
        else:
            tell.send("opened")


@contextmanager
def _spoiled(spoil: str, day: Day) -> Iterator[None]:
    file = day.vault.directory / "journal.db-wal"
    if spoil == "full":
        with filled(day.vault.directory):
            yield
        return
    size = file.stat().st_size if file.exists() else 0
    resource.setrlimit(resource.RLIMIT_FSIZE, (0 if spoil == "no_write" else size + int(spoil), _UNLIMITED))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (_UNLIMITED, _UNLIMITED))


def _faults(directory: Path, scratch: Path, told: Facts) -> list[object]:
    """Return what of `told` is missing in a copy of the files as they lie there now, or what is broken in it."""
    copy = scratch / directory.name
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(directory, copy)
    kept, report = look(copy)
    return [*told.missing(kept), *report.findings]


def _foreign(data: bytes) -> Foreign:
    value = pickle.loads(data)  # noqa: S301  # made by the test itself
    assert isinstance(value, Foreign)
    return value
