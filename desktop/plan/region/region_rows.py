"""One row of a region workbook as a rule; every function raises UserError `region.…` as `CellReader` does."""

from collections.abc import Iterable
from typing import Protocol, cast

from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import CareKind, HalfDayKind, LegalRoute, Part, RegionRoute, Sign
from desktop.plan.model.topics import DAY_CODES, TOPIC_KEYS
from desktop.plan.region.cells import CellReader
from desktop.plan.region.contrast import is_dark_enough
from desktop.plan.region.region_rules import (
    AgreementRule,
    ArgumentRule,
    Holiday,
    Letterhead,
    ModuleRule,
    Partner,
    RegionSettings,
    WeekRule,
    WordRule,
)

_ROUTES = ("B1", "O", "Z")
_LONGEST_LINE = 120
"""Characters of a letterhead's line: what fits on one line of a page."""


class InterviewVersion(Protocol):
    """Which interview it is, and which version of it."""

    @property
    def name(self) -> str:
        """The id of the form."""
        ...

    @property
    def version(self) -> str:
        """The version of the form."""
        ...


def settings_of(cells: CellReader, form: InterviewVersion) -> RegionSettings:
    """Return what the region says of itself. Raises `region.wrong_interview` where it is laid over another form."""
    interview, version = cells.needed("interview"), cells.needed("interview_version")
    if (interview, version) != (form.name, form.version):
        raise cells.problem("region.wrong_interview", "interview", interview=interview, version=version)
    return RegionSettings(
        region=cells.name("region"),
        title=cells.text("title"),
        version=cells.text("version"),
        interview=interview,
        interview_version=version,
        morning=cells.text("morning"),
        afternoon=cells.text("afternoon"),
        talks=cells.numbers("talks"),
        municipality=cells.text("municipality"),
        reception=cells.text("reception"),
    )


def letterhead_of(cells: CellReader) -> Letterhead:
    """Return the letterhead; its colour must be dark enough to be read on white."""
    colour = cells.text("colour")
    if colour and not is_dark_enough(colour):
        raise cells.problem("region.colour", "colour")
    cells.needed("name")
    found = Letterhead(cells.text("name"), cells.text("logo_text"), colour, cells.text("footer"))
    for column in ("name", "logo_text", "footer"):
        if len(getattr(found, column)) > _LONGEST_LINE:
            raise cells.problem("region.line_too_long", column, most=str(_LONGEST_LINE))
    return found


def route_of(cells: CellReader) -> RegionRoute:
    """Return one route."""
    return RegionRoute(
        name=cells.name(),
        label=PlanText(cells.needed("label")),
        legal_route=cast("LegalRoute", cells.choice("legal_route", _ROUTES)),
        level=cells.text("level"),
        provider=cells.text("provider"),
        weeks=cells.count("weeks", 1),
        half_days=cells.count("half_days", 1),
        start_dates=cells.days("start_dates"),
        capacity=cells.count("capacity"),
    )


def module_of(cells: CellReader, routes: frozenset[str]) -> ModuleRule:
    """Return one module, of a route in `routes`."""
    switch_to = cells.names("switch_to")
    _require_known_routes(cells, "switch_to", switch_to, routes)
    _require_known_routes(cells, "route", (cells.needed("route"),), routes)
    return ModuleRule(
        route=cells.needed("route"),
        name=cells.name(),
        label=cells.needed("label"),
        note=cells.text("note"),
        weeks=cells.count("weeks", 1),
        language_hours=cells.count("language_hours"),
        knm_hours=cells.count("knm_hours"),
        work_hours=cells.count("work_hours"),
        switch_to=switch_to,
    )


def partner_of(cells: CellReader) -> Partner:
    """Return one partner."""
    return Partner(
        name=cells.name(),
        label=cells.needed("label"),
        kind=cells.text("kind"),
        offers=cells.text("offers"),
        contact=cells.text("contact"),
        phone=cells.text("phone"),
        when=cells.condition(),
    )


def argument_of(cells: CellReader) -> ArgumentRule:
    """Return one reason."""
    when, sources = cells.condition(), cells.questions_in("sources")
    route, topic = cells.choice("legal_route", _ROUTES), cells.choice("topic", TOPIC_KEYS)
    return ArgumentRule(
        id=cells.text("name") or f"{route}-{topic}-{cells.row.number}",
        route=cast("LegalRoute", route),
        sign=cast("Sign", cells.choice("sign", ("for", "against", "neutral"))),
        topic=topic,
        when=when,
        text=cells.needed("text"),
        sources=sources or when.names,
    )


def half_day_of(cells: CellReader, routes: frozenset[str]) -> WeekRule:
    """Return one half-day, of a route in `routes`."""
    _require_known_routes(cells, "route", (cells.needed("route"),), routes)
    return WeekRule(
        route=cells.needed("route"),
        day=DAY_CODES.index(cells.choice("day", DAY_CODES)),
        part=cast("Part", cells.choice("part", ("morning", "afternoon"))),
        kind=cast("HalfDayKind", cells.choice("kind", ("language", "work", "participation", "own"))),
        label=cells.text("label"),
        child=cast("CareKind", cells.choice("child", ("vve", "care", "home"), "home")),
    )


def agreement_of(cells: CellReader) -> AgreementRule:
    """Return one agreement."""
    when = cells.condition()
    return AgreementRule(
        cells.name(), cells.text("icon"), when, cells.needed("text"), cells.questions_in("sources") or when.names
    )


def word_of(cells: CellReader) -> WordRule:
    """Return one official word with its meaning."""
    return WordRule(cells.needed("word"), cells.needed("meaning"))


def holiday_of(cells: CellReader) -> Holiday:
    """Return one school holiday."""
    first, last = cells.day("from"), cells.day("to")
    if last < first:
        raise cells.problem("region.value_wrong", "to")
    return Holiday(PlanText(cells.needed("name")), first, last)


def _require_known_routes(cells: CellReader, column: str, names: Iterable[str], routes: frozenset[str]) -> None:
    for name in names:
        if name not in routes:
            raise cells.problem("region.reference_unknown", column, name=name)
