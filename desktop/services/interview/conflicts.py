"""Two answers to one question: both are kept, both are shown, and a person chooses. The choice is an event of its own.

What is not chosen stays in the record. Called on the store thread only. Raises the errors of the journal, and then
nothing has changed.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple, cast

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import ConflictSettled, LaterMarked, RegisterEntry, Status
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.form_places import NotInThisForm, compartment_of, find_node
from desktop.services.dossier.registers import conflicts_in, note_by
from desktop.services.interview.card_texts import DossierContext, answer_text, find_card, problem_text, texts_of
from desktop.services.interview.checked_value import checked_value
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.page_parts import AnswerStatus, CardView, ProblemText, QuestionView
from desktop.services.interview.steps import SectionSteps, asked_steps, section_of, sections
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId


class EntryId(NamedTuple):
    """Names one recorded answer: the device that wrote it down and the number of its event."""

    device: DeviceId
    sequence: int


@dataclass(frozen=True, slots=True)
class CompetingAnswer:
    """One of the answers: what it says, who wrote it down, when, where, in which language and with whom.

    `status` and `value` are as in the record; `text` is the answer as a Dutch reader sees it, empty when the person
    did not know or would not say; `note` is what that device last wrote down at the question. `author` is what the
    writing says, `organisation` what the certificate of its device says.
    """

    id: EntryId
    status: AnswerStatus
    value: str
    text: str
    here: bool
    device: str
    time: datetime
    author: str
    organisation: str
    language: str
    interpreter: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One question, or repeat as a whole, with the answers that stand beside each other, oldest first.

    `dutch` and `other` are its words in Dutch and in `language`. `question` is there where the answers can be combined
    to another value. `asked` tells whether the interview asks it now, `in_form` whether this version of the form has
    it: otherwise its name stands for its words, and the answers are shown as they were recorded.
    """

    ref: str
    section: str
    number: int
    dutch: str
    other: str
    language: str
    asked: bool
    in_form: bool
    question: QuestionView | None
    answers: tuple[CompetingAnswer, ...]


@dataclass(frozen=True, slots=True)
class ConflictsView:
    """All conflicts of a dossier: of answers in the order of the interview, what it does not ask now last.

    `plan_fields` counts the fields of the plan on which two devices differ; the plan page shows those.
    """

    dossier: DossierId
    name: str
    conflicts: tuple[ConflictView, ...]
    plan_fields: int = 0


@dataclass(frozen=True, slots=True)
class ConflictResult:
    """The result of a choice: what is left to choose, what changed, and why a combined answer was refused, if so."""

    view: ConflictsView
    changes: Changes
    problem: ProblemText | None = None


class ConflictService:
    """Shows and settles the conflicts of dossiers."""

    def __init__(self, contexts: DossierContexts, author: str) -> None:
        """Write choices in the name of `author`."""
        self._contexts = contexts
        self._author = author

    def view(self, dossier: DossierId) -> ConflictsView:
        """Return everything in `dossier` that has more than one answer: what is counted can be shown and chosen."""
        context = self._contexts.of(dossier)
        every = sections(context.root, context.session)
        order = {ref: at for at, ref in enumerate(context.session.questions())}
        refs = sorted(conflicts_in(context.record), key=lambda ref: (order.get(ref, len(order)), ref))
        shown = tuple(self._show_conflict(context, every, ref) for ref in refs)
        return ConflictsView(dossier, called_name(context.record), shown, len(context.record.conflicts()) - len(refs))

    def choose(self, dossier: DossierId, ref: str, chosen: EntryId, shown: Collection[EntryId]) -> ConflictResult:
        """Let the answer `chosen` stand; `shown` are all answers that were on screen.

        Raises UserError `interview.conflict_gone` when it was settled meanwhile, and `interview.conflict_changed` when
        another answer came in that nobody has seen.
        """
        entry = self._standing(dossier, ref, shown).get(chosen)
        if entry is None:
            raise UserError("interview.conflict_gone")
        return self._settle(dossier, ref, cast("Status", entry.status), entry.text, "")

    def combine(
        self, dossier: DossierId, ref: str, value: str, note: str, shown: Collection[EntryId]
    ) -> ConflictResult:
        """Let `value` stand with a note that says what else is true; the form may refuse the value.

        Raises as `choose`.
        """
        self._standing(dossier, ref, shown)
        context = self._contexts.of(dossier)
        value, problem = checked_value(context.session, ref, value)
        if problem is not None:
            return ConflictResult(self.view(dossier), Changes(), problem_text(context, problem))
        return self._settle(dossier, ref, "given" if value else "cleared", value, note)

    def ask_again(self, dossier: DossierId, ref: str) -> ConflictResult:
        """Leave both answers and put the question on the list of the next conversation."""
        self._write(dossier, ref, LaterMarked(ref, later=True))
        return ConflictResult(self.view(dossier), changed(Aspect.ANSWERS, Aspect.CONFLICTS, dossier=dossier))

    def _settle(self, dossier: DossierId, ref: str, status: Status, value: str, note: str) -> ConflictResult:
        self._write(dossier, ref, ConflictSettled(ref, status, value, note))
        changes = changed(Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.PLAN, Aspect.CASELOAD, dossier=dossier)
        return ConflictResult(self.view(dossier), changes)

    def _write(self, dossier: DossierId, ref: str, body: ConflictSettled | LaterMarked) -> None:
        journal = self._contexts.journal
        context = context_of(journal.view(dossier), self._author)
        journal.append(dossier, body, context, self._compartment(dossier, ref))

    def _compartment(self, dossier: DossierId, ref: str) -> str:
        """Return under whose key a choice at `ref` belongs; where the form does not know, that of the answers there."""
        form, journal = self._contexts.form, self._contexts.journal
        if not isinstance(find_node(form, ref), NotInThisForm):
            return compartment_of(form, ref)
        names = {_id_of(entry) for entry in journal.view(dossier).answers[ref]}
        return next(
            event.compartment for event in journal.events(dossier) if EntryId(event.device, event.sequence) in names
        )

    def _standing(self, dossier: DossierId, ref: str, shown: Collection[EntryId]) -> Mapping[EntryId, RegisterEntry]:
        register = self._contexts.journal.view(dossier).answers.get(ref)
        standing = {} if register is None else {_id_of(entry): entry for entry in register}
        if len(standing) < len(set(shown)) or not standing.keys() >= set(shown):
            raise UserError("interview.conflict_gone")
        if standing.keys() != set(shown):
            raise UserError("interview.conflict_changed")
        return standing

    def _show_conflict(self, context: DossierContext, every: tuple[SectionSteps, ...], ref: str) -> ConflictView:
        card = find_card(context, ref)
        section = None if isinstance(card, NotInThisForm) else section_of(every, ref)
        asked = () if section is None else asked_steps(section, context.session)
        question = card if isinstance(card, QuestionView) else None
        known = not isinstance(card, NotInThisForm)
        return ConflictView(
            ref=ref,
            section="" if section is None else texts_of(context, section.path, context.dutch).label,
            number=asked.index(ref) + 1 if ref in asked else 0,
            dutch=card.name if isinstance(card, NotInThisForm) else card.dutch.label,
            other=card.name if isinstance(card, NotInThisForm) else card.other.label,
            language=context.other.language.tag,
            asked=known and context.session.state(ref).relevant,
            in_form=known,
            question=question if question is not None and context.session.state(ref).relevant else None,
            answers=tuple(
                self._show_answer(card, entry, note_by(context.record.notes.get(ref), entry.device))
                for entry in context.record.answers[ref]
            ),
        )

    def _show_answer(self, card: CardView | NotInThisForm, entry: RegisterEntry, note: str) -> CompetingAnswer:
        status = cast("AnswerStatus", "open" if entry.status == "cleared" else entry.status)
        return CompetingAnswer(
            id=_id_of(entry),
            status=status,
            value=entry.text,
            text=_answer_text(card, entry),
            here=entry.device == self._contexts.journal.device,
            device=entry.device[:4].upper(),
            time=entry.time,
            author=entry.author,
            organisation=self._contexts.writers.of(entry.device),
            language=entry.language,
            interpreter=entry.interpreter,
            source=entry.source,
            note=note,
        )


def _answer_text(card: CardView | NotInThisForm, entry: RegisterEntry) -> str:
    if isinstance(card, QuestionView):
        return answer_text(replace(card, value=entry.text))
    return entry.text if isinstance(card, NotInThisForm) else ""


def _id_of(entry: RegisterEntry) -> EntryId:
    return EntryId(entry.device, entry.sequence)
