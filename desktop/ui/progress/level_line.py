"""One skill on the scale of levels: a hollow ring at the intake, a disc now, a flag at the aim."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.plan.progress.progress import LEVEL_NAMES, LevelLine
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side

_USUAL = ("a0", "a1", "a2", "b1", "b2")
_LITERACY = ("alfa_a", "alfa_b", "alfa_c")
_ROW, _AXIS, _MARK, _SIDE = 44, 24, 15, 14
_STANDS_AT = {"0": ("a0", 0.0), "a1_min": ("a0", 0.5)}
"""Levels without a tick of their own: at which one they stand, and how far on."""


@dataclass(frozen=True, slots=True)
class LevelScale:
    """The ticks of the scale, and how wide the words before it are."""

    ticks: tuple[str, ...]
    label: int

    def place(self, level: str) -> float:
        """Return where `level` stands, from 0 to 1."""
        tick, on = _STANDS_AT.get(level, (level, 0.0))
        return (self.ticks.index(tick) + on) / (len(self.ticks) - 1)


def scale_of(lines: Sequence[LevelLine], label: int) -> LevelScale:
    """Return the scale on which all of `lines` have their place: literacy before A0, C1 after B2, only where used."""
    used = {level for line in lines for level in (line.then, line.now, line.goal)}
    before = _LITERACY if used & set(_LITERACY) else ()
    return LevelScale((*before, *_USUAL, *(("c1",) if "c1" in used else ())), label)


class _OnScale(QWidget):
    """A painted row whose scale begins after its label."""

    def __init__(self, theme: Theme, scale: LevelScale, tall: int) -> None:
        super().__init__()
        self._theme, self._scale, self._tall = theme, scale, tall
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return the label with a scale on which marks do not touch."""
        wide = self._scale.label + len(self._scale.ticks) * self._theme.px(30)
        return QSize(wide, self._theme.px(self._tall))

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def _at(self, place: float) -> float:
        side = self._theme.px(_SIDE)
        start = self._scale.label + side
        across = start + place * (self.width() - start - side)
        return self.width() - across if self.isRightToLeft() else across


class LevelAxis(_OnScale):
    """The names of the levels above the rows; decoration, since every row says its own in words."""

    def __init__(self, theme: Theme, scale: LevelScale) -> None:
        super().__init__(theme, scale, _AXIS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names."""
        painter = QPainter(self)
        theme, wide = self._theme, float(self._theme.px(60))
        for tick in self._scale.ticks:
            name = LEVEL_NAMES[tick].removeprefix("Alfa ")
            line = StyledLine(name, theme.font(Role.SMALL), theme.colour("ink_2"), theme.language)
            middle = self._at(self._scale.place(tick))
            where = QRectF(middle - wide / 2, 0, wide, self.height())
            line.draw(painter, where, Qt.AlignmentFlag.AlignHCenter)
        painter.end()


class LevelRow(_OnScale):
    """One skill. It takes the focus, so that its sentence can be heard; that is also its tooltip."""

    def __init__(self, theme: Theme, scale: LevelScale, label: str, line: LevelLine, spoken: str) -> None:
        super().__init__(theme, scale, _ROW)
        self._label, self._line = label, line
        self.setObjectName(f"progress.level.{line.skill}")
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw label, scale and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, middle, rtl = self._theme, self.height() / 2, self.isRightToLeft()
        words = StyledLine(self._label, theme.font(Role.BODY), theme.colour("ink"), theme.language)
        words.draw(painter, at_start(QRectF(self.rect()), 0, self._scale.label, rtl=rtl), start_side(rtl=rtl))
        painter.setPen(QPen(theme.colour("edge"), 3))
        painter.drawLine(QPointF(self._at(0), middle), QPointF(self._at(1), middle))
        painter.setPen(QPen(theme.colour("edge"), 2))
        for tick in self._scale.ticks:
            across = self._at(self._scale.place(tick))
            painter.drawLine(QPointF(across, middle - theme.px(5)), QPointF(across, middle + theme.px(5)))
        self._paint_marks(painter, middle)
        painter.end()

    def _paint_marks(self, painter: QPainter, middle: float) -> None:
        theme, line, place = self._theme, self._line, self._scale.place
        if line.then and line.now:
            painter.setPen(QPen(theme.colour("primary"), 3))
            painter.drawLine(QPointF(self._at(place(line.then)), middle), QPointF(self._at(place(line.now)), middle))
        if line.goal:
            self._paint_flag(painter, self._at(place(line.goal)), middle)
        if line.then:
            paint_level_mark(painter, theme, QPointF(self._at(place(line.then)), middle), filled=False)
        if line.now:
            paint_level_mark(painter, theme, QPointF(self._at(place(line.now)), middle), filled=True)

    def _paint_flag(self, painter: QPainter, across: float, middle: float) -> None:
        theme = self._theme
        pen = QPen(theme.colour("ink"), 1.8)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        turn = -1 if self.isRightToLeft() else 1
        top, wide, tall = middle - theme.px(14), theme.px(11) * turn, theme.px(9)
        painter.drawLine(QPointF(across, middle + theme.px(9)), QPointF(across, top))
        corners = ((wide, 0.0), (wide * 0.62, tall / 2), (wide, tall), (0.0, tall))
        before = QPointF(across, top)
        for x, y in corners:
            after = QPointF(across + x, top + y)
            painter.drawLine(before, after)
            before = after


def paint_level_mark(painter: QPainter, theme: Theme, centre: QPointF, *, filled: bool) -> None:
    """Draw a ring (then) or a disc (now) of the level line."""
    radius = theme.px(_MARK) / 2
    painter.setPen(QPen(theme.colour("primary"), 2.4))
    painter.setBrush(theme.colour("primary" if filled else "surface"))
    painter.drawEllipse(centre, radius, radius)


class LevelKey(QWidget):
    """The mark of a legend: `ring`, `disc`, or an icon."""

    def __init__(self, theme: Theme, mark: str) -> None:
        super().__init__()
        self._theme, self._mark = theme, mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return a square for the mark."""
        side = self._theme.px(_MARK + Space.HAIR)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the mark."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self._mark in {"ring", "disc"}:
            paint_level_mark(painter, self._theme, whole.center(), filled=self._mark == "disc")
        else:
            mirrored = self.isRightToLeft()
            paint_icon(painter, whole, self._mark, self._theme.colour("ink").name(), mirrored=mirrored)
        painter.end()
