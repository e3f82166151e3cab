"""The parts of both pages: a fact with its icon, a numbered step, the words that two people compare."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n.languages import DUTCH, language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space, Tone
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.drawing.line import StyledLine
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

_WORD_HEIGHT = 48
_WORD_WIDTH = 110
_GAP = 8


def add_fact(theme: Theme, column: QVBoxLayout, icon: str, words: str, aside: str = "") -> None:
    """Add a row with an icon, a sentence and, at its end, a few words such as a size."""
    row = QHBoxLayout()
    row.setSpacing(Space.MEDIUM)
    row.addWidget(Icon(theme, icon, 20, Tone.SOFT), 0, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(Text(theme, words, Role.BODY), 1)
    if aside:
        row.addWidget(Text(theme, aside, Role.SMALL, tone=Tone.SOFT, wrap=False))
    nest(column, row)


def add_heading(column: QVBoxLayout, heading: Text, chip: Chip) -> None:
    """Add the heading of a page with a chip at its end."""
    row = QHBoxLayout()
    row.setSpacing(Space.MEDIUM)
    row.addWidget(heading, 1)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    nest(column, row)


def add_step(theme: Theme, column: QVBoxLayout, number: int, words: str) -> None:
    """Add a row with the number of a step and what is done in it."""
    row = QHBoxLayout()
    row.setSpacing(Space.MEDIUM)
    row.addWidget(Text(theme, f"{number}.", Role.STRONG, tone=Tone.PRIMARY, wrap=False), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(theme, words, Role.BODY), 1)
    nest(column, row)


class WordBoxes(QWidget):
    """A few Dutch words in boxes beside each other, two by two where there is no room; all of them in its name."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._boxes: list[_WordBox] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(_GAP)
        self.setObjectName(name)

    def show_words(self, words: Sequence[str], spoken: str) -> None:
        """Show `words`; `spoken` says to assistive technology what they are for."""
        for box in self._boxes:
            box.deleteLater()
        self._boxes = [_WordBox(self._theme, word) for word in words]
        self.setAccessibleName(f"{spoken}: {', '.join(words)}")
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the words on one line, or two by two."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Return room for two words beside each other."""
        return QSize(2 * self._theme.px(_WORD_WIDTH) + _GAP, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        count = max(len(self._boxes), 1)
        needed = count * (self._theme.px(_WORD_WIDTH) + _GAP)
        columns = count if self.width() >= needed else max(count // 2, 1)
        for number, box in enumerate(self._boxes):
            self._grid.addWidget(box, number // columns, number % columns)


class _WordBox(QWidget):
    def __init__(self, theme: Theme, word: str) -> None:
        super().__init__()
        self._theme, self._word = theme, word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Return room for one word."""
        return QSize(self._theme.px(_WORD_WIDTH), self._theme.px(_WORD_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word in its box."""
        theme = self._theme
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint_box(painter, box, BoxStyle(theme.colour("surface"), theme.colour("line"), 1, Radius.FIELD))
        line = StyledLine(self._word, theme.font(Role.STRONG), theme.colour("ink"), language(DUTCH))
        line.draw(painter, box, Qt.AlignmentFlag.AlignHCenter)
        painter.end()
