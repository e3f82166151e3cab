"""Answers, rules and edits in, support plan out. Pure: the same input gives the same plan, and nothing is decided.

The plan holds nothing from the health compartment: a region workbook that reads a health question is refused when it
is read, and the portrait names its questions one by one.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain

from desktop.i18n.mark import N_
from desktop.kernel.canonical import JsonValue
from desktop.plan import checks
from desktop.plan.edits import Edits, sort_edits
from desktop.plan.facts import Facts
from desktop.plan.goals import Naming, goals, short_sentences
from desktop.plan.legal import learnability_test, statutory_parts
from desktop.plan.model import ChildWeek, Goal, Missing, Point, RegionRoute, SupportPlan
from desktop.plan.people import children, panel, person_name
from desktop.plan.portrait import competences, experience, important, language_skills, own_words, self_reliance, story
from desktop.plan.region_model import Region
from desktop.plan.schedule import Schedule, first_start, schedule, year
from desktop.plan.support import agreements, feedback, helpers, read_aloud, signatures, words
from desktop.plan.timetable import child_weeks, week
from desktop.plan.weighing import proposed_route, weigh
from desktop.plan.wording import PlanText

MOST_IN_SHORT = 4
"""Sentences of "this plan in short"."""


def derive(
    facts: Facts,
    edits: Mapping[str, JsonValue],
    region: Region,
    today: date,
    *,
    caseworker: str = "",
    municipality: str = "",
) -> SupportPlan:
    """Return the support plan of one person on `today`.

    `edits` are the current values of the plan fields (`desktop.plan.edits`); an unknown or wrong one is left out
    and shows in `missing`. `caseworker` and `municipality` are the names of the people who signed in, used where
    the workbook says so. Never raises on any edits.
    """
    valid = sort_edits(edits)
    route = _region_route(region, valid)
    start = valid.day("route/start") or first_start(route, today)
    plan = schedule(region, route, start)
    naming = _naming(facts, region, caseworker, municipality)
    kept = goals(facts, valid, plan, naming)
    family = children(facts, start or today)
    care = child_weeks(region, route, family, valid)
    half_days = week(region, route, valid)
    routes, test, parts = weigh(facts, valid, region), learnability_test(facts), statutory_parts(facts)
    added, (reaction, agrees), reading = own_words(facts, valid), feedback(facts, valid), read_aloud(facts, valid)
    missing: Iterable[Missing] = chain(
        checks.route_checks(routes),
        checks.test_checks(test, facts.value("lbt_uitkomst"), routes, valid),
        checks.goal_checks(kept, valid, frozenset(rule.name for rule in region.goals)),
        checks.date_checks(start, proposed=route is not None),
        checks.week_checks(half_days, care),
        checks.statutory_checks(parts),
        checks.voice_checks(added, agrees, reading.language),
        checks.edit_checks(valid),
    )
    return SupportPlan(
        name=naming.person,
        own_script_name=facts.value("naam_eigen_schrift"),
        languages=tuple(filter(None, (facts.value("praattaal") or facts.value("moedertaal"),))),
        made=today,
        facts=panel(facts, today, children(facts, today)),
        in_short=_in_short(facts, plan, route, kept, care),
        story=story(facts, valid),
        important=important(facts),
        competences=competences(facts),
        experience=experience(facts),
        language_skills=language_skills(facts),
        self_reliance=self_reliance(facts, valid),
        goals=kept,
        routes=routes,
        proposed_route=proposed_route(valid),
        deviation=valid.words("route/deviation"),
        region_routes=region.routes,
        region_route=route,
        week=half_days,
        children=care,
        year=year(plan, route),
        words=words(region),
        agreements=agreements(facts, valid, region),
        helpers=helpers(facts, valid, naming, kept),
        own_words=added,
        feedback=reaction,
        agrees=agrees,
        read_aloud=reading,
        signatures=signatures(valid, naming),
        statutory=parts,
        test=test,
        study_wish=facts.text("studeren_wens"),
        preference=facts.text("route_voorkeur"),
        preference_reason=facts.text("route_waarom"),
        missing=tuple(missing),
    )


def _region_route(region: Region, edits: Edits) -> RegionRoute | None:
    """Return the route of the region that was chosen, when it carries out the proposed legal route; else the first."""
    proposed = proposed_route(edits)
    fitting = [route for route in region.routes if route.legal_route == proposed]
    chosen = edits.text("route/region")
    return next((route for route in fitting if route.name == chosen), fitting[0] if fitting else None)


def _naming(facts: Facts, region: Region, caseworker: str, municipality: str) -> Naming:
    place = facts.value("gemeente") or region.settings.municipality
    return Naming(
        person=person_name(facts),
        caseworker=caseworker,
        municipality=municipality or (f"gemeente {place.removeprefix('gemeente ')}" if place else "gemeente"),
        region=region,
    )


def _in_short(
    facts: Facts, plan: Schedule, route: RegionRoute | None, kept: tuple[Goal, ...], care: tuple[ChildWeek, ...]
) -> tuple[Point, ...]:
    points: list[Point] = []
    if route is not None:
        values = (("dagdelen", str(route.half_days)), ("weken", str(route.weeks)))
        text = N_("Ik leer Nederlands. ${dagdelen} dagdelen per week, ${weken} weken.")
        points.append(Point("route", "book", PlanText(text, values)))
    for child in care:
        if {item.kind for item in child.half_days} & {"vve", "care"}:
            text = N_("${kind} gaat naar de opvang terwijl ik leer.")
            points.append(Point("child", "child", PlanText(text, (("kind", child.name),))))
    points += [
        Point(goal.id, goal.icon, text, goal.sources) for goal, text in short_sentences(facts, plan.region, kept)
    ]
    lead = PlanText(N_("Eerst helpt mijn begeleider. Stap voor stap doe ik het zelf."))
    return (*points[: MOST_IN_SHORT - 1], Point("lead", "hand", lead))
