"""The page of the day over the journal: who needs somebody, and for one person why, with what was done and is left.

Called on the store thread only. Errors of the journal pass through with their code (`records.…`, `files.…`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from desktop.records import DossierView, Journal, Step
from desktop.services.caseload.summary import SUMMARISE, Summary, from_bytes, summary_of
from desktop.services.dossier.registers import current
from desktop.services.today.needs import Reason, Viewer
from desktop.services.today.task_service import TaskService, TaskSide
from desktop.services.today.today_list import Circle, TodayRow, TodayView, row_of, view_of
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.times import Clock, today


@dataclass(frozen=True, slots=True)
class DoneStep:
    """One step on the way to what is needed: its key, and the day it was done, None while it is not."""

    key: str
    day: date | None


@dataclass(frozen=True, slots=True)
class WhyNow:
    """Why one person is on the page: the row, the steps of what is needed, both sides of a task in dispute."""

    row: TodayRow
    steps: tuple[DoneStep, ...]
    sides: tuple[TaskSide, ...]


class TodayService:
    """The day of one worker over `journal`; `tasks` keeps what is promised."""

    def __init__(self, journal: Journal, clock: Clock, tasks: TaskService, *, reception: bool) -> None:
        """`tasks` are those of the same worker; `reception` tells that the organisation is a reception location."""
        self._journal = journal
        self._clock = clock
        self._viewer = Viewer(tasks.me, tasks.organisation, reception)
        self.tasks = tasks
        self._known: dict[DossierId, Summary] = {}

    @property
    def reception(self) -> bool:
        """Tell whether the organisation is a reception location."""
        return self._viewer.reception

    def look(self, circle: Circle) -> TodayView:
        """Return the page of a circle, read from the record."""
        kept = self._journal.summaries(SUMMARISE)
        self._known = {dossier: from_bytes(dossier, summary) for dossier, summary in kept.items()}
        return self._view(circle)

    def look_again(self, circle: Circle, dossiers: Collection[DossierId]) -> TodayView:
        """Return the page of a circle, reading only `dossiers` again since the look before."""
        if not self._known:
            return self.look(circle)
        for dossier in dossiers:
            try:
                self._known[dossier] = summary_of(self._journal.view(dossier))
            except UserError:
                self._known.pop(dossier, None)
        return self._view(circle)

    def why(self, dossier: DossierId, circle: Circle) -> WhyNow:
        """Return why one person is on the page. Raises UserError `records.dossier_unknown`."""
        record = self._journal.view(dossier)
        row = row_of(summary_of(record), self._for(circle), today(self._clock))
        task = row.need.task
        sides = () if task is None or not task.disputed else self.tasks.sides(dossier, task.entry)
        return WhyNow(row, _steps(record, row), sides)

    def colleagues(self) -> tuple[str, ...]:
        """Return who else worked on the cases here, by name, as far as the record says; the own name is left out."""
        names = {name for about in self._known.values() for name in about.authors}
        names |= {task.owner for about in self._known.values() for task in about.tasks if task.organisation}
        return tuple(sorted(names - {"", self._viewer.me}, key=str.casefold))

    def _view(self, circle: Circle) -> TodayView:
        return view_of(self._known.values(), circle, self._for(circle), today(self._clock))

    def _for(self, circle: Circle) -> Viewer:
        before = self._viewer
        return Viewer(before.me, before.organisation, before.reception, only_me=circle is Circle.MINE)


_PLAN_STEPS = {
    "weighed": ("route/proposed",),
    "goals": ("goal/", "week/"),
    "read_aloud": ("read_aloud",),
    "signed": ("signature/person",),
}
"""The steps of making a plan, each with how the fields begin in which it shows."""

_PLAN_MATTERS = frozenset({"plan", "waits", "read_plan", "decide"})


def _steps(record: DossierView, row: TodayRow) -> tuple[DoneStep, ...]:
    """Return the steps of making the plan, or of a handover; none where the need is one step by itself."""
    if row.need.matter in _PLAN_MATTERS:
        return tuple(DoneStep(key, _plan_step(record, key)) for key in _PLAN_STEPS)
    if row.need.reason is Reason.HANDOVER:
        days = {step.body.step: step.stamp.time.astimezone().date() for step in record.handover}
        keys: tuple[Step, ...] = ("offered", "received", "talk_held", "accepted")
        return tuple(DoneStep(key, days.get(key)) for key in keys)
    return ()


def _plan_step(record: DossierView, key: str) -> date | None:
    """Return on which day a step of the plan was done last."""
    entries = [current(register) for field, register in record.plan.items() if field.startswith(_PLAN_STEPS[key])]
    days = [entry.time.astimezone().date() for entry in entries if entry is not None and entry.value is not None]
    return max(days, default=None)
