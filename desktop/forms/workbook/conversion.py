"""XLSForm to XForm: the one place that knows pyxform.

pyxform is slow to import and to run (findings): it is imported when first needed, and its result is worth caching.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from xml.parsers.expat import ExpatError  # the error only: nothing is parsed here

from desktop.forms.errors import FormError
from desktop.forms.model.form import FormLocale
from desktop.forms.workbook.columns import cell, header_for
from desktop.forms.workbook.outline import selection
from desktop.forms.workbook.question_types import Words, adds_other, other_choices, question_after, ranked, rewritten
from desktop.forms.workbook.tables import Kind, Rows, Worksheet, WorksheetRow, read_tables

NAMESPACE = 'opmaat="https://opmaat.nl/xforms"'
"""The namespace of the legal tags, declared in the settings sheet of a form that uses them."""

_ROW = re.compile(r"\[row : (\d+)\]")
_SHEET = re.compile(r"'(survey|choices|settings|entities|external_choices)'")
_VALUE = re.compile(r"'([a-z_]+)' value\b")
_QUOTED = re.compile(r"'([^']+)'|\"([^\"]+)\"")
_STUMBLES = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, StopIteration, TypeError, ValueError),
    *(ExpatError, re.error),
)
"""What pyxform raises over cells it did not expect, instead of an error of its own."""
_PLAIN = FormLocale()
_NO_SHEET = Worksheet("choices", (), ())
_SHEETS = frozenset({"survey", "choices", "settings", "entities", "external_choices", "osm"})

Lists = Mapping[str, Callable[[], Mapping[str, str]]]
"""The lists of `FormLocale.lists`."""


def sheets_of(data: bytes, kind: Kind) -> Rows:
    """Return the sheets of a workbook by name. Raises UserError `tables.…`."""
    return read_tables(data, kind)


def xform_of(sheets: Rows, lists: Lists, other: Words = _PLAIN.other_texts) -> bytes:
    """Return the XForm that pyxform makes of `sheets`, with those of `lists` filled in that it leaves out.

    `other` says in a language what `or_other` adds.
    Raises FormError: `form.no_survey`, or `form.workbook` with sheet, row and pyxform's own words as `reason`.
    """
    if not sheets.get("survey") or not sheets["survey"].rows:
        raise FormError("form.no_survey", sheet="survey")
    from pyxform.errors import PyXFormError
    from pyxform.xls2xform import convert

    try:
        result = convert(_workbook(sheets, lists, other), validate=False, pretty_print=False)
    except PyXFormError as error:
        raise _locate_error(str(error), sheets, lists) from error
    except _STUMBLES as error:
        raise FormError("form.workbook", sheet="survey", reason=type(error).__name__) from error
    return ranked(str(result.xform)).encode()


def question_types() -> frozenset[str]:
    """Return the types of question that pyxform knows by themselves, without a list."""
    from pyxform.aliases import osm
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    return frozenset({*QUESTION_TYPE_DICT, *osm, "audit", "imei"})


def _locate_error(reason: str, sheets: Rows, lists: Lists) -> FormError:
    found, named = _ROW.search(reason), _SHEET.search(reason)
    sheet = named[1] if named else "survey"
    details: dict[str, str | int] = {"sheet": sheet, "reason": " ".join(reason.split())[:400]}
    rows = sheets[sheet].rows if sheet in sheets else ()
    value = _VALUE.search(reason)
    if value is not None and sheet in sheets:
        details["column"] = header_for(sheets[sheet], value[1])
    if found is not None:
        index = int(found[1]) - 2
        numbers = _numbers(sheets, lists) if sheet == "survey" else [row.number for row in rows]
        details["row"] = numbers[index] if 0 <= index < len(numbers) else int(found[1])
    elif (number := _row_with(rows, reason)) is not None:
        details["row"] = number
    return FormError("form.workbook", **details)


def _row_with(rows: Iterable[WorksheetRow], reason: str) -> int | None:
    """Return the first row with a cell that the complaint quotes, when it names no row itself."""
    quoted = {word for pair in _QUOTED.findall(reason) for word in pair if word}
    return next((row.number for row in rows if quoted & set(row.cells.values())), None)


def _numbers(sheets: Rows, lists: Lists) -> list[int]:
    """Return the row of the workbook behind each row that pyxform gets: two where `or_other` adds a question."""
    known = _known_lists(sheets, lists)
    rows = sheets["survey"].rows
    return [row.number for row in rows for _ in range(2 if adds_other(row, sheets["survey"], known) else 1)]


def _known_lists(sheets: Rows, lists: Lists) -> set[str]:
    choices = sheets.get("choices", _NO_SHEET)
    return {cell(choices, row, "list_name") for row in choices.rows} | set(lists)


def _survey(sheets: Rows, lists: Lists, other: Words) -> tuple[list[dict[str, str]], set[str]]:
    """Return the rows of the survey as pyxform takes them, and the lists that get another choice."""
    survey, known = sheets["survey"], _known_lists(sheets, lists)
    rows: list[dict[str, str]] = []
    longer: set[str] = set()
    for row in survey.rows:
        rows.append(rewritten(row, survey, known))
        added = adds_other(row, survey, known)
        if added:
            longer.add(added)
            rows.append(question_after(row, survey, other))
    return rows, longer


def _workbook(sheets: Rows, lists: Lists, other: Words) -> dict[str, Any]:
    book: dict[str, Any] = {}
    for name, sheet in sheets.items():
        if name in _SHEETS:
            book[name] = [dict(row.cells) for row in sheet.rows]
            book[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    book["survey"], longer = _survey(sheets, lists, other)
    book["survey_header"] = [
        dict.fromkeys([*sheets["survey"].columns, *(key for row in book["survey"] for key in row)])
    ]
    choices = sheets.get("choices", _NO_SHEET)
    book["choices"] = [
        *(*book.get("choices", []), *book.pop("external_choices", []), *_library_choices(book, lists)),
        *other_choices(longer, choices, other),
    ]
    columns = ["list_name", "name", "label", *_columns(sheets, "choices"), *_columns(sheets, "external_choices")]
    book["choices_header"] = [dict.fromkeys(columns)]
    settings = dict(book["settings"][0]) if book.get("settings") else {}
    if "opmaat=" not in settings.get("namespaces", ""):
        settings["namespaces"] = f"{settings.get('namespaces', '')} {NAMESPACE}".strip()
    book["settings"] = [settings]
    book["settings_header"] = [dict.fromkeys(settings)]
    return book


def _columns(sheets: Rows, name: str) -> tuple[str, ...]:
    return sheets[name].columns if name in sheets else ()


def _library_choices(book: Mapping[str, Any], lists: Lists) -> list[dict[str, str]]:
    """Return the rows of the lists that the survey uses and the workbook leaves to the library."""
    written = {row.get("list_name") or row.get("list name") for row in book.get("choices", [])}
    labels = _label_columns(book) or ["label"]
    used = {chosen.list_name for row in book["survey"] if (chosen := selection(row.get("type", ""))) is not None}
    return [
        {"list_name": name, "name": value, **dict.fromkeys(labels, label)}
        for name in lists
        if name in used and name not in written
        for value, label in lists[name]().items()
    ]


def _label_columns(book: Mapping[str, Any]) -> list[str]:
    header = book.get("choices_header") or [{}]
    return [column for column in header[0] if column == "label" or column.startswith("label::")]
