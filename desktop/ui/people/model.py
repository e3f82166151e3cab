"""The caseload as a list in groups, over plain data: groups by when one must act, people inside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop.services.caseload.caseload_rows import DueGroup, PersonRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.surfaces.grouped_list import DOSSIER, GROUP, NOWHERE, GroupedModel, Index
from desktop.ui.people.people_texts import RowText

ROW = Qt.ItemDataRole.UserRole + 2

_TERM = 2


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """One group: when one must act, its heading, what stands beside it, how it is read aloud, its people."""

    when: DueGroup
    title: str
    beside: str
    spoken: str
    people: tuple[tuple[PersonRow, RowText], ...]


class PeopleModel(GroupedModel):
    """`show` replaces everything."""

    _groups: tuple[PeopleGroup, ...] = ()

    def __init__(self, theme: Theme, headers: Sequence[str]) -> None:
        super().__init__()
        self._theme = theme
        self._headers = tuple(headers)

    def show(self, groups: Sequence[PeopleGroup]) -> None:
        """Show `groups` instead of what was there."""
        self._replace(groups)

    def columnCount(self, _parent: Index = NOWHERE) -> int:
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
