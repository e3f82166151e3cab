"""Kills itself while a bundle is made or read: `python -m … HOW FOLDER STICK CALLS PASSPHRASE`."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

from desktop.cli import run
from desktop.records.store.database import Store
from desktop.records.store.transaction import Transaction
from desktop.vault.vault import Vault

COUNTED = ((Transaction, "__exit__"), (Store, "wipe_log"), (Vault, "put"), (os, "fsync"), (Path, "replace"))
"""Calls before which it may end: every durable write of journal, vault and stick."""


def main(how: str, data: Path, stick: str, calls: int) -> None:
    """Run `opmaat bundle …`, and end as `kill -9` does before the call after `calls` durable writes."""
    left = [calls]
    for owner, name in COUNTED:
        _count(owner, name, left)
    sys.exit(run(["--data", str(data), "bundle", *how.split(" "), stick]))


def _count(owner: Any, name: str, left: list[int]) -> None:  # noqa: ANN401  # a class or a module
    original = getattr(owner, name)

    def counted(*arguments: Any, **named: Any) -> object:  # noqa: ANN401  # passes on whatever the call has
        left[0] -= 1
        if left[0] < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        result: object = original(*arguments, **named)
        return result

    setattr(owner, name, counted)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
