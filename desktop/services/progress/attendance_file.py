"""The file of a school's list: csv or xlsx in, one table out. Whatever comes in gives a table or a coded error.

Raises UserError `tables.…` as the reader of workbooks does, and `attendance.no_rows`.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from desktop.forms.workbook.tables import LARGEST_FILE, LONGEST_CELL, MOST_COLUMNS, MOST_ROWS, read_tables
from desktop.kernel.files import read_bytes
from desktop.plan.progress.attendance import AttendanceTable
from protocol.errors import UserError

_MARKS = ";,\t"
"""What can stand between two cells of a csv file; Dutch spreadsheets write a semicolon."""


def read_list(path: Path) -> AttendanceTable:
    """Return the list in the file at `path`. Raises EnvironmentProblem `files.…` when it cannot be read."""
    return table_of(read_bytes(path, LARGEST_FILE), xlsx=path.suffix.casefold() == ".xlsx")


def table_of(data: bytes, *, xlsx: bool) -> AttendanceTable:
    """Return the list in `data`; of a workbook the first sheet that has rows."""
    table = _first_sheet(data) if xlsx else _csv(data)
    if not table.columns or not table.rows:
        raise UserError("attendance.no_rows")
    return table


def _first_sheet(data: bytes) -> AttendanceTable:
    sheets = read_tables(data, "xlsx").values()
    filled = next((sheet for sheet in sheets if sheet.rows), None)
    if filled is None:
        return AttendanceTable((), ())
    columns = tuple(dict.fromkeys(filled.columns))
    return AttendanceTable(columns, tuple((row.number, row.cells) for row in filled.rows))


def _csv(data: bytes) -> AttendanceTable:
    if len(data) > LARGEST_FILE:
        raise UserError("tables.too_large")
    text = _text(data)
    head = text.partition("\n")[0]
    mark = max(_MARKS, key=head.count)
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error as error:
        raise UserError("tables.unreadable") from error
    if len(lines) > MOST_ROWS or any(len(cells) > MOST_COLUMNS for cells in lines):
        raise UserError("tables.too_large")
    columns = [cell.strip() for cell in lines[0]] if lines else []
    rows = ((number, _cells(columns, cells)) for number, cells in enumerate(lines[1:], start=2))
    return AttendanceTable(
        tuple(dict.fromkeys(filter(None, columns))), tuple((number, cells) for number, cells in rows if cells)
    )


def _cells(columns: Iterable[str], cells: Iterable[str]) -> Mapping[str, str]:
    pairs = zip(columns, cells, strict=False)
    return {column: cell.strip()[:LONGEST_CELL] for column, cell in pairs if column and cell.strip()}


def _text(data: bytes) -> str:
    """Return the text of a csv file: UTF-8, or what Windows writes in the Netherlands."""
    try:
        return data.decode("utf-8-sig").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").replace("\0", "")
