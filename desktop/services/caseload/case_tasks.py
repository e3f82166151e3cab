"""What somebody is to do in a case by a day: tasks that people noted, and what the signed plan says by a date. Pure.

What the plan says is not copied: an action with a date, and the day on which a lead passes, are read from the newest
signed version at every look, with what was ticked or changed in the plan since. A task with the name of such a plan
field says what became of it: another day, somebody else, done.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import NamedTuple, cast

from desktop.plan.model.edits import as_date
from desktop.plan.model.frozen_plan import FrozenPlan
from desktop.plan.model.support_plan import Goal, SupportPlan
from desktop.records.events.view import DossierView
from desktop.services.dossier.registers import current
from protocol.canonical import JsonValue
from protocol.errors import UserError

OWN, ACTION, LEAD = "own", "action", "lead"
"""Where a task comes from: a person noted it, an action of the plan, the day on which the lead of a goal passes."""


class CaseTask(NamedTuple):
    """An open task. `due` and `made` (when it was noted or signed) are ISO days, `made` blank where nobody knows.

    `kind` is `OWN`, `ACTION` or `LEAD`; `reason` says why it has this day or owner, blank for the first. `disputed`
    tells that two people changed it without knowing of each other: what stands here was said last.
    """

    entry: str
    kind: str
    text: str
    owner: str
    organisation: str
    due: str
    made: str
    reason: str
    disputed: bool


def open_tasks(view: DossierView) -> tuple[CaseTask, ...]:
    """Return what is open in a case, the earliest first; of a task without a readable day, nothing."""
    planned = {task.entry: task for task in _planned(view)}
    found = [task for entry in view.tasks if (task := _noted(view, entry, planned.get(entry))) is not None]
    found += [task for entry, task in planned.items() if entry not in view.tasks]
    return tuple(sorted(found, key=lambda task: (task.due, task.entry)))


def kept_promises(view: DossierView) -> Iterator[datetime]:
    """Yield when tasks that people noted were done."""
    for register in view.tasks.values():
        entry = register.latest
        if entry is not None and _fields(entry.value)["state"] == "done":
            yield entry.time


def _noted(view: DossierView, entry: str, planned: CaseTask | None) -> CaseTask | None:
    """Return an open task that was noted; one of the plan only while the plan still says it."""
    register = view.tasks[entry]
    latest = register.latest
    if latest is None or (planned is None and _is_planned(entry)):
        return None
    said = _fields(latest.value)
    if as_date(said["due"]) is None or (said["state"] != "open" and not register.conflict):
        return None
    return CaseTask(
        entry,
        OWN if planned is None else planned.kind,
        said["text"] if planned is None else planned.text,
        said["owner"],
        said["organisation"],
        said["due"],
        min(event.time for event in register.events).astimezone().date().isoformat(),
        said["reason"],
        register.conflict,
    )


def _fields(value: JsonValue) -> Mapping[str, str]:
    return cast("Mapping[str, str]", value)


def _is_planned(entry: str) -> bool:
    return entry.startswith("goal/")


def _planned(view: DossierView) -> Iterator[CaseTask]:
    plan = _signed_plan(view)
    for goal in () if plan is None else plan.goals:
        if _set(view, f"goal/{goal.id}/removed") is not True:
            made = cast("SupportPlan", plan).made.isoformat()
            yield from _actions(view, goal, made)
            yield from _leads(goal, made)


def _signed_plan(view: DossierView) -> SupportPlan | None:
    """Return the newest version with a signature that stands; None where there is none, or it cannot be read."""
    signatures = (current(register) for field, register in view.plan.items() if field.startswith("signature/"))
    values = [entry.value for entry in signatures if entry is not None]
    signed = {value.get("version") for value in values if isinstance(value, Mapping)}
    for kept in reversed(view.frozen_plans):
        frozen = FrozenPlan(kept.body.language, kept.body.plan, kept.body.content)
        if frozen.digest in signed:
            try:
                return frozen.plan()
            except UserError:
                return None
    return None


def _actions(view: DossierView, goal: Goal, made: str) -> Iterator[CaseTask]:
    for action in goal.actions:
        entry = f"goal/{goal.id}/action/{action.id}"
        due = as_date(_set(view, f"{entry}/due")) or action.due
        done = _set(view, f"{entry}/done")
        closed = (action.done if done is None else done is True) or _set(view, f"{entry}/removed") is True
        if due is not None and not closed:
            text = _set(view, f"{entry}/text")
            said = text if isinstance(text, str) else action.text.dutch
            yield CaseTask(entry, ACTION, said, action.who, "", due.isoformat(), made, "", disputed=False)


def _leads(goal: Goal, made: str) -> Iterator[CaseTask]:
    """Yield the days after signing on which somebody else is to lead the goal."""
    for place, phase in enumerate(goal.lead):
        if place and phase.start is not None and phase.start.isoformat() > made:
            entry = f"goal/{goal.id}/lead/{place}"
            day = phase.start.isoformat()
            yield CaseTask(entry, LEAD, goal.text.dutch, phase.name, "", day, made, "", disputed=False)


def _set(view: DossierView, field: str) -> JsonValue:
    entry = current(view.plan.get(field))
    return None if entry is None else entry.value
