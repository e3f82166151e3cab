"""The words of a recovery key in columns, numbered, always from left to right: they are Dutch words."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n.languages import DUTCH, language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

_COLUMNS = 3


def words_list(theme: Theme, words: tuple[str, ...]) -> QWidget:
    """Return the list."""
    dutch = language(DUTCH)
    holder = QWidget()
    holder.setObjectName("words.list")
    holder.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, Space.SMALL, 0, 0)
    grid.setHorizontalSpacing(Space.EDGE)
    rows = -(-len(words) // _COLUMNS)
    for index, word in enumerate(words):
        cell = QVBoxLayout()
        line = Text(theme, f"{index + 1}. {word}", Role.STRONG, language=dutch, wrap=False)
        cell.addWidget(line)
        nest(grid, cell, index % rows, index // rows)
    return holder
