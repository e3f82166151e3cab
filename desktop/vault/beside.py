"""What lies beside the vault file: the lock that keeps a second process out, and the count of failed attempts.

Neither is secret or proven. A count that cannot be read counts as none: it warns its owner, it protects nothing.
"""

import os
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

from desktop.kernel.canonical import JsonValue, canonical_bytes
from desktop.kernel.errors import EnvironmentProblem, OpmaatError, UserError
from desktop.kernel.files import environment_problems, read_bytes, write_atomic
from desktop.vault.codec import Fields, time_text

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

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
    """How often the vault did not open since it last did, and when that was."""

    failed: int = 0
    opened: datetime | None = None

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Return what was kept, or nothing at all where that is missing or unreadable."""
        code = "vault.damaged"
        try:
            fields = Fields.parse(read_bytes(directory / _ATTEMPTS, _MOST), code)
            failed = fields.number("failed")
            opened = None if fields.value("opened") is None else fields.moment("opened")
        except OpmaatError:
            return cls()
        return cls(failed, opened)

    def keep(self, directory: Path) -> None:
        """Write this down. A full or read-only disk does not keep anybody out of the vault."""
        value: JsonValue = {"failed": self.failed, "opened": None if self.opened is None else time_text(self.opened)}
        try:
            write_atomic(directory / _ATTEMPTS, canonical_bytes(value))
        except EnvironmentProblem:
            return
