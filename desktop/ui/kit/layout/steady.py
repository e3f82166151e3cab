"""Scroll areas whose parts never come and go while they are shown.

A bar that appears when it is needed takes width from what is scrolled; words wrap, grow, and it goes again: Qt then
lays out without end until the stack is full. It also changes the number of children that assistive technology knows, at
which Qt's accessibility of scroll areas reads what is gone. So the bar down the side always has its place, and only
shows itself when there is something to scroll; there is none across, because everything has to fit.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar


class QuietBar(QScrollBar):
    """A bar that draws nothing while there is nothing to scroll."""

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Vertical) -> None:
        super().__init__(orientation)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bar where it has somewhere to go."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


def steady(area: QAbstractScrollArea, *, both: bool = False) -> None:
    """Keep the bars of `area` in place for good: one down the side and, with `both`, one across; else none."""
    area.setVerticalScrollBar(QuietBar())
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
    if both:
        area.setHorizontalScrollBar(QuietBar(Qt.Orientation.Horizontal))
    across = Qt.ScrollBarPolicy.ScrollBarAlwaysOn if both else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    area.setHorizontalScrollBarPolicy(across)
