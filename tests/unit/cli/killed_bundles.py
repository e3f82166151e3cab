"""Kills itself while a bundle is made or read: `python -m … HOW FOLDER STICK CALLS PASSPHRASE`."""

import os
import sys
from pathlib import Path

from desktop.cli import run
from desktop.records.store.database import Store
from desktop.records.store.transaction import Transaction
from desktop.vault.vault import Vault
from tests.unit.killing import kill_after

COUNTED = ((Transaction, "__exit__"), (Store, "wipe_log"), (Vault, "put"), (os, "fsync"), (Path, "replace"))
"""Calls before which it may end: every durable write of journal, vault and stick."""


def main(how: str, data: Path, stick: str, calls: int) -> None:
    """Run `opmaat bundle …`, and end as `kill -9` does before the call after `calls` durable writes."""
    kill_after(calls, COUNTED)
    sys.exit(run(["--data", str(data), "bundle", *how.split(" "), stick]))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
