"""Folders in which a vault is put together beside the others, until one rename makes it one of them.

Nothing in them counts. The process that works in one holds its lock, so that another removes only what a crash left.
"""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from desktop.kernel.files import environment_problems, private_directory
from desktop.vault.file.container import FILE_NAME
from desktop.vault.file.process_lock import ProcessLock
from protocol.errors import OpmaatError
from protocol.identifiers import VaultId, is_id

_PREFIX = ".restore-"
_LEFT_BY_CREATING = frozenset({"lock", "attempts.json"})


@contextmanager
def unfinished_directory(root: Path, vault: VaultId) -> Iterator[Path]:
    """Give an empty private folder under `root` for making `vault`; it is removed when the block ends.

    Move it away inside the block to keep it. Raises UserError `vault.in_use` when another process makes this vault,
    EnvironmentProblem.
    """
    folder = private_directory(root / f"{_PREFIX}{vault}")
    lock = ProcessLock.acquire(folder)
    try:
        making = folder / "vault"
        shutil.rmtree(making, ignore_errors=True)
        yield private_directory(making)
    finally:
        _remove(folder, lock)


def remove_unfinished(root: Path) -> None:
    """Remove what a crash left of vaults that were being restored or created. Never removes a vault or a journal."""
    if not root.is_dir():
        return
    with environment_problems():
        found = [path for path in root.iterdir() if _is_left_over(path)]
    for folder in found:
        try:
            lock = ProcessLock.acquire(folder)
        except OpmaatError:
            continue
        if _is_left_over(folder):
            _remove(folder, lock)
        else:
            lock.release()


def _remove(folder: Path, lock: ProcessLock) -> None:
    """Remove `folder` before its lock is released, so that nobody can begin to work in what is being removed."""
    shutil.rmtree(folder, ignore_errors=True)
    lock.release()
    if sys.platform == "win32":  # pragma: no cover - Windows keeps the file of a lock until it is released
        with suppress(OSError):
            (folder / "lock").unlink()
            folder.rmdir()


def _is_left_over(path: Path) -> bool:
    """Tell whether nothing in a folder counts; asked again under its lock, since its maker may have finished."""
    return path.name.startswith(_PREFIX) or _is_never_written(path)


def _is_never_written(path: Path) -> bool:
    """Tell whether a folder was made for a new vault whose file was never written."""
    if not is_id(path.name) or not path.is_dir() or (path / FILE_NAME).exists():
        return False
    return all(each.name in _LEFT_BY_CREATING or each.name.startswith(".opmaat-") for each in path.iterdir())
