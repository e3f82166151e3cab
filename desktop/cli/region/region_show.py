"""`opmaat region show`: a region workbook on one page, for who wants to see what it says."""

import argparse
from collections.abc import Iterator
from typing import TYPE_CHECKING

from desktop.cli.form_file import add_file
from desktop.cli.region.region_file import region_of
from desktop.cli.terminal import paint, without_control
from desktop.i18n.formatting import format_date

if TYPE_CHECKING:
    from desktop.plan.model.support_plan import RegionRoute
    from desktop.plan.region.region_rules import Region


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare the command."""
    parser = commands.add_parser("show", help="say what a workbook holds: routes, goals, partners, letterhead")
    add_file(parser)
    parser.set_defaults(run=run)


def run(asked: argparse.Namespace) -> int:
    """Print the workbook."""
    for line in _lines(region_of(asked)[0]):
        print(line)
    return 0


def _lines(region: "Region") -> Iterator[str]:
    settings, head = region.settings, region.letterhead
    yield paint(without_control(f"{settings.title or settings.region} {settings.version}".strip()), "strong")
    if head.name:
        yield f"letterhead: {_partner(head.name, head.colour, head.footer)}"
    for route in region.routes:
        yield from _route(route, region)
    yield f"{len(region.goals)} goals, {sum(len(goal.actions) for goal in region.goals)} steps:"
    yield from (f"  {goal.name}: {without_control(goal.goal)}" for goal in region.goals)
    yield f"{len(region.partners)} partners:"
    yield from (f"  {_partner(each.label, each.contact, each.phone)}" for each in region.partners)
    yield f"{len(region.arguments)} reasons, {len(region.agreements)} agreements, {len(region.words)} words"
    yield f"{len(region.holidays)} school holidays"


def _route(route: "RegionRoute", region: "Region") -> Iterator[str]:
    size = f"{route.weeks} weeks, {route.half_days} half-days a week"
    about = _partner(route.label.source, size, route.provider or "no provider")
    yield f"route {route.name} ({route.legal_route}): {about}"
    starts = ", ".join(format_date(day) for day in route.start_dates)
    yield f"  starts: {starts or 'no date yet'}; places: {route.capacity or 'not said'}"
    for module in region.modules:
        if module.route == route.name:
            change = f"; may change to {', '.join(module.switch_to)}" if module.switch_to else ""
            yield f"  module {without_control(module.label)}: {module.weeks} weeks{change}"


def _partner(*parts: str) -> str:
    return ", ".join(filter(None, map(without_control, parts)))
