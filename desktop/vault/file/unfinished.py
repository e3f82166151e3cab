"""Folders in which a vault is put together beside the others, until one rename makes it one of them.

Nothing in them counts. The process that works in one holds its lock, so that another removes only what a crash left.
"""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
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
    with ExitStack() as undo:
        lock = ProcessLock.acquire(folder)
        undo.callback(shutil.rmtree, folder, ignore_errors=True)
        undo.callback(lock.release)
        making = folder / "vault"
        shutil.rmtree(making, ignore_errors=True)
        yield private_directory(making)


def remove_unfinished(root: Path) -> None:
    """Remove what a crash left of vaults that were being restored or created. Never removes a vault or a journal."""
    if not root.is_dir():
        return
    with environment_problems():
        found = [path for path in root.iterdir() if path.name.startswith(_PREFIX) or _is_never_written(path)]
    for folder in found:
        try:
            lock = ProcessLock.acquire(folder)
        except OpmaatError:
            continue
        lock.release()
        shutil.rmtree(folder, ignore_errors=True)


def _is_never_written(path: Path) -> bool:
    """Tell whether a folder was made for a new vault whose file was never written."""
    if not is_id(path.name) or not path.is_dir() or (path / FILE_NAME).exists():
        return False
    return all(each.name in _LEFT_BY_CREATING or each.name.startswith(".opmaat-") for each in path.iterdir())
