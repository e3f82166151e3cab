"""The lead of a goal over the year: it fills as the person takes over."""

from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop.i18n import Catalogue, format_day, format_month
from desktop.plan.model.support_plan import Holder, LeadPhase
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role
from desktop.ui.kit.drawing.line import StyledLine, start_side

_HEIGHT, _GAP, _PAD, _RADIUS = 30, 3, 10, 8
_MOST_OF_OTHER = 110
_LARGE_TEXT = 1.5
"""The text size above which three parts do not fit beside each other on a small screen."""

_COLOURS: dict[Holder, tuple[str, str, str]] = {
    "other": ("surface", "control", "ink"),
    "together": ("primary_tint", "primary", "ink"),
    "person": ("primary", "primary", "on_primary"),
}


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """The time a bar covers: from the first day to the day after the last."""

    first: date
    end: date

    @property
    def days(self) -> int:
        """Return the number of days, at least one."""
        return max(1, (self.end - self.first).days)


def span_of(first: date | None, last: date | None, today: date) -> TimeSpan:
    """Return the span of a plan; a year from `today` when the plan has no dates yet."""
    start = first or today
    return TimeSpan(start, last + timedelta(days=1) if last and last > start else start + timedelta(days=364))


def phase_words(phase: LeadPhase, person: str, texts: Catalogue, *, first: bool) -> str:
    """Return what a part of the bar says: who, and from which month on unless it is the first part."""
    if phase.holder == "together":
        who = texts.text("Together")
    else:
        who = person if phase.holder == "person" else phase.name or texts.text("Someone else")
    if first or phase.start is None:
        return who
    return texts.text("{who} from {month}", who=who, month=format_month(phase.start, texts.language.tag))


class LeadPart(QWidget):
    """One part of the bar; its words are its accessible name and, in full, its tooltip."""

    def __init__(self, theme: Theme, phase: LeadPhase, words: str, spoken: str) -> None:
        super().__init__()
        self._theme = theme
        self._holder: Holder = phase.holder
        self._words = words
        self.first = self.last = False
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Return room for the words."""
        return QSize(round(self._line().width) + 2 * self._theme.px(_PAD), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return room for the words; a long name of somebody else and large text are shortened: see the tooltip."""
        width = self.sizeHint().width()
        if self._holder == "other" or self._theme.scale > _LARGE_TEXT:
            width = min(width, self._theme.px(_MOST_OF_OTHER))
        return QSize(width, self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the part: outline, tint or solid."""
        fill, border, _ink = _COLOURS[self._holder]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour(border), 1.3))
        painter.setBrush(self._theme.colour(fill))
        painter.drawPath(self._shape(QRectF(self.rect()).adjusted(0.7, 0.7, -0.7, -0.7)))
        pad = self._theme.px(_PAD)
        self._line().draw(painter, QRectF(self.rect()).adjusted(pad, 0, -pad, 0), start_side(rtl=self.isRightToLeft()))
        painter.end()

    def _line(self) -> StyledLine:
        role = Role.SMALL_STRONG if self._holder == "person" else Role.SMALL
        ink = self._theme.colour(_COLOURS[self._holder][2])
        return StyledLine(self._words, self._theme.font(role), ink, self._theme.language)

    def _shape(self, box: QRectF) -> QPainterPath:
        rtl = self.isRightToLeft()
        start = _RADIUS if (self.last if rtl else self.first) else 0
        end = _RADIUS if (self.first if rtl else self.last) else 0
        path = QPainterPath(QPointF(box.left() + start, box.top()))
        path.lineTo(box.right() - end, box.top())
        _corner(path, QPointF(box.right() - end, box.top() + end), end, 90)
        path.lineTo(box.right(), box.bottom() - end)
        _corner(path, QPointF(box.right() - end, box.bottom() - end), end, 0)
        path.lineTo(box.left() + start, box.bottom())
        _corner(path, QPointF(box.left() + start, box.bottom() - start), start, 270)
        path.lineTo(box.left(), box.top() + start)
        _corner(path, QPointF(box.left() + start, box.top() + start), start, 180)
        path.closeSubpath()
        return path


def _corner(path: QPainterPath, centre: QPointF, radius: float, angle: float) -> None:
    """Add a quarter circle around `centre`, clockwise from `angle` degrees; nothing without a radius."""
    if radius:
        path.arcTo(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius), angle, -90)


class _Now(QWidget):
    """The line of today over a bar."""

    def __init__(self, theme: Theme, bar: "LeadBar") -> None:
        super().__init__(bar)
        self._theme, self._bar = theme, bar
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lie over the whole bar."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            self.setGeometry(self._bar.rect())
            self.raise_()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line where today falls."""
        x = self._bar.place_of_today()
        if x is not None:
            painter = QPainter(self)
            painter.fillRect(QRectF(x - 1, 0, 2, self.height()), self._theme.colour("ink"))
            painter.end()


class LeadBar(QWidget):
    """One bar per goal; parts are as long as they last, and at least as long as their words."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._theme, self._texts = theme, texts
        self._parts: list[tuple[LeadPart, date, date]] = []
        self._today = date.min
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._now = _Now(theme, self)

    def set_lead(self, phases: tuple[LeadPhase, ...], person: str, span: TimeSpan, today: date) -> None:
        """Show `phases` over `span`; a phase without a start begins with the span."""
        for part, _start, _end in self._parts:
            self._row.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._today = today
        starts = [min(max(phase.start or span.first, span.first), span.end) for phase in phases]
        ends = [*starts[1:], span.end]
        self._parts = []
        for index, phase in enumerate(phases):
            words = phase_words(phase, person, self._texts, first=index == 0)
            part = LeadPart(self._theme, phase, words, self._describe(words, phase))
            part.first, part.last = index == 0, index == len(phases) - 1
            self._parts.append((part, starts[index], ends[index]))
            self._row.addWidget(part, max(1, (ends[index] - starts[index]).days))
        self.setAccessibleName(", ".join(part.accessibleName() for part, _start, _end in self._parts))
        self.setVisible(bool(phases))
        self._now.raise_()

    def place_of_today(self) -> float | None:
        """Return where today falls on the bar in pixels, None when it is before or after it."""
        for part, start, end in self._parts:
            if start <= self._today < end:
                share = (self._today - start).days / max(1, (end - start).days)
                box = part.geometry()
                return box.right() - share * box.width() if self.isRightToLeft() else box.left() + share * box.width()
        return None

    def _describe(self, words: str, phase: LeadPhase) -> str:
        if phase.start is None:
            return self._texts.text("Lead: {who}", who=words)
        day = format_day(phase.start, self._texts.language.tag)
        return self._texts.text("Lead: {who}, from {day}", who=words, day=day)
