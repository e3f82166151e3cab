"""The Debian package of the desktop program: `python -m installers.desktop_deb [bookworm|trixie]`."""

import subprocess
import sys
from functools import partial
from pathlib import Path

from installers import debian, program
from installers.bill import write_bill
from installers.debian import DebianPackage, Release
from installers.desktop_modules import lay_out_desktop
from installers.locked import ROOT, linux

_FILES = ROOT / "packaging" / "desktop"
_SIZES = (16, 24, 32, 48, 64, 128, 256, 512)
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
    return DebianPackage(
        name="opmaat",
        section="misc",
        summary="broad intake with newcomers, in two languages at once",
        description=_DESCRIPTION,
        depends=(*debian.python_packages(release), *_QT_LIBRARIES),
        recommends=("libcups2", "libgtk-3-0"),
        scripts=debian.compiling_scripts("opmaat"),
    )


def lay_out(release: Release, tree: Path) -> None:
    """Lay out in `tree` all that the package installs."""
    modules = debian.modules_folder("opmaat", release, tree)
    lay_out_desktop(linux(release.python), debian.BUILD / f"wheels-{release.name}", modules)
    debian.lay_out_command("opmaat", "desktop", release, tree)
    _lay_out_entry(tree / "usr" / "share")
    bill = tree / "usr/share/doc/opmaat/sbom.cdx.json"
    write_bill(modules, bill)
    debian.write_documentation("opmaat", tree, bill, release)


def _lay_out_entry(share: Path) -> None:
    """Lay out what a desktop shows of the program: entry, icons, types of files, catalogue entry; and the manual."""
    for source, place in (
        ("opmaat.desktop", "applications/opmaat.desktop"),
        ("opmaat-mime.xml", "mime/packages/opmaat.xml"),
        ("opmaat.metainfo.xml", "metainfo/invalid.opmaat.opmaat.metainfo.xml"),
        ("opmaat.svg", "icons/hicolor/scalable/apps/opmaat.svg"),
    ):
        (share / place).parent.mkdir(parents=True, exist_ok=True)
        (share / place).write_text(program.stamped(_FILES / source), "utf-8")
    debian.write_packed(share / "man/man1/opmaat.1.gz", program.stamped(_FILES / "opmaat.1"))
    for side in _SIZES:
        target = share / f"icons/hicolor/{side}x{side}/apps/opmaat.png"
        target.parent.mkdir(parents=True)
        size = ("--width", str(side), "--height", str(side))
        subprocess.run(["rsvg-convert", *size, "--output", target, _FILES / "opmaat.svg"], check=True)  # noqa: S603, S607  # fixed


def main() -> None:
    """Make the package and print where it lies, how large it is, and what it takes on a disk."""
    release = debian.RELEASES[sys.argv[1] if len(sys.argv) > 1 else "bookworm"]
    debian.make(package(release), partial(lay_out, release), release)


if __name__ == "__main__":
    main()
