"""Files that are private, and whole or absent."""

import errno
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from protocol.errors import EnvironmentProblem

_PRIVATE_DIRECTORY = 0o700
_PRIVATE_FILE = 0o600
_CODES = {
    errno.ENOSPC: "files.disk_full",
    errno.EDQUOT: "files.disk_full",
    errno.EFBIG: "files.disk_full",
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


@contextmanager
def write_whole(path: Path, proof: Callable[[Path], None] | None = None) -> Iterator[IO[bytes]]:
    """Give a stream to write a large file to; it comes to lie at `path` when the block ends, whole and flushed.

    Until then it is called `<name>.part`, readable by its owner only; when the block raises it is removed and `path` is
    as it was. One left behind by a crash is overwritten by the next attempt. `proof` is given the flushed file before
    it takes its place, and may refuse it by raising. Raises EnvironmentProblem.
    """
    part = part_of(path)
    with environment_problems():
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), _PRIVATE_FILE)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                yield stream
                stream.flush()
                os.fsync(stream.fileno())
            if proof is not None:
                proof(part)
            part.replace(path)
            _flush_directory(path.parent)
        finally:
            part.unlink(missing_ok=True)


def part_of(path: Path) -> Path:
    """Return what a file is called while `write_whole` writes it."""
    return path.with_name(f"{path.name}.part")


def remove_file(path: Path) -> None:
    """Remove the file at `path`, where there is one, so that it does not come back after a crash.

    Raises EnvironmentProblem.
    """
    with environment_problems():
        path.unlink(missing_ok=True)
        _flush_directory(path.parent)


@contextmanager
def open_file(path: Path, mode: Literal["rb", "r+b"] = "rb") -> Iterator[IO[bytes]]:
    """Give a stream over the file at `path`; what was written is on the disk when the block ends."""
    with environment_problems(), path.open(mode) as stream:
        yield stream
        if mode == "r+b":
            stream.flush()
            os.fsync(stream.fileno())


@contextmanager
def overwrite_replaced(path: Path) -> Iterator[None]:
    """Overwrite with zeros what lay at `path` before, once the block has put another file in its place.

    On a disk that writes in place nothing of it is left. Flash memory, snapshots and copy-on-write keep old blocks out
    of reach of any program: there it promises nothing (docs/threat-model.md). Where the system does not let a file be
    replaced while it is open (Windows), it does nothing.
    """
    if os.name != "posix" or not path.is_file():
        yield
        return
    with environment_problems():
        descriptor = os.open(path, os.O_RDWR)
    try:
        yield
        with environment_problems():
            if os.fstat(descriptor).st_nlink == 0:
                os.pwrite(descriptor, bytes(os.fstat(descriptor).st_size), 0)
                os.fsync(descriptor)
    finally:
        os.close(descriptor)


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
        return  # pragma: no cover — Windows does not open a folder
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
