"""Which route of the region carries out the legal route, and when it starts: people choose it, not the first row."""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout

from desktop.i18n import Catalogue, format_day
from desktop.plan.model.support_plan import RegionRoute
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text

_NAME = "plan.region"


class RegionRouteCard(Card):
    """`route_chosen` carries the name of a route of the region, `start_chosen` a date of it."""

    route_chosen = Signal(str)
    start_chosen = Signal(object)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme, padding=theme.px(18))
        self._texts = texts
        self._shown: object = None
        self.body.addWidget(Text(theme, texts.text("Which route of the region, and when?"), Role.CARD))
        self._hint = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self.body.addWidget(self._hint)
        self.routes, self.starts = _Choices(theme), _Choices(theme)
        self._when = Text(theme, texts.text("Start"), Role.SMALL_STRONG)
        nest(self.body, self.routes.column)
        self.body.addWidget(self._when)
        nest(self.body, self.starts.column)

    def show_view(self, view: PlanView) -> None:
        """Show what can be chosen and what was."""
        texts, offer = self._texts, view.region_offer
        shown = (view.second.tag, offer.routes, offer.starts)
        if shown != self._shown:
            self._shown = shown
            boxes = {route.name: self._route_box(route, view) for route in offer.routes}
            self.routes.fill(boxes, self.route_chosen.emit)
            self.starts.fill(
                {day.isoformat(): self._start_box(day) for day in offer.starts},
                lambda name: self.start_chosen.emit(date.fromisoformat(name)),
            )
        self.routes.choose(offer.chosen)
        self.starts.choose("" if offer.start is None else offer.start.isoformat())
        self._when.setVisible(bool(offer.starts))
        self._hint.set_text(_hint(view, texts))
        self._hint.setVisible(bool(self._hint.plain()))

    def focus(self, part: str) -> None:
        """Put the keyboard on the choice of `start`, or of the route."""
        (self.starts if part == "start" else self.routes).focus()

    def _route_box(self, route: RegionRoute, view: PlanView) -> RadioBox:
        texts = self._texts
        hours = texts.plural("{n} half-day a week", "{n} half-days a week", route.half_days)
        weeks = texts.plural("{n} week", "{n} weeks", route.weeks)
        places = texts.plural("{n} place", "{n} places", route.capacity)
        title, name = view.pair(route.label).dutch, f"{_NAME}.route.{route.name}"
        return RadioBox(self._theme, title, name, second=route.provider, aside=(f"{weeks} · {places}", hours))

    def _start_box(self, day: date) -> RadioBox:
        words = format_day(day, self._texts.language.tag, weekday=True)
        return RadioBox(self._theme, f"{words} {day.year}", f"{_NAME}.start.{day.isoformat()}", height=44)


class _Choices:
    """Radio boxes of one choice, by name."""

    def __init__(self, theme: Theme) -> None:
        self.column = QVBoxLayout()
        self.column.setSpacing(theme.px(Space.SMALL))
        self._boxes: Mapping[str, RadioBox] = {}
        self._group = QButtonGroup()

    def fill(self, boxes: Mapping[str, RadioBox], chosen: Callable[[str], None]) -> None:
        """Show `boxes` in the place of those before; `chosen` is called for the one that a person picks."""
        clear(self.column)
        self._boxes, self._group = boxes, QButtonGroup()
        for name, box in boxes.items():
            box.clicked.connect(_caller(chosen, name))
            self._group.addButton(box)
            self.column.addWidget(box)

    def choose(self, name: str) -> None:
        """Mark the box called `name`, and none where there is no such."""
        self._group.setExclusive(False)
        for key, box in self._boxes.items():
            box.setChecked(key == name)
        self._group.setExclusive(True)

    def focus(self) -> None:
        """Put the keyboard on the chosen box, else the first."""
        boxes = list(self._boxes.values())
        for box in [each for each in boxes if each.isChecked()] or boxes[:1]:
            box.setFocus()


def _caller(call: Callable[[str], None], name: str) -> Callable[[], None]:
    return lambda: call(name)


def _hint(view: PlanView, texts: Catalogue) -> str:
    if view.plan.proposed_route is None:
        return texts.text("First propose one of the three routes under “Weigh”.")
    if not view.region_offer.routes:
        return texts.text("The region has no route for this proposal. Ask who keeps the region workbook.")
    if not view.region_offer.starts:
        return texts.text("The region has no start date for this route any more. Ask who keeps the region workbook.")
    return ""
