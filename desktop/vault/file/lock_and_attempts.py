"""What lies beside the vault file: the lock that keeps a second process out, and the count of failed attempts.

Neither is secret or proven. A count that cannot be read counts as none: it warns its owner, it protects nothing.
"""

import math
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

from desktop.kernel.files import environment_problems, read_bytes, write_atomic
from desktop.vault.crypto.codec import Fields, time_text
from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import EnvironmentProblem, OpmaatError, UserError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

T = TypeVar("T")

WRONG = frozenset({"vault.wrong_passphrase", "vault.wrong_recovery_key"})
"""Codes that count as a failed attempt."""

FREE_ATTEMPTS = 4
LONGEST_PAUSE = timedelta(minutes=5)
_FIRST_PAUSE = timedelta(seconds=5)
_MOST_DOUBLINGS = 6
_LOCK = "lock"
_ATTEMPTS = "attempts.json"
_MOST = 4096


class ProcessLock:
    """Holds the vault for this process, from `take` until `release` or the end of the process however it ends."""

    __slots__ = ("_descriptor",)

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    @classmethod
    def take(cls, directory: Path) -> Self:
        """Return the lock of the vault in `directory`. Raises UserError `vault.in_use` when another one holds it."""
        with environment_problems():
            descriptor = os.open(directory / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if sys.platform == "win32":
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(descriptor)
            raise UserError("vault.in_use") from error
        return cls(descriptor)

    def release(self) -> None:
        """Let another process in. A second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


@dataclass(frozen=True, slots=True)
class Attempts:
    """How often the vault did not open since it last did (`opened`), and when that was tried last (`last`)."""

    failed: int = 0
    opened: datetime | None = None
    last: datetime | None = None

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Return what was kept, or nothing at all where that is missing or unreadable."""
        code = "vault.damaged"
        try:
            fields = Fields.parse(read_bytes(directory / _ATTEMPTS, _MOST), code)
            failed = fields.number("failed")
            opened = None if fields.value("opened") is None else fields.moment("opened")
            last = fields.moment("last") if fields.has("last") and fields.value("last") is not None else None
        except OpmaatError:
            return cls()
        return cls(failed, opened, last)

    def keep(self, directory: Path) -> None:
        """Write this down. A full or read-only disk does not keep anybody out of the vault."""
        value: JsonValue = {"failed": self.failed, "last": _text(self.last), "opened": _text(self.opened)}
        try:
            write_atomic(directory / _ATTEMPTS, canonical_bytes(value))
        except EnvironmentProblem:
            return

    def failed_at(self, now: datetime) -> Self:
        """Return the same with one more failure."""
        return replace(self, failed=self.failed + 1, last=now)

    def not_after(self, now: datetime) -> Self:
        """Return the same with a last failure that is not in the future: a clock set back must not lock anybody out."""
        return self if self.last is None or self.last <= now else replace(self, last=now)

    def wait(self, now: datetime) -> timedelta:
        """Return how long a passphrase is not looked at: nothing up to four failures, then 5 s, doubling to 5 minutes.

        It slows down who types at this laptop. Who takes the file away is slowed down by the cost of the slot alone.
        """
        if self.failed <= FREE_ATTEMPTS or self.last is None:
            return timedelta()
        doublings = min(self.failed - FREE_ATTEMPTS - 1, _MOST_DOUBLINGS)
        pause = min(_FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)
        return max(timedelta(), min(pause, self.last + pause - now))


def guarded(directory: Path, now: datetime, attempt: Callable[[], T]) -> tuple[T, Attempts]:
    """Return what `attempt` returns, with the attempts before it; a wrong passphrase is counted and slows the next.

    Raises UserError `vault.wait` with the `seconds` to wait, and what `attempt` raises.
    """
    before = Attempts.load(directory)
    honest = before.not_after(now)
    if honest != before:
        honest.keep(directory)
    wait = honest.wait(now)
    if wait:
        raise UserError("vault.wait", {"seconds": str(math.ceil(wait.total_seconds()))})
    return counted(directory, now, attempt)


def counted(directory: Path, now: datetime, attempt: Callable[[], T]) -> tuple[T, Attempts]:
    """Do the same without slowing down: for secrets of 128 bits, which nobody guesses."""
    before = Attempts.load(directory)
    try:
        return attempt(), before
    except UserError as error:
        if error.code in WRONG:
            before.failed_at(now).keep(directory)
        raise


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)
