"""The second step of the plan: goals with who leads when, beside the week."""

from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import Catalogue, format_month
from desktop.plan.model.support_plan import Holder
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.paint import BoxStyle, paint_box
from desktop.ui.kit.layout.columns import add_column, fit_rows
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.goals.feedback_card import FeedbackCard
from desktop.ui.plan.goals.goal_card import GoalCard
from desktop.ui.plan.goals.lead_bar import TimeSpan, span_of
from desktop.ui.plan.goals.region_route_card import RegionRouteCard
from desktop.ui.plan.goals.week_card import WeekCard

_WIDEST = 1472
_BESIDE = 1100
_SWATCH: dict[Holder, tuple[str, str]] = {
    "other": ("surface", "control"),
    "together": ("primary_tint", "primary"),
    "person": ("primary", "primary"),
}


class Swatch(QWidget):
    """A patch of a lead bar, for its legend."""

    def __init__(self, theme: Theme, holder: Holder) -> None:
        super().__init__()
        self._theme, self._holder = theme, holder
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a patch of 22 by 16."""
        return QSize(self._theme.px(22), self._theme.px(16))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the patch."""
        fill, border = _SWATCH[self._holder]
        painter = QPainter(self)
        box = BoxStyle(self._theme.colour(fill), self._theme.colour(border), 1.3, 4)
        paint_box(painter, QRectF(self.rect()), box)
        painter.end()


class GoalsView(ScrollPage):
    """Goals at the start, week and reaction at the end; the week below the goals where it does not fit."""

    ticked = Signal(str, str, bool)
    edit_asked = Signal(str)
    talk_asked = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(widest=_WIDEST)
        self._theme, self._texts = theme, texts
        self._cards: list[GoalCard] = []
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(Space.WIDE)
        self._goals = QVBoxLayout()
        self._goals.setSpacing(theme.px(14))
        self._legend = QVBoxLayout()
        self.add = Button(theme, texts.text("Add a goal"), "plan.goal.add", kind="quiet", icon="plus")
        self.add.clicked.connect(lambda: self.edit_asked.emit(""))
        self._none = self._make_empty()
        self.region = RegionRouteCard(theme, texts)
        self.week = WeekCard(theme, texts)
        self.feedback = FeedbackCard(theme, texts)
        start = QVBoxLayout()
        start.setSpacing(Space.MEDIUM)
        nest(start, self._legend)
        start.addWidget(self._none)
        nest(start, self._goals)
        start.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        start.addStretch(1)
        nest(self._columns, start, 56)
        add_column(self._columns, (self.region, self.week, self.feedback), 44)
        nest(self.body, self._columns)

    def show_view(self, view: PlanView, today: date) -> None:
        """Show goals and week of `view`."""
        year = view.plan.year
        last = year.weeks[-1].monday if year is not None and year.weeks else None
        span = span_of(view.plan.start, last, today)
        self._show_legend(view, span)
        self._fit_cards(len(view.plan.goals))
        self._none.setVisible(not view.plan.goals)
        for card, goal in zip(self._cards, view.plan.goals, strict=True):
            card.show_goal(goal, view, span, today)
        self.region.show_view(view)
        self.week.show_view(view)
        self.feedback.show_view(view)

    def show_goal(self, goal: str) -> None:
        """Bring one goal into sight and put the keyboard on it."""
        for card in self._cards:
            if card.objectName() == f"plan.goal.{goal}":
                self.ensureWidgetVisible(card)
                card.edit.setFocus()

    def choose_region(self, part: str) -> None:
        """Bring the choice of the route of the region, or of its `start`, into sight and put the keyboard on it."""
        self.ensureWidgetVisible(self.region)
        self.region.focus(part)

    def keep(self) -> None:
        """Keep what is being written."""
        self.feedback.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the week beside the goals, or below them."""
        super().resizeEvent(event)
        fit_rows(self, self._theme, _BESIDE, self._columns)

    def _make_empty(self) -> Card:
        """Say where goals come from, before there are any."""
        theme, text = self._theme, self._texts.text
        talk = Button(theme, text("Go on with the talk"), "plan.goals.talk", kind="primary", icon="chat")
        talk.clicked.connect(self.talk_asked)
        card = Card(theme)
        words = text("Goals follow from what is said in the talk. Go on with it, or add a goal yourself.")
        card.body.addWidget(EmptyState(theme, text("No goals yet"), words, (talk,)))
        return card

    def _fit_cards(self, count: int) -> None:
        while len(self._cards) > count:
            card = self._cards.pop()
            self._goals.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < count:
            card = GoalCard(self._theme, self._texts, len(self._cards) + 1)
            card.ticked.connect(self.ticked)
            card.edit_asked.connect(self.edit_asked)
            self._cards.append(card)
            self._goals.addWidget(card)

    def _show_legend(self, view: PlanView, span: TimeSpan) -> None:
        clear(self._legend)
        theme, texts = self._theme, self._texts
        holders: tuple[tuple[Holder, str], ...] = (
            ("other", texts.text("someone else")),
            ("together", texts.text("together")),
            ("person", texts.text("{name} alone", name=first_name(view.name))),
        )
        parts: list[QWidget] = [Text(theme, texts.text("Who leads?"), Role.SMALL, tone=Tone.SOFT, wrap=False)]
        for holder, word in holders:
            parts += [Swatch(theme, holder), Text(theme, word, Role.SMALL, wrap=False)]
        air = QWidget()
        tag = texts.language.tag
        year = f"{format_month(span.first, tag, year=True)} – {format_month(span.end, tag, year=True)}"
        last = Text(theme, year, Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._legend.addWidget(FlowRow((*parts, air, last), grows=air, gap=theme.px(Space.SMALL)))
