"""What was copied here does not stay on the clipboard: it goes when the vault locks, and after a minute by itself."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication

KEPT_MILLISECONDS = 60_000
"""Long enough to paste somewhere, too short to be forgotten there."""

_MODES = (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection)


class ClipboardGuard(QObject):
    """Only clears what this application put there; what came from elsewhere is not ours to take away.

    Not promised: a clipboard manager of the desktop may have kept a copy of its own.
    """

    def __init__(self, kept: int = KEPT_MILLISECONDS) -> None:
        super().__init__()
        self._clipboard = QGuiApplication.clipboard()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(kept)
        self._timer.timeout.connect(self.forget)

    def start(self) -> None:
        """Watch what is copied."""
        self._clipboard.changed.connect(self._changed)

    def stop(self) -> None:
        """Clear what is ours and watch no longer."""
        self._clipboard.changed.disconnect(self._changed)
        self.forget()

    def forget(self) -> None:
        """Clear what is ours."""
        self._timer.stop()
        for mode in _MODES:
            if self._owns(mode):
                self._clipboard.clear(mode)

    def _changed(self, mode: QClipboard.Mode) -> None:
        if self._owns(mode) and self._clipboard.text(mode):
            self._timer.start()

    def _owns(self, mode: QClipboard.Mode) -> bool:
        owns = {
            QClipboard.Mode.Clipboard: self._clipboard.ownsClipboard,
            QClipboard.Mode.Selection: self._clipboard.ownsSelection,
        }
        return (mode is not QClipboard.Mode.Selection or self._clipboard.supportsSelection()) and owns[mode]()
