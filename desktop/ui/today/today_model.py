"""The page of the day as a tree of two levels over plain data: groups, people inside them.

A model of our own, because Qt 6.11 with PySide crashes when it frees standard items that Python made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.services.today.needs import NeedGroup
from desktop.services.today.today_list import TodayRow
from desktop.ui.today.today_texts import NeedText, under_name

GROUP = Qt.ItemDataRole.UserRole + 1
PERSON = Qt.ItemDataRole.UserRole + 2
DOSSIER = Qt.ItemDataRole.UserRole + 3

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class DayGroup:
    """One group: its heading, how many it holds in words, its people with what is said of them."""

    group: NeedGroup
    title: str
    count: str
    people: tuple[tuple[TodayRow, NeedText], ...]


class TodayModel(QAbstractItemModel):
    """`show` replaces everything. The internal id of a person's index is the place of the group plus one."""

    _groups: tuple[DayGroup, ...] = ()

    def show(self, groups: Sequence[DayGroup]) -> None:
        """Show `groups` instead of what was there."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

    def find(self, dossier: object) -> QModelIndex:
        """Return where a person is; the first person where that one is not here, nowhere where nobody is."""
        found = QModelIndex()
        for place, group in enumerate(self._groups):
            for line, (row, _words) in enumerate(group.people):
                if row.dossier == dossier or not found.isValid():
                    found = self.index(line, 0, self.index(place, 0))
                if row.dossier == dossier:
                    return found
        return found

    def index(self, row: int, column: int, parent: Index = _NOWHERE) -> QModelIndex:
        """Return the place of a group, or of a person inside the group `parent`."""
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, parent.row() + 1 if parent.isValid() else 0)

    def parent(self, index: Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]  # Qt overloads it with QObject's
        """Return the group of a person; a group has none."""
        if not index.isValid() or index.internalId() == 0:
            return QModelIndex()
        return self.createIndex(index.internalId() - 1, 0, 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many groups there are, or people in a group."""
        if not parent.isValid():
            return len(self._groups)
        return len(self._groups[parent.row()].people) if parent.internalId() == 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """Return 1."""
        return 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, the spoken text, or what the delegate paints from."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            group = self._groups[index.row()]
            spoken = f"{group.title}, {group.count}"
            texts = {Qt.ItemDataRole.DisplayRole: group.title, Qt.ItemDataRole.AccessibleTextRole: spoken, GROUP: group}
            return texts.get(role)
        row, words = self._groups[index.internalId() - 1].people[index.row()]
        spoken = ", ".join(part for part in (row.name or row.number, words.title, words.under, words.chip) if part)
        return {
            Qt.ItemDataRole.DisplayRole: row.name or row.number,
            Qt.ItemDataRole.AccessibleTextRole: f"{spoken}, {under_name(row)}",
            Qt.ItemDataRole.ToolTipRole: spoken,
            PERSON: (row, words),
            DOSSIER: row.dossier,
        }.get(role)
