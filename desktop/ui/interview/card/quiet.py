"""Two quiet things to press: the line that says which conversation this is, and the way to add a row."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Target
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_PAD, _ICON, _GAP = 10, 20, 10


class QuietButton(PressButton):
    """Words of one role and colour, with an icon before them if wished; a ground appears under the hand."""

    def __init__(self, theme: Theme, name: str, *, role: Role, colour: str, icon: str = "") -> None:
        super().__init__()
        self._theme, self._role, self._colour, self._icon = theme, role, colour, icon
        self._words = ""
        self.setObjectName(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_words(self, words: str) -> None:
        """Say `words`; the same ones cost nothing."""
        if words == self._words:
            return
        self._words = words
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the words with their air."""
        icon = self._theme.px(_ICON + _GAP) if self._icon else 0
        width = round(self._line().width) + icon + 2 * self._theme.px(_PAD)
        return QSize(width, max(self._theme.px(32), Target.LEAST))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and words."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        if self.underMouse() or self.isDown():
            paint_box(painter, whole, BoxStyle(theme.colour("sand"), theme.colour("sand"), 0, Radius.CHIP))
        offset = float(theme.px(_PAD))
        if self._icon:
            side = theme.px(_ICON)
            square = at_start(whole, offset, side, rtl=rtl)
            square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
            paint_icon(painter, square, self._icon, theme.colour(self._colour).name(), mirrored=rtl)
            offset += side + theme.px(_GAP)
        self._line().draw(painter, at_start(whole, offset, whole.width() - offset, rtl=rtl), start_side(rtl=rtl))
        painter.end()

    def _line(self) -> StyledLine:
        theme = self._theme
        return StyledLine(self._words, theme.font(self._role), theme.colour(self._colour), theme.language)
