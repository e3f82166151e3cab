"""The organisation's key file and its passphrase."""

import getpass
import os
from collections.abc import Callable
from pathlib import Path

from desktop.vault.trust.organisation import OrganisationRoot, read_key_file, write_key_file
from protocol.errors import EnvironmentProblem, UserError

VARIABLE = "OPMAAT_ADMINISTRATOR_PASSPHRASE"
"""Where scripts put the passphrase; without it, it is asked for at the terminal."""

_MOST_BYTES = 64 * 1024


def ask_passphrase(what: str = "Administrator passphrase", variable: str = VARIABLE, *, twice: bool = False) -> str:
    """Return a passphrase from the environment's `variable`, or ask for `what` at the terminal.

    Raises UserError `server.passphrase_empty` or `server.passphrase_differs`.
    """
    given = os.environ.get(variable)
    if given is None:
        given = getpass.getpass(f"{what}: ")
        if twice and getpass.getpass("Once more: ") != given:
            raise UserError("server.passphrase_differs")
    if not given:
        raise UserError("server.passphrase_empty")
    return given


def open_key_file(path: Path) -> OrganisationRoot:
    """Return the keys of an organisation.

    Raises UserError `trust.wrong_passphrase` or `trust.key_file_damaged`, EnvironmentProblem `server.file_unreadable`.
    """
    return read_key_file(read_file(path, _MOST_BYTES), ask_passphrase())


def change_key_file(path: Path, change: Callable[[OrganisationRoot], OrganisationRoot]) -> OrganisationRoot:
    """Put what `change` makes of the keys in their place, all at once, and return it.

    The passphrase stays. Raises as `open_key_file`, what `change` raises, or EnvironmentProblem
    `server.file_unwritable`: then the file is as it was.
    """
    passphrase = ask_passphrase()
    before = read_key_file(read_file(path, _MOST_BYTES), passphrase)
    after = change(before)
    if after is not before:
        _replace_file(path.resolve(), write_key_file(after, passphrase))
    return after


def read_file(path: Path, most: int) -> bytes:
    """Return the content of `path`; raises EnvironmentProblem `server.file_unreadable`, also above `most` bytes."""
    try:
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except OSError as error:
        raise EnvironmentProblem("server.file_unreadable") from error
    if len(data) > most:
        raise EnvironmentProblem("server.file_unreadable")
    return data


def write_new_file(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read.

    Raises EnvironmentProblem `server.file_exists` rather than replace one, or `server.file_unwritable`.
    """
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise EnvironmentProblem("server.file_exists") from error
    except OSError as error:
        raise EnvironmentProblem("server.file_unwritable") from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise EnvironmentProblem("server.file_unwritable") from error


def _replace_file(path: Path, data: bytes) -> None:
    """Write `data` beside the file, to the disk, and only then in its place."""
    beside = path.with_name(f"{path.name}.new")
    beside.unlink(missing_ok=True)  # one that was left when it was cut off
    write_new_file(beside, data)
    try:
        beside.replace(path)
        if os.name == "posix":
            _flush(path.parent)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise EnvironmentProblem("server.file_unwritable") from error


def _flush(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
