"""Lays a program out as it is installed: our packages, and beside them the locked ones, in one folder of modules."""

import os
import re
import shutil
import subprocess
import tomllib
import zipfile
from collections.abc import Iterable
from pathlib import Path

from packaging.utils import canonicalize_name

from installers.locked import ROOT
from installers.pruning import is_installed

_FILE, _FOLDER = 0o644, 0o755


def version() -> str:
    """Return the version of the project."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"])


def released() -> str:
    """Return the day of the release, as publiccode.yml has it."""
    found = re.search(r'^releaseDate: "(.*)"$', (ROOT / "publiccode.yml").read_text("utf-8"), re.MULTILINE)
    if found is None:
        raise LookupError("releaseDate")
    return found[1]


def stamped(template: Path) -> str:
    """Return the text of `template` with version and day of the release in their places."""
    return template.read_text("utf-8").replace("@VERSION@", version()).replace("@DATE@", released())


def moment() -> int:
    """Return the time that everything made carries, in seconds: SOURCE_DATE_EPOCH, or that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    return int(given or _git("log", "-1", "--format=%ct"))


def lay_out_wheels(wheels: Iterable[Path], modules: Path) -> None:
    """Unpack what is installed of `wheels` into the folder `modules`. What pip would write beside it is left out."""
    for wheel in wheels:
        package = canonicalize_name(wheel.name.split("-")[0])
        with zipfile.ZipFile(wheel) as archive:
            for item in archive.infolist():
                path = _place(item.filename)
                if path and not item.is_dir() and is_installed(package, path):
                    write(modules / path, archive.read(item))


def lay_out_ours(packages: Iterable[str], modules: Path) -> None:
    """Copy the tracked files of our `packages`, such as `desktop/vault`, and of what holds them, into `modules`."""
    for package in packages:
        for name in _git("ls-files", "-z", package).split("\0"):
            if name and (ROOT / name).is_file():
                write(modules / name, (ROOT / name).read_bytes())
        for holder in list(Path(package).parents)[:-1]:
            write(modules / holder / "__init__.py", (ROOT / holder / "__init__.py").read_bytes())


def lay_out_texts(domains: Iterable[str], target: Path) -> None:
    """Copy the compiled catalogues of `domains` to `target`; the pseudo-locales stay behind.

    Raises FileNotFoundError where none was compiled.
    """
    for domain in domains:
        found = [path for path in sorted(ROOT.glob(f"locale/*/LC_MESSAGES/{domain}.mo")) if "_X" not in path.parts[-3]]
        if not found:
            raise FileNotFoundError(domain)
        for path in found:
            write(target / path.relative_to(ROOT / "locale"), path.read_bytes())


def lay_out_cases(target: Path) -> None:
    """Copy the invented cases of the practice to `target`."""
    for path in sorted(ROOT.glob("demo/case_*.json")):
        write(target / path.name, path.read_bytes())


def lay_out_about(version: str, modules: Path) -> None:
    """Write what the installed program knows of itself, as an installer of Python packages would leave it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    facts = (
        ("Metadata-Version", "2.4"),
        ("Name", project["name"]),
        ("Version", version),
        ("Summary", project["description"]),
        ("License-Expression", project["license"]),
        *(("Requires-Dist", each) for each in project["dependencies"]),
    )
    text = "".join(f"{name}: {value}\n" for name, value in facts)
    write(modules / f"{project['name']}-{version}.dist-info" / "METADATA", text.encode())


def settle(root: Path) -> None:
    """Give every file and folder below `root` its mode and the one time: two builds are the same, byte for byte."""
    when = moment()
    for path in sorted(root.rglob("*"), reverse=True):
        if path.is_symlink():
            os.utime(path, (when, when), follow_symlinks=False)
            continue
        executable = path.is_file() and path.stat().st_mode & 0o100
        path.chmod(_FOLDER if path.is_dir() or executable else _FILE)
        os.utime(path, (when, when))


def fresh(folder: Path) -> Path:
    """Return `folder`, made anew and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def size(folder: Path) -> int:
    """Return how many bytes the files below `folder` have."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir())


def _place(name: str) -> str:
    """Return where a file of a wheel goes; nothing for commands and headers, which nobody calls here."""
    data, slash, rest = name.partition(".data/")
    if not slash or "/" in data:
        return name
    kind, _slash, path = rest.partition("/")
    return path if kind in {"purelib", "platlib"} else ""


def write(path: Path, content: bytes) -> None:
    """Write a file that everybody may read to `path`, with the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    path.chmod(_FILE)


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603, S607  # fixed
