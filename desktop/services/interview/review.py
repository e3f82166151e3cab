"""Looking the interview over: what still has to be asked, chosen or filled in, per section.

Reading only. Called on the store thread only.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.services.dossier.closed import ClosedPart, closed_part
from desktop.services.dossier.form_places import NotInThisForm, find_node, is_repeat
from desktop.services.dossier.registers import conflicts_in, current, text_at
from desktop.services.interview.card_texts import (
    DossierContext,
    answer_text,
    find_card,
    show_question,
    show_repeat,
    texts_of,
)
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.page_content import is_locked
from desktop.services.interview.page_parts import QuestionView, RepeatView
from desktop.services.interview.steps import SectionSteps, row_questions, sections
from protocol.identifiers import DossierId

ReviewReason = Literal["conflict", "missing", "later", "flagged", "declined", "unknown", "open", "not_in_form"]
"""Why a question is on the list; in the order of what a person must do first."""

REVIEW_REASONS: tuple[ReviewReason, ...] = (
    "conflict",
    "missing",
    "later",
    "flagged",
    "declined",
    "unknown",
    "open",
    "not_in_form",
)


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question on the list: where it is, why it is there, its Dutch text, its answer and its note."""

    ref: str
    reason: ReviewReason
    question: str
    other: str
    answer: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A section with what is left in it; `locked` when this device may not read it.

    The last one may have neither path nor title: what the interview does not ask now and still has two answers, and
    what another version of the form asked.
    """

    path: str
    title: str
    answered: int
    total: int
    locked: bool
    items: tuple[ReviewItem, ...]


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The whole list. `language` is that of the second texts; `closed` says what this device may not read."""

    dossier: DossierId
    name: str
    language: str
    sections: tuple[ReviewSection, ...]
    closed: ClosedPart | None = None

    def count(self, reason: ReviewReason) -> int:
        """Return how many questions are there for this reason."""
        return sum(item.reason == reason for section in self.sections for item in section.items)

    @property
    def complete(self) -> bool:
        """Tell whether nothing stands in the way of the plan: no conflict and nothing required missing."""
        return not self.count("conflict") and not self.count("missing")


class ReviewService:
    """Makes the list of a dossier."""

    def __init__(self, contexts: DossierContexts) -> None:
        """Read through `contexts`."""
        self._contexts = contexts

    def view(self, dossier: DossierId) -> ReviewView:
        """Return what is left to do in the interview of `dossier`."""
        context = self._contexts.of(dossier)
        every = sections(context.root, context.session)
        shown = tuple(_section(context, section) for section in every)
        rest = _rest(context, {item.ref for section in shown for item in section.items})
        shown = (*shown, rest) if rest.items else shown
        closed = closed_part(context.record, context.readable)
        return ReviewView(dossier, context.record.name, context.other.language.tag, shown, closed)


def _section(context: DossierContext, section: SectionSteps) -> ReviewSection:
    locked = is_locked(context, section)
    asked = [] if locked else [card for card in _cards(context, section) if _kind(card) != "note"]
    items = tuple(item for card in asked if (item := _item(card)) is not None)
    return ReviewSection(
        path=section.path,
        title=texts_of(context, section.path, context.dutch).label,
        answered=sum(card.status != "open" for card in asked),
        total=len(asked),
        locked=locked,
        items=items,
    )


def _rest(context: DossierContext, listed: set[str]) -> ReviewSection:
    """Return what no section holds; what is listed already is left out."""
    record = context.record
    conflicts = set(conflicts_in(record))
    written = {*record.answers, *record.notes, *record.later, *(flag.body.ref for flag in record.flags)}
    elsewhere = {ref for ref in written if isinstance(find_node(context.form, ref), NotInThisForm)}
    items = tuple(_item_elsewhere(context, ref, ref in conflicts) for ref in sorted((conflicts | elsewhere) - listed))
    return ReviewSection("", "", 0, 0, locked=False, items=items)


def _item_elsewhere(context: DossierContext, ref: str, conflict: bool) -> ReviewItem:  # noqa: FBT001  # positional in a map
    card, entry = find_card(context, ref), current(context.record.answers.get(ref))
    note = text_at(context.record.notes.get(ref))
    reason: ReviewReason = "conflict" if conflict else "not_in_form"
    if isinstance(card, NotInThisForm):
        return ReviewItem(ref, reason, card.name, card.name, "" if entry is None else entry.text, note)
    answer = answer_text(card) if isinstance(card, QuestionView) else ""
    return ReviewItem(ref, reason, card.dutch.label, card.other.label, answer, note)


def _cards(context: DossierContext, section: SectionSteps) -> Iterator[QuestionView | RepeatView]:
    for step in section.steps:
        if not is_repeat(context.form, step):
            yield show_question(context, step)
            continue
        yield show_repeat(context, step)
        for row in context.session.instances(step):
            for ref in row_questions(context.session, step, row):
                yield show_question(context, ref)


def _item(card: QuestionView | RepeatView) -> ReviewItem | None:
    reason = _reason(card)
    if reason is None:
        return None
    answer = answer_text(card) if isinstance(card, QuestionView) else ""
    return ReviewItem(card.ref, reason, card.dutch.label, card.other.label, answer, card.note)


def _reason(card: QuestionView | RepeatView) -> ReviewReason | None:
    question = card if isinstance(card, QuestionView) else None
    open_ = card.status == "open" and not (question is not None and question.readonly)
    checks: tuple[tuple[ReviewReason, bool], ...] = (
        ("conflict", card.conflict),
        ("missing", question is not None and question.required and open_),
        ("later", card.later),
        ("flagged", card.flagged),
        ("declined", card.status == "declined"),
        ("unknown", card.status == "unknown"),
        ("open", open_),
    )
    return next((reason for reason, applies in checks if applies), None)


def _kind(card: QuestionView | RepeatView) -> str:
    return card.kind if isinstance(card, QuestionView) else "repeat"
