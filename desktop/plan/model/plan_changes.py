"""What a plan says otherwise than an earlier one, in the order of its pages. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.i18n import N_, format_date
from desktop.plan.model.frozen_plan import said
from desktop.plan.model.plan_text import NO_TEXT, PlanText
from desktop.plan.model.support_plan import Goal, RegionRoute, SupportPlan
from desktop.plan.model.topics import ROUTE_LABELS

ChangeKind = Literal[
    "person", "goal_added", "goal_removed", "goal_changed", "weighing", "route", "start", "week", "year", "people",
    "agreements", "own_words", "wording",
]  # fmt: skip

_PARTS: Mapping[ChangeKind, tuple[str, ...]] = {
    "person": (
        "name", "own_script_name", "languages", "facts", "in_short", "story", "important", "competences", "experience",
        "language_skills", "self_reliance", "study_wish", "statutory", "test",
    ),
    "weighing": ("routes", "deviation", "preference", "preference_reason"),
    "week": ("times", "week", "children"),
    "year": ("year",),
    "people": ("helpers",),
    "agreements": ("agreements", "words"),
    "own_words": ("own_words",),
}  # fmt: skip
"""The fields of a plan that belong to one part of it; goals, route and start are told one by one."""

_SENTENCES: Mapping[ChangeKind, str] = {
    "person": N_("Wat hier over mij staat, is anders."),
    "goal_added": N_("Nieuw doel: ${doel}"),
    "goal_removed": N_("Dit doel staat er niet meer in: ${doel}"),
    "goal_changed": N_("Dit doel is anders: ${doel}"),
    "weighing": N_("De redenen bij de routes zijn anders."),
    "route": N_("Mijn route was ${voor} en is nu ${na}."),
    "start": N_("Ik begin niet op ${voor} maar op ${na}."),
    "week": N_("Mijn week is anders."),
    "year": N_("Mijn jaar is anders."),
    "people": N_("Wie mij helpt, is anders."),
    "agreements": N_("Onze afspraken zijn anders."),
    "own_words": N_("Mijn eigen woorden zijn anders."),
    "wording": N_("Woorden zijn anders geschreven."),
}

_LATER_PARTS: tuple[ChangeKind, ...] = ("week", "year", "people", "agreements", "own_words")


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One difference. `what` is the goal or route it is about; `before` and `after` what stood there, where short."""

    kind: ChangeKind
    what: PlanText = NO_TEXT
    before: str = ""
    after: str = ""


def changes_between(before: SupportPlan, after: SupportPlan) -> tuple[PlanChange, ...]:
    """Return how `after` differs from `before` in its Dutch; `wording` alone where only other words do."""
    found = (
        *_part(before, after, "person"),
        *_goals(before, after),
        *_part(before, after, "weighing"),
        *_route(before, after),
        *_start(before, after),
        *(change for kind in _LATER_PARTS for change in _part(before, after, kind)),
    )
    return found or (PlanChange("wording"),)


def sentence_of(change: PlanChange) -> PlanText:
    """Return one difference in a sentence, as the person says it."""
    values = (("doel", change.what), ("voor", change.before), ("na", change.after))
    return PlanText(_SENTENCES[change.kind], values)


def _part(before: SupportPlan, after: SupportPlan, kind: ChangeKind) -> Iterator[PlanChange]:
    if any(said(getattr(before, name)) != said(getattr(after, name)) for name in _PARTS[kind]):
        yield PlanChange(kind)


def _goals(before: SupportPlan, after: SupportPlan) -> Iterator[PlanChange]:
    """Yield every goal that came, went, or says something else; the order of goals is no difference."""
    earlier, later = ({goal.id: goal for goal in plan.goals} for plan in (before, after))
    for goal in after.goals:
        if goal.id not in earlier:
            yield PlanChange("goal_added", goal.text)
        elif said(goal) != said(earlier[goal.id]):
            yield _goal_change(earlier[goal.id], goal)
    for goal in before.goals:
        if goal.id not in later:
            yield PlanChange("goal_removed", goal.text)


def _goal_change(before: Goal, after: Goal) -> PlanChange:
    if before.text.dutch == after.text.dutch:
        return PlanChange("goal_changed", after.text)
    return PlanChange("goal_changed", after.text, before.text.dutch, after.text.dutch)


def _route(before: SupportPlan, after: SupportPlan) -> Iterator[PlanChange]:
    if before.proposed_route != after.proposed_route:
        names = [ROUTE_LABELS[plan.proposed_route] if plan.proposed_route else "" for plan in (before, after)]
        yield PlanChange("route", NO_TEXT, *names)
    elif said(before.region_route) != said(after.region_route):
        yield PlanChange("route", NO_TEXT, *_route_names(before.region_route, after.region_route))


def _route_names(before: RegionRoute | None, after: RegionRoute | None) -> tuple[str, str]:
    """Return what two routes of a region are called; with provider and length where the name alone is the same."""
    names = tuple("" if route is None else route.label.dutch for route in (before, after))
    if before is None or after is None or names[0] != names[1]:
        return names[0], names[1]
    first, second = (f"{names[0]} ({route.provider}, {route.weeks} weken)" for route in (before, after))
    return first, second


def _start(before: SupportPlan, after: SupportPlan) -> Iterator[PlanChange]:
    if before.start != after.start:
        yield PlanChange("start", NO_TEXT, *(format_date(day) if day else "" for day in (before.start, after.start)))
