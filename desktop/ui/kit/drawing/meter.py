"""A meter: how much of something there is, in one piece or in parts; what it says is its accessible name too."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_TALL = 8
_USUAL = 160


class Meter(QWidget):
    """Fills from the start of the line."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._level, self._colour, self._parts = 0.0, "good", 1
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    @property
    def level(self) -> float:
        """How full it is, from 0 to 1."""
        return self._level

    def show_level(self, level: float, colour: str, sentence: str, *, parts: int = 1) -> None:
        """Fill `level` (0 to 1) of it in the palette colour `colour`, drawn in `parts`."""
        self._level, self._colour, self._parts = min(1.0, max(0.0, level)), colour, parts
        self.setAccessibleName(sentence)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a low, wide bar."""
        return QSize(_USUAL, _TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts, each empty, filled, or filled for the rest."""
        painter = QPainter(self)
        wide = (self.width() - Space.HAIR * (self._parts - 1)) / self._parts
        line, fill = self._theme.colour("line"), self._theme.colour(self._colour)
        for part in range(self._parts):
            start = part * (wide + Space.HAIR)
            self._bar(painter, start, wide, BoxStyle(line, line, 0, _TALL / 2))
            filled = min(1.0, max(0.0, self._level * self._parts - part))
            if filled > 0:
                self._bar(painter, start, max(_TALL, wide * filled), BoxStyle(fill, fill, 0, _TALL / 2))
        painter.end()

    def _bar(self, painter: QPainter, start: float, wide: float, box: BoxStyle) -> None:
        left = self.width() - start - wide if self.isRightToLeft() else start
        paint_box(painter, QRectF(left, 0, wide, _TALL), box)
