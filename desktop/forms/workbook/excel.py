"""xlsx and xls as rows of text: the one place that knows openpyxl and xlrd.

Workbooks come from anywhere. What an archive would unpack to is measured before it is unpacked, a document type is
refused, and rows are counted while they are read, for a file of a few kilobytes can claim a million of them.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import repeat
from typing import TYPE_CHECKING
from xml.parsers import expat  # document types are refused below, so nothing can expand

from desktop.forms.workbook.cell_errors import NOT_COMPUTED
from protocol.errors import UserError

if TYPE_CHECKING:
    from openpyxl import Workbook

MOST_UNPACKED = 150_000_000
"""Bytes that all parts of an xlsx file may unpack to."""
MOST_PARTS = 2_000
"""Parts an xlsx file may have."""
MOST_LINES = 1_100_000
"""Rows a sheet may have, empty ones included: what Excel allows, and a little more."""
MOST_COLUMNS = 201
"""Cells of a row that are looked at: one more than a table may have."""

_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_BLANK: Sequence[str] = ("",)
_BROKEN = (
    *(
        ArithmeticError,
        AssertionError,
        AttributeError,
        EOFError,
        LookupError,
        MemoryError,
        NotImplementedError,
        OSError,
    ),
    *(RecursionError, SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error),
    *(zipfile.LargeZipFile, expat.ExpatError),
)
"""What the libraries raise over files that are not what they say they are."""


def xlsx_lines(data: bytes) -> Iterator[Sequence[str]]:
    """Yield the name of each sheet alone, then its rows from the second cell on; an empty row has one empty cell.

    Raises UserError `tables.unreadable` or `tables.too_large`.
    """
    from openpyxl import load_workbook

    try:
        has_formulas = _inspect(data)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), read_only=True, keep_links=False) if has_formulas else None
        for index, sheet in enumerate(book.worksheets):
            yield [sheet.title.strip()]
            written = _rows_of(formulas, index) if formulas is not None else repeat(None)
            for number, (values, formula) in enumerate(zip(_rows_of(book, index), written, strict=False)):
                if number > MOST_LINES:
                    raise UserError("tables.too_large")
                yield _line(values if formula is None else _with_formulas(values, formula))
    except _BROKEN as error:
        raise UserError("tables.unreadable") from error


def _rows_of(book: "Workbook", index: int) -> Iterator[Sequence[object]]:
    sheet = book.worksheets[index]
    sheet.reset_dimensions()
    yield from sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)


def _with_formulas(values: Sequence[object], written: Sequence[object]) -> Sequence[object]:
    """Return the values of a row, with a mark where a formula was written and never computed."""
    pairs = zip(values, written, strict=True)
    return [NOT_COMPUTED if value is None and formula is not None else value for value, formula in pairs]


def xls_lines(data: bytes) -> Iterator[Sequence[str]]:
    """Yield the sheets of an xls file as `xlsx_lines` does. Raises UserError `tables.unreadable`."""
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO(), on_demand=True, ragged_rows=True)
        for index in range(book.nsheets):
            sheet = book.sheet_by_index(index)
            yield [sheet.name.strip()]
            for row in range(sheet.nrows):
                cells = zip(sheet.row_types(row, 0, MOST_COLUMNS), sheet.row_values(row, 0, MOST_COLUMNS), strict=True)
                yield _line([_xls_value(kind, value, book.datemode) for kind, value in cells])
    except (xlrd.XLRDError, CompDocError, *_BROKEN) as error:
        raise UserError("tables.unreadable") from error


def _inspect(data: bytes) -> bool:
    """Refuse an archive that unpacks to too much, or with a part that declares a document type.

    Tell whether a cell has a formula.
    """
    has_formulas = False
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise UserError("tables.too_large")
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    content = stream.read(MOST_UNPACKED)
                _refuse_document_type(content)
                has_formulas = has_formulas or _FORMULA.search(content) is not None
    return has_formulas


class _SeenError(Exception):
    """The first element has begun: what follows declares nothing."""


def _begun(*_: object) -> None:
    raise _SeenError


def _refuse_declaration(*_: object) -> None:
    raise ValueError


def _refuse_document_type(data: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler = _begun
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(data, True)  # noqa: FBT003  # expat takes it by position: this is all there is
    except _SeenError:
        return


def _line(values: Sequence[object]) -> Sequence[str]:
    if values.count(None) == len(values):
        return _BLANK
    cells = [_cell(value) for value in values]
    while cells and not cells[-1]:
        cells.pop()
    return ["", *cells] if cells else _BLANK


def _xls_value(kind: int, value: object, mode: int) -> object:
    import xlrd

    if kind == xlrd.XL_CELL_DATE and isinstance(value, float):
        moment = xlrd.xldate_as_datetime(value, mode)
        return moment.time() if value < 1 else moment
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return xlrd.error_text_from_code.get(value, "#N/A")
    return value


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(Decimal(repr(value)), "f")
    return _duration(value) if isinstance(value, timedelta) else str(value).strip()


def _duration(value: timedelta) -> str:
    """Return hours of any number with their minutes and seconds, as a spreadsheet shows them."""
    seconds = round(value.total_seconds())
    return f"{'-' if seconds < 0 else ''}{abs(seconds) // 3600:02}:{abs(seconds) // 60 % 60:02}:{abs(seconds) % 60:02}"
