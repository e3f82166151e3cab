"""The week of the person beside the week of the children: a timetable is only possible when both fit."""

from collections.abc import Sequence
from typing import cast

from desktop.i18n.mark import N_
from desktop.plan.derive.people import Child
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.plan_text import PlanText, free
from desktop.plan.model.support_plan import CareHalfDay, CareKind, ChildWeek, HalfDay, HalfDayKind, Part, RegionRoute
from desktop.plan.region.region_rules import Region, WeekRule

PARTS: tuple[Part, ...] = ("morning", "afternoon")
_DAYS = 5
_WEDNESDAY = 2
_VVE_FROM_MONTHS = 24
_AT_HOME = PlanText(N_("thuis"))
_CARE: dict[CareKind, PlanText] = {
    "vve": PlanText(N_("VVE")),
    "school": PlanText(N_("school")),
    "care": PlanText(N_("opvang")),
    "home": _AT_HOME,
}
_LESSON_KINDS = frozenset({"language", "work", "participation"})


def week(region: Region, route: RegionRoute | None, edits: PlanEdits) -> tuple[HalfDay, ...]:
    """Return the ten half-days from Monday morning; those of the route are fixed, all others free."""
    rules = _rules(region, route)
    return tuple(
        _apply_edit(_half_day(day, part, rules.get((day, part)), route), edits)
        for day in range(_DAYS)
        for part in PARTS
    )


def _rules(region: Region, route: RegionRoute | None) -> dict[tuple[int, Part], WeekRule]:
    return {(rule.day, rule.part): rule for rule in region.week if route is not None and rule.route == route.name}


def _half_day(day: int, part: Part, rule: WeekRule | None, route: RegionRoute | None) -> HalfDay:
    if rule is None or route is None:
        return HalfDay(day, part, "free", _AT_HOME)
    fixed = rule.kind in _LESSON_KINDS
    why = PlanText(N_("Dit dagdeel hoort bij ${route}."), (("route", route.label),)) if fixed else PlanText("")
    return HalfDay(day, part, rule.kind, PlanText(rule.label), fixed, why)


def _apply_edit(half_day: HalfDay, edits: PlanEdits) -> HalfDay:
    record = edits.record(f"week/{half_day.day}/{half_day.part}")
    if record is None:
        return half_day
    kind = cast("HalfDayKind", record.get("kind") or half_day.kind)
    label = free(record["label"]) if record.get("label") else half_day.label
    return HalfDay(half_day.day, half_day.part, kind, label)


def child_weeks(
    region: Region, route: RegionRoute | None, family: Sequence[Child], edits: PlanEdits
) -> tuple[ChildWeek, ...]:
    """Return the week of each child: at school from four years on, else where the region's week says."""
    rules = _rules(region, route)
    return tuple(
        ChildWeek(
            child.name,
            tuple(
                _care(number, day, part, _place(child, day, part, rules.get((day, part))), edits)
                for day in range(_DAYS)
                for part in PARTS
            ),
        )
        for number, child in enumerate(family, start=1)
    )


def _place(child: Child, day: int, part: Part, rule: WeekRule | None) -> CareKind:
    if not child.below_school_age:
        return "home" if day == _WEDNESDAY and part == "afternoon" else "school"
    place: CareKind = rule.child if rule else "home"
    if place == "vve" and child.months is not None and child.months < _VVE_FROM_MONTHS:
        return "care"
    return place


def _care(number: int, day: int, part: Part, place: CareKind, edits: PlanEdits) -> CareHalfDay:
    record = edits.record(f"child/{number}/{day}/{part}") or {}
    kind = cast("CareKind", record.get("kind") or place)
    return CareHalfDay(day, part, kind, free(record["label"]) if record.get("label") else _CARE[kind])


def clashes(half_days: Sequence[HalfDay], children: Sequence[ChildWeek]) -> tuple[tuple[HalfDay, str], ...]:
    """Return the half-days on which the person is away while a child is at home, with the child's name."""
    busy = {(item.day, item.part): item for item in half_days if item.kind in _LESSON_KINDS}
    return tuple(
        (busy[care.day, care.part], child.name)
        for child in children
        for care in child.half_days
        if care.kind == "home" and (care.day, care.part) in busy
    )
