"""What went wrong, for an administrator: versions and kept warnings. Codes, ids and places in our code; no person."""

import faulthandler
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop.kernel.files import environment_problems, private_directory, read_bytes, write_atomic
from desktop.kernel.log import keep_warnings
from protocol.errors import EnvironmentProblem

WARNINGS = "warnings.log"
"""Kept in the data folder: event names, codes, ids and places in our own code."""

FAULTS = "faults.log"
"""Beside it: function names and line numbers, written by Python's faulthandler when a fault kills the process."""

_MOST_BYTES = 1024 * 1024
_FOLDERS = re.compile(r'"[^"\n]*[/\\]')
"""What stands before a file name: a folder may hold the name of the account."""
_PARTS = ("opmaat", "PySide6-Essentials", "cryptography", "sqlite-utils")


@contextmanager
def keep_reports(data: Path) -> Iterator[None]:
    """Keep warnings and faults in the data folder `data` as long as the program runs. There is no core file instead."""
    private_directory(data)
    handler = keep_warnings(data / WARNINGS)
    with environment_problems():
        faults = (data / FAULTS).open("a", encoding="utf-8")
    try:
        faulthandler.enable(faults)
        yield
    finally:
        faulthandler.disable()
        faults.close()
        logging.getLogger("desktop").removeHandler(handler)
        handler.close()


def save_report(data: Path, path: Path) -> None:
    """Write the report about the data folder `data` to `path`. Raises EnvironmentProblem."""
    import platform

    head = [f"{part} {_version(part)}" for part in _PARTS]
    head.append(f"python {platform.python_version()} {platform.system()} {platform.machine()}")
    kept = [_read_kept(data / name) for name in (f"{WARNINGS}.1", WARNINGS, FAULTS)]
    write_atomic(path, "\n".join([*head, "", *kept]).encode("utf-8"))


def _read_kept(path: Path) -> str:
    try:
        kept = read_bytes(path, _MOST_BYTES).decode("utf-8", "replace")
    except EnvironmentProblem:
        return ""
    return _FOLDERS.sub('"', kept)


def _version(part: str) -> str:
    """Return the version installed; a packed program may not know it."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(part)
    except PackageNotFoundError:
        return "unknown"
