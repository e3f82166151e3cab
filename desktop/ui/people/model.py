"""The caseload as a tree of two levels, over plain data: groups by when one must act, people inside them.

A model of our own, because Qt 6.11 with PySide crashes when it frees standard items that Python made.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.services.caseload.caseload_rows import DueGroup, PersonRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.people.people_texts import RowText

GROUP = Qt.ItemDataRole.UserRole + 1
ROW = Qt.ItemDataRole.UserRole + 2
DOSSIER = Qt.ItemDataRole.UserRole + 3

_TERM = 2

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """One group: when one must act, its heading, what stands beside it, how it is read aloud, its people."""

    when: DueGroup
    title: str
    beside: str
    spoken: str
    people: tuple[tuple[PersonRow, RowText], ...]


class PeopleModel(QAbstractItemModel):
    """`show` replaces everything. The internal id of a person's index is the place of the group plus one."""

    def __init__(self, theme: Theme, headers: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme
        self._headers = tuple(headers)
        self._groups: tuple[PeopleGroup, ...] = ()

    def show(self, groups: Sequence[PeopleGroup]) -> None:
        """Show `groups` instead of what was there."""
        self.beginResetModel()
        self._groups = tuple(groups)
        self.endResetModel()

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
        return len(self._groups[parent.row()].people) if parent.internalId() == 0 and parent.column() == 0 else 0

    def columnCount(self, _parent: Index = _NOWHERE) -> int:
        """Return the number of columns, the same on both levels."""
        return len(self._headers)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text, the spoken text, or what the delegate paints from."""
        if not index.isValid():
            return None
        if index.internalId() == 0:
            return _of_group(self._groups[index.row()], index.column(), role)
        row, words = self._groups[index.internalId() - 1].people[index.row()]
        return _of_person(row, words, index.column(), role)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the heading of a column, or its font."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.FontRole:
            return self._theme.font(Role.SMALL)
        return self._headers[section] if role == Qt.ItemDataRole.DisplayRole else None


def _of_group(group: PeopleGroup, column: int, role: int) -> object:
    if column != 0 and role != GROUP:
        return None
    return {
        Qt.ItemDataRole.DisplayRole: group.title,
        Qt.ItemDataRole.AccessibleTextRole: group.spoken,
        GROUP: group.when.value,
        ROW: group.beside,
    }.get(role)


def _of_person(row: PersonRow, words: RowText, column: int, role: int) -> object:
    texts = (words.name, words.step, words.term, words.chip, words.municipality)
    return {
        Qt.ItemDataRole.DisplayRole: texts[column],
        Qt.ItemDataRole.AccessibleTextRole: words.spoken if column == 0 else texts[column],
        Qt.ItemDataRole.ToolTipRole: words.term_why if column == _TERM and words.term_why else words.spoken,
        ROW: words,
        DOSSIER: row.dossier,
    }.get(role)
