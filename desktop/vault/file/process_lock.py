"""The lock that keeps a second process out of a vault. Not confidential, not authenticated: an empty file, held locked.

Only a lock of the operating system counts (flock, or a byte range on Windows): it is released when the process ends,
however it ends. filelock's fallback for file systems without locks is off, because its marker file outlives a crash and
would keep the owner out for good.
"""

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Self

from desktop.kernel.files import environment_problems
from protocol.errors import EnvironmentProblem, UserError

if TYPE_CHECKING:
    from filelock import FileLock

_FILE_NAME = "lock"
_UNSUPPORTED = frozenset({errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
"""What a file system answers that cannot lock: some network drives and memory sticks."""


class ProcessLock:
    """Holds a vault for this process, from `acquire` until `release` or the end of the process."""

    __slots__ = ("_lock",)

    def __init__(self, lock: "FileLock") -> None:
        self._lock = lock

    @classmethod
    def acquire(cls, directory: Path) -> Self:
        """Return the lock of the vault in `directory`, without waiting.

        Raises UserError `vault.in_use` when another holder has it, and only then; EnvironmentProblem
        `vault.locking_unsupported` when the file system of `directory` cannot lock, and the `files.…` codes.
        """
        from filelock import FileLock

        lock = FileLock(directory / _FILE_NAME, mode=0o600, thread_local=False, blocking=False, fallback_to_soft=False)
        try:
            with environment_problems():
                _acquire(lock)
        except EnvironmentProblem as problem:
            if isinstance(problem.__cause__, OSError) and problem.__cause__.errno in _UNSUPPORTED:
                raise EnvironmentProblem("vault.locking_unsupported") from problem.__cause__
            raise
        return cls(lock)

    def release(self) -> None:
        """Let another process in. A second call does nothing."""
        self._lock.release()


def _acquire(lock: "FileLock") -> None:
    from filelock import Timeout

    try:
        lock.acquire()
    except Timeout as error:
        raise UserError("vault.in_use") from error
