"""Wraps the Windows program in an installer made by NSIS, the same bytes at every build."""

import io
import os
import subprocess
import sys
from pathlib import Path

from PIL import Image

from installers import program, windows_signing
from installers.locked import ROOT

_SCRIPT = ROOT / "packaging" / "windows" / "opmaat.nsi"
_DRAWING = ROOT / "packaging" / "desktop" / "opmaat.svg"
_SIDES = (16, 24, 32, 48, 64, 128, 256)
_LONGEST_PATH = 259
"""Of Windows without long paths, in UTF-16 units."""
_DEEPEST_HOME = r"C:\Users\{}\AppData\Local\Programs\Opmaat".format("n" * 20)
"""Names of accounts have at most 20 letters."""


def draw_icon(target: Path) -> None:
    """Draw the program's icon in every size that Windows shows, from the drawing that Debian has too."""
    pictures = [_picture(side) for side in _SIDES]
    drawn = io.BytesIO()
    pictures[-1].save(
        drawn, "ICO", append_images=pictures[:-1], sizes=[(side, side) for side in _SIDES], bitmap_format="png"
    )
    program.write(target, drawn.getvalue())


def build(tree: Path, version: str, folder: Path, *, quick: bool) -> Path:
    """Return the installer for what lies in `tree`, in `folder`. `quick` compresses less, for a trial.

    Raises ValueError for a file whose path is too long for Windows, and CalledProcessError.
    """
    name = version.replace("+test.build", "-test-build")
    target = folder / f"opmaat-{name}-setup.exe"
    (folder / "windows-files.nsh").write_text(_file_commands(tree), "utf-8")
    facts = {
        "VERSION": version,
        "NUMBERS": f"{program.version()}.0",
        "TREE": str(tree),
        "LISTED": str(folder / "windows-files.nsh"),
        "TARGET": str(target),
        "SIZE": str(program.size(tree) // 1024),
        "COMPRESSION": "zlib" if quick else "lzma",
    }
    if windows_signing.is_wanted():
        facts["SIGN"] = f"{sys.executable} -m installers.windows_signing"
    subprocess.run(  # noqa: S603  # fixed arguments
        [
            *("makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8"),
            *(f"-D{key}={value}" for key, value in facts.items()),
            str(_SCRIPT),
        ],
        env={**os.environ, "SOURCE_DATE_EPOCH": str(program.moment())},
        check=True,
    )
    return target


def _picture(side: int) -> Image.Image:
    size = ("--width", str(side), "--height", str(side))
    drawn = subprocess.run(["rsvg-convert", *size, _DRAWING], check=True, capture_output=True)  # noqa: S603, S607  # fixed
    return Image.open(io.BytesIO(drawn.stdout)).convert("RGBA")


def _file_commands(tree: Path) -> str:
    """Return what installs the files of `tree`, in an order that no file system decides."""
    lines: list[str] = []
    here = None
    for path in sorted(each for each in tree.rglob("*") if each.is_file()):
        place = path.relative_to(tree)
        if len(f"{_DEEPEST_HOME}\\{place}") > _LONGEST_PATH:
            msg = f"too long for Windows: {place}"
            raise ValueError(msg)
        if place.parent != here:
            here = place.parent
            lines.append('SetOutPath "$INSTDIR{}"'.format("".join(f"\\{part}" for part in here.parts)))
        lines.append(f'File "{path}"')
    return "\n".join(lines) + "\n"
