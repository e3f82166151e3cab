"""Everything that was said, as a letter: a sheet for each section, a line for each question, built in pieces.

The screen never waits for the whole of it: sheets are made one after the other between the turns of the event loop,
and a line that is shown again only changes what it says. One Tab enters the letter, the arrows walk through it.
"""

from collections.abc import Iterator, Mapping
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue, SearchedText, sought_words
from desktop.kernel.ref import Ref
from desktop.services.interview.review import ReviewItem, ReviewReason, ReviewSection, ReviewView
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.kit.layout.nest import clear
from desktop.ui.review.closed_section import ClosedSection
from desktop.ui.review.letter_row import LetterRow
from desktop.ui.review.letter_sheet import LetterSheet

_PIECE_SECONDS = 0.008
"""How long the screen may be kept from its other work in one go."""

_SHEET_EDGES = 2


class Letter(QWidget):
    """Shows a review. `chosen` carries the line that was pressed, `reached` the one the arrows came to.

    `built` tells that all of it stands there.
    """

    chosen = Signal(object)
    reached = Signal(object)
    built = Signal()

    def __init__(self, context: UiContext, name: str) -> None:
        super().__init__()
        self._context = context
        self.setObjectName(name)
        self._view: ReviewView | None = None
        self._person: Catalogue = context.catalogue
        self._shape: list[object] = []
        self._sheets: list[LetterSheet] = []
        self._closed: list[ClosedSection] = []
        self._texts: dict[LetterRow, SearchedText] = {}
        self._reasons: frozenset[ReviewReason] | None = None
        self._typed = ""
        self._work: Iterator[None] = iter(())
        self._timer = QTimer(self)
        self._timer.setInterval(0)
        self._timer.timeout.connect(self._go_on)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.LARGE)

    @property
    def ready(self) -> bool:
        """Tell whether all of it stands there."""
        return not self._timer.isActive()

    @property
    def shown(self) -> list[LetterRow]:
        """The lines in sight, in reading order."""
        return [row for sheet in self._sheets for row in sheet.rows if not row.isHidden()]

    def show_view(self, view: ReviewView, person: Catalogue) -> None:
        """Show `view`, its second texts in the language of `person`."""
        shape: list[object] = [view.dossier, view.language, view.closed]
        shape += [(section.path, [(item.ref, item.row) for item in section.items]) for section in view.sections]
        same, self._view, self._person = shape == self._shape and self.ready, view, person
        self._shape = shape
        if same:
            self._work = self._renew(view)
        else:
            clear(self._column)
            self._sheets, self._closed, self._texts = [], [], {}
            self._work = self._build(view)
        self._timer.start()

    def show_only(self, reasons: frozenset[ReviewReason] | None, typed: str) -> int:
        """Show only the lines with one of `reasons` (None: all) in which `typed` is found; return how many."""
        self._reasons, self._typed = reasons, typed
        found = sum(self._sift(sheet) for sheet in self._sheets)
        for closed in self._closed:
            closed.setVisible(self._shows_all)
        self._enter_at_first()
        return found

    @property
    def _shows_all(self) -> bool:
        return self._reasons is None and not self._typed

    def _go_on(self) -> None:
        until = perf_counter() + _PIECE_SECONDS
        for _piece in self._work:
            if perf_counter() >= until:
                return
        self._timer.stop()
        self._enter_at_first()
        self.built.emit()

    def _build(self, view: ReviewView) -> Iterator[None]:
        for section in view.sections:
            if section.locked and view.closed is not None:
                self._closed.append(ClosedSection(self._context, section.title, view.closed))
                self._column.addWidget(self._closed[-1])
                self._closed[-1].setVisible(self._shows_all)
            elif section.items:
                yield from self._build_sheet(section)
            yield

    def _build_sheet(self, section: ReviewSection) -> Iterator[None]:
        sheet = LetterSheet(self._context, section, self._person.language)
        for item in section.items:
            name = f"{self.objectName()}.item.{Ref.parse(item.ref).name}"
            row = LetterRow(self._context.theme, self._context.catalogue, self._person, item, name)
            row.clicked.connect(lambda _checked=False, one=row: self.chosen.emit(one.item))
            row.walked.connect(lambda by, one=row: self._walk(one, by))
            row.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            row.resize(self.width() - _SHEET_EDGES, row.height())  # else its words are measured at a width it never has
            sheet.add(row)
            self._texts[row] = _searched(item, row)
            yield
        self._sheets.append(sheet)
        self._column.addWidget(sheet)
        self._sift(sheet)

    def _renew(self, view: ReviewView) -> Iterator[None]:
        items: Mapping[str, ReviewItem] = {item.ref: item for section in view.sections for item in section.items}
        counts = {section.path: section for section in view.sections}
        for sheet in self._sheets:
            sheet.count(counts[sheet.path])
            for row in sheet.rows:
                if row.item != items[row.item.ref]:
                    row.show_item(items[row.item.ref])
                    self._texts[row] = _searched(row.item, row)
                    yield
            self._sift(sheet)
            yield

    def _sift(self, sheet: LetterSheet) -> int:
        words = sought_words(self._typed)
        found = 0
        for row in sheet.rows:
            wanted = self._reasons is None or row.item.reason in self._reasons
            wanted = wanted and self._texts[row].holds(words)
            found += wanted
            row.setVisible(wanted)
        sheet.sift()
        return found

    def _walk(self, row: LetterRow, by: int) -> None:
        shown = self.shown
        to = shown.index(row) + by
        if 0 <= to < len(shown):
            self.enter(shown[to])

    def enter(self, row: LetterRow) -> None:
        """Give `row` the keyboard; Tab comes back to it."""
        self._stop_at(row)
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self.reached.emit(row)

    def _enter_at_first(self) -> None:
        shown = self.shown
        if shown and self.focusWidget() not in shown:
            self._stop_at(shown[0])

    def _stop_at(self, row: LetterRow) -> None:
        for sheet in self._sheets:
            for each in sheet.rows:
                each.setFocusPolicy(Qt.FocusPolicy.StrongFocus if each is row else Qt.FocusPolicy.ClickFocus)


def _searched(item: ReviewItem, row: LetterRow) -> SearchedText:
    return SearchedText(f"{row.accessibleName()} {item.other_answer}")
