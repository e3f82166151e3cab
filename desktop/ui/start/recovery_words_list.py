"""The words of a recovery key in columns, numbered, always from left to right: they are Dutch words."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n.languages import DUTCH, language
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.typography.text import Text

_COLUMNS = 3


class RecoveryWordsList(QWidget):
    """Three columns, or fewer where there is no room; read down each column."""

    def __init__(self, theme: Theme, words: tuple[str, ...]) -> None:
        super().__init__()
        self.setObjectName("words.list")
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        dutch = language(DUTCH)
        self._texts = [
            Text(theme, f"{number}. {word}", Role.STRONG, language=dutch, wrap=False)
            for number, word in enumerate(words, start=1)
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, Space.SMALL, 0, 0)
        self._grid.setHorizontalSpacing(Space.EDGE)
        self._shown = 0
        self._arrange(_COLUMNS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take as many columns as fit."""
        super().resizeEvent(event)
        fitting = (self.width() + Space.EDGE) // (self._widest() + Space.EDGE)
        self._arrange(max(1, min(_COLUMNS, fitting)))

    def minimumSizeHint(self) -> QSize:
        """Return the width of one column."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def _widest(self) -> int:
        return max(text.sizeHint().width() for text in self._texts)

    def _arrange(self, columns: int) -> None:
        if columns == self._shown:
            return
        self._shown = columns
        rows = -(-len(self._texts) // columns)
        for index, text in enumerate(self._texts):
            self._grid.addWidget(text, index % rows, index // rows)
