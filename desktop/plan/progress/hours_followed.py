"""Hours that were followed, beside the number they are held against. Pure.

Numbers of the law are those of `desktop.plan.derive.hours`; a number of the decision is an estimate or an agreement,
and one of the region's route a plan. Where nobody has set a number there is none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from desktop.plan.derive.facts import PlanFacts
from desktop.plan.derive.hours import ACTIVITY_HOURS, LESSON_HOURS, PVT_HOURS, is_asylum
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.support_plan import LegalRoute, RegionRoute
from desktop.plan.pip.decision import PipDecision
from desktop.plan.progress.entries import ProgressEntry, bodies, day_in
from desktop.plan.progress.progress import HoursBar, HoursKind, Measure
from desktop.plan.region.region_rules import Region
from desktop.records import HoursRecorded, MilestoneRecorded
from desktop.records.events.progress_bodies import HoursAbout, MilestoneName

_LESSONS = "Besluit inburgering 2021, art. 3.14 lid 2 a"
_ACTIVITIES = "Besluit inburgering 2021, art. 3.14 lid 2 b en lid 5"
_ESTIMATE = "Wet inburgering 2021, art. 15 lid 2"
_PVT = "Besluit inburgering 2021, art. 3.1 lid 3"
_MAP = "Wet inburgering 2021, art. 15 lid 1 c; Besluit inburgering 2021, art. 3.2"

_COUNTED: dict[HoursKind, tuple[HoursAbout, ...]] = {
    "lessons": ("language", "knm"),
    "language": ("language",),
    "knm": ("knm",),
    "map": ("map",),
    "pvt": ("pvt",),
    "activities": ("activities", "map", "pvt"),
}
"""What counts for a bar; for the activities of the self-reliance route MAP and PVT count (Besluit 3.14 lid 5)."""
_CLOSED: dict[HoursKind, MilestoneName] = {"pvt": "pvt_signed", "map": "map_talk"}


@dataclass(frozen=True, slots=True)
class HoursBasis:
    """What hours are held against."""

    route: LegalRoute | None
    region_route: RegionRoute | None
    edits: PlanEdits
    region: Region
    facts: PlanFacts
    decision: PipDecision | None


def bars(entries: tuple[ProgressEntry, ...], basis: HoursBasis) -> Iterator[HoursBar]:
    """Yield a bar for every kind of hours of the route; while there is no route, for what was followed anyway."""
    for kind in _kinds(entries, basis):
        followed = [each for each in bodies(entries, HoursRecorded) if each.about in _COUNTED[kind]]
        days = [day for each in followed if (day := day_in(each.last)) is not None]
        closed = [
            day_in(each.day) for each in bodies(entries, MilestoneRecorded) if each.milestone == _CLOSED.get(kind)
        ]
        number, measure, article = _number(kind, basis)
        minutes = sum(each.minutes for each in followed)
        yield HoursBar(kind, minutes, number, measure, article, max(days, default=None), next(iter(closed), None))


def _kinds(entries: tuple[ProgressEntry, ...], basis: HoursBasis) -> tuple[HoursKind, ...]:
    if basis.route == "Z":
        return ("lessons", *(("activities",) if is_asylum(basis.facts) else ()), "map", "pvt")
    if basis.route == "O":
        return ("language", "knm", "pvt")
    if basis.route == "B1":
        return ("language", "knm", "map", "pvt")
    followed = {each.about for each in bodies(entries, HoursRecorded)}
    kinds: tuple[HoursAbout, ...] = ("language", "knm", "map", "pvt", "activities")
    return tuple(kind for kind in kinds if kind in followed)


def _number(kind: HoursKind, basis: HoursBasis) -> tuple[int, Measure, str]:
    """Return hours, whose number that is, and its article; 0 and blanks where nobody set one."""
    if kind == "lessons":
        return LESSON_HOURS, "needed", _LESSONS
    if kind == "activities":
        return (ACTIVITY_HOURS, "needed", _ACTIVITIES) if basis.route == "Z" else (0, "", "")
    if kind == "pvt":
        return max(PVT_HOURS, basis.edits.number("pip/pvt_hours") or 0), "needed", _PVT
    if kind == "map":
        agreed = basis.edits.number("pip/map_hours") or 0
        return (agreed, "agreed", _MAP) if agreed else (0, "", "")
    return _of_lessons(kind, basis)


def _of_lessons(kind: HoursKind, basis: HoursBasis) -> tuple[int, Measure, str]:
    """Return the estimate of the decision for language, else what the modules of the route plan."""
    estimate = basis.decision.hours if basis.decision is not None else basis.edits.number("pip/route_hours") or 0
    if kind == "language" and basis.route == "B1" and estimate:
        return estimate, "estimated", _ESTIMATE
    route = basis.region_route
    modules = [each for each in basis.region.modules if route is not None and each.route == route.name]
    planned = sum(each.language_hours if kind == "language" else each.knm_hours for each in modules)
    return (planned, "planned", "") if planned else (0, "", "")
