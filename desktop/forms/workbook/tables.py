"""Workbooks as plain tables: Markdown, csv, xlsx or xls in, rows of text out.

The layout is that of XLSForm in text form: the name of a sheet stands alone in the first cell of a row, the column
names in the next row, both from the second column on. In xlsx and xls a sheet is a sheet and its first row names the
columns.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from desktop.kernel.files import read_bytes
from protocol.errors import UserError

Kind = Literal["md", "csv", "xlsx", "xls"]

LARGEST_FILE = 20_000_000
"""Bytes; a longer workbook is refused before it is parsed."""
MOST_ROWS = 200_000
"""Rows of one workbook that say something."""
LONGEST_CELL = 32_767
"""Characters of one cell, as in Excel."""
LONGEST_HEADER = 500
"""Characters of the name of a column."""
MOST_COLUMNS = 200
"""Columns of one sheet."""

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-{3,}:?")


@dataclass(frozen=True, slots=True)
class WorksheetRow:
    """One row: its number within the sheet (the column names are row 1) and its trimmed, non-empty cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Worksheet:
    """One table: its name, its column names from left to right, and its rows without the empty ones."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[WorksheetRow, ...]


Rows = Mapping[str, Worksheet]
"""The sheets of a workbook by lower-case name."""


def bytes_of(source: Path | bytes | str) -> bytes:
    """Return what is in `source`: a path, the bytes of a file, or its text. Raises what `read_bytes` raises."""
    if isinstance(source, Path):
        return read_bytes(source, LARGEST_FILE)
    return source.encode() if isinstance(source, str) else source


def read_tables(data: bytes, kind: Kind) -> Rows:
    """Return the sheets in `data` by lower-case name.

    Raises UserError `tables.too_large`, `tables.cell_too_long` (with sheet and row), `tables.sheet_twice` or
    `tables.unreadable` (no workbook of this kind).
    """
    if len(data) > LARGEST_FILE:
        raise UserError("tables.too_large")
    sheets: dict[str, Worksheet] = {}
    for name, grid in _split(_lines(kind)(data)):
        if name in sheets:
            raise UserError("tables.sheet_twice", {"sheet": name})
        sheets[name] = _sheet(name, grid)
    return MappingProxyType(sheets)


def _lines(kind: Kind) -> Callable[[bytes], Iterator[Sequence[str]]]:
    if kind in {"md", "csv"}:
        return _markdown if kind == "md" else _csv
    from desktop.forms.workbook.excel import xls_lines, xlsx_lines

    return xlsx_lines if kind == "xlsx" else xls_lines


_Line = tuple[int, Sequence[str]]
"""The number of a row within its sheet, and its cells."""


def _split(lines: Iterable[Sequence[str]]) -> Iterator[tuple[str, list[_Line]]]:
    name, grid, number, room = "", list[_Line](), 0, MOST_ROWS
    for cells in lines:
        if cells and cells[0]:
            if name:
                yield name, grid
            name, grid, number = cells[0].lower(), [], 0
            continue
        number += 1
        if name and any(cells):
            grid.append((number, cells[1:]))
            room -= 1
            if room < 0 or len(cells) > MOST_COLUMNS + 1:
                raise UserError("tables.too_large")
    if name:
        yield name, grid


def _sheet(name: str, grid: Sequence[_Line]) -> Worksheet:
    if not grid or grid[0][0] != 1:
        return Worksheet(name, (), ())
    columns = tuple(grid[0][1])
    for number, cells in grid:
        if any(len(each) > (LONGEST_CELL if number > 1 else LONGEST_HEADER) for each in cells):
            raise UserError("tables.cell_too_long", {"sheet": name[:80], "row": str(number)})
    rows = (WorksheetRow(number, _cells(columns, cells)) for number, cells in grid[1:])
    return Worksheet(name, tuple(column for column in columns if column), tuple(row for row in rows if row.cells))


def _cells(columns: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    pairs = zip(columns, cells, strict=False)
    return MappingProxyType({column: cell for column, cell in pairs if column and cell})


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError("tables.unreadable") from error


def _markdown(data: bytes) -> Iterator[Sequence[str]]:
    for line in _text(data).splitlines():
        bare = line.strip()
        if not bare.startswith("|"):
            continue
        cells = [cell.strip().replace("\\|", "|") for cell in _CELL_BORDER.split(bare.removesuffix("|"))[1:]]
        if not all(_RULE.fullmatch(cell) for cell in cells if cell) or not any(cells):
            yield cells


def _csv(data: bytes) -> Iterator[Sequence[str]]:
    try:
        for cells in csv.reader(io.StringIO(_text(data), newline=""), strict=True):
            yield [cell.strip() for cell in cells]
    except csv.Error as error:
        raise UserError("tables.unreadable") from error
