"""A button that the keyboard presses with the space bar and with Enter."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})


class PressButton(QPushButton):
    """Enter presses it wherever it stands; Qt does that in dialogs alone. Enter held down presses once."""

    def __init__(self) -> None:
        super().__init__()
        self.setAutoDefault(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press on Enter; everything else takes its course."""
        if event.key() in _ENTER and event.modifiers() in _PLAIN and not self.isDefault():
            if not event.isAutoRepeat():
                self.click()
            event.accept()
            return
        super().keyPressEvent(event)
