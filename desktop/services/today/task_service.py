"""Tasks in a case: noting one, giving it another day or somebody else, doing it, taking it back.

A task of the plan is not copied: what is noted of it has the name of its plan field, and doing it ticks the plan. Each
change is one durable step. Called on the store thread only. Raises UserError `tasks.…`, and the errors of the journal.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import Body, Journal, PlanFieldSet, RegisterEntry, TaskKept
from desktop.records.events.bodies import TaskState
from desktop.services.caseload.case_tasks import ACTION, CaseTask, open_tasks
from desktop.services.dossier.authors import context_of
from protocol.canonical import JsonValue
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.times import Clock, today

LONGEST_TASK = 200
LONGEST_NAME = 80
MOST_TASKS = 200
"""Open tasks in one case: more than anybody keeps in mind, and a bound on what the list of people holds."""


@dataclass(frozen=True, slots=True)
class TaskSide:
    """One of two versions of a task that nobody had beside each other: its day, owner and state, and who said it."""

    due: str
    owner: str
    state: str
    author: str


class TaskService:
    """The tasks of every case on this device, for the worker `me` of `organisation`."""

    def __init__(self, journal: Journal, clock: Clock, me: str, organisation: str) -> None:
        self._journal = journal
        self._clock = clock
        self.me = me
        self.organisation = organisation

    def tasks(self, dossier: DossierId) -> tuple[CaseTask, ...]:
        """Return the open tasks of a case, the earliest first. Raises UserError `records.dossier_unknown`."""
        return open_tasks(self._journal.view(dossier))

    def promise(self, dossier: DossierId, text: str, due: date, owner: str = "") -> Changes:
        """Note what `owner` (by default this worker) will do by `due`.

        Raises UserError `tasks.empty`, `tasks.too_long`, `tasks.past`, `tasks.too_many`.
        """
        self._require_day(due)
        if len(self.tasks(dossier)) >= MOST_TASKS:
            raise UserError("tasks.too_many", {"count": str(MOST_TASKS)})
        said, who = _words(text, LONGEST_TASK), _words(owner or self.me, LONGEST_NAME)
        day = due.isoformat()
        return self._append(dossier, TaskKept(secrets.token_hex(8), said, who, self.organisation, day, "open"))

    def move(self, dossier: DossierId, entry: str, due: date, reason: str) -> Changes:
        """Give a task another day, and say why.

        Raises UserError `tasks.reason_missing`, `tasks.too_long`, `tasks.past`, `tasks.gone`.
        """
        self._require_day(due)
        task, why = self._find(dossier, entry), _reason(reason)
        return self._append(dossier, _kept(task, self._owned(task), due.isoformat(), "open", why))

    def hand_to(self, dossier: DossierId, entry: str, owner: str, reason: str = "") -> Changes:
        """Let a colleague called `owner` do it. Raises UserError `tasks.empty`, `tasks.too_long`, `tasks.gone`."""
        task, who = self._find(dossier, entry), _words(owner, LONGEST_NAME)
        why = _words(reason, LONGEST_TASK) if reason.strip() else ""
        return self._append(dossier, _kept(task, (who, self.organisation), task.due, "open", why))

    def finish(self, dossier: DossierId, entry: str) -> Changes:
        """Say that a task was done; an action of the plan is ticked there. Raises UserError `tasks.gone`."""
        task = self._find(dossier, entry)
        done = _kept(task, self._owned(task), task.due, "done", "")
        also = (PlanFieldSet(f"{entry}/done", True),) if task.kind == ACTION else ()  # noqa: FBT003  # a value
        return self._append(dossier, done, *also)

    def withdraw(self, dossier: DossierId, entry: str, reason: str) -> Changes:
        """Say that a task need not be done, and why. Raises UserError `tasks.reason_missing`, `tasks.gone`."""
        task, why = self._find(dossier, entry), _reason(reason)
        return self._append(dossier, _kept(task, self._owned(task), task.due, "withdrawn", why))

    def sides(self, dossier: DossierId, entry: str) -> tuple[TaskSide, ...]:
        """Return what stands beside each other of a task, the older first; nothing where it is no task here."""
        register = self._journal.view(dossier).tasks.get(entry)
        return () if register is None else tuple(map(_side, register))

    def settle(self, dossier: DossierId, entry: str, place: int) -> Changes:
        """Let what stands at `place` of `sides` be the one; the other stays in the record. Raises `tasks.gone`."""
        register = self._journal.view(dossier).tasks.get(entry)
        if register is None or not 0 <= place < len(register):
            raise UserError("tasks.gone")
        return self._append(dossier, TaskKept.from_json(_value(register[place])))

    def _find(self, dossier: DossierId, entry: str) -> CaseTask:
        task = next((each for each in self.tasks(dossier) if each.entry == entry), None)
        if task is None:
            raise UserError("tasks.gone")
        return task

    def _owned(self, task: CaseTask) -> tuple[str, str]:
        return task.owner, task.organisation or self.organisation

    def _require_day(self, due: date) -> None:
        if due < today(self._clock):
            raise UserError("tasks.past")

    def _append(self, dossier: DossierId, *bodies: Body) -> Changes:
        self._journal.append_all(dossier, bodies, context_of(self._journal.view(dossier), self.me))
        plan = (Aspect.PLAN,) if len(bodies) > 1 else ()
        return changed(Aspect.CASELOAD, Aspect.SYNC, *plan, dossier=dossier)


def _kept(task: CaseTask, whose: tuple[str, str], due: str, state: TaskState, reason: str) -> TaskKept:
    owner, organisation = whose
    return TaskKept(task.entry, task.text, owner, organisation, due, state, reason)


def _side(entry: RegisterEntry) -> TaskSide:
    said = TaskKept.from_json(_value(entry))
    return TaskSide(said.due, said.owner, said.state, entry.author)


def _value(entry: RegisterEntry) -> Mapping[str, JsonValue]:
    return cast("Mapping[str, JsonValue]", entry.value)


def _words(text: str, most: int) -> str:
    said = " ".join(text.split())
    if not said:
        raise UserError("tasks.empty")
    if len(said) > most:
        raise UserError("tasks.too_long", {"count": str(most)})
    return said


def _reason(text: str) -> str:
    if not text.strip():
        raise UserError("tasks.reason_missing")
    return _words(text, LONGEST_TASK)
