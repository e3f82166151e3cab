"""The files of a bundle on a stick: written whole, read back, gathered from one stick after the other. Any thread.

Works where a disk knows neither permissions nor links and cannot flush a folder (FAT, exFAT): every file has a name of
its own, so none is ever written over. A name holds a random number and nothing else. What a cancelled or failed attempt
wrote is removed again.
"""

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from desktop.kernel.files import environment_problems, open_file, private_directory, remove_file, write_whole
from desktop.services.backups.backup_file import Cancelled, Progress
from desktop.vault.file.bundle_container import PartFile, head_digest, read_blocks, read_front, write_front
from desktop.vault.vault import Vault
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.limits import MOST_BUNDLE_PARTS
from protocol.messages.bundles import BundleBody, BundlePart

SUFFIX = ".opmaat"
LARGEST_PART = 4_000_000_000
"""What a file may be long on the oldest kind of stick (FAT32: 4 GiB less one byte), with room to spare."""
SMALLEST_PART = 1_000_000
"""Below this a stick is as good as full."""

_ROOM = 512 * 1024
_BLOCK_BYTES = 1024 * 1024
_STREAM, _PART = "stream", "part"
_UNFINISHED = f"bundle-????????*{SUFFIX}.part"


@dataclass(frozen=True, slots=True)
class PartsWritten:
    """Which parts lie on a stick now, where, and which are still to be written to another one."""

    paths: tuple[Path, ...]
    written: tuple[int, ...]
    left: tuple[int, ...]


def bundles_folder(vault: Vault) -> Path:
    """Return where what is on its way lies, in the folder of a vault; it may not be there yet."""
    return vault.directory / "bundles"


def stream_file(folder: Path) -> Path:
    """Return where the sealed stream lies while a bundle is made in the private `folder`."""
    return folder / _STREAM


def file_name(body: BundleBody, number: int) -> str:
    """Return what part `number` is called: the start of the bundle's random number, and which part it is."""
    count = len(body.parts)
    return f"bundle-{body.bundle[:8]}{f'-{number}of{count}' if count > 1 else ''}{SUFFIX}"


def room_on(folder: Path) -> int:
    """Return how long a part may be that is written to `folder`. Raises UserError `bundle.no_room` for a full stick."""
    with environment_problems():
        free = shutil.disk_usage(folder).free
    room = min(free - _ROOM, LARGEST_PART)
    if room < SMALLEST_PART:
        raise UserError("bundle.no_room", {"megabytes": str(max(free, 0) // 1_000_000)})
    return room


def cut(stream: Path, part_size: int) -> tuple[BundlePart, ...]:
    """Return the parts of the sealed stream at `stream`. Raises UserError `bundle.too_many_parts`."""
    with environment_problems():
        size = stream.stat().st_size
    if -(-size // part_size) > MOST_BUNDLE_PARTS:
        raise UserError("bundle.too_many_parts", {"count": str(MOST_BUNDLE_PARTS)})
    with open_file(stream) as source:
        return tuple(_part(source, min(part_size, size - at)) for at in range(0, size, part_size))


def write_parts(
    stream: Path,
    head: bytes,
    body: BundleBody,
    numbers: Sequence[int],
    folder: Path,
    progress: Progress,
    stop: Cancelled,
) -> PartsWritten:
    """Write the parts `numbers` to `folder` as far as they fit, and read each back from there.

    A part that lies there already is left, and what a crash left half written is removed. Raises UserError
    `bundle.no_room` when not one fits, `bundle.cancelled`, or what the disk says; then nothing of this attempt is left
    in `folder`.
    """
    _remove_unfinished(folder)
    total = max(2 * sum(body.parts[number - 1].size for number in numbers), 1)
    paths: list[Path] = []
    fresh: list[Path] = []
    steps = _Steps(progress, total, stop)
    try:
        for number in numbers:
            path = folder / file_name(body, number)
            if not _lies_there(path, head, number):
                if not _fits(folder, len(head) + body.parts[number - 1].size, first=not paths):
                    break
                fresh.append(path)
                _write_part(stream, head, body, number, path, steps)
            paths.append(path)
    except BaseException:
        for path in fresh:
            with suppress(OpmaatError):
                remove_file(path)
        raise
    return PartsWritten(tuple(paths), tuple(numbers[: len(paths)]), tuple(numbers[len(paths) :]))


def read_part_front(path: Path) -> PartFile:
    """Return what stands at the front of the file at `path`. Raises as `read_front`, and EnvironmentProblem."""
    with open_file(path) as source:
        return read_front(source)


def parts_beside(path: Path, front: PartFile) -> tuple[Path, ...]:
    """Return `path` and the files beside it that are parts of the same bundle."""
    found = [path]
    with environment_problems():
        others = sorted(path.parent.glob(f"*{SUFFIX}"))
    for other in others:
        with suppress(OpmaatError):
            if other != path and read_part_front(other).head_bytes == front.head_bytes:
                found.append(other)
    return tuple(found)


def gather(paths: Sequence[Path], folder: Path, progress: Progress, stop: Cancelled) -> tuple[int, ...]:
    """Copy parts to the private `folder`, each proven against the head, and return the numbers that are still missing.

    Files of another bundle than the first are left alone, and a part that is there already is not read again. Raises
    UserError `bundle.parts_damaged` with how many are whole, `bundle.cancelled`, EnvironmentProblem.
    """
    private_directory(folder)
    fronts = [(path, read_part_front(path)) for path in paths]
    fronts = [(path, front) for path, front in fronts if front.head_bytes == fronts[0][1].head_bytes]
    wanted = [(path, front) for path, front in fronts if not part_file(folder, front.number).is_file()]
    steps = _Steps(progress, max(sum(front.size for _path, front in wanted), 1), stop)
    broken: OpmaatError | None = None
    for path, front in wanted:
        try:
            _copy_part(path, front, part_file(folder, front.number), steps)
        except UserError as error:
            if error.code == "bundle.cancelled":
                raise
            broken = error
    body = fronts[0][1].body
    missing = missing_parts(folder, body)
    if broken is not None and missing:
        whole = len(body.parts) - len(missing)
        raise UserError("bundle.parts_damaged", {"whole": str(whole), "parts": str(len(body.parts))}) from broken
    return missing


def missing_parts(folder: Path, body: BundleBody) -> tuple[int, ...]:
    """Return the numbers of the parts that are not in `folder`."""
    return tuple(number for number in range(1, len(body.parts) + 1) if not part_file(folder, number).is_file())


def part_file(folder: Path, number: int) -> Path:
    """Return where the stream of part `number` lies in the private `folder`."""
    return folder / f"{_PART}-{number}"


class JoinedParts:
    """The parts in a folder, read as one stream from the first to the last."""

    def __init__(self, folder: Path, count: int) -> None:
        self._paths = iter([part_file(folder, number) for number in range(1, count + 1)])
        self._open: IO[bytes] | None = None

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end of the last part. Raises EnvironmentProblem."""
        found = b""
        with environment_problems():
            while len(found) < size and self._more():
                data = b"" if self._open is None else self._open.read(size - len(found))
                found += data
                if not data:
                    self.close()
        return found

    def close(self) -> None:
        """Close the part that is open."""
        if self._open is not None:
            self._open.close()
            self._open = None

    def _more(self) -> bool:
        if self._open is None:
            path = next(self._paths, None)
            self._open = None if path is None else path.open("rb")
        return self._open is not None


def staging_name(head: bytes) -> str:
    """Return what the private folder is called in which the parts under `head` are gathered."""
    return f"in-{head_digest(head).hex()[:32]}"


class _Steps:
    """Tells how far it is, and stops when that is wanted."""

    def __init__(self, progress: Progress, total: int, stop: Cancelled) -> None:
        self._progress, self._total, self._stop, self._done = progress, total, stop, 0

    def went(self, size: int) -> None:
        """Tell of `size` bytes more. Raises UserError `bundle.cancelled`."""
        self._done = min(self._done + size, self._total)
        self._stop.require_going_on()
        self._progress(self._done, self._total)


def _part(source: IO[bytes], size: int) -> BundlePart:
    digest, left = hashlib.sha256(), size
    while left > 0:
        block = source.read(min(_BLOCK_BYTES, left))
        if not block:
            raise EnvironmentProblem("files.input_output")
        digest.update(block)
        left -= len(block)
    return BundlePart(size, digest.digest())


def _write_part(stream: Path, head: bytes, body: BundleBody, number: int, path: Path, steps: _Steps) -> None:
    before = sum(part.size for part in body.parts[: number - 1])

    def proof(part: Path) -> None:
        with open_file(part) as written:
            for block in read_blocks(written, read_front(written), _BLOCK_BYTES):
                steps.went(len(block))

    with open_file(stream) as source, write_whole(path, proof) as target:
        source.seek(before)
        write_front(target, number, head)
        for block in _blocks(source, body.parts[number - 1].size):
            steps.went(len(block))
            target.write(block)


def _blocks(source: IO[bytes], size: int) -> Iterator[bytes]:
    while size > 0:
        block = source.read(min(_BLOCK_BYTES, size))
        if not block:
            raise EnvironmentProblem("files.input_output")
        size -= len(block)
        yield block


def _remove_unfinished(folder: Path) -> None:
    with environment_problems():
        left = [path for path in folder.glob(_UNFINISHED) if path.is_file()]
    for path in left:
        remove_file(path)


def _fits(folder: Path, size: int, *, first: bool) -> bool:
    with environment_problems():
        free = shutil.disk_usage(folder).free
    if free >= size:
        return True
    if first:
        raise UserError("bundle.no_room", {"megabytes": str(-(-size // 1_000_000))})
    return False


def _lies_there(path: Path, head: bytes, number: int) -> bool:
    """Tell whether a part was written here before; a file of its name that is not this part is removed."""
    if not path.exists():
        return False
    try:
        with open_file(path) as written:
            front = read_front(written)
            for _block in read_blocks(written, front, _BLOCK_BYTES):
                pass
    except UserError:
        front = None
    if front is not None and front.head_bytes == head and front.number == number:
        return True
    remove_file(path)
    return False


def _copy_part(path: Path, front: PartFile, target: Path, steps: _Steps) -> None:
    with open_file(path) as source, write_whole(target) as copy:
        read_front(source)
        for block in read_blocks(source, front, _BLOCK_BYTES):
            steps.went(len(block))
            copy.write(block)
