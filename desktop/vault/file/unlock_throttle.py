"""Failed attempts to unlock a vault: counted in `attempts.json`, and slowed down after the first few.

Not confidential, not authenticated. A count that cannot be read counts as none: it warns the owner and slows down who
types at this laptop; what protects a stolen file is the cost of the passphrase slot.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self, TypeVar

from desktop.kernel.files import read_bytes, write_atomic
from desktop.vault.crypto.codec import JsonFields
from protocol.canonical import JsonValue, canonical_bytes
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.times import Clock, time_text

T = TypeVar("T")

WRONG = frozenset({"vault.wrong_passphrase", "vault.wrong_recovery_key"})
"""Codes that count as a failed attempt."""

FREE_ATTEMPTS = 4
LONGEST_PAUSE = timedelta(minutes=5)
_FIRST_PAUSE = timedelta(seconds=5)
_MOST_DOUBLINGS = 6
_ATTEMPTS = "attempts.json"
_MOST = 4096
_FAILED_HERE: dict[Path, float] = {}
"""When this process last saw each vault not open, in seconds that no setting of the clock changes."""


@dataclass(frozen=True, slots=True)
class UnlockAttempts:
    """How often the vault did not open since it last did (`opened`), and when that was tried last (`last`)."""

    failed: int = 0
    opened: datetime | None = None
    last: datetime | None = None

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Return what was kept, or nothing at all where that is missing or unreadable."""
        code = "vault.damaged"
        try:
            fields = JsonFields.parse(read_bytes(directory / _ATTEMPTS, _MOST), code)
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
        if self.last is None:
            return timedelta()
        return max(timedelta(), min(self.pause, self.last + self.pause - now))

    @property
    def pause(self) -> timedelta:
        """Return how long the next attempt waits after the last failure."""
        if self.failed <= FREE_ATTEMPTS:
            return timedelta()
        doublings = min(self.failed - FREE_ATTEMPTS - 1, _MOST_DOUBLINGS)
        return min(_FIRST_PAUSE * (1 << doublings), LONGEST_PAUSE)


def attempt_throttled(directory: Path, clock: Clock, attempt: Callable[[], T]) -> tuple[T, UnlockAttempts]:
    """Return what `attempt` returns, with the attempts before it; a wrong passphrase is counted and slows the next.

    Within one process a clock that is put forward does not shorten the wait.
    Raises UserError `vault.wait` with the `seconds` to wait, and what `attempt` raises.
    """
    now, before = clock.now(), UnlockAttempts.load(directory)
    honest = before.not_after(now)
    if honest != before:
        honest.keep(directory)
    wait = max(honest.wait(now), _steady_wait(directory, honest.pause, clock.steady()))
    if wait:
        raise UserError("vault.wait", {"seconds": str(math.ceil(wait.total_seconds()))})
    return attempt_counted(directory, clock, attempt)


def attempt_counted(directory: Path, clock: Clock, attempt: Callable[[], T]) -> tuple[T, UnlockAttempts]:
    """Do the same without slowing down: for secrets of 128 bits, which nobody guesses."""
    before = UnlockAttempts.load(directory)
    try:
        return attempt(), before
    except UserError as error:
        if error.code in WRONG:
            before.failed_at(clock.now()).keep(directory)
            _FAILED_HERE[directory] = clock.steady()
        raise


def _steady_wait(directory: Path, pause: timedelta, steady: float) -> timedelta:
    failed = _FAILED_HERE.get(directory)
    return timedelta() if failed is None else max(timedelta(), pause - timedelta(seconds=steady - failed))


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else time_text(moment)
