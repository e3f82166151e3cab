"""Failed attempts slow down who types, survive a restart, and never lock anybody out for good."""

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop.vault.file.listing import list_vaults
from desktop.vault.file.unlock_throttle import FREE_ATTEMPTS, LONGEST_PAUSE, UnlockAttempts
from desktop.vault.vault import open_vault, open_with_recovery
from protocol.errors import UserError
from protocol.times import Clock, SettableClock
from tests import places
from tests.unit.vault.people import MOMENT, PASSPHRASE, new_vault, still_clock

WRONG = "another sentence"
_STRANGER = """
import sys
from datetime import datetime
from pathlib import Path
from protocol.times import SettableClock
from protocol.errors import UserError
from desktop.vault.vault import open_vault
try:
    open_vault(Path(sys.argv[1]), "not the sentence", SettableClock(datetime.fromisoformat(sys.argv[2])))
except UserError as error:
    print(error.code, dict(error.details).get("seconds", ""))
"""


def _guess(directory: Path, clock: Clock, passphrase: str = WRONG) -> str:
    try:
        open_vault(directory, passphrase, clock).lock()
    except UserError as error:
        return error.code
    return "open"


def _after_failures(root: Path, count: int) -> tuple[Path, SettableClock, tuple[str, ...]]:
    vault, words = new_vault(root)
    vault.lock()
    clock = still_clock()
    for _ in range(count):
        clock.moment += LONGEST_PAUSE
        assert _guess(vault.directory, clock) == "vault.wrong_passphrase"
    return vault.directory, clock, words


def test_after_the_free_attempts_even_the_right_passphrase_waits(tmp_path: Path) -> None:
    directory, clock, _ = _after_failures(tmp_path, FREE_ATTEMPTS)
    assert _guess(directory, clock) == "vault.wrong_passphrase"
    assert _guess(directory, clock, PASSPHRASE) == "vault.wait"
    clock.moment += timedelta(seconds=5)
    assert _guess(directory, clock, PASSPHRASE) == "open"
    assert _guess(directory, clock) == "vault.wrong_passphrase"


def test_waiting_is_not_a_failure_and_says_how_long(tmp_path: Path) -> None:
    directory, clock, _ = _after_failures(tmp_path, FREE_ATTEMPTS + 1)
    for _ in range(20):
        assert _guess(directory, clock) == "vault.wait"
    with pytest.raises(UserError) as caught:
        open_vault(directory, PASSPHRASE, clock)
    assert dict(caught.value.details) == {"seconds": "5"}
    assert list_vaults(tmp_path)[0].attempts.failed == FREE_ATTEMPTS + 1


def test_another_process_waits_as_well(tmp_path: Path) -> None:
    directory, clock, _ = _after_failures(tmp_path, FREE_ATTEMPTS + 3)
    done = subprocess.run(  # noqa: S603  # our own interpreter and code
        [sys.executable, "-c", _STRANGER, str(directory), clock.moment.isoformat()],
        capture_output=True,
        text=True,
        check=True,
        cwd=places.ROOT,
    )
    assert done.stdout.split() == ["vault.wait", "20"]


def test_the_pause_doubles_to_five_minutes_and_no_further() -> None:
    last = MOMENT
    pauses = [
        UnlockAttempts(failed, None, last).wait(last).total_seconds() for failed in (4, 5, 6, 7, 8, 9, 10, 11, 10_000)
    ]
    assert pauses == [0, 5, 10, 20, 40, 80, 160, 300, 300]


def test_a_clock_set_back_locks_nobody_out(tmp_path: Path) -> None:
    directory, clock, _ = _after_failures(tmp_path, 40)
    clock.moment -= timedelta(days=4000)
    assert _guess(directory, clock, PASSPHRASE) == "vault.wait"
    clock.moment += LONGEST_PAUSE
    assert _guess(directory, clock, PASSPHRASE) == "open"


@dataclass(slots=True)
class _SetForward:
    """A clock that somebody sets forward: its hands move, time does not pass."""

    moment: datetime
    passed: float = 0

    def now(self) -> datetime:
        return self.moment

    def steady(self) -> float:
        return self.passed


def test_a_clock_set_forward_does_not_shorten_the_wait(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    clock = _SetForward(MOMENT)
    answers = []
    for _ in range(10):
        clock.moment += timedelta(minutes=6)
        answers.append(_guess(vault.directory, clock))
    tried = FREE_ATTEMPTS + 1
    assert answers == ["vault.wrong_passphrase"] * tried + ["vault.wait"] * (10 - tried)
    clock.passed += 5
    assert _guess(vault.directory, clock, PASSPHRASE) == "open"


def test_the_recovery_key_does_not_wait(tmp_path: Path) -> None:
    directory, clock, words = _after_failures(tmp_path, 40)
    opened = open_with_recovery(directory, words, clock)
    assert (opened.failed_attempts, opened.last_failed) == (40, clock.moment)


def test_the_owner_is_told_how_often_and_when(tmp_path: Path) -> None:
    directory, clock, _ = _after_failures(tmp_path, 2)
    when = clock.moment
    clock.moment += timedelta(hours=3)
    opened = open_vault(directory, PASSPHRASE, clock)
    assert (opened.failed_attempts, opened.last_failed) == (2, when)
    opened.lock()
    again = open_vault(directory, PASSPHRASE, clock)
    assert (again.failed_attempts, again.last_failed) == (0, None)


def test_guesses_at_an_open_screen_count_and_wait_too(tmp_path: Path) -> None:
    clock = still_clock()
    vault, _ = new_vault(tmp_path, clock=clock)
    for _ in range(FREE_ATTEMPTS + 1):
        with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
            vault.confirm("not the present one")
    with pytest.raises(UserError, match=r"vault\.wait"):
        vault.confirm(PASSPHRASE)
    vault.lock()
    clock.moment += LONGEST_PAUSE
    assert open_vault(vault.directory, PASSPHRASE, clock).failed_attempts == FREE_ATTEMPTS + 1


def test_a_count_of_an_older_version_is_read(tmp_path: Path) -> None:
    vault, _ = new_vault(tmp_path)
    vault.lock()
    (vault.directory / "attempts.json").write_bytes(b'{"failed":3,"opened":"2026-11-21T09:30:00.000Z"}')
    kept = UnlockAttempts.load(vault.directory)
    assert kept == UnlockAttempts(3, datetime.fromisoformat("2026-11-21T09:30:00+00:00"))
    assert open_vault(vault.directory, PASSPHRASE, still_clock()).failed_attempts == 3


def test_a_full_disk_neither_hides_a_wrong_passphrase_nor_keeps_anybody_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory, clock, _ = _after_failures(tmp_path, 1)

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        assert _guess(directory, clock) == "vault.wrong_passphrase"
        assert _guess(directory, clock, PASSPHRASE) == "open"
    assert UnlockAttempts.load(directory).failed == 1
