"""Workbooks as plain tables: Markdown, csv or xlsx in, rows of text out.

The layout is that of XLSForm in text form: the name of a sheet stands alone in the first cell of a row, the column
names in the next row, both from the second column on. In xlsx a sheet is a sheet and its first row names the columns.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from types import MappingProxyType
from typing import Literal

from desktop.kernel.errors import UserError

Kind = Literal["md", "csv", "xlsx"]

LARGEST_FILE = 20_000_000
"""Bytes; a longer workbook is refused before it is parsed."""
MOST_ROWS = 200_000
"""Rows of one workbook; xlsx files of a few kilobytes can claim a million empty ones."""
MOST_COLUMNS = 200

_CELL_BORDER = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r":?-{3,}:?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number within the sheet (the column names are row 1) and its trimmed, non-empty cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table: its name, its column names from left to right, and its rows without the empty ones."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def read_tables(data: bytes, kind: Kind) -> Mapping[str, Sheet]:
    """Return the sheets in `data` by lower-case name.

    Raises UserError `tables.too_large`, `tables.unreadable` (not a workbook of this kind) or `tables.sheet_twice`.
    """
    if len(data) > LARGEST_FILE:
        raise UserError("tables.too_large")
    lines = {"md": _markdown, "csv": _csv, "xlsx": _xlsx}[kind](data)
    sheets: dict[str, Sheet] = {}
    for name, grid in _split(islice(lines, MOST_ROWS)):
        if name in sheets:
            raise UserError("tables.sheet_twice", {"sheet": name})
        sheets[name] = _sheet(name, grid)
    return MappingProxyType(sheets)


def _split(lines: Iterable[Sequence[str]]) -> Iterator[tuple[str, list[Sequence[str]]]]:
    name, grid = "", list[Sequence[str]]()
    for cells in lines:
        if cells and cells[0]:
            if name:
                yield name, grid
            name, grid = cells[0].lower(), []
        elif name:
            grid.append(cells[1:])
    if name:
        yield name, grid


def _sheet(name: str, grid: Sequence[Sequence[str]]) -> Sheet:
    if not grid:
        return Sheet(name, (), ())
    columns = tuple(grid[0][:MOST_COLUMNS])
    rows = (Row(number, _cells(columns, cells)) for number, cells in enumerate(grid[1:], start=2))
    return Sheet(name, tuple(column for column in columns if column), tuple(row for row in rows if row.cells))


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


def _xlsx(data: bytes) -> Iterator[Sequence[str]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield [sheet.title.strip()]
            for values in sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True):
                yield ["", *(_cell(value) for value in values)]
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError, SyntaxError) as error:
        raise UserError("tables.unreadable") from error


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
