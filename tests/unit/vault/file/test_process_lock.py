"""The lock of a vault: held by one holder, and "in use" only when it is held."""

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import filelock
import pytest

from desktop.vault.file.process_lock import ProcessLock
from protocol.errors import EnvironmentProblem, UserError

_HOLD = (
    "import sys; from pathlib import Path; from desktop.vault.file.process_lock import ProcessLock; "
    "lock = ProcessLock.acquire(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
)


def _fail_with(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)


def test_a_second_holder_is_told_that_the_vault_is_in_use(tmp_path: Path) -> None:
    lock = ProcessLock.acquire(tmp_path)
    with pytest.raises(UserError) as error:
        ProcessLock.acquire(tmp_path)
    assert error.value.code == "vault.in_use"
    lock.release()
    lock.release()
    ProcessLock.acquire(tmp_path).release()


def test_a_process_that_is_killed_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(  # noqa: S603  # our own program
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(UserError):
            ProcessLock.acquire(tmp_path)
        holder.kill()
        holder.wait()
        ProcessLock.acquire(tmp_path).release()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOLCK, "vault.locking_unsupported"),
        (errno.ENOSYS, "vault.locking_unsupported"),
        (errno.EACCES, "files.no_permission"),
        (errno.EROFS, "files.read_only"),
        (errno.EIO, "files.input_output"),
    ],
)
def test_only_a_held_lock_means_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str) -> None:
    _fail_with(monkeypatch, number)
    with pytest.raises(EnvironmentProblem) as error:
        ProcessLock.acquire(tmp_path)
    assert error.value.code == code


def test_a_file_system_without_locks_gets_no_marker_that_outlives_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import fcntl

    def unsupported(_descriptor: int, _operation: int) -> None:
        raise OSError(errno.ENOSYS, "flock")

    monkeypatch.setattr(fcntl, "flock", unsupported)
    with pytest.raises(EnvironmentProblem) as error:
        ProcessLock.acquire(tmp_path)
    assert error.value.code == "vault.locking_unsupported"
    monkeypatch.undo()
    ProcessLock.acquire(tmp_path).release()


def test_the_lock_file_is_private_and_empty(tmp_path: Path) -> None:
    lock = ProcessLock.acquire(tmp_path)
    found = (tmp_path / "lock").stat()
    assert (stat.S_IMODE(found.st_mode) & 0o077, found.st_size) == (0, 0)
    lock.release()
