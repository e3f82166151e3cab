"""What is looked at on this machine, each examination by itself: one that fails keeps none of the others from running.

No finding holds a path, a name, an address or a value of a setting: what is printed may be sent to whoever helps.
"""

import os
import shutil
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.request import getproxies

from desktop.cli.error_texts import sentence
from desktop.i18n.catalogue import load_catalogue
from desktop.i18n.languages import LANGUAGES
from desktop.kernel.files import private_directory, remove_file, write_atomic
from desktop.kernel.resources import asset_directory
from protocol.errors import OpmaatError, UserError
from protocol.times import Clock, SystemClock

_LEAST_FREE = 1024**3
_MEBIBYTE = 1024**2
_FONTS = tuple(
    f"{family}-{weight}.ttf"
    for family in ("NotoSans", "NotoNaskhArabic", "NotoSansEthiopic")
    for weight in ("Regular", "Bold")
)
_COPIED_ELSEWHERE = ("onedrive", "dropbox", "google drive", "googledrive", "nextcloud", "owncloud", "icloud", "stack")
_ANY_SERVER = "https://opmaat.invalid"
_PICTURE = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0:~\x9bU"
    b"\0\0\0\nIDATx\x9cc`\0\0\0\x02\0\x01H\xaf\xa4q\0\0\0\0IEND\xaeB`\x82"
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What one examination came to: what it is about, whether that is well, and what to know or do."""

    subject: str
    good: bool
    words: str


def examine(data: Path, clock: Clock | None = None) -> tuple[Finding, ...]:
    """Return what was found about this machine, for a program whose vaults lie in `data`. Leaves nothing behind."""
    examinations: tuple[tuple[str, Callable[[], str]], ...] = (
        ("folder", partial(_folder, data)),
        ("copies", partial(_copies, data)),
        ("disk", partial(_disk, data)),
        ("clock", partial(_clock, clock or SystemClock())),
        ("fonts", _fonts),
        ("texts", _texts),
        ("proxy", _proxy),
        ("certificates", _certificates),
        ("helpers", _helpers),
    )
    return tuple(_finding(subject, examination) for subject, examination in examinations)


def _finding(subject: str, examination: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, good=True, words=examination())
    except _WrongError as wrong:
        return Finding(subject, good=False, words=str(wrong))
    except OpmaatError as error:
        return Finding(subject, good=False, words=f"{sentence(error, 'en')} ({error.code})")
    except OSError:
        return Finding(subject, good=False, words="The system did not let it be looked at.")


class _WrongError(Exception):
    """Something is wrong; the message says what, and what to do."""


def _folder(data: Path) -> str:
    if not data.exists():
        return "There are no vaults on this account yet; the folder for them is made at the first start."
    trial = private_directory(data) / ".opmaat-trial"
    write_atomic(trial, b"trial")
    remove_file(trial)
    return "The folder of the vaults is private and can be written."


def _copies(data: Path) -> str:
    parts = " / ".join(data.absolute().parts).casefold()
    if any(name in parts for name in _COPIED_ELSEWHERE):
        msg = "The vaults lie in a folder that another program copies elsewhere. Choose a folder on this machine alone."
        raise _WrongError(msg)
    return "No other program is known to copy the folder of the vaults."


def _disk(data: Path) -> str:
    there = next(folder for folder in (data.absolute(), *data.absolute().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    if free < _LEAST_FREE:
        msg = f"Only {free // _MEBIBYTE} MiB are free. Make room: with a full disk no answer can be kept."
        raise _WrongError(msg)
    return "There is room on the disk."


def _clock(clock: Clock) -> str:
    made = datetime.fromtimestamp(Path(__file__).stat().st_mtime, UTC)
    if clock.now() < made:
        msg = "The clock is before the day this program was made. Set it: terms and certificates go by it."
        raise _WrongError(msg)
    return "The clock is not before the day this program was made; the server tells whether it is right."


def _fonts() -> str:
    for name in _FONTS:
        path = asset_directory("fonts") / name
        if not path.is_file() or not path.stat().st_size:
            raise _WrongError("A font of the program is missing. Install the program again.")
    return "The fonts for Dutch, Arabic and Tigrinya are there."


def _texts() -> str:
    try:
        for language in LANGUAGES:
            load_catalogue(language.tag, "app")
    except UserError as error:
        msg = "Texts of the program are missing. Install the program again."
        raise _WrongError(msg) from error
    return "The texts of every language are there."


def _proxy() -> str:
    from desktop.sync.proxies import proxy_for

    found = proxy_for(_ANY_SERVER, getproxies(), lambda _host: False)
    return "The server is reached directly." if found is None else "The server is reached through a proxy."


def _certificates() -> str:
    for variable in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        if variable in os.environ and not Path(os.environ[variable]).exists():
            msg = f"{variable} names something that is not there. Correct or remove it."
            raise _WrongError(msg)
    paths = ssl.get_default_verify_paths()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_default_certs()
    folder = Path(paths.capath) if paths.capath else None
    if not context.cert_store_stats()["x509_ca"] and not (folder and any(folder.iterdir())):
        msg = "This machine knows no certificate authority, so no server is believed. Install ca-certificates."
        raise _WrongError(msg)
    return "The machine knows certificate authorities."


def _helpers() -> str:
    from desktop.media import clean

    try:
        clean(_PICTURE)
    except UserError as error:
        msg = "Files cannot be opened: the second process does not start. Let a virus scanner leave the program alone."
        raise _WrongError(msg) from error
    return "The processes that open files and set documents can be started."
