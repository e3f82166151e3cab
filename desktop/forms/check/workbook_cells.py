"""What is wrong with the cells and the columns of a workbook by themselves, whatever form they make."""

from collections.abc import Iterable, Iterator

from desktop.forms.errors import FormError
from desktop.forms.workbook.cell_errors import CELL_ERRORS, NOT_COMPUTED
from desktop.forms.workbook.columns import Column, columns_of, header_for, names_of_columns, role_of
from desktop.forms.workbook.for_pyxform import (
    TEXT_SHEETS,
    default_language,
    has_unnamed_texts,
    languages_of,
    text_sheets,
)
from desktop.forms.workbook.tables import Rows, Worksheet

_ALIKE = 0.8
_NO_VALUE = frozenset({"form.cell_error", "form.cell_formula"})
_OTHERS = frozenset(
    {
        *("save_to", "autoplay", "media", "bind", "body", "control", "instance", "intent", "query", "rows", "disabled"),
        *("form_title", "form_id", "id_string", "title", "version", "style", "namespaces", "public_key", "entities"),
        *(
            "submission_url",
            "auto_send",
            "auto_delete",
            "client_editable",
            "clean_text_values",
            "geometry",
            "entity_id",
        ),
        *("create_if", "update_if", "dataset", "hxl", "note", "sms_keyword", "sms_separator", "prefix", "delimiter"),
    }
)
"""Columns with a meaning in XLSForm that nothing here asks for."""


def problems_of_columns(sheets: Rows) -> Iterator[FormError]:
    """Yield `form.duplicate_column`, `form.column_near` and `form.default_language`."""
    for sheet in sheets.values():
        yield from _twice(sheet)
        if sheet.name in {*TEXT_SHEETS, "settings"}:
            yield from _nearly(sheet)
    language = default_language(sheets)
    languages = languages_of(text_sheets(sheets))
    if language and languages and language not in languages and not has_unnamed_texts(sheets):
        settings = sheets["settings"]
        header = header_for(settings, "default_language")
        place: dict[str, str | int] = {"sheet": "settings", "row": settings.rows[0].number, "column": header}
        yield FormError("form.default_language", **place, language=language)


def problems_of_cells(sheets: Iterable[Worksheet]) -> Iterator[FormError]:
    """Yield `form.cell_error` and `form.cell_formula` for what a spreadsheet program left in the place of a value."""
    for sheet in sheets:
        for row in sheet.rows:
            for header, text in row.cells.items():
                if text in CELL_ERRORS:
                    place: dict[str, str | int] = {"sheet": sheet.name, "row": row.number, "column": header}
                    if text == NOT_COMPUTED:
                        yield FormError("form.cell_formula", **place)
                    else:
                        yield FormError("form.cell_error", **place, value=text)


def _twice(sheet: Worksheet) -> Iterator[FormError]:
    seen: set[tuple[str, str]] = set()
    for column in columns_of(sheet.columns):
        named = role_of(column) or column.key, column.language
        if named in seen:
            yield FormError("form.duplicate_column", sheet=sheet.name, row=1, column=column.header)
        seen.add(named)


def _nearly(sheet: Worksheet) -> Iterator[FormError]:
    from difflib import get_close_matches  # not needed to open a form that was converted before

    known = names_of_columns() | _OTHERS
    for column in columns_of(sheet.columns):
        name = _first(column)
        near = get_close_matches(name, known, 1, _ALIKE) if not column.known and name not in known else []
        if near:
            yield FormError("form.column_near", sheet=sheet.name, row=1, column=column.header, near=near[0])


def _first(column: Column) -> str:
    return column.key.partition("::")[0].partition(":")[0]


def without_consequences(problems: Iterable[FormError]) -> list[FormError]:
    """Return the problems without those that only follow from another one: what the same empty cell leads to.

    A list whose name is worked out is no file, so that none is missing.
    """
    found = list(problems)
    cells = {_place(each) for each in found if each.code in _NO_VALUE}
    return [
        each
        for each in found
        if (each.code in _NO_VALUE or _place(each) not in cells)
        and not (each.code == "form.missing_file" and "${" in each.details.get("file", ""))
    ]


def _place(problem: FormError) -> tuple[str, ...]:
    return tuple(problem.details.get(name, "") for name in ("sheet", "row", "column"))
