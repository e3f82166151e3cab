"""What was copied here does not stay on the clipboard: it goes when the vault locks, and after a minute by itself."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MILLISECONDS = 60_000
"""Long enough to paste somewhere, too short to be forgotten there."""

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


def is_in_front() -> bool:
    """Tell whether this application is the one in use: then it is what puts things on the clipboard."""
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive


class ClipboardGuard(QObject):
    """Only clears what came from this application; what was copied elsewhere is not ours to take away.

    Not promised: a clipboard manager of the desktop may have kept a copy of its own.
    """

    def __init__(self, kept: int = KEPT_MILLISECONDS, ours: Callable[[], bool] = is_in_front) -> None:
        super().__init__()
        self._clipboard = QGuiApplication.clipboard()
        self._is_ours = ours
        self._held: set[QClipboard.Mode] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept)
        self._timer.timeout.connect(self.forget)

    def start(self) -> None:
        """Watch what is copied."""
        self._clipboard.changed.connect(self._on_change)

    def stop(self) -> None:
        """Clear what is ours and watch no longer."""
        self._clipboard.changed.disconnect(self._on_change)
        self.forget()

    def forget(self) -> None:
        """Clear what is ours."""
        self._timer.stop()
        held, self._held = self._held, set()
        for mode in held:
            self._clipboard.clear(mode)

    def _on_change(self, mode: QClipboard.Mode) -> None:
        if mode not in _MODES:
            return
        if self._is_ours():
            self._held.add(mode)
            self._timer.start()
        else:
            self._held.discard(mode)
