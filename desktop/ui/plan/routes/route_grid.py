"""Three routes side by side: equal width, equal section heights, so that nothing looks heavier than it is.

What speaks for and what speaks against stand in sight for all three at once: each shows as many arguments as there is
room for, the same number everywhere, and says how many there are more. All are shown for all three, or for none. Where
three columns do not fit, the routes stand below each other, whole.
"""

from functools import partial

from PySide6.QtCore import QPoint, QRect, QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import SCREEN_ORDER, PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import BORDER_SELECTED, Radius, Space
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box, paint_paper, paper_clip
from desktop.ui.plan.routes.route_column import RouteColumn
from desktop.ui.plan.routes.route_section import RouteCell

_LEAST_COLUMN, _MOST_COLUMN = 300, 480
_HEAD, _MOST = 96, 4
"""The least height of a head, and the most arguments shown before somebody asks for all."""


class RouteGrid(QWidget):
    """The weighing of the three legal routes."""

    reason_written = Signal(str, str)
    proposed = Signal(str)
    followed = Signal(str)
    write_asked = Signal(str, str, object)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._proposed = ""
        self._across: bool | None = None
        self._texts = texts
        self._room, self._open = 0, False
        self._columns = tuple(RouteColumn(theme, texts, route) for route in SCREEN_ORDER)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 2)
        self._box.setSpacing(0)
        self._heads, self._foot, self._stacked = QWidget(), QWidget(), QWidget()
        self._inside = QWidget()
        for part in (self._heads, self._foot, self._inside):
            grid = QGridLayout(part)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(Space.LARGE)
            grid.setVerticalSpacing(0)
        self._pile = QVBoxLayout(self._stacked)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self._pile.setSpacing(0)
        for part in (self._heads, self._inside, self._foot, self._stacked):
            self._box.addWidget(part)
        for column in self._columns:
            self._connect(column)
        self._arrange(across=True)
        theme.changed.connect(self.update)

    def show_view(self, view: PlanView) -> None:
        """Show the weighing of `view`."""
        self._proposed = view.plan.proposed_route or ""
        asked = {item.field for item in view.plan.missing if item.code == "plan.route_without_reason"}
        words = self._texts.plural(
            "Still to be written before signing", "{n} reasons still to be written before signing", len(asked)
        )
        for column, weighing in zip(self._columns, view.weighings(), strict=True):
            mine = f"route/{column.route}/reason" in asked
            column.show_weighing(view, weighing, asks=words if mine else "")
            words = "" if mine else words  # one mark for all: the first that is missing
        self._fold()
        self.update()

    def set_room(self, pixels: int) -> None:
        """Show as many arguments as fit when the routes may be `pixels` high."""
        self._room = pixels
        self._fold()

    def focus_section(self, route: str, sign: str) -> None:
        """Put the keyboard where an argument for or against `route` is written."""
        for column in self._columns:
            for section in column.sections:
                if (column.route, section.sign) == (route, sign):
                    section.focus_writing()

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
            self._arrange(across=across)
        elif event.size().width() != event.oldSize().width():
            self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a sheet of paper behind each column, its sections divided by hairlines."""
        painter = QPainter(self)
        for column in self._columns:
            self._paint_column(painter, column)
        painter.end()

    def _paint_column(self, painter: QPainter, column: RouteColumn) -> None:
        theme = self._theme
        head, foot = self._place(column.head), self._place(column.reason_cell)
        whole = QRectF(head.united(foot)).adjusted(0, 0, 0, 2)
        proposed = column.route == self._proposed
        paint_paper(painter, whole, theme.colour("surface"), theme.colour("line"), theme.colour("edge"))
        painter.save()
        painter.setClipPath(paper_clip(whole))
        if proposed:
            painter.fillRect(head, theme.colour("primary_tint"))
        for cell in (column.against, column.neutral):
            at = self._place(cell)
            if not cell.isHidden():
                painter.fillRect(QRectF(at.x(), at.y(), at.width(), 1), theme.colour("line"))
        painter.fillRect(foot.adjusted(0, 0, 0, 2), theme.colour("surface_2"))
        for y in (head.bottom() + 1, foot.top()):
            painter.fillRect(QRectF(head.x(), y, head.width(), 1), theme.colour("line"))
        painter.restore()
        if proposed:
            clear = theme.colour("primary")
            clear.setAlpha(0)
            paint_box(painter, whole, BoxStyle(clear, theme.colour("primary"), BORDER_SELECTED, Radius.CARD))

    def _place(self, cell: RouteCell) -> QRect:
        return QRect(cell.mapTo(self, QPoint(0, 0)), cell.size())

    def _fold(self) -> None:
        """Show as many arguments as there is room for, the same number in every section."""
        open_ = self._open or not self._across
        most = None if open_ else self._fitting()
        for column in self._columns:
            for section in (column.for_, column.against):
                section.limit(most)
            column.neutral.limit(None)
            column.neutral.setVisible(open_ and any(each.neutral.count for each in self._columns))

    def _fitting(self) -> int:
        width = (self.width() - 2 * Space.LARGE) // len(self._columns)
        room = self._room - self._heads.sizeHint().height() - self._foot.sizeHint().height()

        def needed(most: int) -> int:
            rows = zip(*((column.for_, column.against) for column in self._columns), strict=True)
            return sum(max(section.height_at(width, most) for section in row) for row in rows)

        return next((most for most in range(_MOST, 1, -1) if needed(most) <= room), 1)

    def _turn(self) -> None:
        self._open = not self._open
        self._fold()

    def _connect(self, column: RouteColumn) -> None:
        route = column.route
        column.reason.written.connect(lambda text: self.reason_written.emit(route, text))
        column.propose.clicked.connect(lambda: self.proposed.emit(route))
        for section in column.sections:
            section.followed.connect(self.followed)
            section.more_asked.connect(self._turn)
            section.write_asked.connect(partial(self.write_asked.emit, route, section.sign))

    def _arrange(self, *, across: bool) -> None:
        self._across = across
        for index, column in enumerate(self._columns):
            if across:
                self._put(self._heads, column.head, 0, index)
                for row, section in enumerate(column.sections):
                    self._put(self._inside, section, row, index)
                self._put(self._foot, column.reason_cell, 0, index)
            else:
                for cell in column.cells:
                    self._pile.addWidget(cell)
                self._pile.addSpacing(Space.LARGE)
        for part in (self._heads, self._inside, self._foot):
            part.setVisible(across)
        self._stacked.setVisible(not across)
        self._fold()
        self.setMaximumWidth(_MOST_COLUMN * len(self._columns) + 2 * Space.LARGE if across else 16777215)

    def _put(self, part: QWidget, cell: RouteCell, row: int, column: int) -> None:
        grid = part.layout()
        if isinstance(grid, QGridLayout):
            grid.addWidget(cell, row, column)
            grid.setColumnStretch(column, 1)
            grid.setRowStretch(row, 1)
            grid.setRowMinimumHeight(row, self._theme.px(_HEAD) if part is self._heads else 0)
