"""A timeline of a few steps: done, now, later, returned. Painted, and told as a list to assistive technology."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.drawing.line import StyledLine, at_start, start_side
from desktop.ui.kit.drawing.paint import paint_tick_disc

StepState = Literal["done", "now", "later", "returned"]

_DISC, _LINE, _TOP = 34, 3, 20
_APART = 8
_SMALLEST = 0.75
"""How much smaller words may become that have no room, before they are cut."""


@dataclass(frozen=True, slots=True)
class TimelineStep:
    """One step: its words, its moment in words, its state and the icon shown while it is now.

    `spoken` is the whole step in words, with its state.
    """

    title: str
    moment: str
    state: StepState
    icon: str
    spoken: str


class Timeline(QWidget):
    """The steps from the start to the end of reading, or below each other where the words of all do not fit so.

    The accessible name holds all of them.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._steps: tuple[TimelineStep, ...] = ()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_steps(self, steps: Sequence[TimelineStep]) -> None:
        """Show `steps`."""
        self._steps = tuple(steps)
        self.setAccessibleName("; ".join(step.spoken for step in steps))
        self.setToolTip("\n".join(step.spoken for step in steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for discs, words and moments."""
        theme = self._theme
        if self._stacked():
            return QSize(theme.px(720), max(1, len(self._steps)) * self._step_height() + theme.px(8))
        rows = max((len(self._titles(step)) for step in self._steps), default=1)
        words = rows * theme.type_size(Role.BODY).leading + theme.type_size(Role.META).leading
        return QSize(theme.px(720), theme.px(_TOP + _DISC + 24) + words + theme.px(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for room for a second row of words where a column became too narrow for one."""
        super().resizeEvent(event)
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """Return room for every title and moment beside its disc."""
        widest = max((max(self._title(step).width, self._moment(step).width) for step in self._steps), default=0)
        return QSize(round(widest) + self._words_at() + _APART, self.sizeHint().height())

    def _stacked(self) -> bool:
        """Tell whether the steps stand below each other: a word or a moment is wider than its column."""
        words = [self._title(step, word).width for step in self._steps for word in step.title.split()]
        moments = [self._moment(step).width for step in self._steps]
        return max((*words, *moments), default=0) * _SMALLEST + _APART > self.width() / max(1, len(self._steps))

    def _step_height(self) -> int:
        theme = self._theme
        words = theme.type_size(Role.BODY).leading + theme.type_size(Role.META).leading
        return max(words, theme.px(_DISC)) + theme.px(14)

    def _words_at(self) -> int:
        return self._theme.px(_DISC + 2 * _APART)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw lines, discs and words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        stacked = self._stacked()
        centres = [self._centre(index, stacked=stacked) for index in range(len(self._steps))]
        for index in range(1, len(self._steps)):
            reached = self._steps[index].state in {"done", "now", "returned"}
            colour = self._theme.colour("primary" if reached else "edge")
            painter.setPen(QPen(colour, _LINE))
            painter.drawLine(centres[index - 1], centres[index])
        for step, centre in zip(self._steps, centres, strict=True):
            self._paint_disc(painter, step, centre)
            (self._paint_beside if stacked else self._paint_below)(painter, step, centre)
        painter.end()

    def _centre(self, index: int, *, stacked: bool) -> QPointF:
        part = self.width() / max(1, len(self._steps))
        if stacked:
            side = float(self._theme.px(_DISC / 2) + 2)
            return QPointF(self.width() - side if self.isRightToLeft() else side, (index + 0.5) * self._step_height())
        x = part * (index + 0.5)
        if self.isRightToLeft():
            x = self.width() - x
        return QPointF(x, self._theme.px(_TOP + _DISC / 2))

    def _paint_disc(self, painter: QPainter, step: TimelineStep, centre: QPointF) -> None:
        theme, radius = self._theme, self._theme.px(_DISC) / 2
        if step.state == "done":
            paint_tick_disc(painter, centre, radius, theme.colour("primary"), theme.colour("on_primary"))
            return
        marked = step.state in {"now", "returned"}
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("accent_mark" if marked else "control"), 3 if marked else 1.8))
        painter.drawEllipse(centre, radius - 1.5, radius - 1.5)
        if marked:
            side = radius
            square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            icon = "undo" if step.state == "returned" else step.icon
            paint_icon(painter, square, icon, theme.colour("accent").name(), mirrored=self.isRightToLeft())

    def _paint_below(self, painter: QPainter, step: TimelineStep, centre: QPointF) -> None:
        theme = self._theme
        part = self.width() / max(1, len(self._steps))
        top = centre.y() + theme.px(_DISC / 2 + 5)
        leading = theme.type_size(Role.BODY).leading
        middle = Qt.AlignmentFlag.AlignHCenter
        for line in self._titles(step):
            line.draw(painter, QRectF(centre.x() - part / 2, top, part, leading), middle)
            top += leading
        below = QRectF(centre.x() - part / 2, top + 2, part, theme.type_size(Role.META).leading)
        self._moment(step).draw(painter, below, middle)

    def _paint_beside(self, painter: QPainter, step: TimelineStep, centre: QPointF) -> None:
        theme, rtl = self._theme, self.isRightToLeft()
        whole = at_start(QRectF(self.rect()), self._words_at(), self.width() - self._words_at(), rtl=rtl)
        title, moment = theme.type_size(Role.BODY).leading, theme.type_size(Role.META).leading
        top = centre.y() - (title + moment) / 2
        self._title(step).draw(painter, QRectF(whole.left(), top, whole.width(), title), start_side(rtl=rtl))
        below = QRectF(whole.left(), top + title, whole.width(), moment)
        self._moment(step).draw(painter, below, start_side(rtl=rtl))

    def _moment(self, step: TimelineStep) -> StyledLine:
        marked = step.state in {"now", "returned"}
        font = self._theme.font(Role.META)
        font.setBold(marked)
        colour = self._theme.colour("accent" if marked else "ink_2")
        return StyledLine(step.moment, font, colour, self._theme.language)

    def _titles(self, step: TimelineStep) -> tuple[StyledLine, ...]:
        """Return the title in one row, or in two where its column is too narrow and it has several words."""
        whole = self._title(step)
        room = self.width() / max(1, len(self._steps)) - _APART
        words = step.title.split()
        if whole.width <= room or len(words) == 1:
            return (self._title(step, room=room),)
        halves = [(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words))]
        best = min(halves, key=lambda pair: max(self._title(step, part).width for part in pair))
        return tuple(self._title(step, part, room) for part in best)

    def _title(self, step: TimelineStep, words: str = "", room: float = 0) -> StyledLine:
        """Return `words` of the title, by default all; a little smaller where there is no `room`."""
        marked = step.state in {"now", "returned"}
        font = self._theme.font(Role.STRONG if marked else Role.BODY)
        colour = self._theme.colour("ink_2" if step.state == "later" else "ink")
        line = StyledLine(words or step.title, font, colour, self._theme.language)
        if not room or line.width <= room:
            return line
        font.setPixelSize(max(1, int(font.pixelSize() * max(_SMALLEST, room / line.width))))
        return StyledLine(words or step.title, font, colour, self._theme.language)
