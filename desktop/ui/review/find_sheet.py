"""Ctrl+F: a question or an answer of this case, found from any of its pages.

Searched are question, answer, note and row, in both languages, folded, words in any order. Up and down walk through
what was found, Enter goes there.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n import Catalogue, SearchedText, load_catalogue, sought_words
from desktop.kernel.ref import Ref
from desktop.services.interview.review import ReviewItem, ReviewView
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Target, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.nest import clear
from desktop.ui.kit.surfaces.dialog_sheet import DialogSheet
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.letter_row import LetterRow
from desktop.ui.review.review_texts import answers_of, spoken
from protocol.identifiers import DossierId

MOST = 20
"""How many lines are shown; who finds more types another word."""


class FindSheet(DialogSheet):
    """Searches the case `dossier`; `on_chosen` hears where to go."""

    def __init__(
        self, context: UiContext, parent: QWidget, dossier: DossierId, on_chosen: Callable[[ReviewItem], None]
    ) -> None:
        title = context.text("Search this case")
        super().__init__(context.theme, parent, title, "find", context.text("Close"))
        self._context, self._on_chosen = context, on_chosen
        self._texts: list[tuple[ReviewItem, SearchedText]] = []
        self._person: Catalogue = context.catalogue
        self.rows: list[LetterRow] = []
        hint = context.text("A question or an answer")
        self.field = TextInput(context.theme, "find.field", hint, placeholder=hint)
        self.field.set_tall(Target.ACTION)
        self.field.set_icon(Icon(context.theme, "search", 20))
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._choose_first)
        add_shortcut(self.field, "find.down", lambda: self._enter(0), Qt.ShortcutContext.WidgetShortcut)
        self._said = Text(context.theme, role=Role.SMALL, tone=Tone.SOFT)
        self._said.setObjectName("find.said")
        around = QWidget()
        self._list = QVBoxLayout(around)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self.fields.addWidget(self.field)
        self.fields.addWidget(self._said)
        self.fields.addWidget(around)
        self.fields.addStretch(1)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        review = context.services.review
        context.run(lambda: review.view(dossier), self._show, self)

    def _show(self, view: ReviewView) -> None:
        self._person = load_catalogue(view.language, "app")
        words = self._context.catalogue
        items = [item for section in view.sections for item in section.items if item.reason != "not_in_form"]
        said = [spoken(item, words, answers_of(item, words, self._person)) for item in items]
        self._texts = [(item, SearchedText(text)) for item, text in zip(items, said, strict=True)]
        self._look()

    def _look(self) -> None:
        words = sought_words(self.field.text())
        found = [item for item, text in self._texts if text.holds(words)] if words else []
        clear(self._list)
        self.rows = [self._row(item) for item in found[:MOST]]
        for row in self.rows:
            self._list.addWidget(row)
        self._said.set_text(self._sentence(len(found)) if words and self._texts else "")

    def _sentence(self, found: int) -> str:
        if not found:
            return self._context.text("Nothing found for “{text}”.", text=self.field.text().strip())
        return self._context.catalogue.plural("{n} found", "{n} found", found)

    def _row(self, item: ReviewItem) -> LetterRow:
        name = f"find.item.{Ref.parse(item.ref).name}"
        row = LetterRow(self._context.theme, self._context.catalogue, self._person, item, name)
        row.clicked.connect(lambda: self._choose(row))
        row.walked.connect(lambda by: self._walk(row, by))
        return row

    def _walk(self, row: LetterRow, by: int) -> None:
        to = self.rows.index(row) + by
        if to < 0:
            self.field.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self._enter(to)

    def _enter(self, place: int) -> None:
        if place < len(self.rows):
            self.rows[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _choose_first(self) -> None:
        if self.rows:
            self._choose(self.rows[0])

    def _choose(self, row: LetterRow) -> None:
        self.accept()
        self._on_chosen(row.item)
