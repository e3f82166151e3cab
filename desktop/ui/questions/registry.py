"""Which control belongs to which question."""

from collections.abc import Callable, Mapping

from desktop.services.interview.page_parts import ControlKind, QuestionView
from desktop.ui.design.theme import Theme
from desktop.ui.questions.acknowledge import AcknowledgeAnswer
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.choose import ChooseAnswer
from desktop.ui.questions.combo import ComboAnswer
from desktop.ui.questions.date import DateAnswer
from desktop.ui.questions.figure import FigureAnswer
from desktop.ui.questions.file import FileAnswer
from desktop.ui.questions.note import NoteAnswer
from desktop.ui.questions.number import NumberAnswer
from desktop.ui.questions.search import SearchAnswer
from desktop.ui.questions.text import OWN_WORDS, LineAnswer, PageAnswer

_MOST_AT_SIGHT = 16
"""A longer list is searched instead of shown."""

_MOST_BESIDE = 3
"""In a row of a repeat a longer list is closed until it is opened."""

_BY_KIND: Mapping[ControlKind, Callable[[Theme, CardCatalogues, QuestionView, str], AnswerWidget]] = {
    "whole": NumberAnswer,
    "number": NumberAnswer,
    "date": DateAnswer,
    "note": NoteAnswer,
    "file": FileAnswer,
    "acknowledge": AcknowledgeAnswer,
}


def answer_widget(theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> AnswerWidget:
    """Return a fresh control for `question`; its object names start with `prefix`."""
    words = question.appearance.split()
    if question.kind in {"one", "many"}:
        searched = "autocomplete" in words or "minimal" in words or len(question.choices) > _MOST_AT_SIGHT
        return (SearchAnswer if searched else ChooseAnswer)(theme, catalogues, question, prefix)
    if question.kind in _BY_KIND:
        return _BY_KIND[question.kind](theme, catalogues, question, prefix)
    paged = "multiline" in words or OWN_WORDS in words
    return (PageAnswer if paged else LineAnswer)(theme, catalogues, question, prefix)


def row_widget(theme: Theme, catalogues: CardCatalogues, question: QuestionView, prefix: str) -> AnswerWidget:
    """Return a fresh control for `question` where many share one card: lower and narrower than `answer_widget`."""
    closed = _MOST_BESIDE < len(question.choices) <= _MOST_AT_SIGHT and "autocomplete" not in question.appearance
    if question.kind == "one" and closed:
        return ComboAnswer(theme, catalogues, question, prefix)
    if question.kind in {"whole", "number"}:
        return FigureAnswer(theme, catalogues, question, prefix)
    return answer_widget(theme, catalogues, question, prefix)
