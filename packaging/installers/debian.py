"""Wraps a tree of files as a Debian package, the same bytes at every build."""

import gzip
import hashlib
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from installers import program
from installers.bill import licences

BUILD = program.ROOT / "build" / "packages"
_START = """\
#!/bin/sh
exec /usr/lib/{name}/bin/python3 -I -m {module} "$@"
"""
_COMPILE = """\
#!/bin/sh
set -e
if [ "$1" = configure ]; then
    py3compile -p {name} /usr/lib/{name}
fi
"""
_REMOVE = """\
#!/bin/sh
set -e
py3clean -p {name}
"""
_COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Opmaat

Files: *
Copyright: Opmaat maintainers
License: EUPL-1.2
 The text stands in LICENSE beside this file.
Comment:
 The package holds these programs of others, whose own texts lie in their .dist-info folders:
"""

_MAINTAINER = "Opmaat maintainers <maintainers@opmaat.invalid>"
_BUNDLED = ("embedded-library *", "custom-library-search-path *")
"""The locked packages bring their libraries: they are what was tested, and what the hashes of the lock stand for."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release of Debian: its name, what it adds to a version, and its Python."""

    name: str
    suffix: str
    python: str


RELEASES = {"bookworm": Release("bookworm", "deb12", "3.11"), "trixie": Release("trixie", "deb13", "3.13")}
"""Debian 12 and 13: wheels and interpreter belong together, so each has a package of its own."""


@dataclass(frozen=True, slots=True)
class DebianPackage:
    """What a package says of itself; `scripts` are those of the maintainer, by name."""

    name: str
    section: str
    summary: str
    description: str
    depends: tuple[str, ...]
    recommends: tuple[str, ...] = ()
    scripts: dict[str, str] = field(default_factory=dict)
    conffiles: tuple[str, ...] = ()


def make(package: DebianPackage, lay_out: Callable[[Path], None], release: Release) -> None:
    """Lay out and build a package in the usual place, and print where it lies and how large it is."""
    tree = program.fresh(BUILD / f"{package.name}-{release.name}")
    lay_out(tree)
    installed = program.size(tree)
    made = build(package, tree, release, BUILD)
    print(f"{made.relative_to(program.ROOT)}: {made.stat().st_size / 1e6:.1f} MB, installed {installed / 1e6:.1f} MB")


def python_packages(release: Release) -> tuple[str, ...]:
    """Return what a package depends on to have the interpreter that its wheels are for."""
    major, minor = release.python.split(".")
    return f"python3 (>= {release.python})", f"python3 (<< {major}.{int(minor) + 1})", f"python{release.python}"


def compiling_scripts(name: str) -> dict[str, str]:
    """Return the scripts that compile the modules of a package when it comes, and clean up when it goes."""
    return {"postinst": _COMPILE.format(name=name), "prerm": _REMOVE.format(name=name)}


def modules_folder(name: str, release: Release, tree: Path) -> Path:
    """Return the folder of modules of a package, made."""
    folder = tree / "usr" / "lib" / name / "lib" / f"python{release.python}" / "site-packages"
    folder.mkdir(parents=True)
    return folder


def lay_out_command(name: str, module: str, release: Release, tree: Path) -> None:
    """Lay out the command `name`, and the interpreter of the system under a path that finds our modules alone."""
    home, command = tree / "usr" / "lib" / name, tree / "usr" / "bin" / name
    (home / "bin").mkdir(parents=True)
    (home / "bin" / "python3").symlink_to(f"/usr/bin/python{release.python}")
    (home / "pyvenv.cfg").write_text("home = /usr/bin\ninclude-system-site-packages = false\n", "utf-8")
    command.parent.mkdir(parents=True)
    command.write_text(_START.format(name=name, module=module), "utf-8")
    command.chmod(0o755)


def build(package: DebianPackage, tree: Path, release: Release, folder: Path) -> Path:
    """Return the package made of `tree`, in `folder`. What lies in `tree` is given its modes and times.

    COMPRESSION says how hard to compress, from 0 to 9 and by default 6, which takes minutes; `none` does not.
    """
    effort = os.environ.get("COMPRESSION", "6")
    compression = ["-Znone"] if effort == "none" else ["-Zxz", f"-z{effort}"]
    version = f"{program.version()}-1~{release.suffix}"
    control = tree / "DEBIAN"
    control.mkdir()
    installed = program.size(tree) // 1024
    (control / "control").write_text(_control(package, version, installed), "utf-8")
    (control / "md5sums").write_text(_sums(tree), "utf-8")
    if package.conffiles:
        (control / "conffiles").write_text("".join(f"{name}\n" for name in package.conffiles), "utf-8")
    for name, text in package.scripts.items():
        (control / name).write_text(text, "utf-8")
        (control / name).chmod(0o755)
    program.settle(tree)
    target = folder / f"{package.name}_{version}_amd64.deb"
    subprocess.run(  # noqa: S603  # fixed arguments
        ["dpkg-deb", "--root-owner-group", *compression, "--build", str(tree), str(target)],  # noqa: S607
        env={**os.environ, "SOURCE_DATE_EPOCH": str(program.moment())},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return target


def write_packed(path: Path, text: str) -> None:
    """Write `text` compressed to `path`, without the time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def write_documentation(name: str, tree: Path, bill: Path, release: Release) -> None:
    """Write what a package owes its reader: changelog, licence, and the licences of what it holds (`bill`)."""
    folder = tree / "usr" / "share" / "doc" / name
    folder.mkdir(parents=True, exist_ok=True)
    held = "".join(f"  {each} {version}: {licence}\n" for each, version, licence in licences(bill))
    (folder / "copyright").write_text(_COPYRIGHT + held, "utf-8")
    (folder / "LICENSE").write_bytes((program.ROOT / "LICENSE").read_bytes())
    when = subprocess.run(  # noqa: S603  # fixed arguments
        ["date", "--utc", "--rfc-email", f"--date=@{program.moment()}"],  # noqa: S607
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    head = f"{name} ({program.version()}-1~{release.suffix}) {release.name}; urgency=medium"
    entry = f"{head}\n\n  * Built from the sources of this version.\n\n -- {_MAINTAINER}  {when}\n"
    write_packed(folder / "changelog.Debian.gz", entry)
    overrides = tree / "usr" / "share" / "lintian" / "overrides" / name
    overrides.parent.mkdir(parents=True, exist_ok=True)
    overrides.write_text("".join(f"{name}: {tag}\n" for tag in _BUNDLED), "utf-8")


def _control(package: DebianPackage, version: str, installed: int) -> str:
    lines = {
        "Package": package.name,
        "Version": version,
        "Architecture": "amd64",
        "Maintainer": _MAINTAINER,
        "Installed-Size": str(installed),
        "Depends": ", ".join(package.depends),
        "Recommends": ", ".join(package.recommends),
        "Section": package.section,
        "Priority": "optional",
        "Description": package.summary,
    }
    fields = "".join(f"{name}: {value}\n" for name, value in lines.items() if value)
    return fields + "".join(f" {line or '.'}\n" for line in package.description.strip().splitlines())


def _sums(tree: Path) -> str:
    files = (path for path in sorted(tree.rglob("*")) if path.is_file() and not path.is_symlink())
    return "".join(
        f"{hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()}  {path.relative_to(tree)}\n"
        for path in files
        if "DEBIAN" not in path.relative_to(tree).parts
    )
