"""The survey sheet as a tree: which row makes which node of the form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.forms.workbook.columns import cell
from desktop.forms.workbook.tables import Worksheet, WorksheetRow

_BEGIN = re.compile(r"begin[\s_]+(group|lgroup|repeat|loop|looped group)(?:\s+.*)?", re.IGNORECASE)
_REPEATS = re.compile(r"(?:begin|end)[\s_]+(?:repeat|lgroup|looped group|loop)(?:\s+.*)?", re.IGNORECASE)
_END = re.compile(r"end[\s_]+(group|lgroup|repeat|loop|looped group)", re.IGNORECASE)
_SELECT = re.compile(
    r"(select_one|select_multiple|rank|select one|select multiple|select1|select_one_external|"
    r"select_one_from_file|select_multiple_from_file|rank_from_file|select one from|select all that apply from|"
    r"select all that apply|select one from file|select multiple from file|add select one prompt using|"
    r"add select multiple prompt using)\s+(\S+)(?:\s+(or_other|or other|or specify other))?"
)


DEEPEST = 100
"""How deep groups may lie in each other."""


@dataclass(frozen=True, slots=True)
class SurveyRow:
    """One row of the survey: what it is (`begin`, `end` or `question`), its type as written, and its name.

    `path` are the names of the groups around it and its own, as far as they may lie in each other. `opened` is the row
    that an end row closes, if any.
    """

    row: WorksheetRow
    what: str
    type: str
    name: str
    path: tuple[str, ...]
    opened: WorksheetRow | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """The type of a question that is answered by choosing: its command, its list or file, whether other is added."""

    command: str
    list_name: str
    or_other: bool


def selection(kind: str) -> Selection | None:
    """Return what is chosen from by a question of this type, or None."""
    found = _SELECT.fullmatch(" ".join(kind.split()))
    return Selection(found[1].replace(" ", "_"), found[2], bool(found[3])) if found else None


def entries(survey: Worksheet) -> Iterator[SurveyRow]:
    """Yield the rows of the survey in order; an end that closes nothing has no `opened`."""
    groups: list[SurveyRow] = []
    for row in survey.rows:
        kind, name = " ".join(cell(survey, row, "type").split()), cell(survey, row, "name")
        around = groups[-1].path if groups else ()
        if _END.fullmatch(kind):
            yield SurveyRow(row, "end", kind, name, around, groups.pop().row if groups else None)
            continue
        path = (*around, name) if len(around) < DEEPEST else around
        entry = SurveyRow(row, "begin" if _BEGIN.fullmatch(kind) else "question", kind, name, path)
        yield entry
        if entry.what == "begin":
            groups.append(entry)


def left_open(survey: Worksheet) -> tuple[SurveyRow, ...]:
    """Return the groups and repeats that no end row closes, outermost first."""
    groups: list[SurveyRow] = []
    for entry in entries(survey):
        if entry.what == "begin":
            groups.append(entry)
        elif entry.what == "end" and groups:
            groups.pop()
    return tuple(groups)


def is_repeat(kind: str) -> bool:
    """Tell whether a row of this type begins or ends a repeat."""
    return _REPEATS.fullmatch(" ".join(kind.split())) is not None
