"""The sheets of a workbook as pyxform takes them, where it would drop or misread what people write.

Headers are written one way, whatever they look like in the workbook: pyxform drops every language behind a single colon
once one header has two. A text without a language beside texts with one gets the form's own language, so that what it
lacks is seen. The default language may be given by its tag.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from desktop.forms.model.texts import tag_of
from desktop.forms.workbook.columns import TEXTS, Column, cell, columns_of, header_for, role_of, setting
from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow
from desktop.forms.xpath.library import FUNCTIONS
from desktop.forms.xpath.tokens import NAME

Cells = dict[str, str]
Reheaded = Callable[[Mapping[str, str]], Cells]

TEXT_SHEETS = ("survey", "choices", "external_choices")
"""The sheets with texts in several languages."""

_NAME = re.compile(NAME)
_CALL = re.compile(rf"(?<![\w.-])({NAME})\(")
_ONE_CALL = re.compile(rf"{NAME}\(.*\)", re.DOTALL)
_LITERAL = frozenset({"text", "string", "barcode"})
_ROOT = "data"
_OTHER_ROOTS = ("record", "form", "root", "instance")
_UNNAMED = "default"


def text_sheets(sheets: Rows) -> list[Worksheet]:
    """Return the sheets with texts in several languages."""
    return [sheets[name] for name in TEXT_SHEETS if name in sheets]


def languages_of(sheets: Iterable[Worksheet]) -> tuple[str, ...]:
    """Return the languages that columns of texts are in, as written, without the one of no name."""
    return tuple(dict.fromkeys(column.language for column in _text_columns(sheets) if column.language))


def default_language(sheets: Rows) -> str:
    """Return the default language of the settings as the columns write it, by its name, its case or its tag."""
    written = setting(sheets, "default_language")
    languages = languages_of(text_sheets(sheets))
    if not written or written in languages:
        return written
    alike = [each for each in languages if each.casefold() == written.casefold() or tag_of(each) == tag_of(written)]
    return alike[0] if alike else written


def has_unnamed_texts(sheets: Rows) -> bool:
    """Tell whether a column of texts names no language."""
    return any(not column.language for column in _text_columns(text_sheets(sheets)))


def _text_columns(sheets: Iterable[Worksheet]) -> Iterator[Column]:
    return (column for sheet in sheets for column in columns_of(sheet.columns) if role_of(column) in TEXTS)


def reheaded(sheets: Rows, name: str) -> Reheaded:
    """Return what writes the cells of a row of the sheet `name` under the headers that pyxform reads."""
    sheet = sheets.get(name)
    columns = columns_of(sheet.columns) if sheet is not None else ()
    plain = default_language(sheets) or _UNNAMED
    named = {(role_of(column), column.language) for column in columns if column.language}
    texts = {role for role, _ in named}
    headers: Cells = {}
    for column in columns:
        role = role_of(column)
        language = column.language
        if role in TEXTS and not language and role in texts and (role, plain) not in named:
            language = plain
        headers[column.header] = _header(column, language, name)
    dropped = {
        each.header for each in columns if name != "survey" and not each.known and not _NAME.fullmatch(each.header)
    }
    return lambda cells: {headers.get(header, header): text for header, text in cells.items() if header not in dropped}


def _header(column: Column, language: str, sheet: str) -> str:
    if not column.known or column.key.startswith("jr:"):
        return column.header
    key = "name" if sheet != "survey" and role_of(column) == "name" else column.key
    return f"{key}::{language}" if language else key


def root_name(sheets: Rows) -> str:
    """Return another name for the root of a record, "" where `data` will do: no question that is meant is called so."""
    survey = sheets["survey"]
    texts = [text for sheet in text_sheets(sheets) for row in sheet.rows for text in row.cells.values()]
    if not any(f"${{{_ROOT}}}" in text for text in texts):
        return ""
    names = {cell(survey, row, "name") for row in survey.rows}
    return next((root for root in _OTHER_ROOTS if root not in names), "") if _ROOT in names else ""


def literal_defaults(survey: Worksheet, is_dynamic: Callable[[str, str], bool]) -> Mapping[int, tuple[str, str]]:
    """Return a stand-in and the text of each default that is a text and would be taken for a calculation, by row.

    pyxform, by `is_dynamic`, calculates "9 - 17" and "Den Haag - Zuid". A default of a text is calculated here when it
    refers to a question or calls a function.
    """
    found = {}
    for row in survey.rows:
        text = cell(survey, row, "default")
        if text and cell(survey, row, "type") in _LITERAL and not _calculates(text) and is_dynamic(text, "text"):
            found[row.number] = (f"opmaat-default-{row.number}-", text)
    return found


def _calculates(text: str) -> bool:
    return (
        "${" in text or _ONE_CALL.fullmatch(text) is not None or any(name in FUNCTIONS for name in _CALL.findall(text))
    )


def with_literals(xform: str, literals: Iterable[tuple[str, str]]) -> str:
    """Return an XForm with the texts in the place of their stand-ins."""
    for stand_in, text in literals:
        xform = xform.replace(stand_in, escape(text, quote=False))
    return xform


def tidied(sheets: Rows) -> Rows:
    """Return the sheets with a survey in which every row is one of the form.

    The only sheet of a workbook is the survey, whatever it is called. A row with neither type, name nor label is a
    remark, and left out. A note without a name gets one of its row.
    """
    known = dict(sheets)
    if "survey" not in known and len(known) == 1:
        ((_, only),) = known.items()
        if {"type", "name"} <= {role_of(column) for column in columns_of(only.columns)}:
            known = {"survey": Worksheet("survey", only.columns, only.rows)}
    if "survey" in known:
        survey = known["survey"]
        rows = tuple(_rows(survey))
        header = header_for(survey, "name")
        columns = survey.columns if header in survey.columns else (*survey.columns, header)
        known["survey"] = Worksheet("survey", columns, rows)
    return known


def _rows(survey: Worksheet) -> Iterator[WorksheetRow]:
    labels = [column.header for column in columns_of(survey.columns) if role_of(column) == "label"]
    for row in survey.rows:
        kind, name = cell(survey, row, "type"), cell(survey, row, "name")
        if kind == "note" and not name:
            yield WorksheetRow(
                row.number, {**row.cells, header_for(survey, "name"): f"generated_note_name_{row.number}"}
            )
        elif kind or name or any(header in row.cells for header in labels):
            yield row
