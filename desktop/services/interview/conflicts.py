"""Two answers to one question: both are kept, both are shown, and a person chooses. The choice is an event of its own.

What is not chosen stays in the record. Called on the store thread only. Raises the errors of the journal, and then
nothing has changed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import ConflictSettled, LaterMarked, RegisterEntry, Status
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.form_places import compartment_of
from desktop.services.dossier.registers import note_by
from desktop.services.interview.card_texts import DossierContext, answer_text, problem_text, show_question, texts_of
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.page_parts import AnswerStatus, ProblemText, QuestionView
from desktop.services.interview.steps import section_of, sections
from protocol.errors import UserError
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers: what it says, who wrote it down, when, where, in which language and with whom.

    `status` and `value` are as in the record; `text` is the answer as a Dutch reader sees it, empty when the person
    did not know or would not say; `note` is what that device last wrote down at the question.
    """

    status: AnswerStatus
    value: str
    text: str
    here: bool
    device: str
    time: datetime
    author: str
    language: str
    interpreter: bool
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ConflictView:
    """One question with the answers that stand beside each other, oldest first."""

    ref: str
    section: str
    number: int
    question: QuestionView
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class ConflictsView:
    """All conflicts of a dossier, in the order of the interview."""

    dossier: DossierId
    name: str
    conflicts: tuple[ConflictView, ...]


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
        """Return the questions of `dossier` that have more than one answer and are still asked."""
        context = self._contexts.of(dossier)
        wanted = [
            ref for ref in context.record.conflicts() if ref.startswith("/") and ref not in context.record.repeats
        ]
        order = {ref: at for at, ref in enumerate(context.session.questions())}
        known = sorted((ref for ref in wanted if ref in order), key=order.__getitem__)
        shown = tuple(self._conflict(context, ref) for ref in known)
        return ConflictsView(dossier, context.record.name, shown)

    def choose(self, dossier: DossierId, ref: str, side: int) -> ConflictResult:
        """Let the answer `side` stand. Raises UserError `interview.conflict_gone` when it was settled meanwhile."""
        entry = self._entry(dossier, ref, side)
        return self._settle(dossier, ref, cast("Status", entry.status), entry.text, "")

    def combine(self, dossier: DossierId, ref: str, value: str, note: str) -> ConflictResult:
        """Let `value` stand with a note that says what else is true; the form may refuse the value."""
        context = self._contexts.of(dossier)
        problem = context.session.check(ref, value)
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
        journal.append(dossier, body, context, compartment_of(self._contexts.form, ref))

    def _entry(self, dossier: DossierId, ref: str, side: int) -> RegisterEntry:
        register = self._contexts.journal.view(dossier).answers.get(ref)
        if register is None or side >= len(register):
            raise UserError("interview.conflict_gone")
        return register[side]

    def _conflict(self, context: DossierContext, ref: str) -> ConflictView:
        every = sections(context.root, context.session)
        section = section_of(every, ref)
        question = show_question(context, ref)
        return ConflictView(
            ref=ref,
            section="" if section is None else texts_of(context, section.path, context.dutch).label,
            number=section.steps.index(ref) + 1 if section is not None and ref in section.steps else 0,
            question=question,
            sides=tuple(
                self._side(question, entry, note_by(context.record.notes.get(ref), entry.device))
                for entry in context.record.answers[ref]
            ),
        )

    def _side(self, question: QuestionView, entry: RegisterEntry, note: str) -> Side:
        status = cast("AnswerStatus", "open" if entry.status == "cleared" else entry.status)
        return Side(
            status=status,
            value=entry.text,
            text=answer_text(replace(question, value=entry.text)),
            here=entry.device == self._contexts.journal.device,
            device=entry.device[:4].upper(),
            time=entry.time,
            author=entry.author,
            language=entry.language,
            interpreter=entry.interpreter,
            source=entry.source,
            note=note,
        )
