"""The Debian package of the desktop program: `python -m installers.desktop_deb [bookworm|trixie]`."""

import subprocess
import sys
from pathlib import Path

from installers import debian, program
from installers.bill import write_bill
from installers.debian import DebianPackage, Release
from installers.locked import ROOT, dependencies, linux, needed, read_lock, wheels

_BUILD = ROOT / "build" / "packages"
_FILES = ROOT / "packaging" / "desktop"
_HOME = Path("usr/lib/opmaat")
_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
_START = """\
#!/bin/sh
exec /usr/lib/opmaat/bin/python3 -I -m desktop "$@"
"""
_COMPILE = """\
#!/bin/sh
set -e
if [ "$1" = configure ]; then
    py3compile -p opmaat /usr/lib/opmaat
fi
"""
_REMOVE = """\
#!/bin/sh
set -e
py3clean -p opmaat
"""
_QT_LIBRARIES = (
    *("libc6 (>= 2.34)", "libdbus-1-3", "libegl1", "libfontconfig1", "libfreetype6", "libgl1", "libglib2.0-0"),
    *("libstdc++6", "libwayland-client0", "libwayland-cursor0", "libx11-6", "libx11-xcb1", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0", "libxcb-render0"),
    *("libxcb-shape0", "libxcb-shm0", "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1", "libxcb1"),
    *("libxkbcommon-x11-0", "libxkbcommon0", "shared-mime-info", "zlib1g"),
)
_DESCRIPTION = """\
Opmaat leads the interview of the broad intake (Dutch Civic Integration Act
2021) in a reception centre. Dutch and the newcomer's language stand side by
side. It works without internet; every answer is kept sealed on the laptop.

The answers become a support plan that both can read, and the case goes to the
municipality in a warm handover, through a server that can read none of it.
"""


def package(release: Release) -> DebianPackage:
    """Return what the package says of itself on a release of Debian."""
    major, minor = release.python.split(".")
    python = (f"python3 (>= {release.python})", f"python3 (<< {major}.{int(minor) + 1})", f"python{release.python}")
    return DebianPackage(
        name="opmaat",
        section="misc",
        summary="broad intake with newcomers, in two languages at once",
        description=_DESCRIPTION,
        depends=(*python, *_QT_LIBRARIES),
        recommends=("libcups2", "libgtk-3-0"),
        scripts={"postinst": _COMPILE, "prerm": _REMOVE},
    )


def lay_out(release: Release, tree: Path) -> None:
    """Lay out in `tree` all that the package installs."""
    modules = tree / _HOME / "lib" / f"python{release.python}" / "site-packages"
    modules.mkdir(parents=True)
    target = linux(release.python)
    wanted = needed(dependencies(), target, read_lock())
    program.lay_out_wheels(wheels(wanted, target, _BUILD / f"wheels-{release.name}"), modules)
    program.lay_out_ours(("desktop", "protocol"), modules)
    program.lay_out_texts(("app", "intake", "plan"), modules / "desktop" / "locale")
    program.lay_out_cases(modules / "desktop" / "demo")
    _lay_out_start(release, tree)
    _lay_out_entry(tree / "usr" / "share")
    bill = tree / "usr/share/doc/opmaat/sbom.cdx.json"
    write_bill(modules, bill)
    debian.write_documentation("opmaat", tree, bill, release)


def _lay_out_start(release: Release, tree: Path) -> None:
    """Lay out the command, and the interpreter of the system under a name that finds our modules and no others."""
    binaries, command = tree / _HOME / "bin", tree / "usr/bin/opmaat"
    binaries.mkdir()
    (binaries / "python3").symlink_to(f"/usr/bin/python{release.python}")
    settings = "home = /usr/bin\ninclude-system-site-packages = false\n"
    (tree / _HOME / "pyvenv.cfg").write_text(settings, "utf-8")
    command.parent.mkdir(parents=True)
    command.write_text(_START, "utf-8")
    command.chmod(0o755)


def _lay_out_entry(share: Path) -> None:
    """Lay out what a desktop shows of the program: entry, icons, types of files, catalogue entry; and the manual."""
    for source, place in (
        ("opmaat.desktop", "applications/opmaat.desktop"),
        ("opmaat-mime.xml", "mime/packages/opmaat.xml"),
        ("opmaat.metainfo.xml", "metainfo/invalid.opmaat.opmaat.metainfo.xml"),
        ("opmaat.svg", "icons/hicolor/scalable/apps/opmaat.svg"),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(_stamped(source), "utf-8")
    debian.write_packed(share / "man/man1/opmaat.1.gz", _stamped("opmaat.1"))
    for side in _SIZES:
        target = share / f"icons/hicolor/{side}x{side}/apps/opmaat.png"
        target.parent.mkdir(parents=True)
        size = ("--width", str(side), "--height", str(side))
        subprocess.run(["rsvg-convert", *size, "--output", target, _FILES / "opmaat.svg"], check=True)  # noqa: S603, S607  # fixed


def _stamped(name: str) -> str:
    text = (_FILES / name).read_text("utf-8")
    return text.replace("@VERSION@", program.version()).replace("@DATE@", program.released())


def main() -> None:
    """Make the package and say where it lies, how large it is, and what it takes on a disk."""
    release = debian.RELEASES[sys.argv[1] if len(sys.argv) > 1 else "bookworm"]
    tree = program.fresh(_BUILD / f"opmaat-{release.name}")
    lay_out(release, tree)
    installed = program.size(tree)
    made = debian.build(package(release), tree, release, _BUILD)
    print(f"{made.relative_to(ROOT)}: {made.stat().st_size / 1e6:.1f} MB, installed {installed / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
