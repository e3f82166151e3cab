"""Texts in two languages inside one painted control: measured and drawn each in its own script and direction."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from desktop.i18n import Language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Tone

_UNBOUNDED = 10_000


@dataclass(frozen=True, slots=True)
class LabelLine:
    """One text of a painted control; it wraps over as many lines as its width asks for."""

    text: str
    role: Role
    language: Language
    tone: str = Tone.INK


def width_of(theme: Theme, lines: Sequence[LabelLine]) -> int:
    """Return the pixels that the widest of `lines` takes without wrapping."""
    return max((_metrics(theme, line).horizontalAdvance(line.text) + 2 for line in lines if line.text), default=0)


def longest_word(theme: Theme, lines: Sequence[LabelLine]) -> int:
    """Return the pixels of the longest word: narrower than that, a word would be cut."""
    words = ((line, word) for line in lines for word in line.text.split())
    return max((_metrics(theme, line).horizontalAdvance(word) + 2 for line, word in words), default=0)


def height_of(theme: Theme, lines: Sequence[LabelLine], width: int) -> int:
    """Return the pixels that `lines` take below each other in `width`."""
    return sum(_height(theme, line, width) for line in lines if line.text)


def paint_lines(
    painter: QPainter, where: QRectF, theme: Theme, lines: Sequence[LabelLine], *, centred: bool = False
) -> None:
    """Draw `lines` from the top of `where`, each at the start of the layout, or all centred."""
    top = where.top()
    start = painter.layoutDirection()
    for line in lines:
        if not line.text:
            continue
        height = _height(theme, line, int(where.width()))
        painter.setFont(theme.font(line.role, line.language.script))
        painter.setPen(QPen(theme.colour(line.tone)))
        painter.setLayoutDirection(_direction(line.language))
        side = Qt.AlignmentFlag.AlignHCenter if centred else _absolute_start(start)
        flags = side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        place = QRectF(where.left(), top, where.width(), height)
        painter.drawText(place, int(flags) | int(Qt.TextFlag.TextWordWrap), line.text)
        top += height
    painter.setLayoutDirection(start)


def _height(theme: Theme, line: LabelLine, width: int) -> int:
    metrics = _metrics(theme, line)
    box = metrics.boundingRect(QRect(0, 0, width, _UNBOUNDED), int(Qt.TextFlag.TextWordWrap), line.text)
    count = max(1, round(box.height() / metrics.lineSpacing()))
    leading = theme.type_size(line.role, line.language.script).leading
    return max(box.height(), count * leading if count == 1 else box.height())


def _metrics(theme: Theme, line: LabelLine) -> QFontMetrics:
    return QFontMetrics(theme.font(line.role, line.language.script))


def _direction(language: Language) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.RightToLeft if language.is_rtl else Qt.LayoutDirection.LeftToRight


def _absolute_start(direction: Qt.LayoutDirection) -> Qt.AlignmentFlag:
    rtl = direction == Qt.LayoutDirection.RightToLeft
    return Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
