"""The sheets of a region workbook and the columns each may have."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from desktop.forms.workbook.tables import Kind, Worksheet, bytes_of, read_tables
from protocol.errors import UserError

COLUMNS: Mapping[str, tuple[str, str]] = {
    "settings": (
        "region interview interview_version",
        "title version morning afternoon talks municipality reception",
    ),
    "letterhead": ("name", "logo_text colour footer"),
    "routes": ("name label legal_route weeks half_days", "level provider start_dates capacity"),
    "modules": ("route name label weeks", "note language_hours knm_hours work_hours switch_to"),
    "goals": (
        "name domain goal",
        "when short why done_when lead together_weeks self_weeks action who term_weeks starts funding sources",
    ),
    "partners": ("name label", "kind offers contact phone when"),
    "arguments": ("legal_route sign topic text", "name when sources"),
    "week": ("route day part kind", "label child"),
    "agreements": ("name text", "icon when sources"),
    "words": ("word meaning", ""),
    "holidays": ("name from to", ""),
}
"""Per sheet the columns that must be there and those that may be."""

Sheets = Mapping[str, Worksheet]


def read_sheets(source: Path | bytes | str, kind: Kind) -> Sheets:
    """Return the sheets in `source`. Raises UserError `region.unreadable`, EnvironmentProblem for the file."""
    data = bytes_of(source)
    try:
        return read_tables(data, kind)
    except UserError as error:
        raise UserError("region.unreadable", {"reason": error.code}) from error


def layout_problems(sheets: Sheets, required: Sequence[str]) -> Iterator[UserError]:
    """Yield each sheet that is missing, empty or unknown, and each column likewise."""
    for name in required:
        if name not in sheets or not sheets[name].rows:
            yield UserError("region.sheet_missing", {"sheet": name})
    for sheet in sheets.values():
        if sheet.name in COLUMNS:
            yield from _column_problems(sheet)
        else:
            yield UserError("region.sheet_unknown", {"sheet": sheet.name})


def _column_problems(sheet: Worksheet) -> Iterator[UserError]:
    required, optional = (words.split() for words in COLUMNS[sheet.name])
    for column in required:
        if column not in sheet.columns:
            yield UserError("region.column_missing", {"sheet": sheet.name, "row": "1", "column": column})
    for column in sheet.columns:
        if column not in (*required, *optional):
            yield UserError("region.column_unknown", {"sheet": sheet.name, "row": "1", "column": column})
