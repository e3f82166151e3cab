"""Entries, plan, decision and law in; progress out. Pure: the same input gives the same progress."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.plan.derive.facts import PlanFacts
from desktop.plan.law.deadlines import TermFacts
from desktop.plan.law.term import legal_dates
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.plan_text import NO_TEXT
from desktop.plan.model.support_plan import SupportPlan
from desktop.plan.pip.decision import PipDecision
from desktop.plan.progress.entries import ProgressEntry, bodies, day_in, disputes_of, entries_of, sort_day
from desktop.plan.progress.hours_followed import HoursBasis, bars
from desktop.plan.progress.notices import notices
from desktop.plan.progress.progress import (
    EXAM_PARTS,
    LEVELS,
    SKILLS,
    AbsenceCount,
    ExamLine,
    ExamState,
    LevelLine,
    ModuleMark,
    ModuleMarkState,
    Progress,
    TalkLine,
    Talks,
)
from desktop.plan.region.region_rules import Region
from desktop.records import (
    AbsenceRecorded,
    ExamRecorded,
    ExemptionRecorded,
    LevelRecorded,
    ModuleRecorded,
    Register,
    TalkRecorded,
)
from desktop.records.events.progress_bodies import ExamPart, Skill

_QUESTIONS: Mapping[Skill, str] = {
    "listening": "nl_luisteren",
    "speaking": "nl_spreken",
    "reading": "nl_lezen",
    "writing": "nl_schrijven",
}
"""Where the intake asks for a level; conversation is not asked."""

Entries = tuple[ProgressEntry, ...]


@dataclass(frozen=True, slots=True)
class ProgressBasis:
    """What progress is held against: the plan, what was filled in for the decision, and the one issued last, if any."""

    plan: SupportPlan
    facts: PlanFacts
    edits: PlanEdits
    region: Region
    terms: TermFacts
    decision: PipDecision | None
    today: date


def progress_of(registers: Mapping[str, Register], basis: ProgressBasis) -> Progress:
    """Return the progress that the `registers` of a record add up to, on the day of `basis`."""
    entries = entries_of(registers)
    plan, decision = basis.plan, basis.decision
    route = plan.proposed_route if decision is None or decision.route is None else decision.route
    region_route = plan.region_route if plan.region_route and plan.region_route.legal_route == route else None
    hours = HoursBasis(route, region_route, basis.edits, basis.region, basis.facts, decision)
    whole = Progress(
        today=basis.today,
        route=route,
        route_label=NO_TEXT if region_route is None else region_route.label,
        provider="" if region_route is None else region_route.provider,
        start=plan.start,
        decided=decision is not None,
        hours=tuple(bars(entries, hours)),
        absence=_absence(entries),
        modules=tuple(_modules(entries, basis)) if region_route is not None else (),
        levels=tuple(_levels(entries, basis, goal_level(basis))),
        exams=tuple(_exam(part, entries) for part in EXAM_PARTS),
        talks=_talks(entries, basis),
        dates=legal_dates(basis.terms),
        entries=entries,
        disputes=disputes_of(registers),
    )
    return notices(whole)


def goal_level(basis: ProgressBasis) -> str:
    """Return the level of the decision, else that of the route of the region; blank where neither names one."""
    named = basis.decision.level if basis.decision is not None else ""
    route = basis.plan.region_route
    words = (named or ("" if route is None else route.level)).split()
    code = words[0].lower() if words else ""
    return code if code in LEVELS else ""


def _absence(entries: Entries) -> AbsenceCount:
    found = list(bodies(entries, AbsenceRecorded))
    announced = sum(each.half_days for each in found if each.notice)
    unasked = sum(not each.reason.strip() for each in found)
    return AbsenceCount(announced, sum(each.half_days for each in found) - announced, unasked)


def _modules(entries: Entries, basis: ProgressBasis) -> Iterator[ModuleMark]:
    year, route = basis.plan.year, basis.plan.region_route
    if year is None or route is None:
        return
    rules = [rule for rule in basis.region.modules if rule.route == route.name]
    said = sorted(bodies(entries, ModuleRecorded), key=lambda each: sort_day(each.day))
    newest = {(each.route, each.module): each for each in said}
    for span in year.modules:
        rule = rules[span.number - 1]
        found = newest.get((route.name, rule.name))
        yield ModuleMark(
            number=span.number,
            route=route.name,
            name=rule.name,
            label=span.label,
            first=span.first,
            last=span.last,
            state=_module_state(found, span.first, span.last, basis.today),
            may_change=span.may_change,
            remark="" if found is None else found.remark,
        )


def _module_state(found: ModuleRecorded | None, first: date, last: date, today: date) -> ModuleMarkState:
    """Return what somebody said of a module; where nobody did, what the calendar says of its weeks."""
    if found is not None:
        return "now" if found.state == "started" else found.state
    if today < first:
        return "later"
    return "now" if today <= last else "past"


def _levels(entries: Entries, basis: ProgressBasis, goal: str) -> Iterator[LevelLine]:
    said = sorted(bodies(entries, LevelRecorded), key=lambda each: sort_day(each.day))
    newest = {each.skill: each for each in said if each.level in LEVELS}
    for skill in SKILLS:
        then = basis.facts.value(_QUESTIONS[skill]) if skill in _QUESTIONS else ""
        found = newest.get(skill)
        if found is None:
            yield LevelLine(skill, then if then in LEVELS else "", goal=goal)
        else:
            known = then if then in LEVELS else ""
            yield LevelLine(skill, known, found.level, goal, day_in(found.day), found.basis, found.source)


def _exam(part: ExamPart, entries: Entries) -> ExamLine:
    tried = sorted(
        (each for each in bodies(entries, ExamRecorded) if each.part == part), key=lambda each: sort_day(each.day)
    )
    passed = next((each for each in tried if each.result == "passed"), None)
    if passed is not None:
        return ExamLine(part, "passed", day_in(passed.day))
    exempt = next((each for each in bodies(entries, ExemptionRecorded) if _exempts(each, part)), None)
    if exempt is not None:
        return ExamLine(part, "exempt", day_in(exempt.day))
    if not tried:
        return ExamLine(part, "not_yet")
    state: ExamState = "registered" if tried[-1].result == "registered" else "again"
    return ExamLine(part, state, day_in(tried[-1].day))


def _exempts(exemption: ExemptionRecorded, part: ExamPart) -> bool:
    return exemption.state == "granted" and (not exemption.parts or part in exemption.parts)


def _talks(entries: Entries, basis: ProgressBasis) -> Talks:
    lines = [
        TalkLine(each.id, each.body, day_in(each.body.moment))
        for each in entries
        if isinstance(each.body, TalkRecorded)
    ]
    lines.sort(key=lambda line: (sort_day(line.talk.moment), line.talk.moment))
    held = tuple(line for line in lines if line.talk.state == "held")
    planned = [line for line in lines if line.talk.state == "planned"]
    coming = [line for line in planned if line.day is not None and line.day >= basis.today]
    return Talks(
        agreed=basis.edits.number("pip/talks") or 0,
        held=held,
        next=coming[0] if coming else None,
        waiting=tuple(line for line in planned if line not in coming),
        spoken=next((line for line in reversed(held) if line.own_words), None),
    )
