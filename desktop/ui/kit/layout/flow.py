"""Widgets beside each other at their own width, going on in the next row where the width ends."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

_GAP = 8


class FlowRow(QWidget):
    """Lays `items` out in rows and claims the height that needs; hidden items take no room."""

    def __init__(self, items: Sequence[QWidget]) -> None:
        super().__init__()
        self._items = tuple(items)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for item in self._items:
            item.setParent(self)
            item.installEventFilter(self)
            item.show()

    def sizeHint(self) -> QSize:
        """Return one row of the widest item."""
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(widest, self._arrange(move=False))

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
        left, top, height = 0, 0, 0
        rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        for item in self._items:
            if item.isHidden():
                continue
            size = item.sizeHint()
            if left and left + size.width() > self.width():
                left, top, height = 0, top + height + _GAP, 0
            x = self.width() - left - size.width() if rtl else left
            if move:
                item.setGeometry(QRect(x, top, size.width(), size.height()))
            left += size.width() + _GAP
            height = max(height, size.height())
        return top + height
