"""The fourth step of the plan: the decision of the municipality (PIP) and its dates."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.services.pip.pip import PipService
from desktop.services.pip.pip_parts import PipDone, PipView
from desktop.services.plan.documents import PIP_DECISION, PIP_DRAFT
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.layout.columns import add_column, fit_rows
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.pip.decision_card import DecisionCard
from desktop.ui.pip.duo_card import DuoCard
from desktop.ui.pip.hours_card import HoursCard
from desktop.ui.pip.issue_card import IssueCard
from desktop.ui.pip.terms_card import TermsCard
from desktop.ui.plan.missing_card import MissingCard
from desktop.ui.preview.preview_page import preview_part
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId

_WIDEST = 1472
_BESIDE = 960


class PipStep(ScrollPage):
    """Loads and keeps by itself; `changed` tells the page around it what happened, `followed` where to mend something.

    A reception location sees the dates and what moves them; the decision is the municipality's.
    """

    changed = Signal(object)
    followed = Signal(str)

    def __init__(self, context: UiContext) -> None:
        super().__init__(widest=_WIDEST)
        theme, texts = context.theme, context.catalogue
        self._context, self._theme = context, theme
        self._dossier: DossierId | None = None
        self._language = ""
        self.terms, self.decision, self.issue = (
            TermsCard(theme, texts),
            DecisionCard(theme, texts),
            IssueCard(theme, texts),
        )
        done = texts.text("Everything is there. The decision can be issued.")
        self.missing = MissingCard(theme, texts, texts.text("Before issuing"), "pip.missing", done)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(Space.WIDE)
        self.duo, self.hours = DuoCard(theme, texts), HoursCard(theme, texts)
        columns: tuple[tuple[QWidget, ...], ...] = (
            (self.decision,),
            (self.issue, self.missing, self.duo, self.hours, self.terms),
        )
        for parts in columns:
            add_column(self._columns, parts)
        nest(self.body, self._columns)
        self.duo.save_asked.connect(self._save_for_duo)
        for card in (self.terms, self.decision, self.hours):
            card.written.connect(lambda field, value: self._do(lambda pip, case: pip.set_field(case, field, value)))
        self.issue.issued.connect(self._issue)
        self.issue.previewed.connect(self._preview)
        self.missing.followed.connect(self._follow)

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the decision on `dossier`."""
        self._dossier = dossier
        service = self._context.services.pip
        self._context.run(lambda: service.view(dossier), self._show, self)

    def keep(self) -> None:
        """Keep what is being typed."""
        for card in (self.decision, self.hours, self.terms):
            card.keep()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put both columns side by side, or below each other."""
        super().resizeEvent(event)
        fit_rows(self, self._theme, _BESIDE, self._columns)

    def _do(self, change: Callable[[PipService, DossierId], PipDone]) -> None:
        dossier, service = self._dossier, self._context.services.pip
        if dossier is not None:
            self._context.run(lambda: change(service, dossier), self._show_result, self, on_error=self._tell)

    def _issue(self) -> None:
        self.keep()
        self._do(lambda pip, case: pip.issue(case))

    def _tell(self, error: OpmaatError) -> None:
        self._context.report(error)
        if self._dossier is not None:
            self.show_dossier(self._dossier)

    def _show_result(self, done: PipDone) -> None:
        self._show(done.view)
        self.changed.emit(done.changes)

    def _show(self, view: PipView) -> None:
        if view.dossier != self._dossier:
            return
        self._language = view.second.tag
        self.terms.show_view(view)
        for card in (self.decision, self.missing, self.duo):
            card.setVisible(view.decides)
        self.duo.show_view(view)
        self.hours.show_view(view)
        self.decision.show_view(view)
        self.missing.show_missing(view.draft.missing)
        self.issue.show_view(view)

    def _follow(self, field: str) -> None:
        if field.startswith(("pip/", "term/")):
            self.focus_field(field)
        else:
            self.followed.emit(field)

    def focus_field(self, field: str) -> None:
        """Put the keyboard on a field of the decision, the hours or the terms."""
        for card in (self.decision, self.hours, self.terms):
            card.focus(field)

    def _save_for_duo(self) -> None:
        dossier, service = self._dossier, self._context.services.pip
        if dossier is None:
            return
        title, filters = self._context.text("Save for DUO"), self._context.text("File for DUO (*.json)")
        path = ask_save(self, title, service.duo_file_name(dossier), filters)
        if path is not None:
            self._context.run(lambda: service.export_duo(dossier, path), lambda _done: None, self)

    def _preview(self, issued: bool) -> None:  # noqa: FBT001  # a Qt slot
        kind = PIP_DECISION if issued else PIP_DRAFT
        self._context.navigate("preview", self._dossier, part=preview_part(kind, self._language, "plan"))
