"""How far the section is, as short strokes: readable without any language."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_WIDE, _HIGH, _GAP, _MOST, _WHOLE = 22, 10, 8, 16, 232


class ProgressDots(QWidget):
    """One stroke per question, filled up to the present one; many questions share strokes."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._number, self._total = 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def set_place(self, number: int, total: int) -> None:
        """Show question `number` of `total`; nothing when `number` is 0."""
        self._number, self._total = number, total
        self.setVisible(number > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room of all strokes."""
        return QSize(max(1, self._strokes() * (self._stroke() + _GAP) - _GAP), _HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the strokes from the start of the layout."""
        painter = QPainter(self)
        strokes, stroke = self._strokes(), self._stroke()
        filled = round(self._number * strokes / self._total) if self._total else 0
        for at in range(strokes):
            place = strokes - 1 - at if self.isRightToLeft() else at
            colour = self._theme.colour("primary" if at < filled else "edge")
            where = QRectF(place * (stroke + _GAP), 0, stroke, _HIGH)
            paint_box(painter, where, BoxStyle(colour, colour, 0, _HIGH / 2))
        painter.end()

    def _strokes(self) -> int:
        return min(self._total, _MOST)

    def _stroke(self) -> int:
        """Return the width of a stroke: narrower when there are many."""
        return min(_WIDE, max(_HIGH // 2, (_WHOLE + _GAP) // max(1, self._strokes()) - _GAP))
