"""Reads a region's workbook; what it returns is whole and consistent, or nothing is returned at all.

What a region leaves out of goals, reasons, agreements and words it has from the national workbook, which names nobody.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol, TypeVar

from desktop.forms.workbook.tables import Kind
from desktop.plan.region.cells import CellReader, Expressions
from desktop.plan.region.goal_rows import GoalRows
from desktop.plan.region.region_rows import (
    InterviewVersion,
    agreement_of,
    argument_of,
    half_day_of,
    holiday_of,
    letterhead_of,
    module_of,
    partner_of,
    route_of,
    settings_of,
    word_of,
)
from desktop.plan.region.region_rules import NO_LETTERHEAD, Region
from desktop.plan.region.sheets import Sheets, layout_problems, read_sheets
from desktop.records import CORE, HEALTH
from protocol.errors import UserError

NATIONAL = Path(__file__).parent.parent / "library" / "landelijk.md"
_REQUIRED = ("settings", "routes")
_REQUIRED_NATIONALLY = ("settings", "goals", "arguments", "agreements", "words")
_T = TypeVar("_T")


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


class RegionForm(Expressions, InterviewVersion, Protocol):
    """The part of `desktop.forms` that a region is laid over."""

    def outline(self) -> OutlineNode:
        """Return the tree of groups and questions."""
        ...


def read_region(source: Path | bytes | str, kind: Kind, form: RegionForm) -> Region:
    """Return the region in `source` (a path, the bytes of a file, or Markdown text), laid over `form`.

    Raises UserError `region.…` with the details sheet, row and column, or EnvironmentProblem for the file.
    """
    reading = _Reading(form, read_sheets(source, kind), readable_questions(form.outline()))
    region = reading.region(_REQUIRED)
    left_out = not (region.goals and region.arguments and region.agreements and region.words)
    return _completed(region, national_region(form)) if left_out else region


def national_region(form: RegionForm) -> Region:
    """Return what every plan rests on where no region says anything: no route, provider, partner or date."""
    reading = _Reading(form, read_sheets(NATIONAL, "md"), readable_questions(form.outline()))
    return reading.region(_REQUIRED_NATIONALLY)


def region_problems(source: Path | bytes | str, kind: Kind, form: RegionForm) -> tuple[UserError, ...]:
    """Return all that is wrong with the workbook in `source`, at most one problem a row; nothing where it is in order.

    Raises as `read_region` for what is no workbook at all.
    """
    reading = _Reading(form, read_sheets(source, kind), readable_questions(form.outline()))
    try:
        reading.region(_REQUIRED)
    except UserError:
        return tuple(reading.problems)
    return ()


def readable_questions(node: OutlineNode) -> dict[str, bool]:
    """Return of every name at and below `node` whether rules of the shared plan may read it."""
    found = {node.name: node.tags.get("compartment", CORE) != HEALTH}
    for child in node.children:
        found |= readable_questions(child)
    return found


def _completed(region: Region, national: Region) -> Region:
    return replace(
        region,
        goals=region.goals or national.goals,
        arguments=region.arguments or national.arguments,
        agreements=region.agreements or national.agreements,
        words=region.words or national.words,
    )


@dataclass(slots=True)
class _Reading:
    """A workbook that is being read. A row that is wrong is kept among the `problems`, and the next one is read."""

    form: RegionForm
    sheets: Sheets
    questions: Mapping[str, bool]
    problems: list[UserError] = field(default_factory=list)

    def region(self, required: Sequence[str]) -> Region:
        """Return the region. Raises the first of the problems; all of them are in `problems` then."""
        self.problems += layout_problems(self.sheets, required)
        self._stop_at_problems()
        settings = self._each("settings", lambda cells: settings_of(cells, self.form))
        letterheads = self._each("letterhead", letterhead_of)
        routes = self._named("routes", route_of)
        known, goals = frozenset(route.name for route in routes), GoalRows()
        partners, modules = (
            self._named("partners", partner_of),
            self._each("modules", lambda row: module_of(row, known)),
        )
        self._each("goals", goals.take)
        arguments, agreements = self._each("arguments", argument_of), self._named("agreements", agreement_of)
        week, words = self._each("week", lambda row: half_day_of(row, known)), self._each("words", word_of)
        holidays = self._each("holidays", holiday_of)
        self._stop_at_problems()
        letterhead = letterheads[0] if letterheads else NO_LETTERHEAD
        parts = (routes, modules, goals.all(), partners, arguments, week, agreements, words, holidays)
        return Region(settings[0], *parts, letterhead)

    def _stop_at_problems(self) -> None:
        if self.problems:
            raise self.problems[0]

    def _each(self, sheet: str, read: Callable[[CellReader], _T]) -> tuple[_T, ...]:
        found: list[_T] = []
        for cells in self._rows(sheet):
            try:
                found.append(read(cells))
            except UserError as error:
                self.problems.append(error)
        return tuple(found)

    def _named(self, sheet: str, read: Callable[[CellReader], _T]) -> tuple[_T, ...]:
        """Read rows that have a name each, no two the same."""
        taken: set[str] = set()

        def once(cells: CellReader) -> _T:
            name = cells.name()
            if name in taken:
                raise cells.problem("region.name_twice", "name", name=name)
            taken.add(name)
            return read(cells)

        return self._each(sheet, once)

    def _rows(self, sheet: str) -> Iterator[CellReader]:
        found = self.sheets.get(sheet)
        return (CellReader(sheet, row, self.form, self.questions) for row in (found.rows if found else ()))
