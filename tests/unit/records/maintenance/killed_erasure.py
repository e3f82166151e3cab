"""Erases a dossier and kills itself after some calls: `python -m …killed_erasure FOLDER DOSSIER CALLS PASSPHRASE`."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from desktop.records import EventContext, open_journal
from desktop.records.store.database import Store
from desktop.vault.vault import Vault, open_vault
from protocol.identifiers import DossierId
from protocol.times import SystemClock


def main(directory: Path, dossier: DossierId, calls: int, passphrase: str) -> None:
    """Erase `dossier`, and end as `kill -9` does before the call after `calls` calls of vault and store."""
    vault = open_vault(directory, passphrase)
    journal = open_journal(vault.directory, vault, SystemClock())
    left = [calls]
    for owner, name in ((Store, "run"), (Store, "add_key"), (Store, "wipe_log"), (Vault, "put")):
        _count(owner, name, left)
    journal.erase(dossier, "azc_copy", EventContext("J. de Vries", "nl"))


def _count(owner: type, name: str, left: list[int]) -> None:
    original = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> object:  # noqa: ANN401  # passes on whatever the call has
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result: object = original(*arguments, **named)
        return result

    setattr(owner, name, counted)


if __name__ == "__main__":
    main(Path(sys.argv[1]), DossierId(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
