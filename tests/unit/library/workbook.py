"""The built-in interview, the example region and the demonstration cases as tables, for the tests of this folder."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from desktop.forms.workbook.tables import Worksheet, read_tables
from tests import places

ROOT = places.ROOT
INTERVIEW = ROOT / "desktop" / "forms" / "library" / "brede_intake.md"
REGION = ROOT / "desktop" / "plan" / "library" / "regio_voorbeeld.md"
NATIONAL = REGION.with_name("landelijk.md")
CASES = tuple(sorted((ROOT / "demo").glob("case_*.json")))
PLACE = re.compile(r"\$\{([A-Za-z_][\w]*)\}")
INJECTED: Mapping[str, Mapping[str, str]] = {
    "landen": {"ER": "Eritrea", "SD": "Soedan"},
    "nationaliteiten": {"staatloos": "Staatloos", "ER": "Eritrea", "SD": "Soedan"},
    "talen": {"ti": "Tigrinya", "ar": "Arabisch"},
}
_STRUCTURE = ("begin_group", "end_group", "begin_repeat", "end_repeat")


@dataclass(frozen=True, slots=True)
class Question:
    """One row of the survey with the legal tags it has itself or inherits from its groups."""

    name: str
    type: str
    cells: Mapping[str, str]
    tags: Mapping[str, str]
    groups: tuple[str, ...]
    repeat: str

    @property
    def asks(self) -> bool:
        """Tell whether somebody answers it."""
        return self.type not in ("note", "calculate", *_STRUCTURE)

    @property
    def list_name(self) -> str:
        """The name of its list of choices, blank when it has none."""
        return self.type.partition(" ")[2]


@cache
def sheets(path: Path) -> Mapping[str, Worksheet]:
    """Return the tables in `path`."""
    return read_tables(path.read_bytes(), "md")


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions, notes and calculations of the interview, in order."""
    return tuple(_walk(row.cells for row in sheets(INTERVIEW)["survey"].rows))


def _walk(rows: Iterator[Mapping[str, str]]) -> Iterator[Question]:
    stack: list[Mapping[str, str]] = []
    for cells in rows:
        kind = cells["type"]
        if kind.startswith("begin"):
            stack.append(cells)
        elif kind.startswith("end"):
            stack.pop()
        elif kind != "audit":
            yield _question(cells, stack)


def _question(cells: Mapping[str, str], stack: Sequence[Mapping[str, str]]) -> Question:
    tags = {
        column.removeprefix("bind::opmaat:"): value
        for level in (*stack, cells)
        for column, value in level.items()
        if column.startswith("bind::opmaat:")
    }
    repeat = next((level["name"] for level in stack if level["type"] == "begin_repeat"), "")
    groups = tuple(level["name"] for level in stack if level["type"] == "begin_group")
    return Question(cells["name"], cells["type"], cells, tags, groups, repeat)


@cache
def choices() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the choices by list and name."""
    found: dict[str, dict[str, Mapping[str, str]]] = {}
    for row in sheets(INTERVIEW)["choices"].rows:
        found.setdefault(row.cells["list_name"], {})[row.cells["name"]] = row.cells
    return found


def case(path: Path) -> dict[str, Any]:
    """Return the demonstration case in `path`."""
    return cast("dict[str, Any]", json.loads(path.read_text(encoding="utf-8")))


def with_injected_lists() -> str:
    """Return the interview with a few countries and languages, as the reader adds all of them."""
    lines = INTERVIEW.read_text(encoding="utf-8").splitlines()
    header = next(number for number, line in enumerate(lines) if line.startswith("| | list_name "))
    rest = " |" * (lines[header].count("|") - 5)
    rows = [
        f"| | {name} | {code} | {label} |{rest}" for name, items in INJECTED.items() for code, label in items.items()
    ]
    return "\n".join([*lines[: header + 1], *rows, *lines[header + 1 :]])
