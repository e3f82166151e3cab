"""The bundled fonts. A machine without Noto would show Tigrinya and Amharic as boxes, so nothing else is relied on."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from desktop.i18n.languages import Script
from desktop.kernel.resources import asset_directory
from desktop.ui.design.tokens import BOLD_ROLES, FAMILIES, Role, scaled
from protocol.errors import EnvironmentProblem

FONT_FILES = tuple(
    f"{family}-{weight}.ttf"
    for family in ("NotoSans", "NotoNaskhArabic", "NotoSansEthiopic")
    for weight in ("Regular", "Bold")
)


def load_fonts() -> None:
    """Register the six bundled fonts with Qt; needs a QGuiApplication, and costs nothing the second time.

    Raises EnvironmentProblem `ui.font_missing` when a file is not there or not a font.
    """
    directory = asset_directory("fonts")
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(directory / name)) < 0:
            raise EnvironmentProblem("ui.font_missing", {"file": name})


def make_font(role: Role, script: Script, scale: float) -> QFont:
    """Return the font of `role` in `script` at text size `scale`; other scripts inside the text fall back in order.

    The caller may change it: it is a copy, which costs Qt next to nothing.
    """
    return QFont(_build_font(role, script, scale))


@cache
def _build_font(role: Role, script: Script, scale: float) -> QFont:
    font = QFont()
    font.setFamilies(list(FAMILIES[script]))
    font.setPixelSize(scaled(role, script, scale).size)
    font.setBold(role in BOLD_ROLES)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font
