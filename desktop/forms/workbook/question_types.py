"""Types of question that pyxform does not convert as they are: written another way before, and set right after.

`select_one_external` becomes a `select_one` of the same list, whose choices join the others: our look-ups need no
separate file to be fast. `or_other` becomes a choice and a question of its own, in every language of the workbook.
`rank_from_file` becomes a `select_multiple_from_file` with a mark, and then a rank.
"""

import re
from collections.abc import Callable, Iterator

from desktop.forms.model.texts import tag_of
from desktop.forms.workbook.columns import cell, columns_of, header_for
from desktop.forms.workbook.outline import selection
from desktop.forms.workbook.tables import Worksheet, WorksheetRow

_MARK = "opmaat-rank-from-file"
_RANK = re.compile(rf'<select ([^<>]*?)appearance="([^"<>]*?) ?{_MARK}"([^<>]*)>(.*?)</select>', re.DOTALL)
_REFERENCE = re.compile(r'ref="([^"]*)"')

Words = Callable[[str], tuple[str, str]]
"""`FormLocale.other_texts`: the choice and the question that `or_other` adds, in a language."""

_OTHER = "other"


def adds_other(row: WorksheetRow, survey: Worksheet, lists: set[str]) -> str:
    """Return the list a row adds another choice to, "" when it adds none, or in a way that pyxform is to judge."""
    chosen = selection(cell(survey, row, "type"))
    if chosen is None or not chosen.or_other or chosen.list_name not in lists or cell(survey, row, "choice_filter"):
        return ""
    return chosen.list_name


def question_after(row: WorksheetRow, survey: Worksheet, words: Words) -> dict[str, str]:
    """Return the row that asks which other one is meant."""
    name = cell(survey, row, "name")
    return {
        header_for(survey, "type"): "text",
        header_for(survey, "name"): f"{name}_other",
        header_for(survey, "relevant"): f"selected(../{name}, '{_OTHER}')",
        **_label_columns(survey, words, 1),
    }


def other_choices(lists: set[str], choices: Worksheet, words: Words) -> Iterator[dict[str, str]]:
    """Yield the other choice of each of `lists` that does not write one out itself."""
    names, values = header_for(choices, "list_name"), header_for(choices, "name")
    written = {row.cells.get(names, "") for row in choices.rows if row.cells.get(values) == _OTHER}
    for name in sorted(lists - written):
        yield {names: name, values: _OTHER, **_label_columns(choices, words, 0)}


def _label_columns(sheet: Worksheet, words: Words, which: int) -> dict[str, str]:
    """Return the choice or the question in each column of labels that a sheet has."""
    labels = [column for column in columns_of(sheet.columns) if column.key in {"label", "caption"}]
    return {column.header: words(tag_of(column.language))[which] for column in labels} or {"label": words("")[which]}


def rewritten(row: WorksheetRow, survey: Worksheet, lists: set[str]) -> dict[str, str]:
    """Return a row of the survey as pyxform takes it; `lists` are those it may add another choice to."""
    changed = dict(row.cells)
    header = header_for(survey, "type")
    kind = " ".join(changed.get(header, "").split())
    command, _, rest = kind.partition(" ")
    chosen = selection(kind)
    if chosen is not None and adds_other(row, survey, lists):
        changed[header] = kind[: kind.index(chosen.list_name, len(chosen.command)) + len(chosen.list_name)]
    elif command == "select_one_external":
        changed[header] = f"select_one {rest}"
    elif command == "rank_from_file":
        appearance = header_for(survey, "appearance")
        changed[header] = f"select_multiple_from_file {rest}"
        changed[appearance] = f"{changed.get(appearance, '')} {_MARK}".strip()
    return changed


def ranked(xform: str) -> str:
    """Return an XForm in which every marked select is a rank."""
    paths: list[str] = []

    def rank(found: re.Match[str]) -> str:
        before, appearance, after, inside = found.groups()
        reference = _REFERENCE.search(before + after)
        paths.append(reference[1] if reference else "")
        shown = f'appearance="{appearance.strip()}"' if appearance.strip() else ""
        return f"<odk:rank {before}{shown}{after}>{inside}</odk:rank>"

    if _MARK not in xform:
        return xform
    xform = _RANK.sub(rank, xform)
    for path in paths:
        xform = xform.replace(f'<bind nodeset="{path}" type="string"', f'<bind nodeset="{path}" type="odk:rank"')
    return xform
