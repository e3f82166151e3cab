"""Kills itself in the middle of a backup or restore: `python -m … WHERE FOLDER STICK PASSPHRASE`."""

import os
import signal
import sys
from pathlib import Path

from desktop.records import open_journal
from desktop.records.maintenance.copies import as_another_device, integrity_summary, put_together
from desktop.services.backups import backup_file
from desktop.services.backups.backup_file import Cancelled
from desktop.services.backups.backups import Backups
from desktop.services.backups.restoring import RestoreService
from desktop.vault.backup_restoring import write_restored
from desktop.vault.vault import open_vault
from protocol.times import SystemClock

BACKUP_STEPS = {"writing": 0.3, "proving": 0.9}
"""At which share of the work a backup is killed."""
RESTORE_STEPS = (
    put_together.__name__,
    write_restored.__name__,
    as_another_device.__name__,
    integrity_summary.__name__,
)
"""Before which step a restore is killed."""


def main(where: str, directory: Path, stick: Path, passphrase: str) -> None:
    """Back up the vault in `directory`, or restore `stick` below it, and end at `where` as `kill -9` does."""
    if where in BACKUP_STEPS:
        _back_up(BACKUP_STEPS[where], directory, stick, passphrase)
    else:
        setattr(backup_file, where, _die)
        RestoreService(directory, SystemClock()).with_passphrase(stick, passphrase)


def _back_up(share: float, directory: Path, stick: Path, passphrase: str) -> None:
    def progress(done: int, total: int) -> None:
        if done >= total * share:
            _die()

    vault = open_vault(directory, passphrase)
    journal = open_journal(vault.directory, vault, SystemClock())
    Backups(journal, vault, SystemClock()).make(stick, progress, Cancelled())


def _die(*_arguments: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
