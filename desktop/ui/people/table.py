"""The table of people: groups by when one must act, rows painted by `delegate`, opened with a click or Enter."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from desktop.i18n.catalogue import Catalogue
from desktop.services.caseload.caseload_rows import DueGroup, PersonRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.controls.chip import chip_size
from desktop.ui.people.delegate import PersonDelegate
from desktop.ui.people.model import DOSSIER, GROUP, PeopleGroup, PeopleModel
from desktop.ui.people.people_texts import HEADERS, RowText, group_text, row_text
from protocol.identifiers import DossierId

_NAME, _STEP, _TERM, _CHIP, _PLACE = range(5)
_WIDE = 1400
_NARROW_SCALE = 1.3
_STEP_WIDTH = 170
"""Pixels at 100 % below which a next step is not told in full: the state then stands below it."""


class PeopleTable(QTreeView):
    """Shows caseload rows; `on_open` hears the dossier a person chose. As tall as its rows: the page scrolls."""

    def __init__(self, theme: Theme, catalogue: Catalogue, on_open: Callable[[DossierId], None]) -> None:
        super().__init__()
        self._theme, self._catalogue, self._on_open = theme, catalogue, on_open
        self._model = PeopleModel(theme, [catalogue.text(each) for each in HEADERS], self)
        self.setModel(self._model)
        self._texts: Mapping[PersonRow, RowText] = {}
        self._chips: set[str] = set()
        self._names: set[str] = set()
        self._delegate = PersonDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setObjectName("people.table")
        self.setAccessibleName(catalogue.text("People"))
        self.setProperty("ownRing", True)
        self._prepare()
        self.clicked.connect(self._on_click)
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
        self._choose(chosen)
        self._restyle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the current person with Enter, fold a group with Enter or space."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space}:
            self._on_click(self.currentIndex())
            return
        super().keyPressEvent(event)

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
        self.setRootIsDecorated(False)
        self.setIndentation(0)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setExpandsOnDoubleClick(False)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
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

    def _choose(self, dossier: object) -> None:
        persons = [
            self._model.index(line, 0, self._model.index(place, 0))
            for place in range(self._model.rowCount())
            for line in range(self._model.rowCount(self._model.index(place, 0)))
        ]
        match = next((index for index in persons if index.data(DOSSIER) == dossier), persons[0] if persons else None)
        if match is not None:
            self.setCurrentIndex(match)

    def _on_click(self, index: QModelIndex) -> None:
        dossier = index.data(DOSSIER)
        if isinstance(dossier, str):
            self._on_open(DossierId(dossier))
        elif index.isValid():
            self.setExpanded(index.siblingAtColumn(0), not self.isExpanded(index.siblingAtColumn(0)))

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
        total = self._theme.px(37) + 1
        for place in range(self._model.rowCount()):
            group = self._model.index(place, 0)
            total += self._delegate.group_height()
            if self.isExpanded(group):
                total += self._delegate.row_height() * self._model.rowCount(group)
        return total

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
