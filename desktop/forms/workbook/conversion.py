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
from desktop.forms.workbook.for_pyxform import (
    default_language,
    literal_defaults,
    reheaded,
    root_name,
    tidied,
    with_literals,
)
from desktop.forms.workbook.outline import selection
from desktop.forms.workbook.question_types import Words, adds_other, other_choices, question_after, ranked, rewritten
from desktop.forms.workbook.stumbling import stumbling_cell
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
    """Return the sheets of a workbook by name, with a survey of rows of the form. Raises UserError `tables.…`."""
    return tidied(read_tables(data, kind))


def xform_of(sheets: Rows, lists: Lists, other: Words = _PLAIN.other_texts) -> bytes:
    """Return the XForm that pyxform makes of `sheets`, with those of `lists` filled in that it leaves out.

    `other` says in a language what `or_other` adds.
    Raises FormError: `form.no_survey`, `form.workbook` with sheet, row and pyxform's own words as `reason`, or
    `form.cell_unusable` with sheet, row and column where it has none.
    """
    if not sheets.get("survey") or not sheets["survey"].rows:
        raise FormError("form.no_survey", sheet="survey")
    try:
        return _converted(sheets, lists, other)
    except _STUMBLES as error:
        raise _stumbled(error, sheets, lists, other) from error


def _converted(sheets: Rows, lists: Lists, other: Words) -> bytes:
    """Return the XForm. Raises FormError for what pyxform refuses, and whatever it stumbles over."""
    from pyxform.errors import PyXFormError
    from pyxform.utils import default_is_dynamic
    from pyxform.xls2xform import convert

    literals = literal_defaults(sheets["survey"], default_is_dynamic)
    book = _workbook(sheets, lists, other, {number: stand_in for number, (stand_in, _) in literals.items()})
    try:
        result = convert(book, validate=False, pretty_print=False)
    except PyXFormError as error:
        raise _locate_error(str(error), sheets, lists) from error
    return with_literals(ranked(str(result.xform)), literals.values()).encode()


def _stumbled(error: BaseException, sheets: Rows, lists: Lists, other: Words) -> FormError:
    """Return what to say where pyxform fails with an error of Python: the cell, if one is found."""

    def stumbles(survey: Worksheet) -> bool:
        try:
            _converted({**sheets, "survey": survey}, lists, other)
        except FormError:
            return False
        except _STUMBLES:
            return True
        return False

    found = stumbling_cell(sheets["survey"], stumbles)
    if found is None:
        return FormError("form.workbook", sheet="survey", reason=type(error).__name__)
    row, column = found
    return FormError("form.cell_unusable", sheet="survey", row=row.number, column=column)


def question_types() -> frozenset[str]:
    """Return the types of question that pyxform knows by themselves, without a list."""
    from pyxform.aliases import osm
    from pyxform.question_type_dictionary import QUESTION_TYPE_DICT

    return frozenset({*QUESTION_TYPE_DICT, *osm, "audit", "imei"})


def _locate_error(reason: str, sheets: Rows, lists: Lists) -> FormError:
    found, named = _ROW.search(reason), _SHEET.search(reason)
    sheet = named[1] if named else "survey"
    details: dict[str, str | int] = {"reason": " ".join(_ROW.sub("", reason).split())[:400]}
    value = _VALUE.search(reason)
    if found is not None:
        rows = dict(enumerate(_rows_given(sheets, lists, sheet), start=2))
        sheet, details["row"] = rows.get(int(found[1]), (sheet, int(found[1])))
    elif (number := _row_with(sheets[sheet].rows if sheet in sheets else (), reason)) is not None:
        details["row"] = number
    if value is not None and sheet in sheets:
        details["column"] = header_for(sheets[sheet], value[1])
    return FormError("form.workbook", sheet=sheet, **details)


def _rows_given(sheets: Rows, lists: Lists, name: str) -> list[tuple[str, int]]:
    """Return the sheet and the row of the workbook behind each row of a sheet that pyxform gets."""
    if name == "survey":
        return [(name, number) for number in _numbers(sheets, lists)]
    names = ("choices", "external_choices") if name == "choices" else (name,)
    return [(each, row.number) for each in names if each in sheets for row in sheets[each].rows]


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


def _survey(
    sheets: Rows, lists: Lists, other: Words, stand_ins: Mapping[int, str]
) -> tuple[list[dict[str, str]], set[str]]:
    """Return the rows of the survey as pyxform takes them, and the lists that get another choice."""
    survey, known = sheets["survey"], _known_lists(sheets, lists)
    rows: list[dict[str, str]] = []
    longer: set[str] = set()
    for row in survey.rows:
        rows.append(rewritten(row, survey, known))
        if row.number in stand_ins:
            rows[-1][header_for(survey, "default")] = stand_ins[row.number]
        added = adds_other(row, survey, known)
        if added:
            longer.add(added)
            rows.append(question_after(row, survey, other))
    return rows, longer


def _workbook(sheets: Rows, lists: Lists, other: Words, stand_ins: Mapping[int, str]) -> dict[str, Any]:
    book: dict[str, Any] = {}
    for name, sheet in sheets.items():
        if name in _SHEETS:
            book[name] = [dict(row.cells) for row in sheet.rows]
            book[f"{name}_header"] = [dict.fromkeys(sheet.columns)]
    rows, longer = _survey(sheets, lists, other, stand_ins)
    written = reheaded(sheets, "survey")
    book["survey"] = [written(row) for row in rows]
    columns = written(dict.fromkeys(sheets["survey"].columns, ""))
    book["survey_header"] = [dict.fromkeys([*columns, *(key for row in book["survey"] for key in row)])]
    _add_choices(book, sheets, lists, list(other_choices(longer, sheets.get("choices", _NO_SHEET), other)))
    settings = _settings(sheets)
    book["settings"] = [settings]
    book["settings_header"] = [dict.fromkeys(settings)]
    return book


def _add_choices(book: dict[str, Any], sheets: Rows, lists: Lists, others: list[dict[str, str]]) -> None:
    """Put the choices into `book`: those of both sheets, those of the library, and the other ones."""
    columns: list[str] = []
    rows: list[dict[str, str]] = []
    for name in ("choices", "external_choices"):
        written, sheet = reheaded(sheets, name), sheets.get(name, _NO_SHEET)
        columns += written(dict.fromkeys(sheet.columns, ""))
        rows += [written(row.cells) for row in sheet.rows]
    book.pop("external_choices", None)
    book.pop("external_choices_header", None)
    labels = [column for column in columns if column == "label" or column.startswith("label::")]
    rows += _library_choices(book["survey"], rows, lists, labels or ["label"])
    rows += map(reheaded(sheets, "choices"), others)
    book["choices"] = rows
    book["choices_header"] = [dict.fromkeys(["list_name", "name", "label", *columns])]


def _settings(sheets: Rows) -> dict[str, str]:
    sheet = sheets.get("settings", _NO_SHEET)
    settings = dict(sheet.rows[0].cells) if sheet.rows else {}
    language, root = default_language(sheets), root_name(sheets)
    if language:
        settings[header_for(sheet, "default_language")] = language
    if root:
        settings.setdefault("name", root)
    if sheets.get("external_choices", _NO_SHEET).rows:
        settings["allow_choice_duplicates"] = "yes"  # among the choices they are refused before (`check`)
    if "opmaat=" not in settings.get("namespaces", ""):
        settings["namespaces"] = f"{settings.get('namespaces', '')} {NAMESPACE}".strip()
    return settings


def _library_choices(
    survey: Iterable[Mapping[str, str]], choices: Iterable[Mapping[str, str]], lists: Lists, labels: Iterable[str]
) -> list[dict[str, str]]:
    """Return the rows of the lists that the survey uses and the workbook leaves to the library."""
    written = {row.get("list_name") for row in choices}
    used = {chosen.list_name for row in survey if (chosen := selection(row.get("type", ""))) is not None}
    return [
        {"list_name": name, "name": value, **dict.fromkeys(labels, label)}
        for name in lists
        if name in used and name not in written
        for value, label in lists[name]().items()
    ]
