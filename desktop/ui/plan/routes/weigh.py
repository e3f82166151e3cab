"""The first step of the plan: the facts beside each other, and why people come to their proposal."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent

from desktop.i18n import Catalogue
from desktop.services.plan.plan_parts import PlanView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.plan.routes.deviation import DeviationCard
from desktop.ui.plan.routes.own_words import OwnWords
from desktop.ui.plan.routes.route_grid import RouteGrid

_WIDEST = 1472


class WeighView(ScrollPage):
    """The person's own words and the three routes; where the proposal deviates from the test, the reason for that."""

    own_words_asked = Signal()
    deviation_written = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(widest=_WIDEST)
        self.own_words = OwnWords(theme, texts)
        self.deviation = DeviationCard(theme, texts)
        self.grid = RouteGrid(theme, texts)
        self.body.setSpacing(Space.MEDIUM)
        self.body.addWidget(self.own_words)
        self.body.addWidget(self.deviation)
        self.body.addWidget(self.grid, 1)
        self.own_words.edit.clicked.connect(self.own_words_asked)
        self.deviation.reason.written.connect(self.deviation_written)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the routes what is in sight below the person's own words."""
        super().resizeEvent(event)
        self._give_room()

    def _give_room(self) -> None:
        cards = [card for card in (self.own_words, self.deviation) if card.isVisibleTo(self)]
        above = sum(card.sizeHint().height() + Space.MEDIUM for card in cards)
        self.grid.set_room(self.viewport().height() - above - Space.LARGE - Space.BLOCK)

    def show_view(self, view: PlanView) -> None:
        """Show the weighing of `view`."""
        self.own_words.show_view(view)
        self.deviation.show_view(view)
        self.grid.show_view(view)
        self._give_room()
