"""The interview for paper: what was said so far, or every question with room to answer by hand.

Reading only. Called on the store thread only.
"""

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from desktop.documents.interview_data import InterviewPaper, PaperLine, PaperSection
from desktop.forms import FormError, FormNode, Session
from desktop.i18n.languages import DUTCH
from desktop.plan.model.plan_text import PlanText, free
from desktop.services.dossier.called_name import called_name
from desktop.services.interview.card_texts import DossierContext
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.review import ReviewItem, ReviewSection, review_of
from protocol.identifiers import DossierId

_MOST_CHOICES = 16
"""A longer list, such as all countries, is written by hand."""

_LONG, _SHORT = 3, 1
_STATES = frozenset({"open", "missing", "later", "declined", "unknown"})
_HAND = "…"


class PrintedInterviews:
    """Makes what is printed of the interview of a dossier."""

    def __init__(self, contexts: DossierContexts) -> None:
        """Read through `contexts`."""
        self._contexts = contexts

    def paper(self, dossier: DossierId, language: str, *, blank: bool) -> InterviewPaper:
        """Return the interview of `dossier` beside `language`: `blank`, or with what was said."""
        context = self._contexts.of(dossier, language)
        if blank:
            fresh = Session(context.form, clock=self._contexts.clock, random=Random(0))  # noqa: S311  # guards nothing
            sections = tuple(_blank_sections(replace(context, session=fresh)))
        else:
            sections = tuple(_section(section) for section in review_of(context).sections)
        return InterviewPaper(called_name(context.record), sections)


def _section(section: ReviewSection) -> PaperSection:
    lines = tuple(_line(item) for item in section.items)
    return PaperSection(free(section.title, section.other), lines, closed=section.locked)


def _line(item: ReviewItem) -> PaperLine:
    said = f"{item.files} ×" if item.files else item.answer
    answer = free(said, item.other_answer) if said else None
    state = item.reason if item.reason in _STATES and (answer is None or item.reason != "later") else ""
    return PaperLine(free(item.question, item.other), answer, state, row=item.row)


def _blank_sections(context: DossierContext) -> Iterator[PaperSection]:
    for part in context.root.children:
        for group in (part, *part.children):
            lines = tuple(_blank_lines(context, group))
            if group.kind == "group" and lines:
                yield PaperSection(_text(context, group.path), lines)


def _blank_lines(context: DossierContext, group: FormNode) -> Iterator[PaperLine]:
    for node in group.children:
        if node.kind == "question":
            yield _blank_line(context, node)
        elif node.kind == "repeat":
            yield PaperLine(_text(context, node.path), lines=_LONG)
        elif node.kind == "group" and group.path.count("/") > 2:  # noqa: PLR2004  # below a section
            yield from _blank_lines(context, node)


def _blank_line(context: DossierContext, node: FormNode) -> PaperLine:
    question = _text(context, node.path)
    if node.type in {"select1", "select", "rank"}:
        dutch = context.session.choices(node.path, context.dutch.find, DUTCH)
        others = context.session.choices(node.path, context.other.find, context.other.language.tag)
        if 0 < len(dutch) <= _MOST_CHOICES:
            pairs = zip(dutch, others, strict=True)
            return PaperLine(question, choices=tuple(free(own.text, other.text) for own, other in pairs))
    return PaperLine(question, lines=_LONG if node.type == "string" and "multiline" in node.appearance else _SHORT)


def _text(context: DossierContext, path: str) -> PlanText:
    try:
        dutch = context.session.text(path, "label", context.dutch.find, DUTCH).text
        other = context.session.text(path, "label", context.other.find, context.other.language.tag).text
    except FormError:
        return free(_HAND)
    return free(dutch, other)
