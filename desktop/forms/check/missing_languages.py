"""Which texts of a workbook lack a language, told without converting it: for workbooks that cannot be converted yet."""

from collections.abc import Iterator

from desktop.forms.errors import FormError
from desktop.forms.workbook.columns import TEXTS, cell, columns_of, header_for
from desktop.forms.workbook.for_pyxform import languages_of
from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow

_SHEETS = ("survey", "choices")


def problems_of_languages(sheets: Rows) -> Iterator[FormError]:
    """Yield `form.translation_missing` for each text that a language of the workbook lacks, in its cell.

    A row without a text in any language lacks none. A column without a language stands for those without a column.
    """
    known = [sheets[name] for name in _SHEETS if name in sheets]
    languages = languages_of(known)
    for sheet in known if len(languages) > 1 else ():
        for row in sheet.rows:
            for role in TEXTS:
                yield from _missing(sheet, row, role, languages)


def _missing(sheet: Worksheet, row: WorksheetRow, role: str, languages: tuple[str, ...]) -> Iterator[FormError]:
    headers = {language: header_for(sheet, role, language) for language in languages}
    if not any(header in row.cells for header in headers.values()):
        return
    for language, header in headers.items():
        (column,) = columns_of((header,))
        if header not in row.cells or column.language not in {"", language}:
            yield FormError(
                "form.translation_missing",
                sheet=sheet.name,
                row=row.number,
                column=header if column.language in {"", language} else role,
                language=language,
                path=cell(sheet, row, "name"),
            )
