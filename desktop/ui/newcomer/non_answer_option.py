"""A way out as it looks in the newcomer's window: a sign and large words, to point at or to press."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy

from desktop.i18n import Language
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import BORDER_SELECTED, Radius, Role
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

_TALL, _ICON, _PAD, _GAP = 68, 28, 26, 14


class NonAnswerOption(PressButton):
    """One way not to answer. Chosen, it has the frame of a chosen card. It never takes the keyboard."""

    def __init__(self, theme: Theme, name: str, icon: str) -> None:
        super().__init__()
        self._theme, self._icon = theme, icon
        self._words, self._language = "", theme.language
        self._chosen = False
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_words(self, words: str, language: Language, *, chosen: bool) -> None:
        """Show `words` in their own script, chosen or not."""
        self._words, self._language, self._chosen = words, language, chosen
        speak_in(self, language)
        self.setText(words.replace("&", "&&"))
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return sign and words with their air."""
        theme = self._theme
        return QSize(round(self._line().width) + theme.px(2 * _PAD + _ICON + _GAP), theme.px(_TALL))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, sign and words."""
        theme, whole, rtl = self._theme, QRectF(self.rect()), self.isRightToLeft()
        painter = QPainter(self)
        fill, border = ("primary_tint", "primary") if self._chosen else ("surface", "control")
        width = BORDER_SELECTED if self._chosen else 2.0
        paint_box(painter, whole, BoxStyle(theme.colour(fill), theme.colour(border), width, Radius.CARD))
        side = theme.px(_ICON)
        square = at_start(whole, theme.px(_PAD), side, rtl=rtl)
        square = QRectF(square.left(), whole.center().y() - side / 2, side, side)
        paint_icon(painter, square, self._icon, theme.colour("ink").name(), mirrored=rtl)
        room = whole.width() - theme.px(2 * _PAD + _GAP) - side
        self._line().draw(
            painter, at_start(whole, theme.px(_PAD + _GAP) + side, room + 2, rtl=rtl), start_side(rtl=rtl)
        )
        painter.end()

    def _line(self) -> StyledLine:
        font = self._theme.font(Role.ROOM_BUTTON, self._language.script)
        return StyledLine(self._words, font, self._theme.colour("ink"), self._language)
