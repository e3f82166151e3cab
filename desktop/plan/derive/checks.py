"""What must be there before a plan is signed, and what should be looked at."""

from collections.abc import Iterator
from datetime import date

from desktop.plan.derive.hours import HoursLine
from desktop.plan.derive.timetable import clashes
from desktop.plan.law.holidays import holiday_on
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.support_plan import (
    ChildWeek,
    Goal,
    HalfDay,
    LearnabilityTest,
    MissingItem,
    RouteWeighing,
    StatutoryPart,
    SupportPlan,
)


def all_missing(  # each is one thing a plan is held against
    plan: SupportPlan,
    outcome: str,
    edits: PlanEdits,
    known_goals: frozenset[str],
    fitting: int,
    hours: tuple[HoursLine, ...],
) -> Iterator[MissingItem]:
    """Yield all that `plan` lacks: what blocks signing first within each subject.

    `fitting` counts the routes of the region that carry out the proposal. `outcome` is the answer about the
    learnability test (`haalbaar`, `niet_haalbaar` or another), `hours` are those of the proposed route.
    """
    yield from _route_checks(plan.routes)
    yield from _test_checks(plan.test, outcome, plan.routes, edits)
    yield from _goal_checks(plan.goals, edits, known_goals)
    yield from _choice_checks(edits, fitting)
    yield from _date_checks(plan.start, proposed=plan.region_route is not None)
    yield from _week_checks(plan.week, plan.children)
    yield from _hours_checks(hours)
    yield from _statutory_checks(plan.statutory)
    yield from _voice_checks(plan.own_words, plan.agrees, plan.read_aloud.language)
    yield from _edit_checks(edits)


def _route_checks(routes: tuple[RouteWeighing, ...]) -> Iterator[MissingItem]:
    """Yield what each legal route lacks: a reason for, a reason against, a conclusion (RvS 2024:5413)."""
    if not any(weighing.proposed for weighing in routes):
        yield MissingItem("plan.route_not_proposed", "route/proposed")
    for weighing in routes:
        details = {"route": weighing.route}
        if not weighing.for_:
            yield MissingItem("plan.route_without_for", f"route/{weighing.route}/for", details)
        if not weighing.against:
            yield MissingItem("plan.route_without_against", f"route/{weighing.route}/against", details)
        if not weighing.reason:
            yield MissingItem("plan.route_without_reason", f"route/{weighing.route}/reason", details)


def _test_checks(
    test: LearnabilityTest, outcome: str, routes: tuple[RouteWeighing, ...], edits: PlanEdits
) -> Iterator[MissingItem]:
    """Yield a demand for written reasons where the proposal deviates from the learnability test."""
    proposed = next((weighing.route for weighing in routes if weighing.proposed), None)
    if deviates(outcome, proposed) and not edits.words("route/deviation").strip():
        yield MissingItem("plan.deviation_without_reason", "route/deviation")
    if test.taken is None and not test.exempt and not outcome:
        yield MissingItem("plan.test_not_taken", "lbt_status", blocking=False)


def deviates(outcome: str, proposed: str | None) -> bool:
    """Tell whether a proposal deviates from the outcome of the test (`haalbaar` or `niet_haalbaar`)."""
    return (outcome, proposed) in {("haalbaar", "Z"), ("niet_haalbaar", "B1"), ("niet_haalbaar", "O")}


def _goal_checks(goals: tuple[Goal, ...], edits: PlanEdits, known: frozenset[str]) -> Iterator[MissingItem]:
    """Yield what the goals lack, and edits of goals that do not follow from the answers any more."""
    if not goals:
        yield MissingItem("plan.no_goals", "goal")
    for goal in goals:
        if not goal.actions:
            yield MissingItem("plan.goal_without_action", f"goal/{goal.id}", {"goal": goal.id}, blocking=False)
        if not goal.lead or not any(phase.name for phase in goal.lead):
            yield MissingItem("plan.goal_without_lead", f"goal/{goal.id}/lead", {"goal": goal.id}, blocking=False)
    shown = {goal.id for goal in goals}
    for name in edits.ids("goal"):
        if name not in shown and name in known and not edits.flag(f"goal/{name}/removed"):
            yield MissingItem("plan.goal_no_longer_follows", f"goal/{name}", {"goal": name}, blocking=False)


def _choice_checks(edits: PlanEdits, fitting: int) -> Iterator[MissingItem]:
    """Yield that nobody chose among the routes of the region, of which `fitting` carry out the proposal, or a start."""
    if fitting > 1 and edits.text("route/region") is None:
        yield MissingItem("plan.region_route_not_chosen", "route/region", blocking=False)
    if fitting and edits.day("route/start") is None:
        yield MissingItem("plan.start_not_chosen", "route/start", blocking=False)


def _date_checks(start: date | None, *, proposed: bool) -> Iterator[MissingItem]:
    """Yield what is wrong with the start of the route: none, a weekend, a public holiday."""
    if start is None:
        if proposed:
            yield MissingItem("plan.start_missing", "route/start", blocking=False)
    elif holiday_on(start) or start.weekday() > 4:  # noqa: PLR2004  # Friday
        yield MissingItem("plan.start_on_free_day", "route/start", blocking=False)


def _week_checks(week: tuple[HalfDay, ...], children: tuple[ChildWeek, ...]) -> Iterator[MissingItem]:
    """Yield each half-day on which the person is away while a child is at home, for each child."""
    for half_day, child in clashes(week, children):
        details = {"child": child, "weekday": str(half_day.day)}
        place = f"week/{half_day.day}/{half_day.part}"
        yield MissingItem(f"plan.child_without_care_{half_day.part}", place, details, blocking=False)


def _hours_checks(hours: tuple[HoursLine, ...]) -> Iterator[MissingItem]:
    """Yield each kind of hours that route and decision plan too few of, where they plan any."""
    for line in hours:
        if line.short and line.key in {"lessons", "activities"}:
            details = {"short": str(line.short), "needed": str(line.needed)}
            yield MissingItem(f"plan.hours_short_{line.key}", "pip/done_lessons", details, blocking=False)


def _statutory_checks(parts: tuple[StatutoryPart, ...]) -> Iterator[MissingItem]:
    """Yield each part of the law that applies and was not done."""
    for part in parts:
        if part.applies and part.done is None:
            yield MissingItem("plan.statutory_part_open", part.key, {"basis": part.basis}, blocking=False)


def _voice_checks(own_words: object, agrees: str, language: str) -> Iterator[MissingItem]:
    """Yield what is missing of the person's own voice: words, a reaction, reading aloud."""
    if not own_words:
        yield MissingItem("plan.own_words_missing", "own_words", blocking=False)
    if not agrees:
        yield MissingItem("plan.reaction_missing", "feedback/agrees")
    elif agrees != "yes":
        yield MissingItem("plan.not_agreed", "feedback/agrees")
    if not language:
        yield MissingItem("plan.not_read_aloud", "read_aloud", blocking=False)


def _edit_checks(edits: PlanEdits) -> Iterator[MissingItem]:
    """Yield each edit that this version cannot use."""
    for field in edits.ignored:
        yield MissingItem("plan.edit_ignored", field, {"field": field[:80]}, blocking=False)
