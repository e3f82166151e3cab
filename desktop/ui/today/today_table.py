"""The list of the page of the day: groups by when, one row a person; as tall as its rows, for the page scrolls."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QMouseEvent, QResizeEvent

from desktop.services.today.needs import NeedGroup
from desktop.ui.design.theme import Theme
from desktop.ui.kit.surfaces.grouped_list import DOSSIER, GROUP, GroupedTree, Index
from desktop.ui.today.today_delegate import TodayDelegate
from desktop.ui.today.today_model import DayGroup, TodayModel
from protocol.identifiers import DossierId

FOLDED = frozenset({NeedGroup.LATER, NeedGroup.WAITING})
"""The groups that nobody has to act on now: folded while there are others."""


class TodayTable(GroupedTree):
    """`on_choose` hears whose row is the current one, `on_open` whose was opened with Enter or a second click."""

    def __init__(
        self, theme: Theme, name: str, on_choose: Callable[[DossierId], None], on_open: Callable[[DossierId], None]
    ) -> None:
        model = TodayModel()
        super().__init__(model, "today.table", name, on_open)
        self._model, self._theme, self._on_choose = model, theme, on_choose
        self._delegate = TodayDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setHeaderHidden(True)
        self.expanded.connect(self._fit)
        self.collapsed.connect(self._fit)
        theme.changed.connect(self._fit)

    @property
    def chosen(self) -> DossierId | None:
        """The dossier of the current row."""
        dossier = self.currentIndex().data(DOSSIER)
        return DossierId(dossier) if isinstance(dossier, str) else None

    def show_groups(self, groups: Sequence[DayGroup], *, unfolded: bool) -> None:
        """Show `groups`; those for later are folded unless `unfolded`, or alone.

        Whoever is the current one stays so, unless folded away: then the first one is.
        """
        chosen = self.chosen
        self._model.show(groups)
        alone = all(group.group in FOLDED for group in groups)
        for place, group in enumerate(groups):
            self.setExpanded(self._model.index(place, 0), unfolded or alone or group.group not in FOLDED)
        current = self._model.find(chosen)
        self.setCurrentIndex(current if self.isExpanded(current.parent()) else self._model.find(None))
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell whose row it is now."""
        super().currentChanged(current, previous)
        dossier = current.data(DOSSIER)
        if isinstance(dossier, str):
            self._on_choose(DossierId(dossier))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group with a click."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.data(GROUP) is not None:
            self.setExpanded(index, not self.isExpanded(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open a person with a second click."""
        index = self.indexAt(event.position().toPoint())
        if isinstance(index.data(DOSSIER), str):
            self._activate(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take the height that the new width needs."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the height of all rows in sight."""
        return QSize(self._theme.px(640), self._tall())

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(320, self._tall())

    def _fit(self) -> None:
        self.setFixedHeight(max(1, self._tall()))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def _tall(self) -> int:
        return self._rows_tall(self._delegate.group_height(), self._delegate.row_height())
