"""A card: a sheet of paper on the table, optionally with parts of another colour."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import MARK, Space
from desktop.ui.kit.drawing.paint import paint_paper, paper_clip
from desktop.ui.kit.typography.text import Text


class Card(QFrame):
    """A card with its own vertical layout in `body`.

    `top` names a palette field for a 4 px upper edge (an open editor), `frame` one for a 3 px frame (the proposed one).
    """

    def __init__(self, theme: Theme, *, padding: int = Space.WIDE, fill: str = "surface") -> None:
        super().__init__()
        self._theme = theme
        self._fill = fill
        self._top = ""
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding + 2)
        self.body.setSpacing(Space.MEDIUM)
        theme.changed.connect(self.update)

    def set_top(self, token: str) -> None:
        """Paint a 4 px upper edge in the colour `token`; none for an empty one."""
        self._top = token
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the paper."""
        theme, whole = self._theme, QRectF(self.rect())
        painter = QPainter(self)
        paint_paper(painter, whole, theme.colour(self._fill), theme.colour("line"), theme.colour("edge"))
        if self._top:
            painter.setClipPath(paper_clip(whole))
            painter.fillRect(QRectF(0, 0, whole.width(), MARK), theme.colour(self._top))
            painter.setClipping(False)
        painter.end()


def show(card: Card, *, shown: bool) -> None:
    """Show or hide `card`; one that was hidden while the theme changed takes its colours again (Qt forgets them)."""
    card.setVisible(shown)
    if shown:
        for text in card.findChildren(Text):
            text.restyle()


class Divider(QWidget):
    """A hairline across."""

    def __init__(self, theme: Theme, *, vertical: bool = False) -> None:
        super().__init__()
        self._theme = theme
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        theme.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line."""
        painter = QPainter(self)
        painter.setPen(QPen(self._theme.colour("line"), 1))
        painter.fillRect(self.rect(), self._theme.colour("line"))
        painter.end()
