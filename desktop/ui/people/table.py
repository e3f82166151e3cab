"""The table of people: groups by when one must act, rows painted by `delegate`, opened with a click or Enter."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHeaderView

from desktop.i18n.catalogue import Catalogue
from desktop.services.caseload.caseload_rows import DueGroup, PersonRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.controls.chip import chip_size
from desktop.ui.kit.surfaces.grouped_list import DOSSIER, GROUP, GroupedTree
from desktop.ui.people.delegate import PersonDelegate
from desktop.ui.people.model import PeopleGroup, PeopleModel
from desktop.ui.people.people_texts import HEADERS, RowText, group_text, row_text
from protocol.identifiers import DossierId

_NAME, _STEP, _TERM, _CHIP, _PLACE = range(5)
_WIDE = 1400
_NARROW_SCALE = 1.3
_STEP_WIDTH = 170
"""Pixels at 100 % below which a next step is not told in full: the state then stands below it."""


class PeopleTable(GroupedTree):
    """Shows caseload rows; `on_open` hears the dossier a person chose. As tall as its rows: the page scrolls."""

    def __init__(self, theme: Theme, catalogue: Catalogue, on_open: Callable[[DossierId], None]) -> None:
        model = PeopleModel(theme, [catalogue.text(each) for each in HEADERS])
        super().__init__(model, "people.table", catalogue.text("People"), on_open)
        self._model, self._theme, self._catalogue = model, theme, catalogue
        self._texts: Mapping[PersonRow, RowText] = {}
        self._chips: set[str] = set()
        self._names: set[str] = set()
        self._delegate = PersonDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self._prepare()
        self.clicked.connect(self._activate)
        self.expanded.connect(self._fit)
        self.collapsed.connect(self._fit)
        theme.changed.connect(self._restyle)

    def show_rows(self, rows: Sequence[PersonRow], today: str) -> None:
        """Show `rows`, grouped; `today` is the date in words beside the first group."""
        chosen = self.currentIndex().siblingAtColumn(0).data(DOSSIER)
        self._texts = {row: self._texts.get(row) or row_text(row, self._catalogue) for row in rows}
        self._chips = {words.chip for words in self._texts.values()}
        self._names = {name for words in self._texts.values() for name in (words.name, words.under_name)}
        groups = [self._group(when, [row for row in rows if row.when is when], today) for when in DueGroup]
        self._model.show([group for group in groups if group.people])
        for place in range(self._model.rowCount()):
            group = self._model.index(place, 0)
            self.setFirstColumnSpanned(place, QModelIndex(), True)
            self.setExpanded(group, group.data(GROUP) != DueGroup.LATER.value or self._model.rowCount() == 1)
        found = self._model.find(chosen)
        if found.isValid():
            self.setCurrentIndex(found)
        self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns their share."""
        super().resizeEvent(event)
        self._share()

    def sizeHint(self) -> QSize:
        """Return the height of header and visible rows."""
        return QSize(800, self._tall())

    def minimumSizeHint(self) -> QSize:
        """Return the same height."""
        return QSize(400, self._tall())

    def _prepare(self) -> None:
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionsClickable(False)
        header.setSectionsMovable(False)
        header.setStretchLastSection(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)

    def _group(self, when: DueGroup, rows: Sequence[PersonRow], today: str) -> PeopleGroup:
        title = group_text(when, self._catalogue)
        count = self._catalogue.plural("{n} person", "{n} people", len(rows))
        people = tuple((row, self._texts[row]) for row in rows)
        return PeopleGroup(when, title, today if when is DueGroup.TODAY else count, f"{title}, {count}", people)

    def _restyle(self) -> None:
        self.header().setFixedHeight(self._theme.px(37))
        self._share()
        self.scheduleDelayedItemsLayout()
        self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(self._tall())
        self.setMaximumHeight(self._tall())
        self.updateGeometry()

    def _tall(self) -> int:
        rows = self._rows_tall(self._delegate.group_height(), self._delegate.row_height())
        return self._theme.px(37) + 1 + rows

    def _name_width(self, *, narrow: bool) -> int:
        """Return 266 pixels at 100 %; with large text only what the longest name or number needs."""
        usual = self._theme.px(266)
        if not narrow:
            return usual
        metrics = QFontMetrics(self._theme.font(Role.STRONG))
        return min(usual, max((metrics.horizontalAdvance(name) for name in self._names), default=0) + 52)

    def _chip_width(self) -> int:
        """Return room for the widest chip and the chevron; 265 at the least where there is plenty."""
        widest = max((chip_size(self._theme, text, icon="circle").width() for text in self._chips), default=0)
        return widest + self._theme.px(18) + 44 if self._theme.scale > _NARROW_SCALE else max(265, widest + 62)

    def _share(self) -> None:
        theme, width = self._theme, self.viewport().width()
        narrow = theme.scale > _NARROW_SCALE
        wide = width >= _WIDE and not narrow
        name, chip = self._name_width(narrow=narrow), self._chip_width()
        term, place = (0 if narrow else theme.px(178)), (theme.px(180) if wide else 0)
        tight = width - name - chip < theme.px(_STEP_WIDTH)
        chip = 0 if tight else chip
        self._delegate.set_narrow(narrow=narrow, tight=tight)
        self.setColumnHidden(_CHIP, tight)
        self.setColumnHidden(_TERM, narrow)
        self.setColumnHidden(_PLACE, not wide)
        for column, share in ((_NAME, name), (_TERM, term), (_CHIP, chip), (_PLACE, place)):
            self.setColumnWidth(column, share)
        self.setColumnWidth(_STEP, max(1, width - name - term - chip - place))
        self.header().moveSection(self.header().visualIndex(_PLACE), _CHIP)
