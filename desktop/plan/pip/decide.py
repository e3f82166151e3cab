"""Answers, plan and what the officer filled in: a decision to be issued. Pure, and nothing is invented.

What follows from the law alone (800 and 800 hours of the Z-route, no MAP in the education route) is said without being
filled in; everything else is either there or named among what is missing (`pip_checks`).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from desktop.i18n.formatting import format_date
from desktop.plan.derive.facts import PlanFacts
from desktop.plan.derive.hours import is_asylum
from desktop.plan.derive.people import children, person_name
from desktop.plan.law.deadlines import LegalDate, TermFacts, objection_date
from desktop.plan.law.term import legal_dates
from desktop.plan.model.plan_text import PlanText, free
from desktop.plan.model.support_plan import SupportPlan
from desktop.plan.model.topics import ROUTE_LABELS
from desktop.plan.pip import pip_texts as said
from desktop.plan.pip.decision import Addressee, Authority, DecidedPart, Level, Literacy, PipDecision
from desktop.plan.pip.pip_edits import PipEdits


@dataclass(frozen=True, slots=True)
class PipBasis:
    """What a decision is made of besides the answers.

    `terms` are the facts of the dates; `first` the date of the first decision ever, None before one was issued.
    `plan_number` and `plan_seal` name the version of the plan that goes with it.
    """

    plan: SupportPlan
    filled: PipEdits
    terms: TermFacts
    municipality: str
    first: date | None = None
    talks_held: tuple[date, ...] = ()
    plan_number: int = 0
    plan_seal: str = ""


def decide(facts: PlanFacts, basis: PipBasis) -> PipDecision:
    """Return the decision as far as it is filled in."""
    filled, plan = basis.filled, basis.plan
    dated, sent = filled.edits.day("pip/dated"), filled.edits.day("pip/sent")
    first = basis.first or basis.terms.first_plan or dated
    empty = PipDecision(
        addressee=_addressee(facts, filled),
        authority=_authority(filled, basis.municipality),
        dated=dated,
        sent=sent,
        first=first,
        route=plan.proposed_route,
        level=_level(plan, filled),
        literacy=_literacy(facts, filled),
        hours=filled.number("route_hours") or 0,
        asylum=is_asylum(facts),
        may_finish_school=filled.flag("finish_school"),
        dates=_dates(basis, first, dated),
        objection_date=None if sent is None else objection_date(sent),
        objection=free(filled.words("objection")),
        attachments=filled.lines("participation"),
        talks_held=basis.talks_held,
        explained=filled.words("explained"),
        plan_number=basis.plan_number,
        plan_seal=basis.plan_seal,
    )
    return replace(empty, parts=tuple(_parts(empty, facts, basis)), reasons=tuple(_reasons(plan)))


def young_children(facts: PlanFacts, day: date) -> tuple[tuple[int, str], ...]:
    """Return number and name of each child below school age, for whom agreements about VVE are made."""
    return tuple(
        (number, child.name) for number, child in enumerate(children(facts, day), start=1) if child.below_school_age
    )


def _addressee(facts: PlanFacts, filled: PipEdits) -> Addressee:
    own_script, number = facts.value("naam_eigen_schrift"), facts.value("v_nummer")
    return Addressee(person_name(facts), own_script, filled.words("address"), number)


def _authority(filled: PipEdits, municipality: str) -> Authority:
    names = ("college", "signer", "mandate", "contact", "reach")
    return Authority(municipality, *(filled.words(name) for name in names))


def _level(plan: SupportPlan, filled: PipEdits) -> Level:
    chosen = filled.words("level")
    if chosen == "A2":
        return "A2"
    return "B1" if chosen == "B1" or plan.proposed_route in {"B1", "O"} else ""


def _literacy(facts: PlanFacts, filled: PipEdits) -> Literacy:
    answer = filled.words("literacy") or facts.value("alfabetisering")
    if answer == "A":
        return "A"
    return "AA" if answer == "AA" else "NVT" if answer == "NVT" else ""


def _dates(basis: PipBasis, first: date | None, dated: date | None) -> tuple[LegalDate, ...]:
    terms = replace(basis.terms, first_plan=first, plan=dated, route=basis.plan.proposed_route, ended=None, moved=None)
    return () if dated is None else legal_dates(terms)


def _part(key: str, *text: PlanText) -> DecidedPart:
    return DecidedPart(key, PlanText(said.LABELS[key]), text, said.ARTICLES[key])


def _parts(decision: PipDecision, facts: PlanFacts, basis: PipBasis) -> Iterator[DecidedPart]:
    yield from _route_parts(decision, basis)
    yield from _programme_parts(decision, basis.filled)
    filled = basis.filled
    for number, name in young_children(facts, decision.dated or basis.plan.made):
        if filled.words(f"vve/{number}"):
            label = PlanText(said.CHILD, (("kind", name),))
            yield replace(_part("child", free(filled.words(f"vve/{number}"))), label=label)
    yield from _support_parts(decision, filled)
    if decision.may_finish_school is not None:
        yield _part("school", PlanText(said.MAY_FINISH if decision.may_finish_school else said.MAY_NOT_FINISH))
    if filled.words("exception"):
        yield _part("exception", free(filled.words("exception")))


def _support_parts(decision: PipDecision, filled: PipEdits) -> Iterator[DecidedPart]:
    if filled.words("support"):
        yield _part("support", free(filled.words("support")))
    if filled.number("talks"):
        yield _part("talks", PlanText(said.TALKS_DECIDED, (("aantal", filled.words("talks")),)))
    if decision.attachments:
        yield _part("participation", *map(free, decision.attachments))
    elif filled.flag("no_participation"):
        yield _part("participation", PlanText(said.NO_PARTICIPATION))


def _route_parts(decision: PipDecision, basis: PipBasis) -> Iterator[DecidedPart]:
    if decision.route is None:
        return
    yield _part("route", PlanText(said.ROUTE_DECIDED[decision.route]))
    if decision.route == "Z" and decision.level == "A2":
        yield _part("level", PlanText(said.LEVEL_Z))
    elif decision.level:
        yield _part("level", PlanText(said.LEVEL_DECIDED, (("niveau", decision.level),)))
    if decision.literacy:
        yield _part("literacy", PlanText(said.LITERACY_DECIDED[decision.literacy]))
    if decision.hours:
        hours = PlanText(said.HOURS_DECIDED, (("uren", str(decision.hours)),))
        yield _part("hours", hours, *_lessons(basis.plan))
    if decision.route == "Z":
        activities = (PlanText(said.Z_ACTIVITIES),) if decision.asylum else ()
        yield _part("self_reliance", PlanText(said.Z_LESSONS), *activities)


def _lessons(plan: SupportPlan) -> tuple[PlanText, ...]:
    route = plan.region_route
    if route is None or plan.start is None:
        return ()
    values = (
        ("datum", format_date(plan.start)),
        ("weken", str(route.weeks)),
        ("dagdelen", str(route.half_days)),
        ("school", route.provider),
    )
    return (PlanText(said.STARTS, values),)


def _programme_parts(decision: PipDecision, filled: PipEdits) -> Iterator[DecidedPart]:
    if filled.number("pvt_hours"):
        yield _part("pvt", PlanText(said.PVT_DECIDED, (("uren", filled.words("pvt_hours")),)))
    if decision.route == "O":
        yield _part("map", PlanText(said.MAP_NOT))
    elif filled.number("map_hours"):
        yield _part("map", PlanText(said.MAP_DECIDED, (("uren", filled.words("map_hours")),)))


def _reasons(plan: SupportPlan) -> Iterator[DecidedPart]:
    """Yield what is concluded about each route, the chosen one first, and why the test is not followed."""
    for weighing in sorted(plan.routes, key=lambda each: not each.proposed):
        if weighing.reason:
            label = PlanText(ROUTE_LABELS[weighing.route])
            yield DecidedPart(weighing.route, label, (free(weighing.reason),), said.ARTICLES["reason"])
    if plan.deviation:
        yield DecidedPart("deviation", PlanText(said.DEVIATES), (free(plan.deviation),), said.ARTICLES["deviation"])
