"""Hours that the law asks, that the route of the region plans, and that were done since the first decision. Pure.

Sources: Besluit inburgering 2021 art. 3.1 (participation statement, 12 hours), 3.14 (self-reliance route: 800 hours of
lessons, and for asylum status holders 800 of activities, for which the hours of MAP and PVT count), Wet inburgering
2021 art. 15 (the hours the decision sets). The B1 and education route have no number of the law. Hours before the
decision do not count (Besluit 5.3), so those that the interview knows are left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.plan.derive.facts import PlanFacts
from desktop.plan.model.edits import PlanEdits
from desktop.plan.model.support_plan import LegalRoute, RegionRoute
from desktop.plan.region.region_rules import Region

HoursKey = Literal["lessons", "activities", "pvt", "map"]

LESSON_HOURS = 800
ACTIVITY_HOURS = 800
PVT_HOURS = 12
"""The least that the participation statement takes."""

_ASYLUM_FAMILY = frozenset({"gezinshereniger_asiel", "gezinsvormer_asiel"})


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One kind of hours: what is needed by `article`, what route and decision plan, and what was done."""

    key: HoursKey
    needed: int
    planned: int
    done: int
    article: str

    @property
    def short(self) -> int:
        """Return how many hours are neither planned nor done."""
        return max(0, self.needed - self.planned - self.done)


def is_asylum(facts: PlanFacts) -> bool:
    """Tell whether the person is an asylum status holder, or family of one (Wet art. 13 lid 1)."""
    return facts.value("doelgroep") == "asiel" or facts.value("doelgroep_detail") in _ASYLUM_FAMILY


def hours(
    facts: PlanFacts, edits: PlanEdits, region: Region, proposed: LegalRoute | None, route: RegionRoute | None
) -> tuple[HoursLine, ...]:
    """Return the hours of the `proposed` legal route, carried out by `route`; none while nothing is proposed."""
    return () if proposed is None else tuple(_lines(facts, edits, region, proposed, route))


def _lines(
    facts: PlanFacts, edits: PlanEdits, region: Region, proposed: LegalRoute, route: RegionRoute | None
) -> Iterator[HoursLine]:
    modules = [each for each in region.modules if route is not None and each.route == route.name]
    lessons = sum(each.language_hours + each.knm_hours for each in modules)
    pvt, labour = edits.number("pip/pvt_hours") or 0, (edits.number("pip/map_hours") or 0) if proposed != "O" else 0
    decided, done = edits.number("pip/route_hours") or 0, edits.number("pip/done_lessons") or 0
    if proposed == "Z":
        yield HoursLine("lessons", LESSON_HOURS, lessons, done, "Besluit inburgering 2021, art. 3.14 lid 2 a")
        if is_asylum(facts):
            planned = sum(each.work_hours for each in modules) + pvt + labour
            acted = edits.number("pip/done_activities") or 0
            yield HoursLine("activities", ACTIVITY_HOURS, planned, acted, "Besluit, art. 3.14 lid 2 b en lid 5")
    else:
        yield HoursLine("lessons", decided, lessons, done, "Wet inburgering 2021, art. 15 lid 2")
    yield HoursLine("pvt", PVT_HOURS, pvt, 0, "Besluit, art. 3.1 lid 3")
    if proposed != "O":
        yield HoursLine("map", labour, labour, 0, "Wet, art. 15 lid 1 c; Besluit, art. 3.2")
