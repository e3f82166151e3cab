"""Completing from a list by any spelling of what stands in it."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter

from desktop.i18n import folded, sought_words

_SEEN_AT_ONCE = 9
_FOLDED = Qt.ItemDataRole.UserRole


class FoldedCompleter(QCompleter):
    """Offers each text in which what was typed stands, compared as `desktop.i18n.folding` does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = QStandardItemModel(self)
        self.setModel(self._texts)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_SEEN_AT_ONCE)

    def offer(self, texts: Iterable[str]) -> None:
        """Complete from `texts` from now on."""
        self._texts.clear()
        for text in texts:
            item = QStandardItem(text)
            item.setData(folded(text), _FOLDED)
            self._texts.appendRow(item)

    def splitPath(self, path: str) -> list[str]:
        """Return what is looked for when `path` was typed."""
        return [" ".join(sought_words(path))]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the text that is chosen with `index`."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))
