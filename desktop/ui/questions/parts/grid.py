"""Widgets of equal width in rows: as many columns as fit without cutting a word, the last row as full as can be."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class EvenGrid(QWidget):
    """Lays `items` out in at most `most` columns and claims the height that needs.

    Qt loses height-for-width in nested layouts, so the height is fixed whenever the width changes. `least` is the
    narrowest column and `tall` the lowest row in pixels. All rows are equally high. Mirrors with the layout direction.
    """

    def __init__(self, items: Sequence[QWidget], *, most: int, least: int = 0, gap: int = 12, tall: int = 0) -> None:
        super().__init__()
        self._tall = tall
        self._items = tuple(items)
        self._most, self._least, self._gap = most, least, gap
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for item in self._items:
            item.setParent(self)
            item.show()

    def columns(self) -> int:
        """Return how many columns fit at the present width."""
        count = len(self._items)
        widest = max([self._least, *(item.minimumSizeHint().width() for item in self._items)])
        fitting = max(1, (self.width() + self._gap) // (widest + self._gap))
        columns = min(fitting, self._most, max(count, 1))
        rows = -(-count // columns)
        return -(-count // rows) if rows else 1

    def sizeHint(self) -> QSize:
        """Return the height the items take at the present width."""
        return QSize(self._least, self._arrange(move=False))

    def minimumSizeHint(self) -> QSize:
        """Return the widest item by the claimed height."""
        widest = max((item.minimumSizeHint().width() for item in self._items), default=0)
        return QSize(widest, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the items out for the new width."""
        super().resizeEvent(event)
        self.arrange()

    def arrange(self) -> None:
        """Lay the items out again, for another width, text size or language."""
        self.setFixedHeight(self._arrange(move=True))

    def _arrange(self, *, move: bool) -> int:
        columns = self.columns()
        width = max(1, (self.width() - self._gap * (columns - 1)) // columns)
        top = 0
        height = max([self._tall, *(_height(item, width) for item in self._items)])
        for start in range(0, len(self._items), columns):
            row = self._items[start : start + columns]
            if move:
                self._place(row, top, width, height)
            top += height + self._gap
        return max(0, top - self._gap)

    def _place(self, row: Sequence[QWidget], top: int, width: int, height: int) -> None:
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for at, item in enumerate(row):
            left = at * (width + self._gap)
            x = self.width() - left - width if rtl else left
            item.setGeometry(QRect(x, top, width, height))


def _height(item: QWidget, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
