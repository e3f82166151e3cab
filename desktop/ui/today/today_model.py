"""The page of the day as a list in groups over plain data: groups, people inside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt

from desktop.services.today.needs import NeedGroup
from desktop.services.today.today_list import TodayRow
from desktop.ui.kit.surfaces.grouped_list import DOSSIER, GROUP, GroupedModel, Index
from desktop.ui.today.today_texts import NeedText, under_name

PERSON = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True, slots=True)
class DayGroup:
    """One group: its heading, how many it holds in words, its people with what is said of them."""

    group: NeedGroup
    title: str
    count: str
    people: tuple[tuple[TodayRow, NeedText], ...]


class TodayModel(GroupedModel):
    """`show` replaces everything."""

    _groups: tuple[DayGroup, ...] = ()

    def show(self, groups: Sequence[DayGroup]) -> None:
        """Show `groups` instead of what was there."""
        self._replace(groups)

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
