"""Hands and eyes for the real screens: find a control by its name, press it, type, wait until something is so.

Nothing here reaches past the widgets: what a person cannot do at the table, the demonstration cannot do either.
"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QWidget

from demo.report import DemoFailedError

W = TypeVar("W", bound=QWidget)
T = TypeVar("T")
PATIENCE = 60.0
"""Seconds after which something that does not happen is a failure."""

_TURNS_ALIKE = 8
"""So many turns of the event loop without a change on screen, and the layout is at rest."""
_LONGEST_LAYOUT = 3000
"""Milliseconds after which a picture is taken as it is: something on the screen moves by itself."""


class ScreenDriver:
    """A person in front of one window."""

    def __init__(
        self, window: QWidget, pictures: Path, *, pace: float = 0.0, at_rest: Callable[[], bool] = lambda: True
    ) -> None:
        self.window = window
        self._at_rest = at_rest
        self._pictures = pictures
        self._pace = pace

    def find(self, name: str, kind: type[W] = QWidget, *, usable: bool = True) -> W:  # type: ignore[assignment]  # the default fits W
        """Wait until a visible control called `name` is there, one that can be used when `usable`, and return it."""

        def visible() -> W | None:
            found = self.window.findChildren(kind, name)
            there = [each for each in found if each.isVisible() and (each.isEnabled() or not usable)]
            return there[-1] if there else None

        control = self.until(f"a usable control {name}", visible)
        if not control.isActiveWindow():
            control.activateWindow()
            breathe()
        return control

    def sees(self, name: str) -> bool:
        """Tell whether a visible control called `name` is there now."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def sees_one_of(self, start: str, end: str) -> bool:
        """Tell whether a visible control is there whose name starts and ends so: one of many with a random middle."""
        names = (widget.objectName() for widget in self.window.findChildren(QWidget) if widget.isVisible())
        return any(name.startswith(start) and name.endswith(end) for name in names)

    def can_use(self, name: str) -> bool:
        """Tell whether the control called `name` is there and not switched off, once the window has come to rest."""
        self.breathe()
        return any(each.isVisible() and each.isEnabled() for each in self.window.findChildren(QWidget, name))

    def press(self, name: str) -> None:
        """Wait until the page stands still, then click the control called `name` as a mouse does."""
        self.rest()
        button: QWidget = self.find(name)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.breathe()

    def scroll_to(self, name: str) -> None:
        """Roll the page until the control called `name` is seen, with what stands around it."""
        control: QWidget = self.find(name, usable=False)
        above = control.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if isinstance(above, QScrollArea):
            above.ensureWidgetVisible(control, 0, above.height() // 3)
        self.breathe()

    def rest(self) -> None:
        """Wait until everything asked of the store and the network has come home."""
        self.until("the work under way", lambda: self._at_rest() or None)

    def tick(self, name: str, *, on: bool = True) -> None:
        """Bring the checkable control called `name` into the wanted state."""
        button = self.find(name, QAbstractButton)
        if button.isChecked() != on:
            self.press(name)

    def type_into(self, name: str, text: str) -> None:
        """Put `text` into the field called `name`, replacing what is there, as a keyboard does."""
        field: QWidget = self.find(name)
        field.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(field, Qt.Key.Key_Delete)
        if text.isascii():
            QTest.keyClicks(field, text)
        else:
            _compose(field, text)
        self.breathe()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key in whatever has the focus of this window."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        self.breathe()

    def until(self, what: str, condition: Callable[[], T | None]) -> T:
        """Let the window live until `condition` returns something, and return that."""
        deadline = time.monotonic() + PATIENCE
        while True:
            found = condition()
            if found:
                return found
            if time.monotonic() > deadline:
                raise DemoFailedError(f"waited {PATIENCE:.0f} s for {what}")
            breathe()

    def breathe(self) -> None:
        """Let the window handle what has come in, and pause at the pace of somebody who watches."""
        deadline = QDeadlineTimer(int(self._pace * 1000))
        breathe()
        while not deadline.hasExpired():
            breathe()

    def picture(self, name: str) -> Path:
        """Save what the window shows, once it stands still, as `<name>.png` and return the path."""
        self.rest()
        self._stand_still()
        path = self._pictures / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self.window.grab().save(str(path)):
            raise DemoFailedError(f"the picture {name} could not be saved")
        return path

    def _stand_still(self) -> None:
        """Wait until the layout has come to rest: each level of it asks the next one in a turn of its own."""
        before, alike, deadline = self.window.grab().toImage(), 0, QDeadlineTimer(_LONGEST_LAYOUT)
        while alike < _TURNS_ALIKE and not deadline.hasExpired():
            breathe()
            shown = self.window.grab().toImage()
            alike = alike + 1 if shown == before else 0
            before = shown


def _compose(field: QWidget, text: str) -> None:
    """Give `text` as an input method does: the way letters of another script are typed."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QCoreApplication.sendEvent(field, event)


def breathe() -> None:
    """Handle pending events for a moment, without spinning."""
    QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
    QCoreApplication.sendPostedEvents(None, 0)
    time.sleep(0.002)
