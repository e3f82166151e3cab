"""Reads a region's workbook; what it returns is whole and consistent, or nothing is returned at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar, cast

from desktop.forms.workbook.tables import Kind, Worksheet, bytes_of, read_tables
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import CareKind, HalfDayKind, LegalRoute, Part, RegionRoute, Sign
from desktop.plan.model.topics import DAY_CODES, TOPIC_KEYS
from desktop.plan.region.cells import CellReader, Expressions
from desktop.plan.region.goal_rows import read_goals
from desktop.plan.region.region_rules import (
    AgreementRule,
    ArgumentRule,
    Holiday,
    ModuleRule,
    Partner,
    Region,
    RegionSettings,
    WeekRule,
    WordRule,
)
from desktop.records import CORE, HEALTH
from protocol.errors import UserError

_COLUMNS: Mapping[str, tuple[str, str]] = {
    "settings": (
        "region interview interview_version",
        "title version morning afternoon talks municipality reception",
    ),
    "routes": ("name label legal_route weeks half_days", "level provider start_dates capacity"),
    "modules": ("route name label weeks", "note language_hours knm_hours work_hours switch_to"),
    "goals": (
        "name domain goal",
        "when short why done_when lead together_weeks self_weeks action who term_weeks starts funding sources",
    ),
    "partners": ("name label", "kind offers contact phone when"),
    "arguments": ("legal_route sign topic text", "name when sources"),
    "week": ("route day part kind", "label child"),
    "agreements": ("name text", "icon when sources"),
    "words": ("word meaning", ""),
    "holidays": ("name from to", ""),
}
"""Per sheet the columns that must be there and those that may be."""

_REQUIRED_SHEETS = ("settings", "routes", "goals", "arguments")
_ROUTES = ("B1", "O", "Z")
_Named = TypeVar("_Named")


class OutlineNode(Protocol):
    """A node of a form's outline."""

    @property
    def name(self) -> str:
        """The name as the workbook writes it."""
        ...

    @property
    def tags(self) -> Mapping[str, str]:
        """The legal tags, inherited from the groups around it."""
        ...

    @property
    def children(self) -> Sequence["OutlineNode"]:
        """The nodes inside it."""
        ...


class RegionForm(Expressions, Protocol):
    """The part of `desktop.forms` that a region is laid over."""

    @property
    def name(self) -> str:
        """The id of the form."""
        ...

    @property
    def version(self) -> str:
        """The version of the form."""
        ...

    def outline(self) -> OutlineNode:
        """Return the tree of groups and questions."""
        ...


def read_region(source: Path | bytes | str, kind: Kind, form: RegionForm) -> Region:
    """Return the region in `source` (a path, the bytes of a file, or Markdown text), laid over `form`.

    Raises UserError `region.…` with the details sheet, row and column, or EnvironmentProblem for the file.
    """
    sheets = _read_sheets(source, kind)
    _check_layout(sheets)
    names = readable_questions(form.outline())

    def rows(sheet: str) -> Iterator[CellReader]:
        found = sheets.get(sheet)
        return (CellReader(sheet, row, form, names) for row in (found.rows if found else ()))

    settings = _read_settings(next(rows("settings")), form)
    routes = _read_unique(rows("routes"), _read_route)
    partners = _read_unique(rows("partners"), _read_partner)
    known = frozenset(route.name for route in routes)
    return Region(
        settings=settings,
        routes=routes,
        modules=tuple(_read_module(cells, known) for cells in rows("modules")),
        goals=read_goals(rows("goals")),
        partners=partners,
        arguments=tuple(_read_argument(cells) for cells in rows("arguments")),
        week=tuple(_read_week(cells, known) for cells in rows("week")),
        agreements=_read_unique(rows("agreements"), _read_agreement),
        words=tuple(WordRule(cells.needed("word"), cells.needed("meaning")) for cells in rows("words")),
        holidays=tuple(_read_holiday(cells) for cells in rows("holidays")),
    )


def readable_questions(node: OutlineNode) -> dict[str, bool]:
    """Return of every name at and below `node` whether rules of the shared plan may read it."""
    found = {node.name: node.tags.get("compartment", CORE) != HEALTH}
    for child in node.children:
        found |= readable_questions(child)
    return found


def _read_sheets(source: Path | bytes | str, kind: Kind) -> Mapping[str, Worksheet]:
    data = bytes_of(source)
    try:
        return read_tables(data, kind)
    except UserError as error:
        raise UserError("region.unreadable", {"reason": error.code}) from error


def _check_layout(sheets: Mapping[str, Worksheet]) -> None:
    for name in _REQUIRED_SHEETS:
        if name not in sheets or not sheets[name].rows:
            raise UserError("region.sheet_missing", {"sheet": name})
    for sheet in sheets.values():
        _check_columns(sheet)


def _check_columns(sheet: Worksheet) -> None:
    if sheet.name not in _COLUMNS:
        raise UserError("region.sheet_unknown", {"sheet": sheet.name})
    required, optional = (words.split() for words in _COLUMNS[sheet.name])
    for column in required:
        if column not in sheet.columns:
            raise UserError("region.column_missing", {"sheet": sheet.name, "row": "1", "column": column})
    for column in sheet.columns:
        if column not in (*required, *optional):
            raise UserError("region.column_unknown", {"sheet": sheet.name, "row": "1", "column": column})


def _read_unique(rows: Iterable[CellReader], read: Callable[[CellReader], _Named]) -> tuple[_Named, ...]:
    found: dict[str, _Named] = {}
    for cells in rows:
        name = cells.name()
        if name in found:
            raise cells.problem("region.name_twice", "name", name=name)
        found[name] = read(cells)
    return tuple(found.values())


def _read_settings(cells: CellReader, form: RegionForm) -> RegionSettings:
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


def _read_route(cells: CellReader) -> RegionRoute:
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


def _read_module(cells: CellReader, routes: frozenset[str]) -> ModuleRule:
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


def _read_partner(cells: CellReader) -> Partner:
    return Partner(
        name=cells.name(),
        label=cells.needed("label"),
        kind=cells.text("kind"),
        offers=cells.text("offers"),
        contact=cells.text("contact"),
        phone=cells.text("phone"),
        when=cells.condition(),
    )


def _read_argument(cells: CellReader) -> ArgumentRule:
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


def _read_week(cells: CellReader, routes: frozenset[str]) -> WeekRule:
    _require_known_routes(cells, "route", (cells.needed("route"),), routes)
    return WeekRule(
        route=cells.needed("route"),
        day=DAY_CODES.index(cells.choice("day", DAY_CODES)),
        part=cast("Part", cells.choice("part", ("morning", "afternoon"))),
        kind=cast("HalfDayKind", cells.choice("kind", ("language", "work", "participation", "own"))),
        label=cells.text("label"),
        child=cast("CareKind", cells.choice("child", ("vve", "care", "home"), "home")),
    )


def _read_agreement(cells: CellReader) -> AgreementRule:
    when = cells.condition()
    return AgreementRule(
        cells.name(), cells.text("icon"), when, cells.needed("text"), cells.questions_in("sources") or when.names
    )


def _read_holiday(cells: CellReader) -> Holiday:
    first, last = cells.day("from"), cells.day("to")
    if last < first:
        raise cells.problem("region.value_wrong", "to")
    return Holiday(PlanText(cells.needed("name")), first, last)


def _require_known_routes(cells: CellReader, column: str, names: Iterable[str], routes: frozenset[str]) -> None:
    for name in names:
        if name not in routes:
            raise cells.problem("region.reference_unknown", column, name=name)
