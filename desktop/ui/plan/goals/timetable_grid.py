"""The week: five days by two half-days. Every half-day has an icon and a word; colour never speaks alone."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QTextOption
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue, weekdays
from desktop.plan.model.spoken import AFTERNOON, MORNING
from desktop.plan.model.support_plan import HalfDay, HalfDayKind
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.icons import paint_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Radius, Role, Space, Tone
from desktop.ui.kit.controls.press import PressButton
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

_HEIGHT, _ICON, _PAD = 94, 24, 4
_DAYS = 5


@dataclass(frozen=True, slots=True)
class HalfDayStyle:
    """How a kind of half-day is drawn: icon, fill, border, ink, and what it is called when the plan has no word."""

    icon: str
    fill: str
    border: str
    ink: str
    word: str


LOOKS: dict[HalfDayKind, HalfDayStyle] = {
    "language": HalfDayStyle("school", "primary_tint", "primary", "ink", N_("Language lesson")),
    "work": HalfDayStyle("briefcase", "sand", "control", "ink", N_("Work")),
    "participation": HalfDayStyle("people", "good_tint", "good", "ink", N_("Taking part")),
    "own": HalfDayStyle("star", "own_tint", "own", "ink", N_("Own study")),
    "free": HalfDayStyle("", "surface", "control", "ink_2", N_("free")),
    "blocked": HalfDayStyle("child", "surface", "accent_mark", "accent", N_("no child care")),
}


class HalfDayCell(PressButton):
    """One half-day. Pressing it asks for another use of it; a fixed one is shown, not offered."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._kind: HalfDayKind = "free"
        self._word = ""
        self.wide = 0
        self.setObjectName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setProperty("ringRadius", Radius.CHIP)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_half_day(self, kind: HalfDayKind, word: str, spoken: str) -> None:
        """Show one use of the half-day; `spoken` says day, part, use and why."""
        self._kind, self._word = kind, word
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a cell in which the longest word fits, as wide as its neighbours."""
        metrics = self._theme.font(Role.SMALL)
        self.setFont(metrics)
        longest = max((self.fontMetrics().horizontalAdvance(word) for word in self._word.split()), default=0)
        return QSize(max(self.wide, longest + 2 * self._theme.px(_PAD)), self._theme.px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Return room for the icon: where the word does not fit, the tooltip says it."""
        return QSize(self._theme.px(_ICON + 2 * _PAD), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the block: fill, dashes or hatching, icon and word."""
        theme, look = self._theme, LOOKS[self._kind]
        painter = QPainter(self)
        whole = QRectF(self.rect())
        border = "ink" if self.isEnabled() and self.underMouse() else look.border
        box = BoxStyle(theme.colour(look.fill), theme.colour(border), 1.3, Radius.CHIP, dashed=self._kind == "free")
        paint_box(painter, whole, box)
        if self._kind == "blocked":
            self._hatch(painter, whole)
        self._words(painter, whole, look)
        painter.end()

    def _hatch(self, painter: QPainter, whole: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path = QPainterPath()
        path.addRoundedRect(whole.adjusted(2, 2, -2, -2), Radius.CHIP - 2, Radius.CHIP - 2)
        painter.setClipPath(path)
        painter.setPen(QPen(self._theme.colour("accent_tint"), 4))
        step = 14
        for x in range(-round(whole.height()), round(whole.width()), step):
            painter.drawLine(x, round(whole.height()), x + round(whole.height()), 0)
        painter.restore()

    def _words(self, painter: QPainter, whole: QRectF, look: HalfDayStyle) -> None:
        theme = self._theme
        side = theme.px(_ICON) if look.icon else 0
        gap = theme.px(Space.HAIR) if look.icon else 0
        painter.setFont(theme.font(Role.SMALL))
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter)
        option.setWrapMode(QTextOption.WrapMode.WordWrap)
        room = QRectF(0, 0, whole.width() - theme.px(_PAD), whole.height())
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignHCenter.value
        longest = max((painter.fontMetrics().horizontalAdvance(word) for word in self._word.split()), default=0)
        word = self._word if longest <= room.width() else ""
        words = painter.boundingRect(room, flags, word)
        top = whole.center().y() - (side + gap + words.height()) / 2
        ground = QRectF(0, 0, max(words.width(), side) + 8, side + gap + words.height() + 4)
        ground.moveCenter(whole.center())
        if self._kind == "blocked":
            clear = QColor(0, 0, 0, 0)
            paint_box(painter, ground, BoxStyle(theme.colour("surface"), clear, 0, 6))
        if look.icon:
            ink = look.border if self._kind in {"language", "participation", "own", "blocked"} else look.ink
            ink = "accent" if self._kind == "blocked" else ink
            square = QRectF(whole.center().x() - side / 2, top, side, side)
            paint_icon(painter, square, look.icon, theme.colour(ink).name())
        painter.setPen(theme.colour(look.ink))
        area = QRectF(whole.center().x() - room.width() / 2, top + side + gap, room.width(), words.height() + 2)
        painter.drawText(area, word, option)


class Timetable(QWidget):
    """The week of a plan. `chosen` says which half-day was pressed, by day and part."""

    chosen = Signal(int, str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__()
        self._texts = texts
        self._cells: dict[tuple[int, str], HalfDayCell] = {}
        self._seconds: list[tuple[Text, str]] = []
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.SMALL)
        for day, word in enumerate(weekdays(texts.language.tag, short=True)[:_DAYS]):
            grid.addWidget(Text(theme, word, Role.SMALL_STRONG, centred=True), 0, day + 1)
            grid.setColumnStretch(day + 1, 4)
        grid.setColumnStretch(0, 4)
        for row, (part, word) in enumerate((("morning", MORNING), ("afternoon", AFTERNOON)), start=1):
            nest(grid, self._part_label(theme, part, word), row, 0, Qt.AlignmentFlag.AlignVCenter)
            for day in range(_DAYS):
                cell = HalfDayCell(theme, f"plan.week.{day}.{part}")
                cell.clicked.connect(lambda _on=False, day=day, part=part: self.chosen.emit(day, part))
                self._cells[day, part] = cell
                grid.addWidget(cell, row, day + 1)

    def show_view(self, view: PlanView, *, editing: bool) -> None:
        """Show the week of `view`; half-days can be pressed when `editing`, except those that are fixed."""
        for text, source in self._seconds:
            text.set_text(view.fixed_text(source).other, view.second)
        for (day, part), cell in self._cells.items():
            half = view.half_day(day, part)
            kind: HalfDayKind = "free" if half is None else half.kind
            word = self._word(kind, half)
            cell.show_half_day(kind, word, self._describe(day, part, word, half))
            usable = editing and not (half is not None and half.fixed)
            cell.setEnabled(usable)
            cell.setFocusPolicy(Qt.FocusPolicy.StrongFocus if usable else Qt.FocusPolicy.NoFocus)
            cell.setCursor(Qt.CursorShape.PointingHandCursor if usable else Qt.CursorShape.ArrowCursor)
        widest = max(cell.sizeHint().width() for cell in self._cells.values())
        for cell in self._cells.values():
            cell.wide = widest
            cell.updateGeometry()

    def cell(self, day: int, part: str) -> HalfDayCell:
        """Return the cell of one half-day."""
        return self._cells[day, part]

    def _part_label(self, theme: Theme, part: str, source: str) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        word = self._texts.text("Morning") if part == "morning" else self._texts.text("Afternoon")
        column.addWidget(Text(theme, word, Role.SMALL))
        second = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._seconds.append((second, source))
        column.addWidget(second)
        return column

    def _word(self, kind: HalfDayKind, half: HalfDay | None) -> str:
        if half is not None and half.label and kind not in {"free", "blocked"}:
            return half.label.dutch
        return self._texts.text(LOOKS[kind].word)

    def _describe(self, day: int, part: str, word: str, half: HalfDay | None) -> str:
        name = weekdays(self._texts.language.tag)[day]
        when = self._texts.text("{day} morning", day=name)
        if part == "afternoon":
            when = self._texts.text("{day} afternoon", day=name)
        spoken = f"{when}: {word}"
        why = "" if half is None else half.why.dutch
        if half is not None and half.fixed:
            why = why or self._texts.text("fixed by the language school")
        return f"{spoken} ({why})" if why else spoken
