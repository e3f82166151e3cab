"""Nakijken: a letter of everything that was said, with what is missing at its place, each line leading to its question.

Keys: Ctrl+F searches it, Enter there goes to the first line found, F8 goes to the next line that asks for something.
"""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import load_catalogue
from desktop.i18n.mark import N_
from desktop.kernel.changes import Aspect, Changes
from desktop.services.interview.review import REVIEW_REASONS, ReviewItem, ReviewReason, ReviewView
from desktop.services.plan.documents import INTERVIEW_SO_FAR
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.controls.pill import FilterPill
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.typography.text import Text
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.review.letter import Letter
from desktop.ui.review.letter_row import LetterRow
from desktop.ui.review.review_texts import WORDS, page_to_open
from protocol.identifiers import DossierId, case_number

_WIDE = 1120
_ASKS: frozenset[ReviewReason] = frozenset({"conflict", "missing", "later", "flagged"})
_Filter = ReviewReason | Literal["all"]
_EVERYTHING = N_("All")
_FILTERS: tuple[_Filter, ...] = ("all", *REVIEW_REASONS)


class ReviewPage(QWidget):
    """Shows the letter of one dossier: all of it, or the lines of one state, or those in which something is found."""

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._review = context.services.review
        self._dossier: DossierId | None = None
        self._view: ReviewView | None = None
        self._only: _Filter = "all"
        self.setObjectName("review")
        theme = context.theme
        self._title = Text(theme, context.text("Look it over"), Role.PAGE)
        self._sign = Icon(theme, "check-circle", 22, Tone.GOOD)
        self._summary = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._summary.setObjectName("review.said")
        self._search = self._make_search()
        self._found = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._found.setObjectName("review.found")
        self._pills: dict[_Filter, FilterPill] = {each: self._pill(each) for each in _FILTERS}
        self.letter = Letter(context, "review")
        self.letter.chosen.connect(self._open)
        self.letter.reached.connect(self._bring_into_sight)
        self.letter.built.connect(self._sift)
        self._nothing = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self._nothing.setObjectName("review.nothing")
        self._lay_out()
        add_shortcut(self, "review.next_asking", self._next_asking)

    def show_dossier(self, dossier: DossierId) -> None:
        """Show the letter of `dossier`."""
        if dossier != self._dossier:
            self._search.clear()
            self._only = "all"
        self._dossier = dossier
        self._load()

    def refresh(self, changes: Changes) -> None:
        """Show what changed in this dossier."""
        about = changes.aspects & {Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.ATTACHMENTS}
        if about and self._dossier in changes.dossiers:
            self._load()

    def start_search(self) -> None:
        """Put the keyboard where one searches the letter."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def print_out(self) -> None:
        """Show the letter as pages, in two languages, to print or to save; the blank interview is beside it."""
        if self._view is not None:
            part = preview_part(INTERVIEW_SO_FAR, self._view.language, "review")
            self._context.navigate("preview", self._dossier, part=part)

    def _load(self) -> None:
        dossier = self._dossier
        if dossier is not None:
            self._context.run(lambda: self._review.view(dossier), self._show, self)

    def _show(self, view: ReviewView) -> None:
        if view.dossier != self._dossier:
            return
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
        for name, pill in self._pills.items():
            count = view.total if name == "all" else view.count(name)
            pill.set_count(count)
            pill.setVisible(count > 0)
        if self._only != "all" and not view.count(self._only):
            self._only = "all"
        self.letter.show_view(view, load_catalogue(view.language, "app"))

    def _sift(self) -> None:
        """Show the lines that are wanted, and say how many there are where one searches."""
        self._pills[self._only].setChecked(True)
        typed = self._search.text().strip()
        found = self.letter.show_only(None if self._only == "all" else frozenset({self._only}), typed)
        self._found.set_text(self._context.catalogue.plural("{n} found", "{n} found", found) if typed else "")
        nothing = self._context.text("Nothing found for “{text}”.", text=typed) if typed else ""
        self._nothing.set_text(nothing or self._context.text("Nothing on this list."))
        self._nothing.setVisible(not found and self._view is not None)

    def _erase(self) -> None:
        if self._dossier is not None:
            self._context.navigate("retention", part=case_number(self._dossier))

    def _open(self, item: ReviewItem) -> None:
        self._context.navigate(page_to_open(item), self._dossier, part=item.ref)

    def _open_first(self) -> None:
        shown = self.letter.shown
        if self._search.text().strip() and shown:
            self.letter.enter(shown[0])

    def _next_asking(self) -> None:
        shown = self.letter.shown
        at = next((place for place, row in enumerate(shown) if row is self.focusWidget()), -1)
        asking = [row for row in (*shown[at + 1 :], *shown[: at + 1]) if row.item.reason in _ASKS]
        if asking:
            self.letter.enter(asking[0])

    def _bring_into_sight(self, row: LetterRow) -> None:
        self._scroll.ensureWidgetVisible(row, 0, row.height())

    def _pill(self, name: _Filter) -> FilterPill:
        words = _EVERYTHING if name == "all" else WORDS[name]
        pill = FilterPill(self._context.theme, self._context.text(words), f"review.filter.{name}")
        pill.clicked.connect(lambda: self._filter(name))
        return pill

    def _filter(self, name: _Filter) -> None:
        self._only = name
        self._sift()

    def _make_search(self) -> TextInput:
        text = self._context.text
        field = TextInput(self._context.theme, "review.search", text("Search this case"), placeholder=text("Search"))
        field.set_tall(Target.ACTION)
        field.set_icon(Icon(self._context.theme, "search", 20))
        field.textChanged.connect(self._sift)
        field.returnPressed.connect(self._open_first)
        return field

    def _lay_out(self) -> None:
        scroll = self._scroll = ScrollPage(widest=_WIDE)
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(self._title, 1)
        head.addWidget(self._found, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._search)
        printed = Button(self._context.theme, self._context.text("Print"), "review.print", icon="printer")
        printed.clicked.connect(self.print_out)
        head.addWidget(printed)
        line = QHBoxLayout()
        line.setSpacing(Space.MEDIUM)
        line.addWidget(self._sign)
        line.addWidget(self._summary, 1)
        nest(scroll.body, head)
        nest(scroll.body, line)
        scroll.body.addWidget(FlowRow(list(self._pills.values())))
        scroll.body.addWidget(self._nothing)
        self._nothing.hide()
        scroll.body.addWidget(self.letter)
        mistaken = Button(
            self._context.theme, self._context.text("Made by mistake? Erase this case…"), "review.mistake", kind="link"
        )
        mistaken.clicked.connect(self._erase)
        scroll.body.addWidget(mistaken, 0, Qt.AlignmentFlag.AlignLeading)
        scroll.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
