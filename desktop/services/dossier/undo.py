"""One undo for interview, plan and attachments: every operation with all it wrote, the last one first.

Undo writes new events that set the former state; nothing is taken out of the record. It lasts as long as the vault is
open. Called on the store thread only. Raises the errors of the journal, and then nothing has changed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from desktop.records import (
    AnswerGiven,
    AttachmentAdded,
    Body,
    DossierView,
    EntryWithdrawn,
    Journal,
    LaterMarked,
    NoteWritten,
    PlanFieldSet,
    PlanFrozen,
    ProgressBody,
    RepeatAdded,
    RepeatRemoved,
    Source,
    Status,
)
from desktop.records.events.progress_bodies import PROGRESS
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.registers import current, text_at
from protocol.identifiers import DossierId

UndoKind = Literal["answer", "note", "later", "row_added", "row_removed", "plan", "attachment", "progress"]


@dataclass(frozen=True, slots=True)
class UndoStep:
    """One operation that can be taken back: what it was, where, and the bodies that set the former state.

    `place` is the address of the question or repeat, the field of the plan, the question of the attachment (blank:
    the case), or the entry of what was recorded on the way.
    """

    kind: UndoKind
    place: str
    compartment: str
    restoring: tuple[Body, ...]


class UndoHistory:
    """What was done in each dossier since the vault was opened."""

    def __init__(self, journal: Journal, author: str) -> None:
        """Write and take back in the name of `author`."""
        self._journal = journal
        self._author = author
        self._steps: dict[DossierId, list[UndoStep]] = {}

    def can_undo(self, dossier: DossierId) -> bool:
        """Tell whether there is anything to take back."""
        return bool(self._steps.get(dossier))

    def steps(self, dossier: DossierId) -> tuple[UndoStep, ...]:
        """Return what can be taken back, the last first."""
        return tuple(reversed(self._steps.get(dossier, ())))

    def write(self, dossier: DossierId, bodies: Sequence[Body], compartment: str, kind: UndoKind, place: str) -> None:
        """Write `bodies` in one transaction, as one operation that `undo` takes back whole."""
        record = self._journal.view(dossier)
        restoring = tuple(_RESTORE[type(body)](record, body) for body in reversed(bodies) if type(body) not in _STAY)
        self._journal.append_all(dossier, bodies, context_of(record, self._author), compartment)
        self.add(dossier, UndoStep(kind, place, compartment, restoring))

    def add(self, dossier: DossierId, step: UndoStep) -> None:
        """Remember an operation that was written elsewhere."""
        self._steps.setdefault(dossier, []).append(step)

    def undo(self, dossier: DossierId, kind: UndoKind | None = None) -> UndoStep | None:
        """Take back the last operation, or the last one of a `kind`, and return it; None when there is none."""
        steps = self._steps.get(dossier, [])
        step = next((each for each in reversed(steps) if kind in {None, each.kind}), None)
        if step is None:
            return None
        context = context_of(self._journal.view(dossier), self._author)
        if step.kind == "attachment":
            for body in step.restoring:
                self._journal.attachments.add(dossier, cast("AttachmentAdded", body), step.compartment, context)
        else:
            self._journal.append_all(dossier, step.restoring, context, step.compartment)
        steps.remove(step)
        return step


def _restore_answer(record: DossierView, body: AnswerGiven) -> Body:
    before = current(record.answers.get(body.ref))
    if before is None:
        return AnswerGiven(body.ref, "cleared", "", body.source)
    source = cast("Source", before.source or "conversation")  # a choice between two answers has no source
    return AnswerGiven(body.ref, cast("Status", before.status), before.text, source)


def _restore_note(record: DossierView, body: NoteWritten) -> Body:
    return NoteWritten(body.ref, text_at(record.notes.get(body.ref)))


def _restore_later(record: DossierView, body: LaterMarked) -> Body:
    return LaterMarked(body.ref, later=body.ref in record.later)


def _restore_plan(record: DossierView, body: PlanFieldSet) -> Body:
    before = current(record.plan.get(body.field))
    return PlanFieldSet(body.field, None if before is None else before.value)


def _restore_entry(record: DossierView, body: ProgressBody) -> Body:
    before = current(record.progress.get(body.entry))
    return EntryWithdrawn(body.entry, "") if before is None else before.event.body


_STAY = frozenset({PlanFrozen})
"""What is not taken back: it says nothing without what was written with it."""

_RESTORE: Mapping[type[Body], Callable[[DossierView, Any], Body]] = {
    AnswerGiven: _restore_answer,
    LaterMarked: _restore_later,
    NoteWritten: _restore_note,
    PlanFieldSet: _restore_plan,
    RepeatAdded: lambda _record, body: RepeatRemoved(body.repeat, body.instance),
    RepeatRemoved: lambda _record, body: RepeatAdded(body.repeat, body.instance),
    **dict.fromkeys(PROGRESS, _restore_entry),
}
