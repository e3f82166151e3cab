"""What a theme gives the application, and that what is there already is not given again."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QPushButton

from desktop.ui.design.theme import Theme

MakeTheme = Callable[[str, str, float], Theme]
_RESTYLED = {QEvent.Type.StyleChange, QEvent.Type.FontChange, QEvent.Type.PaletteChange}


class _Restyled(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        self.count += event.type() in _RESTYLED
        return False


def test_only_what_changes_the_look_restyles_what_is_there(make_theme: MakeTheme) -> None:
    theme = make_theme("nl", "light", 1.0)
    theme.apply()
    button = QPushButton("Verder")
    button.show()
    QApplication.processEvents()
    restyled = _Restyled()
    button.installEventFilter(restyled)

    theme.apply()
    QApplication.processEvents()
    assert restyled.count == 0

    theme.set_scale(1.5)
    QApplication.processEvents()
    assert restyled.count > 0
    button.close()
