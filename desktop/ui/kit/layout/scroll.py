"""A page that scrolls when it must: one column, so that no text loses its height, with room for the focus ring."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.steady import steady


class ScrollPage(QScrollArea):
    """A vertical scroll area whose content lies in `body`, at most `widest` pixels wide and centred."""

    def __init__(self, *, widest: int = 0, edge: int = Space.EDGE) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside, column = QWidget(), QWidget()
        self.body = QVBoxLayout(column)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.LARGE)
        self._column = column
        if widest:
            self.set_widest(widest)
        row = QHBoxLayout(inside)
        row.setContentsMargins(edge, Space.LARGE, edge, Space.BLOCK)
        row.addStretch(1)
        row.addWidget(column, 1000)
        row.addStretch(1)
        viewport = QWidget()  # one of ours: asking Qt for its own makes PySide look through every class of widget
        self.setViewport(viewport)
        steady(self)
        self.setWidget(inside)
        viewport.setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def to_top(self) -> None:
        """Show the content from its beginning."""
        self.verticalScrollBar().setValue(0)

    def set_widest(self, pixels: int) -> None:
        """Let the content be at most `pixels` wide."""
        self._column.setMaximumWidth(pixels)
