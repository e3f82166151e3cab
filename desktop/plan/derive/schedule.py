"""A route of the region on real dates: its weeks, modules, change moments, talks and closed days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.plan.derive.calendar import (
    CalendarWeek,
    closed_days,
    lesson_weeks,
    next_lesson_day,
    previous_lesson_day,
)
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import ClosedDay, ModuleSpan, RegionRoute, Year, YearWeek
from desktop.plan.region.region_rules import ModuleRule, Region

_FRIDAY = timedelta(days=4)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Turns "after so many weeks of the route" into dates. `start` None: nothing has a date yet."""

    start: date | None
    weeks: tuple[CalendarWeek, ...]
    region: Region

    def begins(self, after_weeks: int | None) -> date | None:
        """Return the first lesson day after `after_weeks` lesson weeks; negative counts back from the start."""
        if self.start is None or after_weeks is None:
            return None
        if after_weeks == 0:
            return next_lesson_day(self.start, self.region.holidays)
        return next_lesson_day(self._monday(after_weeks + 1), self.region.holidays)

    def ready(self, after_weeks: int | None) -> date | None:
        """Return the last lesson day of lesson week `after_weeks`; zero or less counts back from the start."""
        if self.start is None or after_weeks is None:
            return None
        if after_weeks <= 0:
            return previous_lesson_day(self.start + timedelta(weeks=after_weeks) - timedelta(days=1), ())
        return previous_lesson_day(self._monday(after_weeks) + _FRIDAY, self.region.holidays)

    def _monday(self, lesson: int) -> date:
        for week in self.weeks:
            if week.lesson == lesson:
                return week.monday
        start = self.start or date.min
        base = start - timedelta(days=start.weekday())
        if lesson < 1 or not self.weeks:
            return base + timedelta(weeks=lesson - 1)
        last = self.weeks[-1]
        return last.monday + timedelta(weeks=lesson - last.lesson)


def schedule(region: Region, route: RegionRoute | None, start: date | None) -> Schedule:
    """Return the schedule of `route` from `start` on."""
    if start is None or route is None:
        return Schedule(start, (), region)
    return Schedule(start, lesson_weeks(start, route.weeks, region.holidays), region)


def first_start(route: RegionRoute | None, today: date) -> date | None:
    """Return the first start date of `route` that is not past, None when there is none."""
    return next((day for day in route.start_dates if day >= today), None) if route else None


def year(plan: Schedule, route: RegionRoute | None) -> Year | None:
    """Return the route on the calendar, None when there is no route or no start."""
    if plan.start is None or route is None or not plan.weeks:
        return None
    rules = [rule for rule in plan.region.modules if rule.route == route.name]
    numbers = _module_numbers(rules, route.weeks)
    weeks = tuple(
        YearWeek(week.monday, week.lesson, numbers[week.lesson - 1] if week.lesson else 0, week.holiday)
        for week in plan.weeks
    )
    modules = _spans(weeks, rules)
    return Year(
        start=plan.start,
        weeks=weeks,
        modules=modules,
        change_moments=tuple(module.last for module in modules if module.may_change),
        talks=tuple(
            day for week in plan.region.settings.talks if 1 <= week <= route.weeks and (day := plan.ready(week))
        ),
        closed_days=tuple(ClosedDay(day, PlanText(name)) for day, name in closed_days(plan.weeks)),
    )


def _module_numbers(rules: Sequence[ModuleRule], weeks: int) -> tuple[int, ...]:
    numbers = [number for number, rule in enumerate(rules, start=1) for _ in range(rule.weeks)]
    return tuple((numbers + [max(1, len(rules))] * weeks)[:weeks])


def _spans(weeks: Sequence[YearWeek], rules: Sequence[ModuleRule]) -> tuple[ModuleSpan, ...]:
    spans: list[ModuleSpan] = []
    for number, rule in enumerate(rules, start=1):
        mondays = [week.monday for week in weeks if week.module == number]
        if mondays:
            spans.append(
                ModuleSpan(
                    number=number,
                    label=PlanText(rule.label),
                    note=PlanText(rule.note),
                    first=mondays[0],
                    last=mondays[-1] + _FRIDAY,
                    may_change=bool(rule.switch_to),
                )
            )
    return tuple(spans)
