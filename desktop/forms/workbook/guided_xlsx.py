"""Tables as an xlsx workbook to fill in: headers that stay and say what they are for, drop-downs where few values fit.

What is written is read back as the same tables.
"""

import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from desktop.forms.workbook.tables import Rows, Worksheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet as Page

_WIDEST, _NARROWEST, _LAST_ROW = 60, 12, 500


def guided_xlsx(sheets: Rows, notes: Mapping[str, str], choices: Mapping[str, str]) -> bytes:
    """Return a workbook with `sheets`.

    `notes` says by `sheet.column`, or by column, what it is for; `choices` gives in the same way the values of its
    drop-down as Excel writes a list: `"a,b"`, or the cells of another sheet.
    """
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets.values():
        page = book.create_sheet(sheet.name)
        _write(page, sheet)
        for at, column in enumerate(sheet.columns, start=1):
            _explain(page, at, notes.get(f"{sheet.name}.{column}") or notes.get(column, ""))
            _offer(page, at, choices.get(f"{sheet.name}.{column}") or choices.get(column, ""))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write(page: "Page", sheet: Worksheet) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    page.freeze_panes = "A2"
    for at, column in enumerate(sheet.columns, start=1):
        texts = [column, *(row.cells.get(column, "") for row in sheet.rows)]
        page.column_dimensions[get_column_letter(at)].width = min(max(*map(len, texts), _NARROWEST) + 2, _WIDEST)
        page.cell(1, at, column).font = Font(bold=True)
        for number, row in enumerate(sheet.rows, start=2):
            made = page.cell(number, at, row.cells.get(column, ""))
            made.data_type = "s"
            made.alignment = Alignment(wrap_text=True, vertical="top")


def _explain(page: "Page", at: int, note: str) -> None:
    from openpyxl.comments import Comment

    if note:
        page.cell(1, at).comment = Comment(note, "Opmaat", width=320, height=110)


def _offer(page: "Page", at: int, values: str) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if values:
        letter = get_column_letter(at)
        offered = DataValidation("list", formula1=values, allow_blank=True, showErrorMessage=False)
        offered.add(f"{letter}2:{letter}{_LAST_ROW}")
        page.add_data_validation(offered)
