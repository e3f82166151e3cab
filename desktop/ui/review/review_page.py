"""Nakijken: what is still open, per section, each line leading to its question."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.kernel.changes import Aspect, Changes
from desktop.kernel.ref import Ref
from desktop.services.interview.review import REVIEW_REASONS, ReviewItem, ReviewReason, ReviewSection, ReviewView
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.pill import FilterPill
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.closed_section import ClosedSection
from desktop.ui.review.row import WORDS, ReviewRow
from protocol.identifiers import DossierId

_WIDE = 1040
_FIRST: tuple[ReviewReason, ...] = ("conflict", "missing", "later", "flagged", "not_in_form")


class ReviewPage(QWidget):
    """Shows the list of one dossier. Without a filter it holds what a person must do; "not asked yet" is a filter."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._review = context.services.review
        self._dossier: DossierId | None = None
        self._view: ReviewView | None = None
        self._only: ReviewReason | None = None
        self.setObjectName("review")
        theme = context.theme
        self._title = Text(theme, context.text("Look it over"), Role.PAGE)
        self._sign = Icon(theme, "check-circle", 22, Tone.GOOD)
        self._summary = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._summary.setObjectName("review.said")
        self._pills = {reason: self._pill(reason) for reason in REVIEW_REASONS}
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.LARGE)
        self._lay_out()

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the list of `dossier`."""
        self._dossier = dossier
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show what changed in this dossier."""
        about = changes.aspects & {Aspect.ANSWERS, Aspect.CONFLICTS}
        if about and self._dossier in changes.dossiers:
            self._load()

    def _load(self) -> None:
        dossier = self._dossier
        if dossier is not None:
            self._context.run(lambda: self._review.view(dossier), self._show, self)

    def _show(self, view: ReviewView) -> None:
        self._view = view
        missing = view.count("conflict") + view.count("missing")
        plural = self._context.catalogue.plural
        self._sign.set_icon("check-circle" if view.complete else "pencil", Tone.GOOD if view.complete else Tone.ACCENT)
        self._summary.set_text(
            self._context.text("Everything the plan needs has been answered.")
            if view.complete
            else plural(
                "{n} question is still needed for the plan.", "{n} questions are still needed for the plan.", missing
            )
        )
        for reason, pill in self._pills.items():
            pill.set_count(view.count(reason))
            pill.setVisible(view.count(reason) > 0)
        if self._only is not None and not view.count(self._only):
            self._only = None
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        for reason, pill in self._pills.items():
            pill.setChecked(reason == self._only)
        if self._view is None:
            return
        shown = [(section, self._wanted(section)) for section in self._view.sections]
        for section, items in shown:
            if items:
                self._list.addWidget(self._section(section, items))
        if not any(items for _section, items in shown):
            self._list.addWidget(Text(self._context.theme, self._context.text("Nothing on this list."), tone=Tone.SOFT))
        for section in self._view.sections if self._only is None else ():
            if section.locked and self._view.closed is not None:
                self._list.addWidget(ClosedSection(self._context, section.title, self._view.closed))

    def _wanted(self, section: ReviewSection) -> list[ReviewItem]:
        reasons = _FIRST if self._only is None else (self._only,)
        return [item for item in section.items if item.reason in reasons]

    def _section(self, section: ReviewSection, items: list[ReviewItem]) -> QWidget:
        theme = self._context.theme
        card = Card(theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 4)
        card.body.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        title = section.title or self._context.text("Not asked in this interview now")
        head.addWidget(Text(theme, title, Role.CARD), 1)
        answered = self._context.text("{n} of {total} answered", n=section.answered, total=section.total)
        count = answered if section.total else ""
        head.addWidget(Text(theme, count, Role.SMALL, tone=Tone.SOFT, wrap=False), 0, Qt.AlignmentFlag.AlignVCenter)
        nest(card.body, head)
        for item in items:
            card.body.addWidget(Divider(theme))
            card.body.addWidget(self._row(item))
        return card

    def _row(self, item: ReviewItem) -> ReviewRow:
        name = f"review.item.{Ref.parse(item.ref).name}"
        row = ReviewRow(self._context.theme, self._context.catalogue, item, name)
        row.setEnabled(item.reason != "not_in_form")
        row.clicked.connect(lambda: self._open(item))
        return row

    def _open(self, item: ReviewItem) -> None:
        page = "conflict" if item.reason == "conflict" else "interview"
        self._context.navigate(page, self._dossier, part=item.ref)

    def _pill(self, reason: ReviewReason) -> FilterPill:
        pill = FilterPill(self._context.theme, self._context.text(WORDS[reason]), f"review.filter.{reason}")
        pill.setCheckable(True)
        pill.setAutoExclusive(False)
        pill.clicked.connect(lambda: self._filter(reason))
        return pill

    def _filter(self, reason: ReviewReason) -> None:
        self._only = None if self._only == reason else reason
        self._fill()

    def _lay_out(self) -> None:
        scroll = ScrollPage(widest=_WIDE)
        line = QHBoxLayout()
        line.setSpacing(Space.MEDIUM)
        line.addWidget(self._sign)
        line.addWidget(self._summary, 1)
        scroll.body.addWidget(self._title)
        nest(scroll.body, line)
        scroll.body.addWidget(FlowRow(list(self._pills.values())))
        nest(scroll.body, self._list)
        scroll.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
