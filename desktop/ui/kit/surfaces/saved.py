"""The saved line: says that the last answer is durable, that saving is under way, or nothing."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side

_ICON = 20


class SavedLine(QWidget):
    """A tick and a sentence. Show `saved` only after the row is durable; a failure belongs in the banner.

    It changes twice with every answer, so it is painted by hand and keeps the room it once took: another sentence moves
    nothing around it. `ground` names the colour it lies on; with it, what lies below need not be painted again.
    """

    def __init__(self, theme: Theme, name: str, *, ground: str = "") -> None:
        super().__init__()
        self._theme, self._ground = theme, ground
        self._icon, self._words, self._tone = "", "", Tone.GOOD
        self._widest = 0
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, bool(ground))
        theme.changed.connect(self._restyle)

    def saved(self, text: str) -> None:
        """Say that everything is stored, for example with the time."""
        self._show("check-circle", text, Tone.GOOD)

    def busy(self, text: str) -> None:
        """Say that storing is under way."""
        self._show("clock", text, Tone.SOFT)

    def clear(self) -> None:
        """Say nothing; the room stays taken so that nothing jumps."""
        self._show("", "", Tone.GOOD)

    def text(self) -> str:
        """Return what is said now."""
        return self._words

    def sizeHint(self) -> QSize:
        """Return the room of the widest sentence so far."""
        height = max(self._theme.px(_ICON), self._theme.type_size(Role.SMALL).leading)
        return QSize(self._widest, height)

    def minimumSizeHint(self) -> QSize:
        """Return the same: the sentence is not shortened."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon and the sentence."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        if self._ground:
            painter.fillRect(whole, theme.colour(self._ground))
        if self._words:
            side = theme.px(_ICON)
            square = at_start(whole, 0, side, rtl=rtl)
            square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
            colour = theme.colour(self._tone).name()
            paint_icon(painter, square, self._icon, colour, accent=theme.palette.accent_mark)
            offset = side + Space.SMALL
            self._line().draw(painter, at_start(whole, offset, whole.width() - offset, rtl=rtl), start_side(rtl=rtl))
        painter.end()

    def _show(self, icon: str, text: str, tone: Tone) -> None:
        if (icon, text, tone) == (self._icon, self._words, self._tone):
            return
        self._icon, self._words, self._tone = icon, text, tone
        self.setAccessibleName(text)
        self._take_room()
        self.update()

    def _take_room(self) -> None:
        needed = self._theme.px(_ICON) + Space.SMALL + round(self._line().width) + 2 if self._words else 0
        if needed > self._widest:
            self._widest = needed
            self.updateGeometry()

    def _restyle(self) -> None:
        self._widest = 0
        self._take_room()
        self.updateGeometry()
        self.update()

    def _line(self) -> StyledLine:
        theme = self._theme
        return StyledLine(self._words, theme.font(Role.SMALL), theme.colour(self._tone), theme.language)
