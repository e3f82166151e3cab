"""Which cell of a survey a converter stumbles over, when it fails without saying so."""

import re
from collections.abc import Callable

from desktop.forms.workbook.columns import columns_of, header_for
from desktop.forms.workbook.outline import is_repeat, left_open
from desktop.forms.workbook.tables import Worksheet, WorksheetRow

_REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
MOST_ROWS = 3_000
"""In a longer survey nothing is looked for: every look is a conversion."""


def stumbling_cell(survey: Worksheet, stumbles: Callable[[Worksheet], bool]) -> tuple[WorksheetRow, str] | None:
    """Return the row and the column of `survey` without which the converter does not stumble.

    The row is the last of the shortest beginning of the survey that `stumbles`; the column is that of its type where no
    other one is to blame alone. None in a survey that is too long to be converted a dozen times.
    """
    if len(survey.rows) > MOST_ROWS:
        return None
    good, bad = 0, len(survey.rows)
    while bad - good > 1:
        middle = (good + bad) // 2
        good, bad = (good, middle) if stumbles(_beginning(survey, middle)) else (middle, bad)
    row = survey.rows[bad - 1]
    kind = header_for(survey, "type")
    own = {kind, header_for(survey, "name")}
    others = sorted((header for header in row.cells if header not in own), key=_is_known)
    for header in others:
        if not stumbles(_without(_beginning(survey, bad), row, header)):
            return row, header
    return row, kind


def _refers(text: str) -> set[str]:
    return set(_REFERENCE.findall(text))


def _is_known(header: str) -> bool:
    return columns_of((header,))[0].known


def _beginning(survey: Worksheet, count: int) -> Worksheet:
    """Return the first rows of a survey, with an end to each group that they leave open.

    Cells that refer to a question after them are left out.
    """
    kind, name = header_for(survey, "type"), header_for(survey, "name")
    names = {row.cells.get(name, "") for row in survey.rows[:count]}
    rows = tuple(
        WorksheetRow(
            row.number, {key: text for key, text in row.cells.items() if key == kind or _refers(text) <= names}
        )
        for row in survey.rows[:count]
    )
    begun = Worksheet(survey.name, survey.columns, rows)
    ends = [
        WorksheetRow(entry.row.number, {kind: "end_repeat" if is_repeat(entry.type) else "end_group"})
        for entry in reversed(left_open(begun))
    ]
    return Worksheet(survey.name, survey.columns, (*begun.rows, *ends))


def _without(survey: Worksheet, row: WorksheetRow, header: str) -> Worksheet:
    emptied = WorksheetRow(row.number, {key: text for key, text in row.cells.items() if key != header})
    return Worksheet(
        survey.name, survey.columns, tuple(emptied if each.number == row.number else each for each in survey.rows)
    )
