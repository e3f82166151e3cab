"""What must hold of a workbook before it is converted: everything that is wrong, each with its sheet, row and column.

pyxform stops at the first thing it does not accept and lets much pass. These rules find all of it at once.
"""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping

from desktop.forms.check.workbook_cells import problems_of_cells, problems_of_columns
from desktop.forms.errors import FormError
from desktop.forms.workbook.columns import cell, columns_of, header_for, role_of, setting
from desktop.forms.workbook.outline import DEEPEST, Selection, SurveyRow, entries, is_repeat, left_open, selection
from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow
from desktop.forms.xpath.code import Run
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.scope import PlainScope
from desktop.forms.xpath.tokens import NAME

EXPRESSIONS = ("relevant", "constraint", "required", "read_only", "calculation", "repeat_count", "choice_filter")
"""The roles of the columns that hold expressions."""

_NAME = re.compile(NAME)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REFERENCE = re.compile(r"\$\{([^{}]*)\}")
_TARGET = re.compile(rf"\s*(?:last-saved#)?({NAME})\s*")
_YES = frozenset({"yes", "true", "true()"})
_CURLY = str.maketrans("‘’“”", "''\"\"")
"""Quotes as a text program writes them, which count as plain ones."""
_FILES = (".csv", ".xml", ".geojson")
_EXTERNAL = frozenset({"csv-external", "xml-external"})
_NAMELESS = frozenset({"audit"})
_NO_SHEET = Worksheet("", (), ())


def problems_of_workbook(sheets: Rows, lists: Collection[str]) -> Iterator[FormError]:
    """Yield what is wrong in the survey and the choices; `lists` are those a workbook need not write out.

    Codes: `form.character`, `form.cell_error`, `form.cell_formula`, `form.duplicate_column`, `form.column_near`,
    `form.default_language`, `form.column_name`, `form.duplicate_name`, `form.duplicate_choice`, `form.name_missing`,
    `form.name_invalid`, `form.type_missing`, `form.unknown_list`, `form.unknown_name`, `form.ambiguous_name`,
    `form.reference`, `form.end_without_begin`, `form.begin_without_end`.
    """
    survey, choices = sheets.get("survey", _NO_SHEET), sheets.get("choices", _NO_SHEET)
    found = list(entries(survey))
    yield from _characters(sheets.values())
    yield from problems_of_cells(sheets.values())
    yield from problems_of_columns(sheets)
    yield from _names(survey, found)
    yield from _nesting(survey, found)
    yield from _lists(sheets, found, lists)
    duplicates = setting(sheets, "allow_choice_duplicates").lower() in _YES
    yield from _choices(choices, duplicates=duplicates)
    external = sheets.get("external_choices", _NO_SHEET)
    yield from _choices(external, duplicates=True)
    yield from _references((survey, choices, external), found, setting(sheets, "form_name"))


class _AnyForm(PlainScope):
    """Has every list, and says at once what is wrong."""

    strict = True

    def instance(self, name: str) -> Run:
        """Return the list of any name, without items."""
        del name
        return lambda _: []


def problems_of_expressions(sheets: Rows) -> Iterator[FormError]:
    """Yield what is wrong in the expressions of the survey by themselves: what can be said without a form around them.

    For workbooks that cannot be converted. Codes: those of `Compiler.compile`, such as `form.syntax`.
    """
    survey = sheets.get("survey", _NO_SHEET)
    for row in survey.rows:
        for role in EXPRESSIONS:
            header = header_for(survey, role)
            text = row.cells.get(header, "")
            if not text or text.lower() in _YES | {"no", "false"}:
                continue
            try:
                Compiler(_AnyForm()).compile(_REFERENCE.sub(" . ", text.translate(_CURLY)))
            except FormError as error:
                where: dict[str, str | int] = {"sheet": "survey", "row": row.number, "column": header}
                yield FormError(error.code, **{**error.details, **where, "expression": text})


def _characters(sheets: Iterable[Worksheet]) -> Iterator[FormError]:
    for sheet in sheets:
        for row in sheet.rows:
            for header, text in row.cells.items():
                if _NOT_XML.search(text):
                    yield FormError("form.character", sheet=sheet.name, row=row.number, column=header)


def _problem(code: str, sheet: Worksheet, row: WorksheetRow, role: str, **details: str) -> FormError:
    return FormError(code, sheet=sheet.name, row=row.number, column=header_for(sheet, role), **details)


def _names(survey: Worksheet, found: list[SurveyRow]) -> Iterator[FormError]:
    seen: dict[tuple[str, ...], WorksheetRow] = {}
    repeats: dict[str, WorksheetRow] = {}
    for entry in found:
        if entry.what == "end" or entry.type in _NAMELESS or len(entry.path) >= DEEPEST:
            continue
        if not entry.type:
            yield _problem("form.type_missing", survey, entry.row, "type", name=entry.name or _label(survey, entry.row))
            continue
        if not _NAME.fullmatch(entry.name):
            code = "form.name_invalid" if entry.name else "form.name_missing"
            yield _problem(code, survey, entry.row, "name", name=entry.name)
            continue
        first = seen.setdefault(entry.path, entry.row)
        if is_repeat(entry.type) and first is entry.row:
            first = repeats.setdefault(entry.name, entry.row)
        if first is not entry.row:
            yield _problem("form.duplicate_name", survey, entry.row, "name", name=entry.name, first=str(first.number))


def _label(survey: Worksheet, row: WorksheetRow) -> str:
    """Return the first label of a row without a name."""
    labels = (row.cells.get(column.header, "") for column in columns_of(survey.columns) if role_of(column) == "label")
    return next(filter(None, labels), "")


def _nesting(survey: Worksheet, found: list[SurveyRow]) -> Iterator[FormError]:
    for entry in found:
        begun = cell(survey, entry.opened, "type") if entry.opened is not None else ""
        if entry.what == "end" and (not begun or is_repeat(begun) != is_repeat(entry.type)):
            yield _problem("form.end_without_begin", survey, entry.row, "type", type=entry.type)
    deep = next((entry for entry in found if len(entry.path) >= DEEPEST), None)
    if deep is not None:
        yield _problem("form.too_deep", survey, deep.row, "type")
    for entry in left_open(survey):
        yield _problem("form.begin_without_end", survey, entry.row, "type", name=entry.name)


def problems_of_files(sheets: Rows, media: Container[str]) -> Iterator[FormError]:
    """Yield `form.missing_file` for every list in a file that is not among `media`."""
    survey = sheets.get("survey", _NO_SHEET)
    for entry in entries(survey):
        chosen = selection(entry.type)
        names = [chosen.list_name] if chosen is not None and chosen.list_name.endswith(_FILES) else []
        if entry.type in _EXTERNAL:
            names.append(f"{entry.name}.{entry.type.partition('-')[0]}")
        for name in names:
            if name not in media:
                yield _problem("form.missing_file", survey, entry.row, "type", file=name)


def problems_of_types(sheets: Rows, types: Collection[str]) -> Iterator[FormError]:
    """Yield `form.unknown_type` for every question of a type that is neither one of `types` nor a selection."""
    survey = sheets.get("survey", _NO_SHEET)
    for entry in entries(survey):
        if entry.what == "question" and entry.type and entry.type not in types and selection(entry.type) is None:
            yield _problem("form.unknown_type", survey, entry.row, "type", type=entry.type)


def _lists(sheets: Rows, found: list[SurveyRow], lists: Collection[str]) -> Iterator[FormError]:
    survey = sheets.get("survey", _NO_SHEET)
    known = {"": _list_names(sheets, "choices") | set(lists), "external": _list_names(sheets, "external_choices")}
    for entry in found:
        chosen = selection(entry.type)
        if chosen is not None and not _is_known(chosen, known):
            yield _problem("form.unknown_list", survey, entry.row, "type", list=chosen.list_name)


def _is_known(chosen: Selection, known: Mapping[str, Collection[str]]) -> bool:
    if "from_file" in chosen.command or chosen.list_name.startswith("${"):
        return True
    if chosen.command == "select_one_external":
        return chosen.list_name in known["external"]
    return chosen.list_name in known[""] or chosen.list_name.endswith(_FILES)


def _list_names(sheets: Rows, name: str) -> set[str]:
    sheet = sheets.get(name, _NO_SHEET)
    return {cell(sheet, row, "list_name") for row in sheet.rows}


def _choices(choices: Worksheet, *, duplicates: bool) -> Iterator[FormError]:
    for column in columns_of(choices.columns):
        if not column.known and not _NAME.fullmatch(column.header):
            yield FormError("form.column_name", sheet=choices.name, row=1, column=column.header)
    seen: dict[tuple[str, str], WorksheetRow] = {}
    for row in choices.rows:
        key = cell(choices, row, "list_name"), cell(choices, row, "name")
        if not key[0]:
            continue
        if not key[1]:
            yield _problem("form.name_missing", choices, row, "name")
        elif key in seen and not duplicates:
            yield _problem(
                "form.duplicate_choice", choices, row, "name", list=key[0], value=key[1], first=str(seen[key].number)
            )
        seen.setdefault(key, row)


def _references(sheets: Iterable[Worksheet], found: list[SurveyRow], root: str) -> Iterator[FormError]:
    """Yield what is wrong with `${…}`; `root` is the name of the root, "" where the workbook leaves it to others.

    A question cannot be meant by the same name.
    """
    names: dict[str, int] = {root: 1} if root else {}
    for entry in found:
        if entry.what != "end" and entry.name:
            names[entry.name] = names.get(entry.name, 0) + 1
        chosen = selection(entry.type)
        if chosen is not None and chosen.or_other:
            names[f"{entry.name}_other"] = 1
    for sheet in sheets:
        for row in sheet.rows:
            for column in columns_of(sheet.columns):
                text = row.cells.get(column.header, "")
                if "${" in text:
                    place: dict[str, str | int] = {"sheet": sheet.name, "row": row.number, "column": column.header}
                    yield from _unknown(text, names, place)


def _unknown(text: str, names: Mapping[str, int], place: Mapping[str, str | int]) -> Iterator[FormError]:
    if text.count("${") != len(_REFERENCE.findall(text)):
        yield FormError("form.reference", **place, expression=text)
    for inner in dict.fromkeys(_REFERENCE.findall(text)):
        target = _TARGET.fullmatch(inner)
        if target is None:
            yield FormError("form.reference", **place, expression=f"${{{inner}}}")
        elif target[1] not in names:
            yield FormError("form.unknown_name", **place, name=target[1])
        elif names[target[1]] > 1:
            yield FormError("form.ambiguous_name", **place, name=target[1])
