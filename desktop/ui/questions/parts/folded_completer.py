"""Completing from a list by any spelling of what stands in it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from desktop.i18n import folded, sought_words
from desktop.ui.kit.layout.steady import steady

_SEEN_AT_ONCE = 9
_FOLDED = Qt.ItemDataRole.UserRole


class FoldedCompleter(QCompleter):
    """Offers each text in which what was typed stands, compared as `desktop.i18n.folding` does."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._texts = QStandardItemModel(self)
        self._list = QListView()
        self._list.setUniformItemSizes(True)  # Qt asks each of ten thousand for its height otherwise
        self.setModel(self._texts)
        self.setCompletionRole(_FOLDED)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setMaxVisibleItems(_SEEN_AT_ONCE)
        steady(self._list)
        self.setPopup(self._list)

    def offer(self, texts: Iterable[str]) -> None:
        """Complete from `texts` from now on."""
        self._texts.clear()
        for text in texts:
            item = QStandardItem(text)
            item.setData(folded(text), _FOLDED)
            self._texts.appendRow(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Enter choose the only one that is offered, also when the arrows did not go to it."""
        popup = self.popup()
        if (
            watched is popup
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            and self.completionCount() == 1
        ):
            popup.setCurrentIndex(self.completionModel().index(0, 0))
        return super().eventFilter(watched, event)

    def splitPath(self, path: str) -> list[str]:
        """Return what is looked for when `path` was typed."""
        return [" ".join(sought_words(path))]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """Return the text that is chosen with `index`."""
        return str(index.data(Qt.ItemDataRole.DisplayRole))
