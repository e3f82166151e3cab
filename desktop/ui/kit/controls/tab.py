"""A tab of the top bar: icon and word, the current one bold with a line below."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side

_PAD, _TIGHT, _ICON, _GAP, _LINE = 16, 11, 20, 8, 3


class Tab(PressButton):
    """A checkable tab; exclusive with its siblings."""

    def __init__(self, theme: Theme, text: str, icon: str, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._label = text
        self._icon = icon
        self._bare = False
        self.setObjectName(name)
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)
        self.setCheckable(True)
        self.setProperty("ringInside", True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_bare(self, *, bare: bool) -> None:
        """Leave out the icon and some of the air, where every word has to fit."""
        if bare != self._bare:
            self._bare = bare
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for the bold word, so that nothing moves when it becomes current."""
        theme = self._theme
        width = self._line(Role.STRONG).width + theme.px(self._before() + self._pad())
        return QSize(round(width), max(44, theme.type_size(Role.BODY).leading + 20))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon, word and line."""
        painter = QPainter(self)
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        token = "primary" if self.isChecked() else ("ink" if self.underMouse() else "ink_2")
        side = theme.px(_ICON)
        square = at_start(whole, theme.px(_PAD), side, rtl=rtl)
        square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
        if not self._bare:
            paint_icon(painter, square, self._icon, theme.colour(token).name(), mirrored=rtl)
        line = self._line(Role.STRONG if self.isChecked() else Role.BODY, token)
        area = at_start(whole, theme.px(self._before()), line.width + 2, rtl=rtl)
        line.draw(painter, area, start_side(rtl=rtl))
        if self.isChecked():
            painter.fillRect(QRectF(0, whole.bottom() - _LINE, whole.width(), _LINE), theme.colour("primary"))
        painter.end()

    def _before(self) -> int:
        """Return how far the word is from the start, at 100 % text size."""
        return self._pad() if self._bare else self._pad() + _ICON + _GAP

    def _pad(self) -> int:
        return _TIGHT if self._bare else _PAD

    def _line(self, role: Role, colour: str = "ink") -> StyledLine:
        return StyledLine(self._label, self._theme.font(role), self._theme.colour(colour), self._theme.language)
