"""Tables as an xlsx workbook for people: headers that stay and are explained, drop-downs where a cell has few values.

What is written is read back as the same tables. The values of the drop-downs stand on a hidden sheet, which no reader
of forms looks at; they help, and keep nobody from writing something else.
"""

import io
import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from desktop.forms.errors import FormError
from desktop.forms.workbook.columns import Column, cell, columns_of, role_of
from desktop.forms.workbook.for_pyxform import languages_of, text_sheets
from desktop.forms.workbook.guided_page import (
    explain_column,
    fit_column,
    offer_values,
    write_sheet,
    write_text,
)
from desktop.forms.workbook.tables import Rows, Worksheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet as Page

HELP = "_lists"
"""The hidden sheet with the values of the drop-downs."""

_NARROWEST = 10
_LONGEST_NAME = 31
_NOT_IN_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]|^'|'$")
_LAST_ROW = 2_000
_TYPES = (
    *("text", "integer", "decimal", "date", "time", "dateTime", "range", "acknowledge", "note", "calculate"),
    *(
        "begin_group",
        "end_group",
        "begin_repeat",
        "end_repeat",
        "image",
        "audio",
        "video",
        "file",
        "barcode",
        "geopoint",
    ),
)
_APPEARANCES = ("autocomplete", "minimal", "multiline", "own-words", "pictogram", "stepper", "year", "month-year")


def xlsx_of(sheets: Rows, notes: Mapping[str, str]) -> bytes:
    """Return a workbook with `sheets`; `notes` says what a column is for, by its role.

    Raises FormError `form.character` for a row with a character that no workbook can hold, `form.workbook` for a sheet
    with a name that none can have, and `form.no_survey` where there are no tables.
    """
    from openpyxl import Workbook
    from openpyxl.utils.exceptions import IllegalCharacterError

    book = Workbook()
    book.remove(book.worksheets[0])
    for name, sheet in sheets.items():
        if len(name) > _LONGEST_NAME or _NOT_IN_NAME.search(name):
            raise FormError("form.workbook", sheet=name[:80], reason="a spreadsheet program has no sheets of this name")
        if name != HELP:
            page = book.create_sheet(name)
            try:
                write_sheet(page, sheet)
            except IllegalCharacterError as error:
                raise FormError("form.character", sheet=name, row=page.max_row) from error
            _explain(page, sheet, notes)
    if not book.worksheets:
        raise FormError("form.no_survey", sheet="survey")
    _add_drop_downs(book, sheets)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _explain(page: "Page", sheet: Worksheet, notes: Mapping[str, str]) -> None:
    from openpyxl.utils import get_column_letter

    columns = columns_of(sheet.columns)
    page.freeze_panes = f"{get_column_letter(1 + sum(_is_key(column) for column in columns[:3]))}2"
    for at, column in enumerate(columns, start=1):
        fit_column(page, at, (column.header, *(row.cells.get(column.header, "") for row in sheet.rows)), _NARROWEST)
        explain_column(page, at, notes.get(role_of(column), ""))


def _is_key(column: Column) -> bool:
    return role_of(column) in {"type", "name", "list_name"}


def _add_drop_downs(book: "Workbook", sheets: Rows) -> None:
    from openpyxl.utils import get_column_letter

    values = _values(sheets)
    page = book.create_sheet(HELP)
    page.sheet_state = "hidden"
    for at, (role, found) in enumerate(values.items(), start=1):
        for row, text in enumerate([role, *found], start=1):
            write_text(page, row, at, text)
        letter = get_column_letter(at)
        _offer(book, sheets, role, f"'{HELP}'!${letter}$2:${letter}${len(found) + 1}")


def _offer(book: "Workbook", sheets: Rows, role: str, source: str) -> None:
    """Put the drop-down with the cells of `source` under every column with this role."""
    for name, sheet in sheets.items():
        for at, column in enumerate(columns_of(sheet.columns), start=1):
            if name != HELP and role_of(column) == role:
                offer_values(book[name], at, source, max(_LAST_ROW, len(sheet.rows) * 2))


def _values(sheets: Rows) -> Mapping[str, tuple[str, ...]]:
    """Return what may be chosen in the columns of each role, those that the workbook itself has first."""
    lists = _column(sheets, ("choices", "external_choices"), "list_name")
    kinds = _column(sheets, ("survey",), "type")
    asked = (f"{command} {name}" for name in lists for command in ("select_one", "select_multiple"))
    found = {
        "type": dict.fromkeys([*_TYPES, *asked, *kinds]),
        "list_name": dict.fromkeys(lists),
        "required": dict.fromkeys(("yes", "no")),
        "appearance": dict.fromkeys([*_APPEARANCES, *_column(sheets, ("survey",), "appearance")]),
        "default_language": dict.fromkeys(languages_of(text_sheets(sheets))),
    }
    return {role: tuple(texts) for role, texts in found.items() if texts}


def _column(sheets: Rows, names: Iterable[str], role: str) -> tuple[str, ...]:
    found = (cell(sheets[name], row, role) for name in names if name in sheets for row in sheets[name].rows)
    return tuple(dict.fromkeys(text for text in found if text))
