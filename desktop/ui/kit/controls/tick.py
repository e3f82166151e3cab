"""A tick box with its words, in one or two languages."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
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
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_second(self, second: SecondLabel | None) -> None:
        """Show the words in another second language."""
        self._second = second
        self.setAccessibleName(self._label if second is None else f"{self._label} / {second.text}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return box, gap and words."""
        lines = self._lines()
        width = max(line.width for line, _leading in lines) + self._theme.px(_BOX + Space.MEDIUM) + 4
        height = max(self._theme.px(Target.ROW), sum(leading for _line, leading in lines))
        return QSize(round(width), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

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
        top = whole.center().y() - sum(leading for _line, leading in self._lines()) / 2
        for line, leading in self._lines():
            area = at_start(
                whole, side + theme.px(Space.MEDIUM), whole.width() - side - theme.px(Space.MEDIUM), rtl=rtl
            )
            line.draw(painter, QRectF(area.left(), top, area.width(), leading), start_side(rtl=rtl))
            top += leading
        painter.end()

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

    def _lines(self) -> list[tuple[StyledLine, int]]:
        theme = self._theme
        colour = theme.colour("ink" if self.isEnabled() else "ink_2")
        lines = [
            (StyledLine(self._label, theme.font(Role.BODY), colour, theme.language), theme.type_size(Role.BODY).leading)
        ]
        if self._second is not None:
            script = self._second.language.script
            line = StyledLine(
                self._second.text, theme.font(Role.SMALL, script), theme.colour("ink_2"), self._second.language
            )
            lines.append((line, theme.type_size(Role.SMALL, script).leading))
        return lines
