"""A filter pill: a word and a count; one of the row is on."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Target
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_PAD, _TICK, _GAP = 15, 18, 9


class FilterPill(PressButton):
    """A checkable pill with a count. Its accessible name holds both."""

    def __init__(self, theme: Theme, text: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._label = text
        self._count = 0
        self.setObjectName(name)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("ringRadius", Target.ACTION / 2)
        theme.changed.connect(self.updateGeometry)
        self.toggled.connect(self.updateGeometry)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many there are."""
        self._count = count
        self.setText(self._label.replace("&", "&&"))
        self.setAccessibleName(f"{self._label}: {count}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return word, count and, when on, the tick."""
        theme = self._theme
        width = sum(line.width for line in self._lines()) + theme.px(_GAP) + 2 * theme.px(_PAD)
        if self.isChecked():
            width += theme.px(_TICK) + theme.px(_GAP)
        return QSize(round(width), theme.px(Target.ACTION))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill."""
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        painter = QPainter(self)
        on = self.isChecked()
        border = "primary" if on else ("ink" if self.underMouse() else "control")
        fill = "primary_tint" if on else "surface"
        box = BoxStyle(theme.colour(fill), theme.colour(border), 2 if on else 1.2, whole.height() / 2)
        paint_box(painter, whole, box)
        offset = float(theme.px(_PAD))
        if on:
            side = theme.px(_TICK)
            square = at_start(whole, offset, side, rtl=rtl)
            square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
            paint_icon(painter, square, "check", theme.colour("primary").name())
            offset += side + theme.px(_GAP)
        for line in self._lines():
            line.draw(painter, at_start(whole, offset, line.width, rtl=rtl), start_side(rtl=rtl))
            offset += line.width + theme.px(_GAP)
        painter.end()

    def _lines(self) -> tuple[StyledLine, StyledLine]:
        theme = self._theme
        font = theme.font(Role.SMALL)
        font.setPixelSize(theme.px(15))
        count_font = theme.font(Role.SMALL)
        count_font.setPixelSize(theme.px(15))
        font.setBold(self.isChecked())
        word = StyledLine(self._label, font, theme.colour("primary" if self.isChecked() else "ink"), theme.language)
        return word, StyledLine(str(self._count), count_font, theme.colour("ink_2"), theme.language)
