"""A row that breaks: its parts go on below when the width is used up, as words do."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.tokens import Space


class FlowRow(QWidget):
    """Lays its parts out at their preferred size from the start of reading; claims the height that takes."""

    def __init__(self, gap: int = Space.SMALL) -> None:
        super().__init__()
        self._gap = gap
        self._parts: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add(self, part: QWidget) -> None:
        """Put `part` at the end of the row."""
        part.setParent(self)
        self._parts.append(part)
        part.show()
        self._place()

    def sizeHint(self) -> QSize:
        """Return all parts in one line, as high as they are laid out now."""
        widths = [part.sizeHint().width() for part in self._parts]
        return QSize(sum(widths) + self._gap * max(0, len(widths) - 1), self.minimumHeight())

    def minimumSizeHint(self) -> QSize:
        """Return the widest part."""
        return QSize(max((part.sizeHint().width() for part in self._parts), default=0), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break anew."""
        super().resizeEvent(event)
        self._place()

    def event(self, event: QEvent) -> bool:
        """Break anew when a part changed its size or the direction changed."""
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange}:
            self._place()
        return super().event(event)

    def _place(self) -> None:
        x = y = tallest = 0
        for part in self._parts:
            if part.isHidden():
                continue
            size = part.sizeHint()
            if x and x + size.width() > self.width():
                x, y, tallest = 0, y + tallest + self._gap, 0
            left = self.width() - x - size.width() if self.isRightToLeft() else x
            part.setGeometry(left, y, size.width(), size.height())
            x += size.width() + self._gap
            tallest = max(tallest, size.height())
        if self.minimumHeight() != y + tallest:
            self.setMinimumHeight(y + tallest)
            self.updateGeometry()
