"""The card of one question: the open book above, the answer across both pages below."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.interview.answer_state import AnswerStates
from desktop.services.interview.page_parts import QuestionView, Texts
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.interview.card.answer_zone import AnswerZone
from desktop.ui.interview.card.own_words_above import OwnWordsAbove
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.book import BookCard, BookPage
from desktop.ui.questions.base import CardCatalogues

_WHY = N_("Why do we ask this?")
_MISSING = N_("There is no text in this language yet. Let the interpreter translate it, or read the Dutch aloud.")
_DRAFT = N_("machine translation, not yet checked")


class QuestionCard(QWidget):
    """Shows a `QuestionView`.

    `given` carries address, status and value; `settle` asks for the page where two answers meet.
    """

    given = Signal(str, str, str)
    settle = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue, answers: AnswerStates) -> None:
        super().__init__()
        self._theme = theme
        self._words = words
        self._question: QuestionView | None = None
        self._catalogues: CardCatalogues | None = None
        self._book = BookCard(theme, "interview.card", words.text("Listen"))
        self.zone = AnswerZone(theme, answers)
        self._book.answer.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        self._said = OwnWordsAbove(theme)
        self._book.answer.addWidget(self._said)
        self._book.answer.addWidget(self.zone)
        self.zone.given.connect(self.given)
        self._conflict = Button(
            theme, words.text("There are two answers: choose"), "interview.conflict", kind="link", icon="merge"
        )
        self._conflict.clicked.connect(self._ask_settle)
        marks = QHBoxLayout()
        marks.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        marks.addWidget(self._conflict)
        marks.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._book)
        nest(column, marks)

    def show_question(self, question: QuestionView, catalogues: CardCatalogues) -> None:
        """Show `question`; the same one keeps focus and half-typed text."""
        self._question, self._catalogues = question, catalogues
        self._book.set_pages(
            page_of(question.dutch, catalogues.left),
            page_of(question.other, catalogues.person, self._words.text(_DRAFT)),
        )
        self._said.show_words(question.translates, catalogues)
        self.zone.show_question(question, catalogues)
        self._conflict.setVisible(question.conflict)

    def set_why_open(self, *, opened: bool) -> None:
        """Fold or unfold the reason on both pages."""
        self._book.set_why_open(opened)

    def _ask_settle(self) -> None:
        if self._question is not None:
            self.settle.emit(self._question.ref)


def page_of(texts: Texts, words: Catalogue, draft: str = "") -> BookPage:
    """Return one page of the book: the texts, or the sentence that says they are missing; `draft` marks a draft."""
    return BookPage(
        language=words.language,
        title=words.language.own_name,
        question="" if texts.missing else texts.label,
        styled=() if texts.missing else texts.styled,
        hint="" if texts.missing else texts.hint,
        styled_hint=() if texts.missing else texts.styled_hint,
        why_title=words.text(_WHY),
        why=texts.why,
        missing=words.text(_MISSING) if texts.missing else "",
        mark=draft if texts.draft else "",
    )
