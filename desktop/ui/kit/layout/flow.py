"""Widgets beside each other at their own width, going on in the next row where the width ends."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 8


class FlowRow(QWidget):
    """Lays `items` out in rows and claims the height that needs; hidden items take no room.

    `grows` takes what is left of the width of its row, so that what comes after it stands at the end. The items of a
    row are centred by height. Never wider than its widest item has to be.
    """

    def __init__(self, items: Sequence[QWidget], *, grows: QWidget | None = None, gap: int = _GAP) -> None:
        super().__init__()
        self._items = tuple(items)
        self._grows, self._gap = grows, gap
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for item in self._items:
            item.setParent(self)
            item.installEventFilter(self)
            item.show()

    def sizeHint(self) -> QSize:
        """Return the width of all items in one row, and the height at the present width."""
        widths = [_wished(item).width() for item in self._items if not item.isHidden()]
        return QSize(sum(widths) + self._gap * max(0, len(widths) - 1), self._arrange(move=False))

    def minimumSizeHint(self) -> QSize:
        """Return the width below which an item would be cut."""
        widest = max((_least(item) for item in self._items if not item.isHidden()), default=0)
        return QSize(widest, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out for the new width."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out for what changed while it was out of sight: Qt asks nothing of what is hidden."""
        super().showEvent(event)
        self.arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lay out again when an item came, went or wants another size."""
        kinds = {QEvent.Type.ShowToParent, QEvent.Type.HideToParent, QEvent.Type.LayoutRequest}
        if event.type() in kinds:
            self.arrange()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Lay out again when an item asks for another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)

    def arrange(self) -> None:
        """Place the items."""
        self.setFixedHeight(max(1, self._arrange(move=True)))

    def _arrange(self, *, move: bool) -> int:
        top = 0
        for row in self._rows():
            height = max(size.height() for _item, size in row)
            if move:
                self._place(row, top, height)
            top += height + self._gap
        return max(0, top - self._gap)

    def _rows(self) -> Iterator[list[tuple[QWidget, QSize]]]:
        """Yield the items of each row with their sizes."""
        row: list[tuple[QWidget, QSize]] = []
        used = 0
        for item in self._items:
            if item.isHidden():
                continue
            size = _wished(item)
            if item is not self._grows and not size.width():
                continue
            if size.width() > self.width():
                size.setWidth(min(size.width(), max(self.width(), _least(item))))
            if row and used + size.width() > self.width():
                yield row
                row, used = [], 0
            row.append((item, size))
            used += size.width() + self._gap
        if row:
            yield row

    def _place(self, row: Sequence[tuple[QWidget, QSize]], top: int, height: int) -> None:
        spare = max(0, self.width() - sum(size.width() + self._gap for _item, size in row) + self._gap)
        rtl, left = self.layoutDirection() == Qt.LayoutDirection.RightToLeft, 0
        for item, size in row:
            width = size.width() + (spare if item is self._grows else 0)
            x = self.width() - left - width if rtl else left
            item.setGeometry(QRect(x, top + (height - size.height()) // 2, width, size.height()))
            left += width + self._gap


def _wished(item: QWidget) -> QSize:
    """Return the size an item asks for, within what was set on it."""
    return item.sizeHint().expandedTo(item.minimumSize()).boundedTo(item.maximumSize())


def _least(item: QWidget) -> int:
    return max(item.minimumWidth(), item.minimumSizeHint().width())
