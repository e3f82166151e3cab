"""Erases a dossier and kills itself after some calls: `python -m …killed_erasure FOLDER DOSSIER CALLS PASSPHRASE`."""

import sys
from pathlib import Path

from desktop.records import EventContext, open_journal
from desktop.records.store.database import Store
from desktop.vault.vault import Vault, open_vault
from protocol.identifiers import DossierId
from protocol.times import SystemClock
from tests.unit.killing import kill_after


def main(directory: Path, dossier: DossierId, calls: int, passphrase: str) -> None:
    """Erase `dossier`, and end as `kill -9` does before the call after `calls` calls of vault and store."""
    vault = open_vault(directory, passphrase)
    journal = open_journal(vault.directory, vault, SystemClock())
    kill_after(calls, ((Store, "run"), (Store, "add_key"), (Store, "wipe_log"), (Vault, "put")))
    journal.erase(dossier, "azc_copy", EventContext("J. de Vries", "nl"))


if __name__ == "__main__":
    main(Path(sys.argv[1]), DossierId(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
