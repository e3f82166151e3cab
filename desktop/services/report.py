"""What went wrong, for an administrator: versions and kept warnings. Codes, ids and places in our code; no person."""

import platform
from importlib.metadata import version
from pathlib import Path

from desktop.kernel.errors import EnvironmentProblem
from desktop.kernel.files import read_bytes, write_atomic

WARNINGS = "warnings.log"
"""Kept in the data folder by `desktop.kernel.log.keep_warnings`."""

FAULTS = "faults.log"
"""Where Python's faulthandler writes function names and line numbers when the process is killed by a fault."""

_MOST_BYTES = 1024 * 1024
_PARTS = ("opmaat", "PySide6-Essentials", "cryptography", "sqlite-utils")


def save_report(data: Path, path: Path) -> None:
    """Write the report about the data folder `data` to `path`. Raises EnvironmentProblem."""
    head = [f"{part} {version(part)}" for part in _PARTS]
    head.append(f"python {platform.python_version()} {platform.system()} {platform.machine()}")
    kept = [_kept(data / name) for name in (f"{WARNINGS}.1", WARNINGS, FAULTS)]
    write_atomic(path, "\n".join([*head, "", *kept]).encode("utf-8"))


def _kept(path: Path) -> str:
    try:
        return read_bytes(path, _MOST_BYTES).decode("utf-8", "replace")
    except EnvironmentProblem:
        return ""
