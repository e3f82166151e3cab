"""A tick box with its words, in one or two languages."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Target
from desktop.ui.kit.controls.button import SecondLabel
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_BOX = 24


class TickBox(QCheckBox):
    """A tick box of 24 px in a row of 40; the words belong to the target."""

    def __init__(self, theme: Theme, text: str, name: str, *, second: SecondLabel | None = None) -> None:
        super().__init__()
        self._theme = theme
        self._label = text
        self._second = second
        self.setObjectName(name)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text if second is None else f"{text} / {second.text}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_second(self, second: SecondLabel | None) -> None:
        """Show the words in another second language."""
        self._second = second
        self.setAccessibleName(self._label if second is None else f"{self._label} / {second.text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return box, gap and words on one line each, and the height that the words need at the present width."""
        width = max(line.width for line in self._lines()) + self._before() + 4
        laid_out = self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        room = self.width() - self._before() if laid_out else width
        return QSize(round(width), max(self._theme.px(Target.ROW), round(sum(self._heights(room)))))

    def minimumSizeHint(self) -> QSize:
        """Return room for the longest word: the others go on below it."""
        longest = max(line.longest_word for line in self._lines())
        return QSize(round(longest) + self._before() + 4, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the height that the new width needs."""
        super().resizeEvent(event)
        self.updateGeometry()

    def hitButton(self, position: object) -> bool:  # noqa: ARG002  # words and box are one target
        """Let a press anywhere turn it."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box, its tick and the words."""
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        painter = QPainter(self)
        side = theme.px(_BOX)
        square = at_start(whole, 0, side, rtl=rtl)
        square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
        on = self.isChecked()
        fill = theme.colour("primary" if on else "surface")
        border = theme.colour("primary" if on else ("ink" if self.underMouse() else "control"))
        paint_box(painter, square, BoxStyle(fill, border, 1.8, 6, dashed=not self.isEnabled()))
        if on:
            self._paint_tick(painter, square)
        area = at_start(whole, self._before(), whole.width() - self._before(), rtl=rtl)
        heights = self._heights(area.width())
        top = whole.center().y() - sum(heights) / 2
        for line, height in zip(self._lines(), heights, strict=True):
            line.draw_wrapped(painter, QRectF(area.left(), top, area.width(), height), start_side(rtl=rtl))
            top += height
        painter.end()

    def _before(self) -> int:
        return self._theme.px(_BOX) + self._theme.px(Space.MEDIUM)

    def _heights(self, width: float) -> list[float]:
        return [line.height_at(width) for line in self._lines()]

    def _paint_tick(self, painter: QPainter, square: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.colour("on_primary"), max(2.0, square.width() / 11))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        unit = square.width() / 24
        path = QPainterPath(QPointF(square.left() + 6.5 * unit, square.top() + 12.5 * unit))
        path.lineTo(square.left() + 10.5 * unit, square.top() + 16.5 * unit)
        path.lineTo(square.left() + 17.5 * unit, square.top() + 8 * unit)
        painter.drawPath(path)

    def _lines(self) -> list[StyledLine]:
        theme = self._theme
        colour = theme.colour("ink" if self.isEnabled() else "ink_2")
        lines = [StyledLine(self._label, theme.font(Role.BODY), colour, theme.language)]
        if self._second is not None:
            script = self._second.language.script
            soft = theme.colour("ink_2")
            lines.append(StyledLine(self._second.text, theme.font(Role.SMALL, script), soft, self._second.language))
        return lines
