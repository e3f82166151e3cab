"""The empty state: one picture of two people at a table, one heading, one sentence, up to two actions."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.ui.design.icons import paint_pictogram
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text


class Pictogram(QWidget):
    """A pictogram as a widget, decoration only."""

    def __init__(self, theme: Theme, name: str, width: int, height: int, colour: str = "primary") -> None:
        super().__init__()
        self._theme, self._name, self._size, self._colour = theme, name, QSize(width, height), colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return the size given."""
        return self._size

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture."""
        painter = QPainter(self)
        colour = self._theme.colour(self._colour).name()
        paint_pictogram(painter, QRectF(self.rect()), self._name, colour, self._theme.colour("primary_tint").name())
        painter.end()


class EmptyState(QWidget):
    """Says that there is nothing yet and what can be done about it."""

    def __init__(self, theme: Theme, heading: str, sentence: str, actions: tuple[Button, ...] = ()) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.EDGE, Space.EDGE * 2, Space.EDGE, Space.EDGE * 2)
        column.setSpacing(Space.SMALL)
        column.addStretch(1)
        column.addWidget(Pictogram(theme, "two-at-a-table", 170, 90), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(Space.SMALL)
        column.addWidget(Text(theme, heading, Role.CARD, centred=True))
        middle = QHBoxLayout()
        words = Text(theme, sentence, Role.BODY, tone=Tone.SOFT, centred=True)
        words.setMaximumWidth(theme.px(460))
        middle.addStretch(1)
        middle.addWidget(words, 100)
        middle.addStretch(1)
        nest(column, middle)
        row = QHBoxLayout()
        row.setContentsMargins(0, Space.MEDIUM, 0, 0)
        row.setSpacing(Space.MEDIUM)
        row.addStretch(1)
        for action in actions:
            row.addWidget(action)
        row.addStretch(1)
        nest(column, row)
        column.addStretch(1)
