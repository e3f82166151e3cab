"""Small things about windows as such: the icon they carry, and closing all but one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.design.icons import make_icon
from desktop.ui.design.tokens import LIGHT

_SIDE = 128
_EDGE = 12


def window_icon() -> QIcon:
    """Return the mark of Opmaat."""
    pixmap = QPixmap(_SIDE, _SIDE)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    inner = _SIDE - 2 * _EDGE
    painter.drawPixmap(_EDGE, _EDGE, make_icon("mark", LIGHT.primary, inner).pixmap(inner, inner))
    painter.end()
    return QIcon(pixmap)


def close_other_windows(kept: QWidget) -> None:
    """Close every window but `kept`: dialogs, menus, the newcomer's window; they may show what was just forgotten.

    Another window of its kind has a vault of its own and forgets by itself.
    """
    for window in QApplication.topLevelWidgets():
        if not isinstance(window, type(kept)) and window.isVisible():
            window.close()
            window.deleteLater()
