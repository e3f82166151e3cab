"""A list in groups that fold, as a tree of two levels over plain data; as tall as its rows, for the page scrolls.

A model of our own, because Qt 6.11 with PySide crashes when it frees standard items that Python made.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QTreeView

from protocol.identifiers import DossierId

GROUP = Qt.ItemDataRole.UserRole + 1
"""The role under which a group has something and a person has nothing."""
DOSSIER = Qt.ItemDataRole.UserRole + 3
"""The role of the dossier of a person; a group has none."""

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()


class PeopleInGroup(Protocol):
    """A group of people."""

    @property
    def people(self) -> Sequence[object]:
        """Whoever is in it, in order."""
        ...


class GroupedModel(QAbstractItemModel):
    """`show` replaces everything. The internal id of a person's index is the place of the group plus one."""

    _groups: tuple[PeopleInGroup, ...] = ()

    def _replace(self, groups: Sequence[PeopleInGroup]) -> None:
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    def find(self, dossier: object) -> QModelIndex:
        """Return where a person is; the first person where that one is not here, nowhere where nobody is."""
        groups = (self.index(place, 0) for place in range(self.rowCount()))
        people = [self.index(line, 0, group) for group in groups for line in range(self.rowCount(group))]
        first = people[0] if people else QModelIndex()
        return next((index for index in people if index.data(DOSSIER) == dossier), first)

    def index(self, row: int, column: int, parent: Index = NOWHERE) -> QModelIndex:
        """Return the place of a group, or of a person inside the group `parent`."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads it with QObject's
        """Return the group of a person; a group has none."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        """Return how many groups there are, or people in a group."""
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].people) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, _parent: Index = NOWHERE) -> int:
        """Return the number of columns, the same on both levels: one, where a list has no more."""
        return 1


class GroupedTree(QTreeView):
    """Calls `on_open` for the person whose row is opened with Enter; Enter or space on a group folds it."""

    def __init__(self, model: GroupedModel, name: str, words: str, on_open: Callable[[DossierId], None]) -> None:
        super().__init__()
        model.setParent(self)
        self._on_open = on_open
        self.setModel(model)
        self.setObjectName(name)
        self.setAccessibleName(words)
        self.setProperty("ownRing", True)
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current person with Enter, fold a group with Enter or space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._activate(self.currentIndex())
            return
        super().keyPressEvent(event)

    def _activate(self, index: QModelIndex) -> None:
        dossier = index.data(DOSSIER)
        if isinstance(dossier, str):
            self._on_open(DossierId(dossier))
        elif index.isValid():
            group = index.siblingAtColumn(0)
            self.setExpanded(group, not self.isExpanded(group))

    def _rows_tall(self, group_height: int, row_height: int) -> int:
        """Return the height of all rows in sight."""
        total, model = 0, self.model()
        for place in range(model.rowCount()):
            group = model.index(place, 0)
            total += group_height + (model.rowCount(group) * row_height if self.isExpanded(group) else 0)
        return total
