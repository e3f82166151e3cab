"""Where attachments come from: chosen files, what is dragged here, what was copied. They are read off this thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QEvent, QIODevice, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from desktop.services.interview.attachments import CleanedFile, read_file, take_in
from protocol.errors import UserError


@dataclass(frozen=True, slots=True)
class AttachmentSource:
    """Something to attach: how it is called, and how it is read (files' thread)."""

    name: str
    read: Callable[[], CleanedFile]


def from_files(paths: list[Path]) -> list[AttachmentSource]:
    """Return the files at `paths`."""
    return [AttachmentSource(path.name, partial(read_file, path)) for path in paths]


def from_mime(data: QMimeData | None) -> list[AttachmentSource]:
    """Return what was dragged or copied: files of this machine, or else a picture; nothing for anything else."""
    if data is None:
        return []
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return from_files(files)
    image = data.imageData() if data.hasImage() else None
    if not isinstance(image, QImage) or image.isNull():
        return []
    return [AttachmentSource("", lambda: take_in("", _png(image)))]


def from_clipboard() -> list[AttachmentSource]:
    """Return what is on the clipboard. Raises UserError `attachment.nothing_to_paste`."""
    found = from_mime(QGuiApplication.clipboard().mimeData())
    if not found:
        raise UserError("attachment.nothing_to_paste")
    return found


class DropTarget(QObject):
    """Lets files and pictures be dropped on a widget; `dropped` carries the sources."""

    dropped = Signal(list)

    def __init__(self, target: QWidget) -> None:
        super().__init__(target)
        target.setAcceptDrops(True)
        target.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what can be attached; leave the rest to the widget."""
        if isinstance(event, QDropEvent) and event.type() in {QEvent.Type.DragEnter, QEvent.Type.Drop}:
            sources = from_mime(event.mimeData())
            if sources:
                event.acceptProposedAction()
                if not isinstance(event, QDragEnterEvent) and event.type() == QEvent.Type.Drop:
                    self.dropped.emit(sources)
                return True
        return super().eventFilter(watched, event)


def _png(image: QImage) -> bytes:
    """Return a picture without loss, as bytes in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt's stub wants bytes, Qt itself a str
    return bytes(buffer.data().data())
