"""Files that are private, and whole or absent."""

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.kernel.errors import EnvironmentProblem

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_CODES = {
    errno.ENOSPC: "files.disk_full",
    errno.EDQUOT: "files.disk_full",
    errno.EACCES: "files.no_permission",
    errno.EPERM: "files.no_permission",
    errno.EROFS: "files.read_only",
    errno.ENOENT: "files.not_found",
}


@contextmanager
def environment_problems() -> Iterator[None]:
    """Turn an OSError into an EnvironmentProblem with a stable code, without the path: paths may hold names."""
    try:
        yield
    except OSError as error:
        raise EnvironmentProblem(_CODES.get(error.errno or 0, "files.input_output")) from error


def private_directory(path: Path) -> Path:
    """Create `path` where it is missing, readable by its owner only, and return it.

    Raises EnvironmentProblem `files.not_private` when an existing one belongs to somebody else or others may read it.
    """
    with environment_problems():
        path.mkdir(mode=_PRIVATE_DIRECTORY, parents=True, exist_ok=True)
        found = path.stat()
    if os.name == "posix" and (found.st_mode & 0o077 or found.st_uid != os.geteuid()):
        raise EnvironmentProblem("files.not_private")
    return path


def write_atomic(path: Path, data: bytes) -> None:
    """Write `data` to `path` so that after a crash the old or the new content is there, never a mixture.

    The file is readable by its owner only. Raises EnvironmentProblem.
    """
    with environment_problems():
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".opmaat-")
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(_PRIVATE_FILE)
            temporary.replace(path)
            _flush_directory(path.parent)
        finally:
            temporary.unlink(missing_ok=True)


def read_bytes(path: Path, most: int) -> bytes:
    """Return the content of `path`, at most `most` bytes.

    Raises EnvironmentProblem, with `files.too_large` for a longer file: outside bytes are never read without a limit.
    """
    with environment_problems(), path.open("rb") as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise EnvironmentProblem("files.too_large")
    return data


def _flush_directory(path: Path) -> None:
    if os.name != "posix":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
