"""What of the locked packages is installed: of Qt and Babel what is named here, of the others all but what is named."""

import re
from pathlib import PurePosixPath

from desktop.i18n.languages import LANGUAGES

_NEVER = re.compile(
    r"(^|/)(tests?|testing|__pycache__)/"
    r"|\.(pyi|pyx|pxd|pxi|c|cpp|h|hpp|jar|exe|a|lib|o)$"
    r"|(^|/)py\.typed$"
    r"|PIL/_(avif|imagingtk)\.|pillow\.libs/libavif-"
    r"|reportlab/fonts/"
    r"|shiboken6/(concrt|vcamp|vccorlib|vcomp)140\.dll$"
    r"|lxml/(objectify|html|isoschematron|includes)\b"
    r"|\.dist-info/(RECORD|REQUESTED|INSTALLER|direct_url\.json|top_level\.txt)$"
)
"""Tests, what type checkers and compilers read, ODK's Java validator (pyxform is called without it), AVIF (refused).

The fonts of ReportLab are by Adobe and may not be passed on by all; only Noto is drawn with."""

_LEFT_OUT = frozenset({"pip"})
"""A dependency of the command line of sqlite-utils, which nobody calls here."""

_QT = re.compile(
    r"PySide6/(__init__|_config|_git_pyside_version)\.py$"
    r"|PySide6/support/"
    r"|PySide6/Qt(Core|DBus|Gui|PrintSupport|Svg|Widgets)\.(abi3\.so|pyd)$"
    r"|PySide6/(libpyside6\.abi3\.so|pyside6\.abi3\.dll|pyside6\.dll)"
    r"|PySide6/(Qt/lib/lib)?Qt6(Core|DBus|Gui|PrintSupport|Svg|WaylandClient|Widgets|XcbQpa)(\.so\.\d+|\.dll)$"
    r"|PySide6/Qt/lib/libicu(data|i18n|uc)\.so\.\d+$"
    r"|PySide6/(concrt140|msvcp140\w*|vcruntime140\w*)\.dll$"
    r"|PySide6/(Qt/)?plugins/iconengines/\w*qsvgicon\.\w+$"
    r"|PySide6/(Qt/)?plugins/imageformats/\w*q(jpeg|svg)\.\w+$"
    r"|PySide6/(Qt/)?plugins/platforms/\w*q(offscreen|wayland|windows|xcb)\.\w+$"
    r"|PySide6/(Qt/)?plugins/platformthemes/\w+\.so$"
    r"|PySide6/(Qt/)?plugins/platforminputcontexts/lib(compose|ibus)\w+\.so$"
    r"|PySide6/(Qt/)?plugins/printsupport/\w+\.\w+$"
    r"|PySide6/(Qt/)?plugins/styles/\w+\.dll$"
    r"|PySide6/(Qt/)?plugins/wayland-decoration-client/\w+\.so$"
    r"|PySide6/(Qt/)?plugins/wayland-shell-integration/libxdg-shell\.so$"
    r"|PySide6/(Qt/)?translations/qtbase_(ar|en|nl)\.qm$"
    r"|pyside6_essentials-[^/]+\.dist-info/",
    re.IGNORECASE,
)
"""The parts of Qt that the screens load, and what these load in turn; no OpenGL, QML, SQL, designer or network."""

_BABEL_DATA = re.compile(r"babel/locale-data/([a-z]+)(_\w+)?\.dat$")
_BABEL_LANGUAGES = frozenset({"root", *(language.tag for language in LANGUAGES)})
"""Every language with catalogues: what the program asks Babel, it asks in one of these."""


def is_installed(package: str, path: str) -> bool:
    """Tell whether the file `path` of the wheel of `package` belongs into what is installed."""
    if package in _LEFT_OUT or _NEVER.search(path):
        return False
    if package == "pyside6-essentials":
        return _QT.match(path) is not None
    if data := _BABEL_DATA.match(path):
        return data[1] in _BABEL_LANGUAGES
    return PurePosixPath(path).parts[0] != "examples"
