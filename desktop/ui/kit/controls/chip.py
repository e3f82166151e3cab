"""A chip: an icon and a word on a tint; says a state, is never pressed."""

from typing import Literal

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n.languages import Language
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box

ChipKind = Literal["neutral", "current", "asks", "good", "wrong"]

_COLOURS: dict[ChipKind, tuple[str, str]] = {
    "neutral": ("sand", "ink"),
    "current": ("primary_tint", "primary"),
    "asks": ("accent_tint", "accent"),
    "good": ("good_tint", "good"),
    "wrong": ("wrong_tint", "wrong"),
}
_ICON, _GAP, _PAD, _HEIGHT = 17, 6, 8, 26


def paint_chip(  # noqa: PLR0913  # a delegate has no widget to keep these in
    painter: QPainter, theme: Theme, where: QRectF, text: str, kind: ChipKind, icon: str, *, on_tint: bool, rtl: bool
) -> None:
    """Draw a chip at the start of `where`, centred by height; `on_tint` gives it the surface as its fill."""
    fill, ink = _COLOURS[kind]
    line = StyledLine(text, theme.font(Role.SMALL), theme.colour(ink), theme.language)
    size = chip_size(theme, text, icon=icon)
    box = at_start(where, 0, min(size.width(), where.width()), rtl=rtl)
    box = QRectF(box.left(), where.center().y() - size.height() / 2, box.width(), size.height())
    colour = theme.colour("surface" if on_tint else fill)
    paint_box(painter, box, BoxStyle(colour, colour, 0, Radius.CHIP))
    offset = float(theme.px(_PAD))
    if icon:
        side = theme.px(_ICON)
        square = at_start(box, offset, side, rtl=rtl)
        square = QRectF(square.left(), box.center().y() - side / 2, side, side)
        paint_icon(painter, square, icon, theme.colour(ink).name(), mirrored=rtl)
        offset += side + theme.px(_GAP)
    words = at_start(box, offset, box.width() - offset - theme.px(_PAD) / 2, rtl=rtl)
    line.draw(painter, words, start_side(rtl=rtl))


def chip_size(theme: Theme, text: str, *, icon: str) -> QSize:
    """Return the size of a chip with `text` and, unless empty, `icon`."""
    line = StyledLine(text, theme.font(Role.SMALL), theme.colour("ink"), theme.language)
    extra = theme.px(_ICON) + theme.px(_GAP) if icon else 0
    height = max(theme.px(_HEIGHT), theme.type_size(Role.SMALL).leading + 4)
    return QSize(round(line.width + extra + 2 * theme.px(_PAD) + 2), height)


class Chip(QWidget):
    """A chip as a widget; its accessible name is its text."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ChipKind = "neutral",
        icon: str = "",
        *,
        language: Language | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._language = language
        self._text, self._kind, self._icon = text, kind, icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self.setToolTip(text)
        theme.changed.connect(self.updateGeometry)

    def set_state(self, text: str, kind: ChipKind, icon: str) -> None:
        """Say another state."""
        self._text, self._kind, self._icon = text, kind, icon
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the word with its icon."""
        return chip_size(self._theme, self._text, icon=self._icon)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the chip."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        rtl = self.isRightToLeft()
        paint_chip(painter, self._theme, whole, self._text, self._kind, self._icon, on_tint=False, rtl=rtl)
        painter.end()
