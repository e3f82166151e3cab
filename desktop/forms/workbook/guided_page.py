"""One sheet of an xlsx workbook for people: cells that are texts, headers that say what they are for, drop-downs."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from desktop.forms.workbook.tables import Worksheet

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet as Page

_WIDEST = 60


def write_sheet(page: "Page", sheet: Worksheet) -> None:
    """Write the rows of `sheet` where they stand. Raises IllegalCharacterError of openpyxl."""
    from openpyxl.styles import Alignment, Font

    for at, header in enumerate(sheet.columns, start=1):
        write_text(page, 1, at, header).font = Font(bold=True)
    for row in sheet.rows:
        for at, header in enumerate(sheet.columns, start=1):
            if header in row.cells:
                write_text(page, row.number, at, row.cells[header]).alignment = Alignment(
                    wrap_text=True, vertical="top"
                )


def write_text(page: "Page", row: int, column: int, text: str) -> Any:  # noqa: ANN401  # a cell of openpyxl
    """Write a text as a text, also where it begins as a formula or reads as an error, and return its cell."""
    made = page.cell(row, column, text)
    made.data_type = "s"
    return made


def fit_column(page: "Page", at: int, texts: Iterable[str], narrowest: int) -> None:
    """Make a column as wide as the longest of `texts`, within limits."""
    from openpyxl.utils import get_column_letter

    longest = max(map(len, texts), default=0)
    page.column_dimensions[get_column_letter(at)].width = min(max(longest + 2, narrowest), _WIDEST)


def explain_column(page: "Page", at: int, note: str) -> None:
    """Put a note at the header of a column; none where `note` is blank."""
    from openpyxl.comments import Comment

    if note:
        page.cell(1, at).comment = Comment(note, "Opmaat", width=320, height=110)


def offer_values(page: "Page", at: int, values: str, last_row: int) -> None:
    """Put a drop-down below the header of a column; `values` as Excel writes a list. It keeps nobody from writing."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(at)
    offered = DataValidation("list", formula1=values, allow_blank=True, showErrorMessage=False)
    offered.add(f"{letter}2:{letter}{last_row}")
    page.add_data_validation(offered)
