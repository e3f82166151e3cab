"""Keys shown as little caps: how to do with the keyboard what the mouse can do."""

import re

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.line import StyledLine
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import clear
from desktop.ui.kit.typography.text import Text

_KEY = re.compile(r"(\[[^\]]+\])")


class KeyCap(QWidget):
    """One key; its accessible name says which."""

    def __init__(self, theme: Theme, key: str, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._key = key
        self.setAccessibleName(name or key)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the word with a little air."""
        return QSize(round(self._line().width) + self._theme.px(14), self._theme.px(20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the cap."""
        painter = QPainter(self)
        whole = QRectF(self.rect())
        paint_box(painter, whole, BoxStyle(self._theme.colour("surface"), self._theme.colour("control"), 1, 4))
        self._line().draw(painter, whole, Qt.AlignmentFlag.AlignHCenter)
        painter.end()

    def _line(self) -> StyledLine:
        theme = self._theme
        return StyledLine(self._key, theme.font(Role.META), theme.colour("ink_2"), theme.language)


class KeyHint(QWidget):
    """One sentence in which words between square brackets are shown as keys."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._announced = ""
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.HAIR + 1)

    def show_for(self, words: Catalogue, *, shown: bool) -> None:
        """Show how to choose with the keyboard, or nothing."""
        self.setVisible(shown)
        sentence = words.text("Choose with [←] [→] and [space]")
        if sentence == self._announced:
            return
        self._announced = sentence
        clear(self._row)
        for part in _KEY.split(sentence):
            if part.startswith("["):
                self._row.addWidget(KeyCap(self._theme, part[1:-1]))
            elif any(letter.isprintable() and not letter.isspace() for letter in part):
                self._row.addWidget(Text(self._theme, part.strip(), Role.SMALL, tone=Tone.SOFT, wrap=False))
