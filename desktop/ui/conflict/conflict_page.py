"""The conflict page: one question with two answers at a time, and beside it how many wait.

Nothing is lost here: what is not chosen stays in the record. The choice is kept with name and time.
"""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import load_catalogue
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes
from desktop.services.interview.conflicts import ConflictResult, ConflictsView, ConflictView
from desktop.ui.conflict.card import COMBINED, ConflictCard
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.typography.text import Text
from desktop.ui.questions.base import CardCatalogues
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_WIDE = 1040


class ConflictPage(QWidget):
    """Settles the conflicts of one dossier."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._conflicts = context.services.conflicts
        self._dossier: DossierId | None = None
        self._view: ConflictsView | None = None
        self._part = ""
        self._card: ConflictCard | None = None
        self.setObjectName("conflict")
        theme = context.theme
        self._title = Text(theme, context.text("Two answers to one question"), Role.PAGE)
        self._where = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._safe = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._again = Button(theme, "", "conflict.again", icon="undo", height=52)
        self._keep = Button(
            theme, context.text("Keep this choice"), "conflict.keep", kind="primary", icon="check", height=52
        )
        self._signed = Text(
            theme, context.text("Your choice goes into the file with name and time"), Role.SMALL, tone=Tone.SOFT
        )
        self._again.clicked.connect(self._ask_again)
        self._keep.clicked.connect(self._settle)
        self._lay_out()

    @property
    def part(self) -> str:
        """The question with two answers that was asked for; empty for the first one."""
        return self._part

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the first conflict of `dossier`."""
        self._dossier, self._part = dossier, ""
        self._load()

    def show_part(self, part: str) -> None:
        """Show the conflict at the question `part`."""
        self._part = part
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show what other devices added."""
        if self._dossier in changes.dossiers and Aspect.CONFLICTS in changes.aspects:
            self._load()

    def _load(self) -> None:
        dossier = self._dossier
        if dossier is not None:
            self._context.run(lambda: self._conflicts.view(dossier), self._show, self)

    def _show(self, view: ConflictsView) -> None:
        self._view = view
        conflict = self._chosen(view)
        if self._card is not None:
            self._column.removeWidget(self._card)
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        for widget in (self._again, self._keep, self._signed):
            widget.setVisible(conflict is not None)
        if conflict is None and view.plan_fields:
            self._context.navigate("plan", view.dossier)
        if conflict is None:
            self._title.set_text(self._context.text("No answers to choose between"))
            self._safe.set_text(self._context.text("Every question has one answer."))
            self._where.set_text("")
            return
        self._show_conflict(conflict, view)

    def _show_conflict(self, conflict: ConflictView, view: ConflictsView) -> None:
        text = self._context.text
        catalogues = CardCatalogues(
            self._context.catalogue, load_catalogue(DUTCH, "app"), load_catalogue(conflict.language, "app")
        )
        self._title.set_text(text("Two answers to one question"))
        self._safe.set_text(self._explain(conflict))
        self._again.setVisible(conflict.asked)
        place = text("{section} · question {n}", section=conflict.section, n=conflict.number)
        more = len(view.conflicts) - 1
        rest = self._context.catalogue.plural("{n} more", "{n} more", more) if more else ""
        self._where.set_text(
            " · ".join(part for part in (place if conflict.number else conflict.section, rest) if part)
        )
        self._again.set_text(text("Ask {name} again", name=view.name))
        self._card = ConflictCard(self._context.theme, self._context.catalogue, catalogues, conflict)
        self._card.chosen.connect(self._show_choice)
        self._column.addWidget(self._card)
        self._show_choice()
        self._card.focus_first()

    def _explain(self, conflict: ConflictView) -> str:
        text = self._context.text
        where = ""
        if not conflict.in_form:
            where = text("This question is not in this version of the interview.")
        elif not conflict.asked:
            where = text("The interview does not ask this now.")
        safe = text("Nothing is lost. What you do not choose stays in the file.")
        return f"{where} {safe}".strip()

    def _chosen(self, view: ConflictsView) -> ConflictView | None:
        wanted = [conflict for conflict in view.conflicts if conflict.ref == self._part]
        every = wanted or list(view.conflicts)
        return every[0] if every else None

    def _show_choice(self) -> None:
        if self._card is not None and self._card.choice() is not None:
            self._keep.enable()
        else:
            self._keep.disable(self._context.text("Choose one of the answers first."))

    def _settle(self) -> None:
        card, dossier = self._card, self._dossier
        if card is None or dossier is None or card.choice() is None:
            return
        choice, ref, (value, note) = card.choice(), card.conflict.ref, card.combined()
        shown = tuple(answer.id for answer in card.conflict.answers)

        def operation() -> ConflictResult:
            if choice == COMBINED:
                return self._conflicts.combine(dossier, ref, value, note, shown)
            return self._conflicts.choose(dossier, ref, shown[choice or 0], shown)

        self._context.run(operation, self._finish, self, on_error=self._fail)

    def _ask_again(self) -> None:
        card, dossier = self._card, self._dossier
        if card is not None and dossier is not None:
            ref = card.conflict.ref

            def asked(result: ConflictResult) -> None:
                self._context.publish(result.changes)
                self._context.navigate("interview", dossier, part=ref)

            self._context.run(lambda: self._conflicts.ask_again(dossier, ref), asked, self)

    def _fail(self, error: OpmaatError) -> None:
        """Say what changed meanwhile, and show the answers as they stand now."""
        self._context.report(error)
        self._load()

    def _finish(self, result: ConflictResult) -> None:
        if result.problem is not None and self._card is not None:
            self._card.refuse(result.problem)
            return
        self._part = ""
        self._show(result.view)
        self._context.publish(result.changes)
        if not result.view.conflicts:
            self._context.navigate("review", self._dossier)

    def _lay_out(self) -> None:
        scroll = ScrollPage(widest=_WIDE)
        head = FlowRow((self._title, self._where), grows=self._title)
        safe = QHBoxLayout()
        safe.setSpacing(Space.MEDIUM)
        safe.addWidget(Icon(self._context.theme, "shield", 20))
        safe.addWidget(self._safe, 1)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        air = QWidget()
        scroll.body.addWidget(head)
        for item in (safe, self._column):
            nest(scroll.body, item)
        scroll.body.addWidget(FlowRow((self._again, air, self._signed, self._keep), grows=air, gap=Space.LARGE))
        scroll.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
