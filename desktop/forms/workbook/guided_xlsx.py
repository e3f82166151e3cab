"""Tables as an xlsx workbook to fill in: headers that stay and say what they are for, drop-downs where few values fit.

What is written is read back as the same tables.
"""

import io
from collections.abc import Mapping

from desktop.forms.workbook.guided_page import explain_column, fit_column, offer_values, write_sheet
from desktop.forms.workbook.tables import Rows

_NARROWEST, _LAST_ROW = 14, 500


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
        write_sheet(page, sheet)
        page.freeze_panes = "A2"
        for at, column in enumerate(sheet.columns, start=1):
            fit_column(page, at, (column, *(row.cells.get(column, "") for row in sheet.rows)), _NARROWEST)
            explain_column(page, at, notes.get(f"{sheet.name}.{column}") or notes.get(column, ""))
            values = choices.get(f"{sheet.name}.{column}") or choices.get(column, "")
            if values:
                offer_values(page, at, values, _LAST_ROW)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
