"""`opmaat region try`: one scripted case through the derivation, by a workbook: its routes, goals and partners."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.cli.error_texts import complaint
from desktop.cli.form_file import WrongCallError, add_file, script_of, translations
from desktop.cli.region.region_file import region_of
from desktop.cli.terminal import paint, without_control
from desktop.i18n.formatting import format_date
from protocol.canonical import JsonValue

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.forms.script.run import ScriptRun
    from desktop.plan.model.support_plan import Goal, SupportPlan
    from desktop.plan.region.region_rules import Region

_SIGNS = {"for": "+", "against": "-", "neutral": "o"}


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("try", help="make the plan of a scripted case by a workbook, and print what it says")
    add_file(parser)
    parser.add_argument("script", metavar="SCRIPT", help="the answers: md or json (docs/forms.md)")
    parser.add_argument("--route", choices=("B1", "O", "Z"), help="propose this legal route")
    parser.add_argument("--region-route", metavar="NAME", help="choose this route of the region")
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the plan; return 1 when an expectation of the script failed."""
    region, form = region_of(asked)
    if asked.region_route not in {None, *(route.name for route in region.routes)}:
        raise WrongCallError("plan.wrong_value", {"field": "--region-route"})
    held = _held(asked, form)
    failed = sum(step.failure is not None for step in held.steps())
    edits: dict[str, JsonValue] = {"route/proposed": asked.route, "route/region": asked.region_route}
    plan = _plan(held, form, region, {name: value for name, value in edits.items() if value is not None})
    for line in (*_routes(plan, region), *_goals(plan), *_helpers(plan), *_missing(plan, asked.messages)):
        print(line)
    if failed:
        print(
            paint(f"{failed} of the expectations did not come true: see `opmaat form run intake {asked.script}`", "bad")
        )
    return 1 if failed else 0


def _held(asked: argparse.Namespace, form: "Form") -> "ScriptRun":
    from desktop.forms.script.run import ScriptRun

    return ScriptRun(form, script_of(asked.script), translations())


def _plan(held: "ScriptRun", form: "Form", region: "Region", edits: dict[str, JsonValue]) -> "SupportPlan":
    from desktop.i18n.catalogue import load_catalogue
    from desktop.plan.derive.derive import derive
    from desktop.records.events.fold import empty
    from desktop.services.plan.session_facts import PlanCatalogues, SessionFacts
    from protocol.identifiers import DossierId

    dutch = load_catalogue("nl", "intake")
    facts = SessionFacts(form, held.session, empty(DossierId("0" * 32)), PlanCatalogues(dutch, dutch))
    day = held.now.astimezone(held.zone).date()
    return derive(facts, edits, region, day, caseworker="caseworker")


def _routes(plan: "SupportPlan", region: "Region") -> Iterator[str]:
    yield paint("Routes", "strong")
    for weighing in plan.routes:
        yield f"{weighing.route}{' (proposed)' if weighing.proposed else ''}"
        for argument in weighing.arguments:
            yield f"  {_SIGNS[argument.sign]} {without_control(argument.text.dutch)}"
        names = [route.name for route in region.routes if route.legal_route == weighing.route]
        yield f"  in this region: {', '.join(names) or 'no route'}"
    if plan.region_route is not None:
        start = format_date(plan.start) if plan.start else "no start date left"
        yield f"in the plan: {plan.region_route.name}, {plan.region_route.provider or 'no provider'}, start {start}"


def _goals(plan: "SupportPlan") -> Iterator[str]:
    yield paint("Goals", "strong")
    for goal in plan.goals:
        yield from _goal(goal)


def _goal(goal: "Goal") -> Iterator[str]:
    leads = ", then ".join(phase.name for phase in goal.lead if phase.name)
    yield f"{goal.id}: {without_control(goal.text.dutch)}{f' (lead: {leads})' if leads else ''}"
    for action in goal.actions:
        due = f", {format_date(action.due)}" if action.due else ""
        yield f"  {without_control(action.text.dutch)} ({without_control(action.who)}{due})"


def _helpers(plan: "SupportPlan") -> Iterator[str]:
    yield paint("Who helps", "strong")
    for helper in plan.helpers:
        yield without_control(", ".join(filter(None, (helper.name, helper.function, helper.phone))))


def _missing(plan: "SupportPlan", language: str) -> Iterator[str]:
    from protocol.errors import UserError

    yield paint("Before signing", "strong")
    for item in plan.missing:
        yield complaint(UserError(item.code, dict(item.details)), language)
