"""Where in its workbook a problem of a form is: sheet, row and the column as the workbook calls it."""

from collections.abc import Iterable, Sequence

from desktop.forms.check.workbook_rules import EXPRESSIONS
from desktop.forms.errors import FormError
from desktop.forms.workbook.columns import cell, columns_of, header_for
from desktop.forms.workbook.outline import entries, is_repeat, selection
from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow

_SHEETS = ("survey", "choices", "external_choices", "entities", "settings")
_ROLES = {
    "constraint_text": "constraint_message",
    "required_text": "required_message",
    "jr:constraintMsg": "constraint_message",
    "jr:requiredMsg": "required_message",
    "guidance": "guidance_hint",
    "short": "label",
}
_LAST = 1_000_000


class ProblemLocator:
    """Finds the row of every node and of every choice of one workbook."""

    def __init__(self, sheets: Rows) -> None:
        """Read the outline of the survey and the lists."""
        self._sheets = sheets
        self._rows: dict[tuple[str, ...], tuple[WorksheetRow, str]] = {}
        self._choices: dict[str, list[tuple[str, WorksheetRow]]] = {}
        if "survey" in sheets:
            self._read_survey(sheets["survey"])
        for name in ("choices", "external_choices"):
            for row in sheets[name].rows if name in sheets else ():
                self._choices.setdefault(cell(sheets[name], row, "list_name"), []).append((name, row))

    def _read_survey(self, survey: Worksheet) -> None:
        for entry in entries(survey):
            if entry.what == "end":
                continue
            self._rows.setdefault(entry.path, (entry.row, ""))
            chosen = selection(entry.type)
            if chosen is not None and chosen.or_other:
                self._rows.setdefault((*entry.path[:-1], f"{entry.name}_other"), (entry.row, "type"))
            if entry.what == "begin" and is_repeat(entry.type):
                self._rows.setdefault((*entry.path[:-1], f"{entry.name}_count"), (entry.row, "repeat_count"))

    def placed(self, error: FormError) -> FormError:
        """Return `error` with sheet, row and column, as far as they follow from what it says; its own row stays."""
        details = error.details
        if "sheet" in details and "row" in details:
            return error
        path = details.get("path", "")
        if path and not path.startswith("/"):
            return self._of_choice(error, path)
        if path:
            return self._of_node(error, [part for part in path.split("/") if part][1:])
        return self._of_file(error)

    def _of_node(self, error: FormError, names: Sequence[str]) -> FormError:
        if names[:1] == ["meta"]:
            role = "instance_name" if names[-1:] == ["instanceName"] else ""
            return self._at(error, "settings", self._first("settings"), role)
        for length in range(len(names), 0, -1):
            found = self._rows.get(tuple(names[:length]))
            if found is not None:
                return self._at(error, "survey", found[0], found[1] or error.details.get("column", ""))
        return self._at(error, "survey", None, error.details.get("column", ""))

    def _of_choice(self, error: FormError, identifier: str) -> FormError:
        name, _, number = identifier.rpartition("-")
        rows = self._choices.get(name, [])
        known = number.isdecimal() and int(number) < len(rows)
        sheet, row = rows[int(number)] if known else ("choices", None)
        if row is not None:
            value = cell(self._sheets[sheet], row, "name")
            error = FormError(error.code, **{**error.details, "path": f"{name}/{value}"})
        return self._at(error, sheet, row, error.details.get("column", "") or "label")

    def _of_file(self, error: FormError) -> FormError:
        """Return the error with the first row that names the file or the list it is about."""
        survey = self._sheets.get("survey")
        wanted = error.details.get("file") or error.details.get("instance", "")
        if survey is None or not wanted:
            return error
        stem = wanted.rpartition(".")[0] or wanted
        for row in survey.rows:
            for column in columns_of(survey.columns):
                text = row.cells.get(column.header, "")
                if wanted in text or f"'{stem}'" in text or (column.key in {"name", "tag"} and text == stem):
                    header = header_for(survey, "type") if column.key in {"name", "tag"} else column.header
                    return _locate_error(error, "survey", row, header)
        return error

    def _at(self, error: FormError, sheet: str, row: WorksheetRow | None, role: str) -> FormError:
        role = _ROLES.get(role, role)
        known = self._sheets.get(sheet)
        if not role or known is None:
            return _locate_error(error, sheet, row, "")
        header = header_for(known, role, error.details.get("language", ""))
        written = row.cells.get(header, "") if row is not None and role in EXPRESSIONS else ""
        if written and "expression" in error.details and written != error.details["expression"]:
            details = {name: text for name, text in error.details.items() if name != "position"}
            error = FormError(error.code, **{**details, "expression": written})
        return _locate_error(error, sheet, row, header)

    def _first(self, sheet: str) -> WorksheetRow | None:
        rows = self._sheets[sheet].rows if sheet in self._sheets else ()
        return rows[0] if rows else None

    def in_order(self, problems: Iterable[FormError]) -> tuple[FormError, ...]:
        """Return the problems as they stand in the workbook, each once; what has no row comes last of its sheet."""
        unique = {(error.code, tuple(sorted(error.details.items()))): error for error in problems}
        return tuple(sorted(unique.values(), key=self._key))

    def _key(self, error: FormError) -> tuple[int, int, int]:
        name, row = error.details.get("sheet", ""), error.details.get("row", "")
        sheet = self._sheets.get(name)
        column = error.details.get("column", "")
        at = sheet.columns.index(column) if sheet is not None and column in sheet.columns else _LAST
        return (
            _SHEETS.index(name) if name in _SHEETS else len(_SHEETS),
            int(row) if row.isdecimal() else _LAST,
            at,
        )


def _locate_error(error: FormError, sheet: str, row: WorksheetRow | None, column: str) -> FormError:
    """Return `error` with its place; the column replaces the role that the engine gave it."""
    details = {name: text for name, text in error.details.items() if name != "column" or not column}
    place: dict[str, str | int] = {"sheet": sheet}
    if row is not None:
        place["row"] = row.number
    if column:
        place["column"] = column
    return FormError(error.code, **{**place, **details, **({"column": column} if column else {})})
