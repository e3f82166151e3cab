"""Failure at every store call of a working day: nothing that a worker was told is safe is ever lost.

`make crash` sets OPMAAT_CRASH=all: then the process is killed, and the power cut, at every single statement.
"""

import os
import pickle
import shutil
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from tests import warm
from tests.crash.day import Facts, Foreign, look, open_day
from tests.crash.disks import PowerDisk, power_disk, small_disk
from tests.crash.worker import fail_every_call, look_in, statements, work
from tests.unit.records.cases import CONTEXT, Laptop, new_laptop

AZC = create_organisation("AZC Haarlem", RECEPTION)
ALL = os.environ.get("OPMAAT_CRASH") == "all"


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Return a vault that is ready for the day, and what a colleague will send."""
    root = tmp_path_factory.mktemp("morning")
    mine, other = new_laptop(root, AZC), new_laptop(root, AZC, "A. Bakker")
    dossier = other.journal.create_dossier("Noor", ("ar",), CONTEXT)
    for number in range(5):
        other.answer(dossier, f"/a/{number}", f"van een collega {number}")
    foreign = Foreign(other.journal.outbox.wraps_waiting(10), other.rows())
    _close(mine, other)
    return mine.vault.directory, pickle.dumps(foreign)


@pytest.fixture(scope="module")
def places(morning: tuple[Path, bytes], tmp_path_factory: pytest.TempPathFactory) -> list[int]:
    """Return at which statements to fail: around each commit, or with OPMAAT_CRASH=all at every one."""
    template, foreign = morning
    root = tmp_path_factory.mktemp("undisturbed")
    texts = statements(_copy(template, root), foreign)
    commits = _commits(texts)
    assert 60 <= len(commits) <= 90
    return list(range(1, len(texts) + 1)) if ALL else commits


@pytest.mark.long
def test_a_worker_killed_at_every_store_call_loses_nothing(
    morning: tuple[Path, bytes], places: list[int], tmp_path: Path
) -> None:
    template, foreign = morning
    for at in places:
        directory = _copy(template, tmp_path)
        told, status = _until_the_end(directory, foreign, "kill", at, "full")
        assert status == -9
        _check(directory, told)


@pytest.mark.long
@pytest.mark.parametrize("spoil", ["no_write", "100", "4200"])
def test_a_disk_that_fails_at_every_store_call_loses_nothing(
    morning: tuple[Path, bytes], tmp_path: Path, spoil: str
) -> None:
    """Real errors of the kernel: no write at all, or only so many bytes beyond the end, so that a frame is torn."""
    template, foreign = morning
    (tmp_path / "work").mkdir()
    codes = _fail_each(_copy(template, tmp_path / "work"), foreign, spoil, tmp_path)
    failed = [code for code in codes if code is not None]
    assert set(failed) == {"records.input_output"}
    assert len(failed) > (50 if spoil == "no_write" else 30)


def test_a_second_process_opens_neither_journal_nor_vault(morning: tuple[Path, bytes], tmp_path: Path) -> None:
    template, foreign = morning
    directory = _copy(template, tmp_path)
    day = open_day(directory, pickle.loads(foreign))  # noqa: S301  # made by this test
    next(iter(day.calls()))()
    mine, theirs = _pipe()
    process = warm.server().Process(target=look_in, args=(theirs, directory))
    process.start()
    assert (mine.recv(), mine.recv()) == ("records.locked", "vault.in_use")
    process.join()
    next(iter(day.calls()))()
    day.journal.close()
    day.vault.lock()
    assert len(look(directory)[0].rows) == 2


@pytest.mark.long
@pytest.mark.disks
def test_a_disk_that_is_full_at_every_store_call_loses_nothing(morning: tuple[Path, bytes], tmp_path: Path) -> None:
    template, foreign = morning
    with small_disk() as disk:
        codes = _fail_each(_copy(template, disk), foreign, "full", tmp_path)
    failed = [code for code in codes if code is not None]
    assert set(failed) == {"records.disk_full"}
    assert len(failed) > 20


@pytest.mark.long
@pytest.mark.disks
def test_power_cut_at_every_store_call_loses_nothing(morning: tuple[Path, bytes], places: list[int]) -> None:
    with power_disk() as disk:
        for at in places:
            assert _after_power_loss(disk, morning, at, "full") == []


@pytest.mark.long
@pytest.mark.disks
def test_without_waiting_for_the_disk_the_same_power_cut_loses_answers(
    morning: tuple[Path, bytes], places: list[int]
) -> None:
    """The control: with synchronous=NORMAL the test above must fail, so it can."""
    with power_disk() as disk:
        losses = [_after_power_loss(disk, morning, at, "normal") for at in places[10:40:10]]
    assert all(losses)


def _commits(texts: Sequence[str]) -> list[int]:
    """Return which statements make something durable: a commit, or an insert with no transaction around it."""
    found, inside = [], False
    for number, text in enumerate(texts, 1):
        word = text.split()[0].lower()
        if word == "commit" or (word == "insert" and not inside):
            found.append(number)
        inside = (inside or word == "begin") and word != "commit"
    return found


def _after_power_loss(disk: PowerDisk, morning: tuple[Path, bytes], at: int, synchronous: str) -> list[object]:
    """Return what was lost or broken when the power was cut at statement `at`."""
    template, foreign = morning
    directory = _copy(template, disk.place)
    os.sync()
    told, _status = _until_the_end(directory, foreign, "power", at, synchronous)
    disk.off()
    disk.on()
    kept, report = look(directory)
    return [*told.missing(kept), *report.findings]


def _fail_each(directory: Path, foreign: bytes, spoil: str, scratch: Path) -> list[str | None]:
    """Return the code that each call of the day failed with at first; nothing may be lost or broken in between."""
    mine, theirs = _pipe()
    process = warm.server().Process(target=fail_every_call, args=(theirs, directory, foreign, spoil, scratch))
    process.start()
    theirs.close()
    codes = []
    for code, faults in iter(mine.recv, None):
        assert faults == [], code
        codes.append(code)
    process.join()
    assert process.exitcode == 0
    _kept, report = look(directory)
    assert report.good
    return codes


def _until_the_end(directory: Path, foreign: bytes, spoil: str, at: int, synchronous: str) -> tuple[Facts, int | None]:
    """Return what the worker was told before the end, and how the process ended."""
    mine, theirs = _pipe()
    process = warm.server().Process(target=work, args=(theirs, directory, foreign, spoil, at, synchronous))
    process.start()
    theirs.close()
    told = Facts()
    for data in _received(mine):
        told = pickle.loads(data)  # noqa: S301  # made by the worker of this test
    process.join()
    return told, process.exitcode


def _received(pipe: Connection) -> Iterator[bytes]:
    try:
        while True:
            yield pipe.recv_bytes()
    except EOFError:
        return


def _check(directory: Path, told: Facts) -> None:
    kept, report = look(directory)
    assert told.missing(kept) == []
    assert report.good


def _copy(template: Path, root: Path) -> Path:
    """Return a fresh copy of the vault of the morning."""
    directory = root / template.name
    shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(template, directory)
    return directory


def _pipe() -> tuple[Connection, Connection]:
    return warm.server().Pipe(duplex=False)


def _close(*laptops: Laptop) -> None:
    for laptop in laptops:
        laptop.journal.close()
        laptop.vault.lock()
