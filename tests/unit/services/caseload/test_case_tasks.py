"""What the signed plan says by a date is a task, and is never copied."""

import json
from datetime import date, timedelta

from desktop.plan.model.support_plan import SupportPlan
from desktop.records import EventContext, PlanFieldSet, PlanFrozen, TaskKept
from desktop.services.caseload.case_tasks import ACTION, LEAD, CaseTask, open_tasks
from desktop.services.caseload.summary import SUMMARISE, from_bytes, summary_of
from desktop.services.today.needs import DayPlace
from desktop.services.today.today_list import Circle
from protocol.canonical import JsonValue
from tests.unit.services.plan_world import World, decide

CONTEXT = EventContext("J. de Vries", "ti", interpreter=False)


def _tasks(world: World) -> dict[str, CaseTask]:
    return {task.entry: task for task in open_tasks(world.azc.journal.view(world.dossier))}


def _set(world: World, field: str, value: JsonValue) -> None:
    world.azc.journal.append(world.dossier, PlanFieldSet(field, value), CONTEXT)


def _sign(world: World) -> SupportPlan:
    """Sign the plan, with an action by a day in its first goal and a lead that passes."""
    decide(world.azc, world.dossier)
    plans = world.azc.services.plan
    goal = plans.plan(world.dossier).goals[0]
    made = plans.plan(world.dossier).made
    phases: list[JsonValue] = [
        {"holder": "other", "name": "VluchtelingenWerk", "start": made.isoformat()},
        {"holder": "person", "name": "Selam", "start": (made + timedelta(days=40)).isoformat()},
    ]
    _set(world, f"goal/{goal.id}/lead", phases)
    for name, value in (("text", "Fiets halen"), ("due", (made + timedelta(days=5)).isoformat()), ("who", "Selam")):
        _set(world, f"goal/{goal.id}/action/own-fiets/{name}", value)
    plans.sign(world.dossier, "person", "Selam", "paper")
    return plans.plan(world.dossier)


def test_before_signing_the_plan_gives_no_tasks(world: World) -> None:
    assert _tasks(world) == {}


def test_an_action_with_a_day_and_a_lead_that_passes_come_from_the_signed_plan(world: World) -> None:
    plan = _sign(world)
    goal = plan.goals[0].id
    tasks = _tasks(world)
    action, lead = tasks[f"goal/{goal}/action/own-fiets"], tasks[f"goal/{goal}/lead/1"]
    assert (action.kind, action.text, action.owner) == (ACTION, "Fiets halen", "Selam")
    assert (action.due, action.made) == ((plan.made + timedelta(days=5)).isoformat(), plan.made.isoformat())
    assert (lead.kind, lead.text, lead.owner) == (LEAD, plan.goals[0].text.dutch, "Selam")
    assert world.azc.journal.view(world.dossier).tasks == {}


def test_what_is_ticked_moved_or_left_out_in_the_plan_is_so_here(world: World) -> None:
    plan = _sign(world)
    goal = plan.goals[0].id
    entry, day = f"goal/{goal}/action/own-fiets", (plan.made + timedelta(days=8)).isoformat()
    _set(world, f"{entry}/due", day)
    assert _tasks(world)[entry].due == day
    _set(world, f"{entry}/done", value=True)
    assert entry not in _tasks(world)
    _set(world, f"{entry}/done", value=False)
    assert entry in _tasks(world)
    _set(world, f"{entry}/removed", value=True)
    assert entry not in _tasks(world)
    _set(world, f"goal/{goal}/removed", value=True)
    assert not any(name.startswith(f"goal/{goal}/") for name in _tasks(world))


def test_what_is_noted_of_a_task_of_the_plan_lies_over_it_and_goes_with_it(world: World) -> None:
    plan = _sign(world)
    goal = plan.goals[0].id
    entry, day = f"goal/{goal}/action/own-fiets", plan.made + timedelta(days=20)
    tasks = world.azc.services.today.tasks
    tasks.move(world.dossier, entry, day, "fietsenmaker is dicht")
    moved = _tasks(world)[entry]
    assert (moved.kind, moved.text, moved.due, moved.reason) == (
        ACTION,
        "Fiets halen",
        day.isoformat(),
        "fietsenmaker is dicht",
    )
    tasks.finish(world.dossier, entry)
    assert entry not in _tasks(world)
    assert world.azc.services.plan.plan(world.dossier).goals[0].actions[-1].done
    assert summary_of(world.azc.journal.view(world.dossier)).contact_kind == "promise"
    tasks.finish(world.dossier, f"goal/{goal}/lead/1")
    assert f"goal/{goal}/lead/1" not in _tasks(world)


def test_a_task_of_a_plan_that_does_not_say_it_any_more_is_gone(world: World) -> None:
    noted = TaskKept("goal/weg/action/a", "weg", "J. de Vries", "AZC", "2026-12-01", "open")
    world.azc.journal.append(world.dossier, noted, CONTEXT)
    assert _tasks(world) == {}


def test_a_signed_plan_that_cannot_be_read_gives_no_tasks(world: World) -> None:
    frozen = PlanFrozen("ti", json.dumps({"name": 3}), "00" * 32)
    from desktop.services.plan.plan_versions import frozen_in

    world.azc.journal.append(world.dossier, frozen, CONTEXT)
    signature: JsonValue = {"name": "Selam", "date": "2026-11-24", "how": "", "version": frozen_in(frozen).digest}
    _set(world, "signature/person", signature)
    assert _tasks(world) == {}


def test_a_summary_comes_back_from_its_bytes_with_its_tasks(world: World) -> None:
    _sign(world)
    world.azc.services.today.tasks.promise(world.dossier, "bellen", date(2030, 1, 1))
    view = world.azc.journal.view(world.dossier)
    assert from_bytes(world.dossier, SUMMARISE.summary(view)) == summary_of(view)
    (row,) = world.azc.services.today.look(Circle.MINE).rows
    assert row.need.place in DayPlace
