"""One line of text drawn by hand, in its own language, inside a painted control."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from desktop.i18n.languages import Language


@dataclass(frozen=True, slots=True)
class StyledLine:
    """A text with the font, colour and language it is drawn in."""

    text: str
    font: QFont
    colour: QColor
    language: Language

    @property
    def width(self) -> float:
        """Pixels the text takes on one line."""
        return QFontMetricsF(self.font).horizontalAdvance(self.text) + 1

    @property
    def longest_word(self) -> float:
        """Pixels of the widest word: no less is needed where the text may be wrapped."""
        metrics = QFontMetricsF(self.font)
        return max((metrics.horizontalAdvance(word) for word in self.text.split()), default=0.0)

    def draw(self, painter: QPainter, where: QRectF, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft) -> None:
        """Draw the text centred by height in `where`, shortened with an ellipsis when it does not fit.

        `align` is meant on screen: left is left in every direction.
        """
        if not self.text:
            return
        metrics = QFontMetricsF(self.font)
        fitting = metrics.elidedText(self.text, Qt.TextElideMode.ElideRight, where.width() + 1)
        self._put(painter, where, align, Qt.TextFlag.TextSingleLine, fitting)

    def height_at(self, width: float) -> float:
        """Return the pixels the text takes wrapped in `width`."""
        flags = Qt.TextFlag.TextWordWrap.value
        return QFontMetricsF(self.font).boundingRect(QRectF(0, 0, max(1, width), 10_000), flags, self.text).height()

    def draw_wrapped(self, painter: QPainter, where: QRectF, align: Qt.AlignmentFlag) -> None:
        """Draw the text centred by height in `where`, on as many lines as its width asks for."""
        self._put(painter, where, align, Qt.TextFlag.TextWordWrap, self.text)

    def _put(self, painter: QPainter, where: QRectF, align: Qt.AlignmentFlag, how: Qt.TextFlag, text: str) -> None:
        painter.save()
        painter.setFont(self.font)
        painter.setPen(self.colour)
        rtl = self.language.is_rtl
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight)
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.drawText(where, flags.value | how.value, text)
        painter.restore()


def at_start(whole: QRectF, offset: float, width: float, *, rtl: bool) -> QRectF:
    """Return the part of `whole` that lies `offset` from its start edge and is `width` wide."""
    left = whole.right() - offset - width if rtl else whole.left() + offset
    return QRectF(left, whole.top(), width, whole.height())


def start_side(*, rtl: bool) -> Qt.AlignmentFlag:
    """Return the side of the screen where reading starts."""
    return Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft


def end_side(*, rtl: bool) -> Qt.AlignmentFlag:
    """Return the side of the screen where reading ends."""
    return Qt.AlignmentFlag.AlignLeft if rtl else Qt.AlignmentFlag.AlignRight
