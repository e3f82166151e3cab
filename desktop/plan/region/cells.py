"""Cells of a region workbook as typed values; every mistake names its sheet, row and column."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from desktop.forms.workbook.tables import WorksheetRow
from desktop.plan.region.region_rules import ALWAYS, Condition
from protocol.errors import UserError

_QUESTION = re.compile(r"\$\{\s*([A-Za-z_][\w.-]*)\s*\}")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_\-]{0,63}")
_MOST_NUMBER = 100_000
_YES = {"yes": True, "ja": True, "true": True, "no": False, "nee": False, "false": False, "": False}


class Expressions(Protocol):
    """The part of a form that a region needs: it compiles expressions and knows its questions."""

    def compile(self, expression: str) -> object:
        """Return `expression` compiled; raises UserError for one that is wrong."""
        ...


@dataclass(frozen=True, slots=True)
class CellReader:
    """One row of `sheet`, read with the questions and expressions of one interview.

    `questions` tells of each name whether its answers may be read by rules of the shared plan: those about health may
    not (Wet inburgering 2021, article 37).
    Every method takes a column name and raises UserError `region.…` with the details sheet, row and column.
    """

    sheet: str
    row: WorksheetRow
    form: Expressions
    questions: Mapping[str, bool]

    def problem(self, code: str, column: str, **details: str) -> UserError:
        """Return the error `code` at `column` of this row."""
        return UserError(code, {"sheet": self.sheet, "row": str(self.row.number), "column": column, **details})

    def text(self, column: str) -> str:
        """Return the text of `column`, blank when the cell is empty; `${question}` places in it must exist."""
        found = self.row.cells.get(column, "")
        self._require_known(_QUESTION.findall(found), column)
        return found

    def needed(self, column: str) -> str:
        """Return the text of `column`; an empty cell is `region.cell_empty`."""
        found = self.text(column)
        if not found:
            raise self.problem("region.cell_empty", column)
        return found

    def name(self, column: str = "name") -> str:
        """Return an id: a letter, then letters, digits, `_` or `-`."""
        found = self.needed(column)
        if not _NAME.fullmatch(found):
            raise self.problem("region.value_wrong", column)
        return found

    def choice(self, column: str, allowed: Collection[str], default: str = "") -> str:
        """Return one of `allowed`, or `default` for an empty cell when there is one."""
        found = self.row.cells.get(column, default)
        if found not in allowed:
            raise self.problem("region.value_wrong" if found else "region.cell_empty", column)
        return found

    def number(self, column: str) -> int | None:
        """Return a whole number, None for an empty cell."""
        found = self.row.cells.get(column, "")
        if not found:
            return None
        if not re.fullmatch(r"-?[0-9]{1,6}", found) or abs(int(found)) > _MOST_NUMBER:
            raise self.problem("region.value_wrong", column)
        return int(found)

    def count(self, column: str, least: int = 0) -> int:
        """Return a whole number of at least `least`; an empty cell counts as 0."""
        found = self.number(column) or 0
        if found < least:
            raise self.problem("region.value_wrong", column)
        return found

    def numbers(self, column: str) -> tuple[int, ...]:
        """Return whole numbers divided by spaces, commas or semicolons."""
        words = self._words(column)
        if not all(word.isascii() and word.isdigit() and len(word) <= len("100000") for word in words):
            raise self.problem("region.value_wrong", column)
        return tuple(int(word) for word in words)

    def yes(self, column: str) -> bool:
        """Return whether the cell says yes."""
        found = self.row.cells.get(column, "").lower()
        if found not in _YES:
            raise self.problem("region.value_wrong", column)
        return _YES[found]

    def day(self, column: str) -> date:
        """Return a calendar date written as jjjj-mm-dd."""
        return self._date(self.needed(column), column)

    def days(self, column: str) -> tuple[date, ...]:
        """Return calendar dates, sorted."""
        return tuple(sorted(self._date(word, column) for word in self._words(column)))

    def names(self, column: str) -> tuple[str, ...]:
        """Return names divided by spaces, commas or semicolons."""
        return self._words(column)

    def people(self, column: str) -> tuple[str, ...]:
        """Return texts divided by semicolons."""
        return tuple(word.strip() for word in self.row.cells.get(column, "").split(";") if word.strip())

    def questions_in(self, column: str) -> tuple[str, ...]:
        """Return names of questions that exist."""
        found = tuple(word.removeprefix("${").removesuffix("}") for word in self._words(column))
        self._require_known(found, column)
        return found

    def condition(self, column: str = "when") -> Condition:
        """Return the compiled expression of `column`; `ALWAYS` for an empty cell."""
        source = self.row.cells.get(column, "")
        if not source:
            return ALWAYS
        names = tuple(dict.fromkeys(_QUESTION.findall(source)))
        self._require_known(names, column)
        try:
            compiled = self.form.compile(source)
        except UserError as error:
            raise self.problem("region.expression", column, reason=error.code) from error
        return Condition(source, compiled, names)

    def _require_known(self, names: Collection[str], column: str) -> None:
        for name in names:
            if name not in self.questions:
                raise self.problem("region.reference_unknown", column, name=name)
            if not self.questions[name]:
                raise self.problem("region.health_question", column, name=name)

    def _words(self, column: str) -> tuple[str, ...]:
        return tuple(word for word in re.split(r"[\s;,]+", self.row.cells.get(column, "")) if word)

    def _date(self, word: str, column: str) -> date:
        try:
            return date.fromisoformat(word)
        except ValueError as error:
            raise self.problem("region.value_wrong", column) from error
