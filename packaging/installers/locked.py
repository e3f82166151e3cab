"""Which of the locked packages a program needs on a system, and their wheels, each held against its hash.

The lock names every package of the product, its tests and its benchmarks. Who asked for a package stands below it
(`# via`), so what belongs to the desktop or to the server is found without the network, and nothing is resolved anew.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from packaging.markers import Marker
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
LOCK = ROOT / "packaging" / "requirements.lock"
_NEWEST_GLIBC = 36
"""Of Debian 12, as in manylinux_2_36."""


@dataclass(frozen=True, slots=True)
class Target:
    """A system that wheels are chosen for: its Python as `3.11`, pip's names of its platforms, and its markers."""

    python: str
    platforms: tuple[str, ...]
    environment: Mapping[str, str]


@dataclass(slots=True)
class Locked:
    """One entry of the lock: the requirement, its marker or nothing, its hashes, and the names of who asked for it."""

    requirement: str
    marker: str
    hashes: list[str] = field(default_factory=list)
    asked_by: set[str] = field(default_factory=set)


def linux(python: str) -> Target:
    """Return Debian on a PC, with the Python given as `3.11`."""
    older = tuple(f"manylinux_2_{minor}_x86_64" for minor in range(_NEWEST_GLIBC, 4, -1))
    platforms = (*older, "manylinux2014_x86_64", "manylinux2010_x86_64", "manylinux1_x86_64", "linux_x86_64")
    return Target(python, platforms, _environment(python, "linux", "posix", "Linux", "x86_64"))


def windows(python: str) -> Target:
    """Return Windows on a PC, with the Python given as `3.11`."""
    return Target(python, ("win_amd64",), _environment(python, "win32", "nt", "Windows", "AMD64"))


def _environment(python: str, platform: str, name: str, system: str, machine: str) -> dict[str, str]:
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "os_name": name,
        "platform_system": system,
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
        "extra": "",
    }


def read_lock(path: Path = LOCK) -> dict[str, Locked]:
    """Return every package of the lock under its name."""
    found: dict[str, Locked] = {}
    entry = Locked("", "")
    for line in path.read_text("utf-8").splitlines():
        if named := re.match(r"([A-Za-z0-9._-]+)(==\S+)(?: ; (.*?))? \\$", line):
            entry = found.setdefault(canonicalize_name(named[1]), Locked(named[1] + named[2], named[3] or ""))
        elif hashed := re.search(r"--hash=(\S+)", line):
            entry.hashes.append(hashed[1])
        elif asked := re.match(r"\s+#\s+(?:via\s+)?([A-Za-z0-9._-]+)(?: \(pyproject\.toml\))?$", line):
            entry.asked_by.add(canonicalize_name(asked[1]))
    return found


def needed(direct: Iterable[str], target: Target, lock: Mapping[str, Locked]) -> dict[str, Locked]:
    """Return the packages `direct` and what they ask for in turn on `target`. Raises KeyError for one not locked."""
    wanted = {name: lock[name] for name in direct}
    fits = {name: each for name, each in lock.items() if _applies(each, target)}
    while True:
        more = {name: each for name, each in fits.items() if name not in wanted and each.asked_by & wanted.keys()}
        if not more:
            return dict(sorted(wanted.items()))
        wanted |= more


def dependencies(extra: str = "") -> tuple[str, ...]:
    """Return the names of the dependencies of the project, or of its `extra`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    listed: list[str] = project["optional-dependencies"][extra] if extra else project["dependencies"]
    return tuple(canonicalize_name(re.split(r"[^A-Za-z0-9._-]", requirement)[0]) for requirement in listed)


def _applies(entry: Locked, target: Target) -> bool:
    return not entry.marker or Marker(entry.marker).evaluate(dict(target.environment))


def wheels(packages: Mapping[str, Locked], target: Target, folder: Path) -> list[Path]:
    """Return the wheels of `packages` for `target` in `folder`, fetched through pip where they are not there yet.

    Each is held against the hashes of the lock; markers were judged for the target, which pip would not do. Raises
    CalledProcessError where there is no wheel, or another one than was locked.
    """
    folder.mkdir(parents=True, exist_ok=True)
    wanted = folder / "wanted.txt"
    lines = [f"{each.requirement} {' '.join(f'--hash={one}' for one in each.hashes)}" for each in packages.values()]
    wanted.write_text("\n".join(lines) + "\n", "utf-8")
    platforms = [option for each in target.platforms for option in ("--platform", each)]
    subprocess.run(  # noqa: S603  # fixed arguments
        [
            *(sys.executable, "-m", "pip", "download", "-qq", "--disable-pip-version-check", "--no-deps"),
            *("--only-binary=:all:", "--require-hashes", "--python-version", target.python, *platforms),
            *("--dest", str(folder), "--requirement", str(wanted)),
        ],
        check=True,
    )
    return sorted(path for path in folder.glob("*.whl") if canonicalize_name(path.name.split("-")[0]) in packages)
