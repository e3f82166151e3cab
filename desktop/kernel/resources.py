"""Where the files lie that ship with the program: catalogues, fonts, icons, templates."""

import sys
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def asset_directory(name: str) -> Path:
    """Return the directory `desktop/assets/<name>`."""
    return _PACKAGE / "assets" / name


def locale_directory() -> Path:
    """Return the directory of the compiled catalogues: beside the packages in a checkout, else inside them."""
    bundled = Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "locale"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "locale"


def practice_directory() -> Path:
    """Return the directory of the invented cases: beside the packages in a checkout, else inside them."""
    bundled = Path(getattr(sys, "_MEIPASS", _PACKAGE)) / "demo"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "demo"
