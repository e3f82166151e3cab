"""Walking through a row of buttons with the arrow keys; one Tab enters the row, the next one leaves it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup

_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier})


class RovingFocus(QObject):
    """Gives a set of buttons one stop for Tab and lets the arrows walk in reading order.

    The dynamic property `walked` tells that a button is reached with the arrows.
    """

    def __init__(self, buttons: Sequence[QAbstractButton], parent: QObject) -> None:
        super().__init__(parent)
        self._buttons = tuple(buttons)
        for button in self._buttons:
            button.installEventFilter(self)
            button.setProperty("walked", True)
        self.stop_at(0)

    def stop_at(self, place: int) -> None:
        """Let Tab enter at the button at `place`."""
        for at, button in enumerate(self._buttons):
            strong = at == place
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if strong else Qt.FocusPolicy.ClickFocus)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Walk on an arrow key; everything else takes its course."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.modifiers() in _PLAIN:
            at = next((at for at, button in enumerate(self._buttons) if button is watched), None)
            by = 0 if at is None else _step(event.key(), rtl=self._buttons[at].isRightToLeft())
            if at is not None and by:
                self._go(at + by)
                return True
        return super().eventFilter(watched, event)

    def _go(self, to: int) -> None:
        if 0 <= to < len(self._buttons):
            self.stop_at(to)
            self._buttons[to].setFocus(Qt.FocusReason.TabFocusReason)


def _step(key: int, *, rtl: bool) -> int:
    forward, backward = (Qt.Key.Key_Left, Qt.Key.Key_Right) if rtl else (Qt.Key.Key_Right, Qt.Key.Key_Left)
    if key in {forward, Qt.Key.Key_Down}:
        return 1
    return -1 if key in {backward, Qt.Key.Key_Up} else 0


def announce_one_of(buttons: Sequence[QAbstractButton], parent: QObject) -> None:
    """Let assistive technology call `buttons` radio buttons: at most one of them is chosen.

    Qt goes by `autoExclusive`. In a group that is not exclusive it does nothing else, so whoever holds the buttons
    decides what is chosen, and a chosen one may be taken back.
    """
    group = QButtonGroup(parent)
    group.setExclusive(False)
    for button in buttons:
        group.addButton(button)
        button.setAutoExclusive(True)
