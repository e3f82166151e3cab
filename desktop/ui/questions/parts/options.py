"""Choices as rows with a round or square mark: for everything that needs no picture."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Target
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box, paint_radio
from desktop.ui.questions.parts.lines import LabelLine, height_of, longest_word, paint_lines, width_of
from desktop.ui.questions.parts.pressable import Pressable

_MARK, _PAD, _GAP = 20, 14, 14


class OptionButton(Pressable):
    """One choice as a row: its mark at the start, Dutch, the second language below."""

    def __init__(self, theme: Theme, lines: tuple[LabelLine, ...], name: str, *, several: bool) -> None:
        self._several = several
        super().__init__(theme, lines, name)

    def sizeHint(self) -> QSize:
        """Return the width on one line per language."""
        width = width_of(self.theme, self.lines) + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Return the width of the longest word, and the height at the present width."""
        width = longest_word(self.theme, self.lines) + self._beside()
        return QSize(width, self.heightForWidth(max(width, self.width())))

    def hasHeightForWidth(self) -> bool:
        """Tell that a narrower row is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height in which both texts fit at `width`."""
        words = height_of(self.theme, self.lines, max(1, width - self._beside()))
        return max(self.theme.px(Target.LARGE), words + self.theme.px(12))

    def paint_content(self, painter: QPainter, where: QRectF) -> None:
        """Draw the mark and the texts."""
        pad, mark = self.theme.px(_PAD), self.theme.px(_MARK)
        rtl = self.isRightToLeft()
        x = where.right() - pad - mark / 2 if rtl else where.left() + pad + mark / 2
        self._paint_mark(painter, QPointF(x, where.center().y()))
        beside = pad + mark + self.theme.px(_GAP)
        text = where.adjusted(pad if rtl else beside, 0, -beside if rtl else -pad, 0)
        words = height_of(self.theme, self.lines, int(text.width()))
        text.setTop(where.top() + (where.height() - words) / 2)
        paint_lines(painter, text, self.theme, self.shown_lines())

    def _paint_mark(self, painter: QPainter, centre: QPointF) -> None:
        colour = self.theme.colour("primary" if self.isChecked() else "control")
        if not self._several:
            paint_radio(painter, centre, colour, on=self.isChecked())
            return
        side = 18.0
        square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        fill = self.theme.colour("primary" if self.isChecked() else "surface")
        paint_box(painter, square, BoxStyle(fill, colour, 2.0, 4.0))
        if self.isChecked():
            _paint_tick(painter, centre, self.theme)

    def _beside(self) -> int:
        return self.theme.px(2 * _PAD + _MARK + _GAP)


def _paint_tick(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    pen = QPen(theme.colour("on_primary"), 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setPen(pen)
    x, y = centre.x(), centre.y()
    painter.drawPolyline([QPointF(x - 4.5, y + 0.5), QPointF(x - 1.2, y + 3.8), QPointF(x + 4.8, y - 3.6)])
