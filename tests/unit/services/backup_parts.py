"""What the tests of backups share."""

from pathlib import Path

from desktop.vault.backup_restoring import unlock_with_passphrase
from desktop.vault.file.backup_container import BackupHeader
from tests.unit.vault.people import PASSPHRASE


def ignore_progress(_done: int, _total: int) -> None:
    """Listen to no progress."""


def unlock(header: BackupHeader) -> bytes:
    """Open a backup with the passphrase of every test vault."""
    return unlock_with_passphrase(header, PASSPHRASE)


def make_private(directory: Path) -> Path:
    """Make a directory that its owner alone may read, and return it."""
    directory.mkdir(mode=0o700)
    return directory
