"""A bar across the window: surface colour with a hairline on one side."""

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space


class Bar(QFrame):
    """A horizontal bar; fill `row`. `line_below` puts the hairline below, else above. `tall` is its height at 100 %."""

    def __init__(self, theme: Theme, tall: int, *, line_below: bool) -> None:
        super().__init__()
        self._theme = theme
        self._tall = tall
        self._below = line_below
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(Space.WIDE, 0, Space.WIDE, 0)
        self.row.setSpacing(Space.MEDIUM)
        theme.changed.connect(self._restyle)
        self._restyle()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground and line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        y = self.height() - 1 if self._below else 0
        painter.fillRect(0, y, self.width(), 1, self._theme.colour("line"))
        painter.end()

    def _restyle(self) -> None:
        growth = 1 + (self._theme.scale - 1) * 0.55
        self.setFixedHeight(round(self._tall * growth))
        self.update()
