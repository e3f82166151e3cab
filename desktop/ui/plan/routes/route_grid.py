"""Three routes side by side: equal width, equal section heights, so that nothing looks heavier than it is.

Heads and reasons always stay in sight; only the arguments between them scroll, all three columns together. Where three
columns do not fit, the routes stand below each other and the page scrolls.
"""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QScrollBar, QVBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import SCREEN_ORDER, PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import BORDER_SELECTED, Radius, Space
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box, paint_paper, paper_clip
from desktop.ui.kit.layout.nest import nest
from desktop.ui.plan.routes.route_column import RouteCell, RouteColumn

_LEAST_COLUMN, _MOST_COLUMN = 300, 480
_HEAD, _MIDDLE, _REASON = 104, 210, 160
_BAR = 14


class _Middle(QScrollArea):
    """The arguments, scrolled as one; the bar that moves them stands beside the columns."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def hold(self, widget: QWidget) -> None:
        """Scroll `widget`."""
        self.setWidget(widget)
        widget.setAutoFillBackground(False)


class RouteGrid(QWidget):
    """The weighing of the three legal routes."""

    reason_written = Signal(str, str)
    proposed = Signal(str)
    followed = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme = theme
        self._proposed = ""
        self._across: bool | None = None
        self._columns = tuple(RouteColumn(theme, texts, route, self.followed.emit) for route in SCREEN_ORDER)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 2)
        self._box.setSpacing(0)
        self._heads, self._foot, self._stacked = QWidget(), QWidget(), QWidget()
        self._inside = QWidget()
        self._middle = _Middle()
        self._middle.hold(self._inside)
        self._bar = QScrollBar(Qt.Orientation.Vertical)
        self._bar.setAccessibleName(texts.text("Scroll the arguments"))
        for part in (self._heads, self._foot, self._inside):
            grid = QGridLayout(part)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(Space.LARGE)
            grid.setVerticalSpacing(0)
        self._pile = QVBoxLayout(self._stacked)
        self._pile.setContentsMargins(0, 0, 0, 0)
        self._pile.setSpacing(0)
        self._build(self._bar)
        for column in self._columns:
            self._connect(column)
        self._inside.installEventFilter(self)
        self._arrange(across=True)
        theme.changed.connect(self.update)

    def show_view(self, view: PlanView) -> None:
        """Show the weighing of `view`."""
        self._proposed = view.plan.proposed_route or ""
        asked = {item.field for item in view.plan.missing if item.code == "plan.route_without_reason"}
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
            self._arrange(across=across)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Paint the hairlines again when the arguments move."""
        if event.type() in {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self.update()
        return super().eventFilter(watched, event)

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
        window = QRect(0, head.bottom(), self.width(), max(0, foot.top() - head.bottom()))
        for cell in (column.against, column.neutral):
            at = self._place(cell)
            if not cell.isHidden() and window.contains(QPoint(window.center().x(), at.top())):
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

    def _build(self, bar: QScrollBar) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._middle, 1)
        self._box.addWidget(self._heads)
        nest(self._box, row, 1)
        self._box.addWidget(self._foot)
        self._box.addWidget(self._stacked)
        bar.setParent(self)
        inner = self._middle.verticalScrollBar()
        inner.rangeChanged.connect(self._fit_bar)
        inner.valueChanged.connect(bar.setValue)
        bar.valueChanged.connect(inner.setValue)

    def _fit_bar(self, least: int, most: int) -> None:
        inner = self._middle.verticalScrollBar()
        self._bar.setRange(least, most)
        self._bar.setPageStep(inner.pageStep())
        self._bar.setSingleStep(self._theme.px(24))
        self._bar.setVisible(most > least and bool(self._across))
        where = self._middle.geometry()
        x = where.left() if self.isRightToLeft() else where.right() - _BAR
        self._bar.setGeometry(x, where.top() + 4, _BAR, where.height() - 8)
        self._bar.raise_()

    def _connect(self, column: RouteColumn) -> None:
        route = column.route
        column.reason.written.connect(lambda text: self.reason_written.emit(route, text))
        column.propose.clicked.connect(lambda: self.proposed.emit(route))

    def _arrange(self, *, across: bool) -> None:
        self._across = across
        for index, column in enumerate(self._columns):
            if across:
                self._put(self._heads, column.head, 0, index)
                for row, cell in enumerate((column.for_, column.against, column.neutral)):
                    self._put(self._inside, cell, row, index)
                self._put(self._foot, column.reason_cell, 0, index)
            else:
                for cell in column.cells:
                    self._pile.addWidget(cell)
                self._pile.addSpacing(Space.LARGE)
        for part in (self._heads, self._middle, self._foot):
            part.setVisible(across)
        self._stacked.setVisible(not across)
        self._heads.setMinimumHeight(self._theme.px(_HEAD) if across else 0)
        self._middle.setMinimumHeight(self._theme.px(_MIDDLE) if across else 0)
        self._foot.setMinimumHeight(self._theme.px(_REASON) if across else 0)
        self._bar.setVisible(False)
        self.setMaximumWidth(_MOST_COLUMN * len(self._columns) + 2 * Space.LARGE if across else 16777215)

    def _put(self, part: QWidget, cell: RouteCell, row: int, column: int) -> None:
        grid = part.layout()
        if isinstance(grid, QGridLayout):
            grid.addWidget(cell, row, column)
            grid.setColumnStretch(column, 1)
            grid.setRowStretch(row, 1)
