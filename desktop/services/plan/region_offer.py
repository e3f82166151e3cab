"""What of the region can be chosen for a plan. Pure."""

from collections.abc import Mapping
from datetime import date

from desktop.plan.model.edits import as_date
from desktop.plan.model.support_plan import SupportPlan
from desktop.plan.region.region_rules import Region
from desktop.services.plan.plan_parts import RegionOffer
from protocol.canonical import JsonValue


def region_offer(region: Region, edits: Mapping[str, JsonValue], plan: SupportPlan, today: date) -> RegionOffer:
    """Return the routes for the proposal in `plan` and the starts of its route; one that was chosen stays on offer."""
    if plan.proposed_route is None:
        return RegionOffer()
    routes = tuple(route for route in region.routes if route.legal_route == plan.proposed_route)
    chosen, start = edits.get("route/region"), as_date(edits.get("route/start"))
    dates = plan.region_route.start_dates if plan.region_route is not None else ()
    starts = {day for day in dates if day >= today} | ({start} if start is not None else set())
    names = {route.name for route in routes}
    return RegionOffer(routes, tuple(sorted(starts)), str(chosen) if chosen in names else "", start)
