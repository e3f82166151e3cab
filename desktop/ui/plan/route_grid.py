"""Three routes side by side: equal width, equal section heights, so that nothing looks heavier than it is."""

from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.plan_parts import SCREEN_ORDER, PlanView
from desktop.ui.kit.paint import Box, paint_box, paint_paper, paper_clip
from desktop.ui.plan.route_column import RouteColumn
from desktop.ui.theme import Theme
from desktop.ui.tokens import BORDER_SELECTED, Radius, Space

_SECTIONS, _REASON = 5, 4
_LEAST_COLUMN = 300
_MOST_COLUMN = 480
_HEIGHTS = (104, 130, 130, 0, 148)


class RouteGrid(QWidget):
    """The weighing of the three legal routes; stacks them where three columns do not fit."""

    reason_written = Signal(str, str)
    proposed = Signal(str)
    followed = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._proposed = ""
        self._across = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(0)
        self._columns = tuple(RouteColumn(theme, texts, route, self.followed.emit) for route in SCREEN_ORDER)
        for column in self._columns:
            self._connect(column)
        self._arrange()
        theme.changed.connect(self.update)

    def show_view(self, view: PlanView) -> None:
        """Show the weighing of `view`."""
        self._proposed = view.plan.proposed_route or ""
        asked = {item.field for item in view.plan.missing}
        for column, weighing in zip(self._columns, view.weighings(), strict=True):
            column.show_weighing(view, weighing, asks=f"route/{column.route}/reason" in asked)
        some = any(weighing.neutral for weighing in view.weighings())
        for column in self._columns:
            column.neutral.setVisible(some)
        self.update()

    def focus_reason(self, route: str) -> None:
        """Put the keyboard in the reason of `route`."""
        for column in self._columns:
            if column.route == route:
                column.reason.setFocus()

    def keep(self) -> None:
        """Keep what is being written."""
        for column in self._columns:
            column.reason.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the routes side by side, or below each other where they do not fit."""
        super().resizeEvent(event)
        across = self.width() >= self._theme.px(_LEAST_COLUMN) * len(SCREEN_ORDER)
        if across != self._across:
            self._across = across
            self._arrange()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a sheet of paper behind each column, its sections divided by hairlines."""
        painter = QPainter(self)
        for column in self._columns:
            self._paint_column(painter, column)
        painter.end()

    def _paint_column(self, painter: QPainter, column: RouteColumn) -> None:
        theme, shown = self._theme, [cell for cell in column.cells if not cell.isHidden()]
        whole = QRectF(_around([cell.geometry() for cell in shown])).adjusted(0, 0, 0, 2)
        proposed = column.route == self._proposed
        paint_paper(painter, whole, theme.colour("surface"), theme.colour("line"), theme.colour("edge"))
        painter.save()
        painter.setClipPath(paper_clip(whole))
        if proposed:
            painter.fillRect(column.head.geometry(), theme.colour("primary_tint"))
        painter.fillRect(column.reason_cell.geometry().adjusted(0, 0, 0, 2), theme.colour("surface_2"))
        for cell in shown[1:]:
            painter.fillRect(QRectF(cell.x(), cell.y(), cell.width(), 1), theme.colour("line"))
        painter.restore()
        if proposed:
            clear = theme.colour("primary")
            clear.setAlpha(0)
            paint_box(painter, whole, Box(clear, theme.colour("primary"), BORDER_SELECTED, Radius.CARD))

    def _connect(self, column: RouteColumn) -> None:
        route = column.route
        column.reason.written.connect(lambda text: self.reason_written.emit(route, text))
        column.propose.clicked.connect(lambda: self.proposed.emit(route))

    def _arrange(self) -> None:
        for index, column in enumerate(self._columns):
            for section, cell in enumerate(column.cells):
                self._grid.removeWidget(cell)
                row = section if self._across else index * (_SECTIONS + 1) + section
                self._grid.addWidget(cell, row, index if self._across else 0)
        for index in range(len(self._columns)):
            self._grid.setColumnStretch(index, 1 if self._across or index == 0 else 0)
        for row in range(self._grid.rowCount()):
            section = row % (_SECTIONS + 1) if not self._across else row
            height = self._height(section) if self._across or row < len(self._columns) * (_SECTIONS + 1) else 0
            self._grid.setRowMinimumHeight(row, height)
            self._grid.setRowStretch(row, 1 if section == _REASON and self._across else 0)
        self.setMaximumWidth(_MOST_COLUMN * len(self._columns) + 2 * Space.LARGE if self._across else 16777215)

    def _height(self, section: int) -> int:
        if section >= _SECTIONS:
            return Space.LARGE
        if not self._across:
            return 0
        return self._theme.px(_HEIGHTS[section])


def _around(parts: list[QRect]) -> QRect:
    whole = parts[0]
    for part in parts[1:]:
        whole = whole.united(part)
    return whole
