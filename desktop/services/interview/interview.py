"""The interview: every step of the caseworker at the table, from opening a dossier to the last answer.

Guarantees: what a method returns as given is durable before it returns; a refused answer writes nothing; the place
where one stopped is kept with every move, so a restart goes on exactly there. Called on the store thread only.
Raises UserError and EnvironmentProblem of the journal; then nothing has changed, in the record or on the card.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from desktop.forms import Session
from desktop.i18n.languages import DUTCH
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.ref import Ref
from desktop.records import (
    AnswerGiven,
    Body,
    ConversationStarted,
    InterpreterMode,
    LaterMarked,
    NoteWritten,
    PlaceKept,
    RegisterEntry,
    RepeatAdded,
    RepeatRemoved,
    Source,
    Status,
    TranslationFlagged,
)
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.form_places import compartment_of, is_repeat
from desktop.services.dossier.registers import current, text_at
from desktop.services.dossier.sessions import restore, session_of
from desktop.services.dossier.undo import UndoHistory, UndoKind
from desktop.services.interview.card_texts import DossierContext, languages_of, problem_text
from desktop.services.interview.checked_value import checked_value
from desktop.services.interview.dossier_context import DossierContexts
from desktop.services.interview.page_content import page, place_among, place_of, step_beside
from desktop.services.interview.page_parts import InterviewResult, InterviewView
from desktop.services.interview.removals import removed_rows
from desktop.services.interview.steps import sections
from protocol.identifiers import DossierId, new_instance_id


@dataclass(slots=True)
class _OpenInterview:
    """One opened dossier: its engine, the language across the table, and the card."""

    session: Session
    language: str
    ref: str = ""


class InterviewService:
    """The interview of every dossier that is open on this device."""

    def __init__(self, contexts: DossierContexts, author: str, history: UndoHistory) -> None:
        """Work on the journal and form of `contexts`; what is done can be taken back through `history`."""
        journal, form, clock, texts = contexts.journal, contexts.form, contexts.clock, contexts.texts
        self._history = history
        self._journal = journal
        self._form = form
        self._clock = clock
        self._texts = texts
        self._author = author
        self._opened: dict[DossierId, _OpenInterview] = {}

    def open(self, dossier: DossierId) -> InterviewView:
        """Return the card at which the interview stopped, or the first one, in the language it stopped in."""
        record = self._journal.view(dossier)
        offered = languages_of(record)
        kept = record.place
        language = kept.language if kept is not None and kept.language in offered else offered[0]
        opened = _OpenInterview(session_of(self._form, record, self._clock), language)
        self._opened[dossier] = opened
        opened.ref = place_of(self._context(dossier), "" if kept is None else kept.ref)
        return self._page(dossier)

    def close(self, dossier: DossierId) -> None:
        """Forget the engine state of `dossier`; the record keeps everything."""
        self._opened.pop(dossier, None)

    def view(self, dossier: DossierId) -> InterviewView:
        """Return the page as it stands, with what other devices have added to the record since."""
        if dossier not in self._opened:
            return self.open(dossier)
        restore(self._opened[dossier].session, self._journal.view(dossier))
        return self._page(dossier)

    def go(self, dossier: DossierId, ref: str) -> InterviewView:
        """Show the card of `ref`, a question, a repeat, a row or a section, and keep the place."""
        opened = self._open_interview(dossier)
        opened.ref = place_of(self._context(dossier), ref)
        self._keep_place(dossier, opened)
        return self._page(dossier)

    def move(self, dossier: DossierId, by: Literal[-1, 1]) -> InterviewView:
        """Show the next or the previous card, across sections, and keep the place; at either end nothing moves."""
        opened = self._open_interview(dossier)
        opened.ref = step_beside(self._context(dossier), opened.ref, by)
        self._keep_place(dossier, opened)
        return self._page(dossier)

    def switch(self, dossier: DossierId, language: str) -> InterviewView:
        """Go on in another language of the dossier; the place stays."""
        opened = self._open_interview(dossier)
        opened.language = language
        self._keep_place(dossier, opened)
        return self._page(dossier)

    def answer(
        self,
        dossier: DossierId,
        ref: str,
        status: Status,
        value: str = "",
        source: Source = "conversation",
        *,
        confirmed: bool = True,
    ) -> InterviewResult:
        """Give, decline, leave unknown or clear the answer to `ref`.

        Returns the page with the new answer, or the page unchanged with the problem when the form refuses the value.
        An answer that takes filled rows off the interview is not kept but told, unless it is `confirmed`.
        An answer to a repeat as a whole says that there are no rows.
        """
        opened = self._open_interview(dossier)
        whole_repeat = is_repeat(self._form, ref)
        if status == "given" and not whole_repeat:
            value, problem = checked_value(opened.session, ref, value)
            context = self._context(dossier)
            warning = problem_text(context, problem) if problem is not None else None
            if warning is None and not confirmed:
                warning = removed_rows(context, ref, value)
            if warning is not None:
                return InterviewResult(self._page(dossier), Changes(), warning)
        record = self._journal.view(dossier)
        before = current(record.answers.get(ref))
        body = AnswerGiven(ref=ref, status=status, value=value if status == "given" else "", source=source)
        if before is not None and len(record.answers[ref]) == 1 and _says(before, body):
            return InterviewResult(self._page(dossier), Changes())
        bodies = (body, LaterMarked(ref, later=False)) if ref in record.later else (body,)
        self._do(dossier, bodies, "answer", ref)
        if not whole_repeat:
            opened.session.answer(ref, body.value)
        return self._make_result(dossier)

    def note(self, dossier: DossierId, ref: str, text: str) -> InterviewResult:
        """Keep a note beside `ref`; an empty text takes the note away."""
        before = text_at(self._journal.view(dossier).notes.get(ref))
        if text != before:
            self._do(dossier, (NoteWritten(ref, text),), "note", ref)
        return self._make_result(dossier)

    def later(self, dossier: DossierId, ref: str, *, later: bool) -> InterviewResult:
        """Leave `ref` for later, or take that back."""
        self._do(dossier, (LaterMarked(ref, later=later),), "later", ref)
        return self._make_result(dossier)

    def flag_translation(self, dossier: DossierId, ref: str, remark: str) -> InterviewResult:
        """Record that the text of `ref` in the present language is wrong; `remark` says what it should be."""
        self._write(dossier, TranslationFlagged(ref, self._open_interview(dossier).language, remark))
        return self._make_result(dossier)

    def add_row(self, dossier: DossierId, repeat: str) -> InterviewResult:
        """Add an empty row at the end of `repeat`."""
        instance = new_instance_id()
        self._do(dossier, (RepeatAdded(repeat, instance),), "row_added", repeat)
        opened = self._open_interview(dossier)
        restore(opened.session, self._journal.view(dossier))
        return self._make_result(dossier)

    def remove_row(self, dossier: DossierId, row: str) -> InterviewResult:
        """Remove one row of a repeat; what was answered in it comes back with `undo`."""
        repeat, instance = Ref.parse(row).parent.text, Ref.parse(row).instance
        self._do(dossier, (RepeatRemoved(repeat, instance),), "row_removed", repeat)
        opened = self._open_interview(dossier)
        restore(opened.session, self._journal.view(dossier))
        return self._make_result(dossier)

    def undo(self, dossier: DossierId, count: int = 1) -> InterviewResult:
        """Take back the last `count` things done in the dossier since the vault was opened, wherever that was.

        What was done in the interview is shown: the page goes to its card. `undone` of the result says what it was.
        """
        opened = self._open_interview(dossier)
        undone = self._history.undo(dossier)
        for _ in range(count - 1):
            undone = self._history.undo(dossier) or undone
        if undone is None:
            return InterviewResult(self._page(dossier), Changes())
        restore(opened.session, self._journal.view(dossier))
        if undone.kind not in {"plan", "attachment"}:
            opened.ref = place_of(self._context(dossier), undone.place)
        return replace(self._make_result(dossier), changes=changed(*Aspect, dossier=dossier), undone=undone)

    def start_talk(self, dossier: DossierId, mode: InterpreterMode, interpreter: str = "") -> InterviewResult:
        """Start the next conversation, interpreted in `mode`.

        `interpreter` is the number by which an interpreter can be found again, never a name.
        """
        number = len(self._journal.view(dossier).conversations) + 1
        self._write(dossier, ConversationStarted(number, mode.value, interpreter))
        return self._make_result(dossier)

    def _open_interview(self, dossier: DossierId) -> _OpenInterview:
        if dossier not in self._opened:
            self.open(dossier)
        return self._opened[dossier]

    def _context(self, dossier: DossierId) -> DossierContext:
        opened, record = self._open_interview(dossier), self._journal.view(dossier)
        return DossierContext(
            self._form,
            opened.session,
            record,
            self._texts(DUTCH),
            self._texts(opened.language),
            self._journal.compartments(dossier),
        )

    def _page(self, dossier: DossierId) -> InterviewView:
        opened, context = self._open_interview(dossier), self._context(dossier)
        every = sections(context.root, context.session)
        opened.ref = place_among(context, every, opened.ref)
        return page(context, every, opened.ref, self._history.steps(dossier))

    def _make_result(self, dossier: DossierId) -> InterviewResult:
        return InterviewResult(
            self._page(dossier), changed(Aspect.ANSWERS, Aspect.CONFLICTS, Aspect.PLAN, dossier=dossier)
        )

    def _keep_place(self, dossier: DossierId, opened: _OpenInterview) -> None:
        if compartment_of(self._form, opened.ref) in self._journal.compartments(dossier):
            self._write(dossier, PlaceKept(opened.ref, opened.language))

    def _do(self, dossier: DossierId, bodies: Sequence[Body], kind: UndoKind, ref: str) -> None:
        """Write what a person did at `ref`, so that it can be taken back."""
        self._history.write(dossier, bodies, compartment_of(self._form, ref), kind, ref)

    def _write(self, dossier: DossierId, *bodies: Body) -> None:
        """Write `bodies`, which are about one address, in one transaction."""
        context = context_of(self._journal.view(dossier), self._author)
        about = getattr(bodies[0], "ref", getattr(bodies[0], "repeat", ""))
        where = compartment_of(self._form, about)
        self._journal.append_all(dossier, bodies, context, where)


def _says(before: RegisterEntry, body: AnswerGiven) -> bool:
    return (before.status, before.value, before.source) == (body.status, body.value, body.source)
