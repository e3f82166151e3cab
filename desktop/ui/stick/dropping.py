"""Taking a file that is dragged onto a page."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget


class FileDrop(QObject):
    """Calls `take` with the one local file that is dropped on `page`; anything else is not taken."""

    def __init__(self, page: QWidget, take: Callable[[Path], None]) -> None:
        super().__init__(page)
        self._take = take
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take one file, and say beforehand that it can be taken."""
        if isinstance(event, QDragEnterEvent) and _path_in(event) is not None:
            event.acceptProposedAction()
            return True
        if isinstance(event, QDropEvent) and event.type() is QEvent.Type.Drop:
            path = _path_in(event)
            if path is not None:
                event.acceptProposedAction()
                self._take(path)
            return True
        return False


def _path_in(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    local = urls[0].toLocalFile() if len(urls) == 1 else ""
    return Path(local) if local else None
