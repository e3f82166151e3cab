"""Looking the interview over: everything that was said, in both languages, and what is still missing at its place.

Reading only. Called on the store thread only.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.closed import ClosedPart, closed_part
from desktop.services.dossier.form_places import NotInThisForm, find_node, is_repeat
from desktop.services.dossier.registers import conflicts_in, current, text_at
from desktop.services.interview.card_texts import (
    DossierContext,
    answer_text,
    find_card,
    show_question,
    show_repeat,
)
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.page_content import is_locked, show_section
from desktop.services.interview.page_parts import QuestionView, RepeatView
from desktop.services.interview.steps import SectionSteps, sections
from protocol.identifiers import DossierId

ReviewReason = Literal["conflict", "missing", "later", "flagged", "declined", "unknown", "open", "not_in_form", "given"]
"""What is to be said of a question; in the order of what a person must do first. `given` asks for nothing."""

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
"""What a person may look for: everything but what was simply answered."""


@dataclass(frozen=True, slots=True)
class ReviewItem:
    """One question: where it is, what is to be said of it, its words and its answer in both languages, and its note.

    `kind` is that of its control, `repeat` for a list of rows. `row` is the row in which it lies, as the list names it;
    `files` counts the attachments of a question that asks for one.
    """

    ref: str
    reason: ReviewReason
    question: str
    other: str
    answer: str
    note: str
    other_answer: str = ""
    kind: str = "text"
    row: str = ""
    files: int = 0

    @property
    def said(self) -> bool:
        """Tell whether it was answered, be it with "don't know" or "rather not"."""
        return bool(self.answer or self.files) or self.reason in {"given", "declined", "unknown"}


@dataclass(frozen=True, slots=True)
class ReviewSection:
    """A section with its questions; `locked` when this device may not read it.

    `answered` and `total` are those of the list of sections: a list of rows counts as one question.

    The last one may have neither path nor title: what the interview does not ask now and still has two answers, and
    what another version of the form asked.
    """

    path: str
    title: str
    answered: int
    total: int
    locked: bool
    items: tuple[ReviewItem, ...]
    other: str = ""


@dataclass(frozen=True, slots=True)
class ReviewView:
    """The whole interview. `language` is that of the second texts; `closed` says what this device may not read."""

    dossier: DossierId
    name: str
    language: str
    sections: tuple[ReviewSection, ...]
    closed: ClosedPart | None = None

    def count(self, reason: ReviewReason) -> int:
        """Return how many questions are there for this reason."""
        return sum(item.reason == reason for section in self.sections for item in section.items)

    @property
    def total(self) -> int:
        """Return how many questions there are."""
        return sum(len(section.items) for section in self.sections)

    @property
    def complete(self) -> bool:
        """Tell whether nothing stands in the way of the plan: no conflict and nothing required missing."""
        return not self.count("conflict") and not self.count("missing")


class ReviewService:
    """Makes the review of a dossier."""

    def __init__(self, contexts: DossierContexts) -> None:
        """Read through `contexts`."""
        self._contexts = contexts

    def view(self, dossier: DossierId) -> ReviewView:
        """Return what was said in the interview of `dossier`, and what is left to do."""
        return review_of(self._contexts.of(dossier))


def review_of(context: DossierContext) -> ReviewView:
    """Return what was said in the interview of `context`, in its two languages."""
    shown = tuple(_section(context, section) for section in sections(context.root, context.session))
    rest = _rest(context, {item.ref for section in shown for item in section.items})
    shown = (*shown, rest) if rest.items else shown
    closed = closed_part(context.record, context.readable)
    return ReviewView(context.record.id, called_name(context.record), context.other.language.tag, shown, closed)


def _section(context: DossierContext, section: SectionSteps) -> ReviewSection:
    locked = is_locked(context, section)
    counted = show_section(context, section)
    items = () if locked else tuple(_items(context, section))
    return ReviewSection(
        path=section.path,
        title=counted.title,
        answered=0 if locked else counted.answered,
        total=0 if locked else counted.total,
        locked=locked,
        items=items,
        other=counted.other,
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
    return replace(_item(card), reason=reason, note=note)


def _items(context: DossierContext, section: SectionSteps) -> Iterator[ReviewItem]:
    for step in section.steps:
        if not is_repeat(context.form, step):
            question = show_question(context, step)
            if question.kind != "note":
                yield _item(question)
            continue
        repeat = show_repeat(context, step)
        yield _item(repeat)
        for row in repeat.rows:
            named = row.title or f"{repeat.dutch.label} {row.number}"
            yield from (_item(each, named) for each in row.questions if each.kind != "note")


def _item(card: QuestionView | RepeatView, row: str = "") -> ReviewItem:
    words = (card.dutch.label, card.other.label)
    if isinstance(card, RepeatView):
        rows = str(len(card.rows)) if card.rows else ""
        return ReviewItem(card.ref, _reason(card), *words, rows, card.note, rows, "repeat", row)
    file = card.kind == "file"
    answer, other = ("", "") if file else (answer_text(card), answer_text(card, other=True))
    files = card.attachments if file else 0
    return ReviewItem(card.ref, _reason(card), *words, answer, card.note, other, card.kind, row, files)


def _reason(card: QuestionView | RepeatView) -> ReviewReason:
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
    return next((reason for reason, applies in checks if applies), "given")
