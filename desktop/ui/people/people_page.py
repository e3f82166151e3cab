"""The people page: search, filters, the table, and the empty state."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import finds_person, format_day
from desktop.i18n.mark import N_
from desktop.kernel.changes import Aspect, Changes
from desktop.services.caseload.caseload import FILTERS, Caseload
from desktop.services.caseload.caseload_rows import NextStep, PersonRow
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.controls.pill import FilterPill
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.empty import EmptyState
from desktop.ui.kit.typography.text import Text
from desktop.ui.people.damage_banner import DamageBanner
from desktop.ui.people.nobody_here import NobodyHere
from desktop.ui.people.table import PeopleTable
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_LABELS = {
    "mine": N_("My people"),
    "soon": N_("Term within 2 weeks"),
    "handover": N_("Handover"),
    "choice": N_("Asks for a choice"),
    "all": N_("All"),
}
_CONCERNS = frozenset({Aspect.CASELOAD, Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.PLAN, Aspect.HANDOVER})
_PAGES = {
    NextStep.SETTLE: "conflict",
    NextStep.READ_PLAN: "plan",
    NextStep.DECIDE: "plan",
    NextStep.FOLLOW_PLAN: "plan",
    NextStep.HAND_OVER: "handover",
    NextStep.PLAN_TALK: "handover",
    NextStep.HOLD_TALK: "handover",
    NextStep.WAIT: "handover",
    NextStep.ANSWER: "handover",
}
_WIDEST = 1440


class PeoplePage(QWidget):
    """Everybody in this vault. A click opens the page of the next step."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._caseload: Caseload | None = None
        self._loaded: Caseload | None = None
        self._stale: frozenset[DossierId] = frozenset()
        self._whole = True
        self._filter = "mine"
        self._rows: list[PersonRow] = []
        theme = context.theme
        page = ScrollPage(widest=_WIDEST)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(page)
        page.body.setSpacing(Space.MEDIUM)
        page.body.addWidget(self._head())
        self._damage = DamageBanner(context)
        page.body.addWidget(self._damage)
        self._pill_row, self._pills = self._make_pills()
        page.body.addWidget(self._pill_row)
        self._table = PeopleTable(theme, context.catalogue, self._open)
        self._card = Card(theme, padding=1)
        self._card.body.addWidget(self._table)
        self._nobody = NobodyHere(context, lambda: self._choose("all"))
        self._card.body.addWidget(self._nobody)
        page.body.addWidget(self._card)
        self._empty = self._make_empty()
        page.body.addWidget(self._empty)
        page.body.addStretch(1)
        self._empty.hide()
        self._card.hide()
        self.setFocusProxy(self._table)
        theme.changed.connect(self._restyle)

    def refresh(self, changes: Changes) -> None:
        """Load what may have changed in the caseload: the rows noted, or everything where there is nothing yet."""
        if changes and not changes.aspects & _CONCERNS:
            return
        self.note_changes(changes)
        service, stale, whole = self._context.services.caseload, self._stale, self._whole
        self._stale, self._whole = frozenset(), False

        def load() -> Caseload:
            """Go on from the load before: on the store's thread one follows the other."""
            before = self._loaded
            self._loaded = service.people() if whole or before is None else service.renew(before, stale)
            return self._loaded

        self._context.run(load, self._show, self, on_error=self._fail)
        self._damage.look()

    def start_search(self) -> None:
        """Put the keyboard where one searches for a person."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def print_out(self) -> None:
        """Print the list in sight with the system's dialog."""
        if self._caseload is None or not self._rows:
            return
        from desktop.ui.people.people_list_print import people_html
        from desktop.ui.preview.printing import print_table

        day = format_day(self._caseload.day, self._context.catalogue.language.tag, weekday=True)
        title = f"{self._context.text(_LABELS[self._filter])} · {day}"
        print_table(self._context, self, people_html(title, self._rows, self._context.catalogue), lambda: None)

    def offer_documents(self) -> None:
        """Offer one document of everybody in the list in sight, in one go."""
        from desktop.ui.people.documents_sheet import DocumentsSheet

        DocumentsSheet(self._context, self, self._rows, self._context.text(_LABELS[self._filter])).open()

    def note_changes(self, changes: Changes) -> None:
        """Remember whose rows may differ from the ones on screen."""
        if changes.aspects & _CONCERNS:
            self._stale |= changes.dossiers
            self._whole = self._whole or not changes.dossiers

    def _fail(self, error: OpmaatError) -> None:
        self._whole = True
        self._context.report(error)

    def _show(self, caseload: Caseload) -> None:
        if caseload is self._caseload:
            return
        self._caseload = caseload
        for name, pill in self._pills.items():
            pill.set_count(len(caseload.filtered(name)))
        self._show_filtered()

    def _show_filtered(self) -> None:
        caseload = self._caseload
        if caseload is None:
            return
        anybody = bool(caseload.people)
        self._empty.setVisible(not anybody)
        self._card.setVisible(anybody)
        self._pill_row.setVisible(anybody)
        self._search.setVisible(anybody)
        self._new.setVisible(anybody)
        self._print.setVisible(anybody)
        self._documents.setVisible(anybody)
        sought = self._search.text()
        rows = self._rows = [
            row for row in caseload.filtered(self._filter) if finds_person(sought, row.name, row.number)
        ]
        elsewhere = (
            0
            if rows or not sought.strip()
            else sum(finds_person(sought, row.name, row.number) for row in caseload.people)
        )
        self._nobody.describe(self._context.text(_LABELS[self._filter]), elsewhere)
        day = format_day(caseload.day, self._context.catalogue.language.tag, weekday=True)
        self._table.show_rows(rows, day)
        self._documents.setEnabled(bool(rows))
        self._table.setVisible(bool(rows))
        self._nobody.setVisible(not rows)

    def _open(self, dossier: DossierId) -> None:
        rows = () if self._caseload is None else self._caseload.people
        step = next((row.step for row in rows if row.dossier == dossier), NextStep.GO_ON)
        self._context.navigate(_PAGES.get(step, "interview"), dossier)

    def _head(self) -> FlowRow:
        context = self._context
        title = Text(context.theme, context.text("People"), Role.PAGE, wrap=False)
        self._search = TextInput(
            context.theme,
            "people.search",
            context.text("Search by name or case number"),
            placeholder=context.text("Name or case number"),
        )
        self._search.set_tall(Target.ACTION)
        self._search.set_icon(Icon(context.theme, "search", 20))
        self._restyle()
        self._search.textChanged.connect(self._show_filtered)
        self._new = Button(context.theme, context.text("New dossier"), "people.new", kind="primary", icon="plus")
        self._new.clicked.connect(self._begin)
        self._print = Button(context.theme, context.text("Print"), "people.print", icon="printer")
        self._print.clicked.connect(self.print_out)
        self._documents = Button(context.theme, context.text("Documents"), "people.documents", icon="document")
        self._documents.clicked.connect(self.offer_documents)
        return FlowRow((title, self._search, self._documents, self._print, self._new), grows=title, gap=Space.LARGE)

    def _make_pills(self) -> tuple[QWidget, dict[str, FilterPill]]:
        pills: dict[str, FilterPill] = {}
        for name in FILTERS:
            pill = FilterPill(self._context.theme, self._context.text(_LABELS[name]), f"people.filter.{name}")
            pill.clicked.connect(lambda _checked=False, chosen=name: self._choose(chosen))
            pills[name] = pill
        pills[self._filter].setChecked(True)
        return FlowRow(list(pills.values())), pills

    def _make_empty(self) -> Card:
        context = self._context
        begin = Button(context.theme, context.text("New dossier"), "people.begin", kind="primary", icon="plus")
        begin.clicked.connect(self._begin)
        received = Button(context.theme, context.text("Received cases"), "people.received", icon="inbox")
        received.clicked.connect(lambda: context.navigate("received"))
        card = Card(context.theme)
        sentence = context.text(
            "Begin a dossier for whoever will sit at the table with you. Or look at the cases you received."
        )
        heading = context.text("Nobody in this vault yet")
        card.body.addWidget(EmptyState(context.theme, heading, sentence, (begin, received)))
        return card

    def _choose(self, name: str) -> None:
        self._filter = name
        self._pills[name].setChecked(True)
        self._show_filtered()

    def _begin(self) -> None:
        self._context.navigate("new_person")

    def _restyle(self) -> None:
        self._search.setMinimumWidth(self._context.theme.px(300))
