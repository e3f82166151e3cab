"""The bar at the foot of the page: nobody is out of view, and four counts that add up to everybody."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.services.today.needs import DayPlace
from desktop.services.today.today_list import TodayView
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.today.today_texts import place_text

_FILLS = {
    DayPlace.LISTED: ("primary", "primary"),
    DayPlace.LATER: ("primary_tint", "primary"),
    DayPlace.WAITING: ("surface", "control"),
    DayPlace.MISSING: ("accent_tint", "accent_mark"),
}
_TALL, _GAP = 12, 3


class CountingStrip(Card):
    """`on_choose` hears which of the four somebody wants to see."""

    def __init__(self, context: UiContext, on_choose: Callable[[DayPlace], None]) -> None:
        super().__init__(context.theme, padding=Space.MEDIUM, fill="surface_2")
        self._context = context
        theme = context.theme
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        self._sign = Icon(theme, "shield", 22, Tone.GOOD)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._said = Text(theme, role=Role.STRONG)
        self._said.setObjectName("today.nobody")
        self._count = Text(theme, role=Role.META, tone=Tone.SOFT)
        words.addWidget(self._said)
        words.addWidget(self._count)
        self._bar = _PartsBar(theme)
        self._parts = {place: self._part(place, on_choose) for place in DayPlace}
        row.addWidget(self._sign)
        nest(row, words, 2)
        counts = QVBoxLayout()
        counts.setSpacing(Space.HAIR)
        counts.addWidget(self._bar)
        self._flow = FlowRow(list(self._parts.values()), gap=Space.HAIR)
        counts.addWidget(self._flow)
        nest(row, counts, 5)
        nest(self.body, row)

    def show_view(self, view: TodayView) -> None:
        """Count the people of `view`."""
        catalogue = self._context.catalogue
        counts = {place: len(view.at(place)) for place in DayPlace}
        missing, everybody = counts[DayPlace.MISSING], len(view.rows)
        if missing:
            said = catalogue.plural("{n} person is out of view", "{n} people are out of view", missing)
        else:
            said = catalogue.text("Nobody is out of view")
        self._said.set_text(said)
        self._sign.set_icon("warning" if missing else "shield", Tone.ACCENT if missing else Tone.GOOD)
        seen = everybody - missing
        counted = catalogue.plural(
            "{n} person, {seen} with a next step", "{n} people, {seen} with a next step", everybody, seen=seen
        )
        self._count.set_text(counted)
        for place, part in self._parts.items():
            part.set_text(place_text(place, counts[place], catalogue))
        self._bar.show_counts(counts)

    def _part(self, place: DayPlace, on_choose: Callable[[DayPlace], None]) -> Button:
        button = Button(self._context.theme, "", f"today.place.{place.value}", kind="quiet")
        button.clicked.connect(lambda _checked=False: on_choose(place))
        return button


class _PartsBar(QWidget):
    """One bar cut into parts that add up; the numbers stand below in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._counts: dict[DayPlace, int] = {}
        self.setFixedHeight(_TALL)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_counts(self, counts: dict[DayPlace, int]) -> None:
        """Draw these counts."""
        self._counts = counts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the parts from the start."""
        parts = [(place, count) for place, count in self._counts.items() if count]
        whole = sum(count for _place, count in parts)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room, left = self.width() - _GAP * max(0, len(parts) - 1), 0.0
        for place, count in parts:
            width = room * count / whole
            start = self.width() - left - width if self.isRightToLeft() else left
            fill, edge = _FILLS[place]
            box = BoxStyle(self._theme.colour(fill), self._theme.colour(edge), 1, 3)
            paint_box(painter, QRectF(start, 0, width, self.height()), box)
            left += width + _GAP
        painter.end()
