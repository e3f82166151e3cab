"""Answers, rules and edits in, support plan out. Pure: the same input gives the same plan, and nothing is decided.

The plan holds nothing from the health compartment: a region workbook that reads a health question is refused when it
is read, and the portrait names its questions one by one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from desktop.i18n.mark import N_
from desktop.plan.derive.agreements import (
    agreements,
    feedback,
    helpers,
    read_aloud,
    report_feedback,
    report_read_aloud,
    signatures,
    words,
)
from desktop.plan.derive.checks import all_missing
from desktop.plan.derive.facts import PlanFacts
from desktop.plan.derive.goals import RoleNames, goals, short_sentences
from desktop.plan.derive.hours import hours
from desktop.plan.derive.people import children, panel, person_name
from desktop.plan.derive.profile import (
    competences,
    experience,
    important,
    language_skills,
    own_words,
    self_reliance,
    story,
)
from desktop.plan.derive.schedule import Schedule, first_start, schedule, year
from desktop.plan.derive.statutory_parts import learnability_test, statutory_parts
from desktop.plan.derive.timetable import child_weeks, week
from desktop.plan.derive.weighing import proposed_route, weigh
from desktop.plan.model.edits import PlanEdits, sort_edits
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import ChildWeek, Goal, HalfDay, Point, RegionRoute, SupportPlan
from desktop.plan.region.region_rules import Region
from protocol.canonical import JsonValue

MOST_IN_SHORT = 4
"""Sentences of "this plan in short"."""


@dataclass(frozen=True, slots=True)
class _Case:
    """One derivation: the answers, the valid edits, and what the route means on the calendar."""

    facts: PlanFacts
    edits: PlanEdits
    route: RegionRoute | None
    schedule: Schedule
    role_names: RoleNames

    @property
    def region(self) -> Region:
        """The rules."""
        return self.schedule.region


def derive(
    facts: PlanFacts,
    edits: Mapping[str, JsonValue],
    region: Region,
    today: date,
    *,
    caseworker: str = "",
    organisation: str = "",
    municipality: str = "",
) -> SupportPlan:
    """Return the support plan of one person on `today`.

    `edits` are the current values of the plan fields (`desktop.plan.model.edits`); an unknown or wrong one is left out
    and shows in `missing`. `caseworker` of `organisation` and `municipality` are who signed in, used where the
    workbook says so. Never raises on any edits.
    """
    valid = sort_edits(edits)
    route = _region_route(region, valid)
    plan = schedule(region, route, valid.day("route/start") or first_start(route, today))
    case = _Case(facts, valid, route, plan, _role_names(facts, region, (caseworker, organisation), municipality))
    empty = SupportPlan(name=person_name(facts), made=today)
    whole = _with_voice(_with_programme(_with_law(_with_portrait(empty, case), case), case), case)
    known = frozenset(rule.name for rule in region.goals)
    fitting = sum(each.legal_route == whole.proposed_route for each in region.routes)
    needed = hours(facts, valid, region, whole.proposed_route, route)
    outcome = facts.value("lbt_uitkomst")
    return replace(whole, missing=tuple(all_missing(whole, outcome, valid, known, fitting, needed)))


def _with_portrait(plan: SupportPlan, case: _Case) -> SupportPlan:
    facts = case.facts
    return replace(
        plan,
        own_script_name=facts.value("naam_eigen_schrift"),
        languages=tuple(filter(None, (facts.value("praattaal") or facts.value("moedertaal"),))),
        facts=panel(facts, plan.made, children(facts, plan.made)),
        story=story(facts, case.edits),
        important=important(facts),
        competences=competences(facts),
        experience=experience(facts),
        language_skills=language_skills(facts),
        self_reliance=self_reliance(facts, case.edits),
    )


def _with_law(plan: SupportPlan, case: _Case) -> SupportPlan:
    facts = case.facts
    return replace(
        plan,
        routes=weigh(facts, case.edits, case.region),
        proposed_route=proposed_route(case.edits),
        deviation=case.edits.words("route/deviation"),
        statutory=statutory_parts(facts),
        test=learnability_test(facts),
        study_wish=facts.text("studeren_wens"),
        preference=facts.text("route_voorkeur"),
        preference_reason=facts.text("route_waarom"),
    )


def _with_programme(plan: SupportPlan, case: _Case) -> SupportPlan:
    kept = goals(case.facts, case.edits, case.schedule, case.role_names)
    family = children(case.facts, case.schedule.start or plan.made)
    care = child_weeks(case.region, case.route, family, case.edits)
    settings = case.region.settings
    planned = week(case.region, case.route, case.edits)
    return replace(
        plan,
        in_short=_in_short(case, kept, care, planned),
        goals=kept,
        region_route=case.route,
        start=case.schedule.start,
        times=(settings.morning, settings.afternoon),
        week=planned,
        children=care,
        year=year(case.schedule, case.route),
        helpers=helpers(case.facts, case.edits, case.role_names, kept),
    )


def _with_voice(plan: SupportPlan, case: _Case) -> SupportPlan:
    (reaction, agrees), (to_report, report_agrees) = feedback(case.edits), report_feedback(case.facts)
    return replace(
        plan,
        words=words(case.region),
        agreements=agreements(case.facts, case.edits, case.region),
        own_words=own_words(case.facts, case.edits),
        feedback=reaction,
        agrees=agrees,
        report_feedback=to_report,
        report_agrees=report_agrees,
        read_aloud=read_aloud(case.edits),
        report_read_aloud=report_read_aloud(case.facts),
        signatures=signatures(replace(case.role_names, person=plan.name)),
    )


def _region_route(region: Region, edits: PlanEdits) -> RegionRoute | None:
    """Return the route of the region that was chosen, when it carries out the proposed legal route; else the first."""
    proposed = proposed_route(edits)
    fitting = [route for route in region.routes if route.legal_route == proposed]
    chosen = edits.text("route/region")
    return next((route for route in fitting if route.name == chosen), fitting[0] if fitting else None)


def _role_names(facts: PlanFacts, region: Region, caseworker: tuple[str, str], municipality: str) -> RoleNames:
    place = facts.value("gemeente") or region.settings.municipality
    return RoleNames(
        person=facts.value("roepnaam") or person_name(facts),
        caseworker=caseworker[0],
        organisation=caseworker[1],
        municipality=municipality or _municipality(place),
        region=region,
    )


def _municipality(place: str) -> str:
    if not place:
        return "gemeente"
    return place if place.casefold().startswith("gemeente") else f"gemeente {place}"


def _in_short(
    case: _Case, kept: tuple[Goal, ...], care: tuple[ChildWeek, ...], planned: tuple[HalfDay, ...]
) -> tuple[Point, ...]:
    points: list[Point] = []
    route = case.route
    if route is not None:
        lessons = sum(half_day.kind == "language" for half_day in planned) or route.half_days
        values = (("dagdelen", str(lessons)), ("weken", str(route.weeks)))
        text = N_("Ik leer Nederlands. ${dagdelen} dagdelen per week, ${weken} weken.")
        points.append(Point("route", "book", PlanText(text, values)))
    sentences = short_sentences(case.facts, case.region, kept)
    for child in () if any(goal.domain == "child" for goal, _text in sentences) else care:
        if {item.kind for item in child.half_days} & {"vve", "care"}:
            text = N_("${kind} gaat naar de opvang terwijl ik leer.")
            points.append(Point("child", "child", PlanText(text, (("kind", child.name),))))
    points += [
        Point(goal.id, goal.icon, text, goal.sources)
        for goal, text in sentences
        if route is None or goal.domain != "language"
    ]
    lead = PlanText(N_("Eerst helpt mijn begeleider. Stap voor stap doe ik het zelf."))
    return (*points[: MOST_IN_SHORT - 1], Point("lead", "hand", lead))
