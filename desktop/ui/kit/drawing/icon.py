"""An icon as a widget: decoration beside a word, or a picture with a name of its own."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Tone


class Icon(QWidget):
    """A line icon of `size` pixels at 100 % text size, in the colour of a palette field."""

    def __init__(self, theme: Theme, name: str, size: int = 20, colour: str | Tone = Tone.SOFT) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._size = size
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_icon(self, name: str, colour: str | Tone | None = None) -> None:
        """Show another icon, in another colour when given; the same one costs nothing."""
        if (name, colour or self._colour) == (self._name, self._colour):
            return
        self._name = name
        self._colour = colour or self._colour
        self.update()

    def sizeHint(self) -> QSize:
        """Return the square the icon takes at the text size in use."""
        side = self._theme.px(self._size)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the icon, mirrored where the layout is."""
        painter = QPainter(self)
        mirrored = self.isRightToLeft()
        colour = self._theme.colour(self._colour).name()
        accent = self._theme.palette.accent_mark
        paint_icon(painter, QRectF(self.rect()), self._name, colour, accent=accent, mirrored=mirrored)
        painter.end()
