"""The page of the day: who needs me today, and why. One row a person, the reason beside it, everybody counted below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.kernel.changes import Aspect, Changes
from desktop.services.today.today_list import TodayView
from desktop.services.today.today_service import WhyNow
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.centred import centred
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.today.counting_strip import CountingStrip
from desktop.ui.today.day_filters import DayFilters
from desktop.ui.today.task_editing import TaskEditing
from desktop.ui.today.today_table import TodayTable
from desktop.ui.today.today_texts import page_of
from desktop.ui.today.why_panel import PanelActions, WhyPanel
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_CONCERNS = frozenset({Aspect.CASELOAD, Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.PLAN, Aspect.HANDOVER})
_WIDEST, _TWO_PAGES, _NARROW_SCALE = 1440, 960, 1.3


class TodayPage(QWidget):
    """See the module. Enter or a second click opens where the need is met."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._view: TodayView | None = None
        self._why: WhyNow | None = None
        self._stale: frozenset[DossierId] = frozenset()
        self._whole = True
        self._editing = TaskEditing(context, self, lambda: self._why)
        self._page = ScrollPage(widest=_WIDEST)
        self._filters = DayFilters(context, self._choose_circle, self._show_filtered)
        self._table = TodayTable(context.theme, context.text("Today"), self._ask_why, self._open)
        self._panel = WhyPanel(context, self._actions())
        self._card = self._make_card()
        self._strip = CountingStrip(context, self._filters.choose_place)
        self._empty = self._make_empty()
        self._page.body.setSpacing(Space.MEDIUM)
        for widget in (self._filters, self._card, self._empty):
            self._page.body.addWidget(widget)
        self._page.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._page, 1)
        self._foot = QVBoxLayout()
        bar = (Space.MEDIUM, 0) if context.theme.language.is_rtl else (0, Space.MEDIUM)
        self._foot.setContentsMargins(bar[0], 0, bar[1], Space.SMALL)
        self._foot.addWidget(self._strip)
        self._below = centred(self._foot, _WIDEST)
        whole.addWidget(self._below)
        self._alone = False
        self._empty.hide()
        self._card.hide()
        self.setFocusProxy(self._table)
        self._page.verticalScrollBar().valueChanged.connect(self._keep_in_sight)
        context.theme.changed.connect(self._arrange)

    def refresh(self, changes: Changes) -> None:
        """Load what may have changed: the cases noted, or everything where there is nothing yet."""
        if changes and not changes.aspects & _CONCERNS:
            return
        self.note_changes(changes)
        service, stale, whole, circle = self._context.services.today, self._stale, self._whole, self._filters.circle
        self._stale, self._whole = frozenset(), False

        def load() -> TodayView:
            return service.look(circle) if whole else service.look_again(circle, stale)

        self._context.run(load, self._show, self, on_error=self._fail)

    def note_changes(self, changes: Changes) -> None:
        """Remember whose rows may differ from the ones on screen."""
        if changes.aspects & _CONCERNS:
            self._stale |= changes.dossiers
            self._whole = self._whole or not changes.dossiers

    def start_search(self) -> None:
        """Put the keyboard where one searches for a person."""
        self._filters.start_search()

    def print_out(self) -> None:
        """Print the list in sight with the system's dialog."""
        rows = () if self._view is None else self._filters.rows(self._view)
        if self._view is None or not rows:
            return
        from desktop.ui.preview.printing import print_table
        from desktop.ui.today.today_print import today_html

        title = f"{self._context.text('Today')} · {self._filters.day_in_words(self._view)}"
        print_table(self._context, self, today_html(title, rows, self._context.catalogue), lambda: None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put list and reason beside each other where both fit."""
        super().resizeEvent(event)
        self._arrange()

    def _actions(self) -> PanelActions:
        editing = self._editing
        return PanelActions(
            open=self._open_chosen,
            done=editing.finish,
            other_date=editing.other_date,
            to_colleague=editing.to_colleague,
            promise=editing.promise,
            settle=editing.settle,
            back=self._back_to_list,
        )

    def _make_card(self) -> Card:
        card = Card(self._context.theme, padding=1)
        self._pages = pages = QHBoxLayout()
        pages.setContentsMargins(0, 0, 0, 0)
        pages.setSpacing(0)
        left = QVBoxLayout()
        left.addWidget(self._table)
        left.addStretch(1)
        nest(pages, left, 2)
        self._spine = Divider(self._context.theme, vertical=True)
        pages.addWidget(self._spine)
        right = QVBoxLayout()
        self._above = QWidget()
        self._above.setFixedHeight(0)
        right.addWidget(self._above)
        right.addWidget(self._panel)
        right.addStretch(1)
        nest(pages, right, 1)
        nest(card.body, pages)
        return card

    def _make_empty(self) -> Card:
        context = self._context
        everybody = Button(context.theme, context.text("People"), "today.everybody", icon="people")
        everybody.clicked.connect(lambda _checked=False: context.navigate("people"))
        card = Card(context.theme)
        heading = context.text("Nobody needs you now.")
        sentence = context.text("Whoever is for later, or waits for somebody else, stands in the bar below.")
        card.body.addWidget(EmptyState(context.theme, heading, sentence, (everybody,)))
        return card

    def _fail(self, error: OpmaatError) -> None:
        self._whole = True
        self._context.report(error)

    def _show(self, view: TodayView) -> None:
        self._view = view
        self._filters.show_view(view)
        self._strip.show_view(view)
        self._show_filtered()

    def _show_filtered(self) -> None:
        if self._view is None:
            return
        groups = self._filters.groups(self._view)
        anybody = any(group.people for group in groups)
        self._table.show_groups(groups, unfolded=self._filters.unfolded)
        self._card.setVisible(anybody)
        self._empty.setVisible(not anybody)
        chosen = self._table.chosen
        if chosen is not None:
            self._ask_why(chosen)
        self._arrange()

    def _choose_circle(self) -> None:
        self.refresh(Changes())

    def _ask_why(self, dossier: DossierId) -> None:
        service, circle = self._context.services.today, self._filters.circle

        def show(why: WhyNow) -> None:
            if self._table.chosen == why.row.dossier:
                self._why = why
                self._panel.show_why(why)
                self._keep_in_sight()

        self._context.run(lambda: service.why(dossier, circle), show, self)

    def _open_chosen(self) -> None:
        if self._why is not None:
            self._context.navigate(page_of(self._why.row.need), self._why.row.dossier)

    def _open(self, dossier: DossierId) -> None:
        """Open the reason where it stands alone, else the page where the need is met."""
        if self._narrow():
            self._alone = True
            self._arrange()
            self._panel.setFocus(Qt.FocusReason.OtherFocusReason)
            self._page.to_top()
        elif self._why is not None and self._why.row.dossier == dossier:
            self._open_chosen()

    def _back_to_list(self) -> None:
        self._alone = False
        self._arrange()
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _narrow(self) -> bool:
        theme = self._context.theme
        return theme.scale > _NARROW_SCALE or self.width() < theme.px(_TWO_PAGES)

    def _arrange(self) -> None:
        narrow = self._narrow()
        alone = narrow and self._alone
        self._table.setVisible(not alone)
        self._panel.setVisible(alone or not narrow)
        for place, share in ((0, 0 if alone else 2), (2, 1 if alone or not narrow else 0)):
            self._pages.setStretch(place, share)
        self._panel.set_alone(alone=alone)
        self._place_strip(inside=narrow)
        self._spine.setVisible(not narrow)
        self._filters.setVisible(not alone)
        self._keep_in_sight()

    def _place_strip(self, *, inside: bool) -> None:
        """Keep the counts at the foot of the window, or below the list where they would leave it no room."""
        if inside and self._below.isAncestorOf(self._strip):
            self._page.body.insertWidget(self._page.body.count() - 1, self._strip)
        elif not inside and not self._below.isAncestorOf(self._strip):
            self._foot.addWidget(self._strip)
        self._below.setVisible(not inside)

    def _keep_in_sight(self) -> None:
        """Let the reason go along while the list scrolls."""
        top = self._page.verticalScrollBar().value() - self._card.y()
        room = self._card.height() - self._panel.sizeHint().height()
        self._above.setFixedHeight(max(0, min(top, room)) if self._spine.isVisible() else 0)
