"""The modules of the route on one line: done, now, later, skipped, once more; diamonds where the route may change."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from desktop.plan.progress.progress import ModuleMarkState
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import paint_tick_disc

_DISC, _LINE, _TOP, _DIAMOND = 34, 3, 20, 7
_ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
_MARKED = frozenset({"now", "repeated", "past"})
_ICONS: dict[str, str] = {"now": "half-circle", "repeated": "undo", "past": "question"}


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One stop: its key, two lines of words, its state, whether the route may change after it, and all of it spoken."""

    key: str
    title: str
    below: str
    state: ModuleMarkState
    may_change: bool
    spoken: str


class _Stop(PressButton):
    """One disc with its words; the line and the diamonds are drawn by the route behind it."""

    def __init__(self, theme: Theme, stop: RouteStop, name: str) -> None:
        super().__init__()
        self._theme, self.stop, self.beside = theme, stop, False
        self.setObjectName(name)
        self.setAccessibleName(stop.spoken)
        self.setToolTip(stop.spoken)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    @property
    def wished(self) -> float:
        """Return the width of its words."""
        return max(line.width for line, _leading in self._lines())

    def sizeHint(self) -> QSize:
        """Return room for disc and words, below or beside it."""
        theme, lines = self._theme, self._lines()
        words = sum(leading for _line, leading in lines)
        if self.beside:
            return QSize(round(self.wished) + theme.px(_DISC + 24), max(words, theme.px(_DISC)) + theme.px(16))
        return QSize(round(self.wished) + theme.px(8), theme.px(_TOP + _DISC + 14) + words)

    def minimumSizeHint(self) -> QSize:
        """Return the same where words stand beside the disc; else the line turns before they are cut."""
        return QSize(self._theme.px(_DISC), self.sizeHint().height())

    def centre(self) -> QPointF:
        """Return the middle of the disc."""
        theme, rtl = self._theme, self.isRightToLeft()
        if not self.beside:
            return QPointF(self.width() / 2, theme.px(_TOP) + theme.px(_DISC) / 2)
        across = theme.px(_DISC) / 2 + theme.px(2)
        return QPointF(self.width() - across if rtl else across, self.height() / 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the line, which knows the direction of reading."""
        if event.key() in _ARROWS:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the disc and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_disc(painter)
        theme, rtl, whole = self._theme, self.isRightToLeft(), QRectF(self.rect())
        lines = self._lines()
        top = self.centre().y() + theme.px(_DISC) / 2 + theme.px(8)
        if self.beside:
            top = (self.height() - sum(leading for _line, leading in lines)) / 2
            whole = at_start(whole, theme.px(_DISC + 16), whole.width() - theme.px(_DISC + 16), rtl=rtl)
        align = start_side(rtl=rtl) if self.beside else Qt.AlignmentFlag.AlignHCenter
        for line, leading in lines:
            line.draw(painter, QRectF(whole.left(), top, whole.width(), leading), align)
            top += leading
        painter.end()

    def _paint_disc(self, painter: QPainter) -> None:
        theme, state, centre = self._theme, self.stop.state, self.centre()
        radius = theme.px(_DISC) / 2
        if state == "done":
            paint_tick_disc(painter, centre, radius, theme.colour("primary"), theme.colour("on_primary"))
            return
        marked = state in _MARKED
        pen = QPen(theme.colour("accent_mark" if marked else "control"), 3 if marked else 1.8)
        if state in {"skipped", "not_done"}:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(centre, radius - 1.5, radius - 1.5)
        if marked:
            side = radius * 1.15
            square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            icon = _ICONS[state]
            paint_icon(painter, square, icon, theme.colour("accent").name(), mirrored=self.isRightToLeft())

    def _lines(self) -> list[tuple[StyledLine, int]]:
        theme, stop = self._theme, self.stop
        strong = stop.state in _MARKED
        ink = "ink_2" if stop.state in {"later", "skipped", "not_done"} else "ink"
        title = StyledLine(
            stop.title, theme.font(Role.STRONG if strong else Role.BODY), theme.colour(ink), theme.language
        )
        font = theme.font(Role.META)
        font.setBold(strong)
        below = StyledLine(stop.below, font, theme.colour("accent" if strong else "ink_2"), theme.language)
        return [(title, theme.type_size(Role.BODY).leading), (below, theme.type_size(Role.META).leading)]


class RouteLine(QWidget):
    """`opened` carries the key of a stop. Arrows go along the stops, which stand below each other where needed."""

    opened = Signal(str)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self.stops: list[_Stop] = []
        self.setObjectName(name)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(Space.SMALL, 0, Space.SMALL, Space.SMALL)
        self._row.setSpacing(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._direct)

    def set_stops(self, stops: Sequence[RouteStop]) -> None:
        """Show `stops`."""
        if tuple(stops) == tuple(each.stop for each in self.stops):
            return
        for old in self.stops:
            self._row.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.stops = [_Stop(self._theme, stop, f"{self.objectName()}.{stop.key}") for stop in stops]
        for each in self.stops:
            each.clicked.connect(partial(self.opened.emit, each.stop.key))
            self._row.addWidget(each, 1)
        self._direct()

    def minimumSizeHint(self) -> QSize:
        """Return room for one stop with its words beside it."""
        widest = max((each.wished for each in self.stops), default=0)
        return QSize(min(self._theme.px(_DISC + 24) + round(widest), self._theme.px(320)), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn where the words do not fit side by side."""
        super().resizeEvent(event)
        self._direct()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the stops with the arrows, in the direction of reading."""
        forward = Qt.Key.Key_Left if self.isRightToLeft() else Qt.Key.Key_Right
        back = Qt.Key.Key_Right if self.isRightToLeft() else Qt.Key.Key_Left
        steps = {forward: 1, Qt.Key.Key_Down: 1, back: -1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        at = next((place for place, each in enumerate(self.stops) if each.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        self.stops[max(0, min(len(self.stops) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line behind the discs, and the diamonds on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centres = [each.mapToParent(each.centre().toPoint()).toPointF() for each in self.stops]
        for place in range(1, len(self.stops)):
            before, after = self.stops[place - 1].stop, centres[place]
            passed = before.state == "done"
            colour = self._theme.colour("primary" if passed else "edge")
            painter.setPen(QPen(colour, _LINE))
            painter.drawLine(centres[place - 1], after)
            if before.may_change:
                middle = (centres[place - 1] + after) / 2
                self._paint_diamond(painter, middle, "primary" if passed else "control")
        painter.end()

    def _paint_diamond(self, painter: QPainter, middle: QPointF, colour: str) -> None:
        side = self._theme.px(_DIAMOND)
        corners = [QPointF(0, -side), QPointF(side, 0), QPointF(0, side), QPointF(-side, 0)]
        painter.setPen(QPen(self._theme.colour(colour), 1.8))
        painter.setBrush(self._theme.colour("surface"))
        painter.drawPolygon(QPolygonF([middle + corner for corner in corners]))

    def _direct(self) -> None:
        wide = [each.wished + self._theme.px(16) for each in self.stops]
        beside = bool(wide) and max(wide) * len(wide) > self.width() - 2 * Space.SMALL
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(down if beside else across)
        for each in self.stops:
            each.beside = beside
            each.updateGeometry()
        self.updateGeometry()
        self.update()
