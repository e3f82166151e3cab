"""A region workbook to begin with: every sheet and column, the goals of the national workbook, and not one fact."""

from collections.abc import Mapping
from types import MappingProxyType

from desktop.forms.workbook.tables import Rows, Worksheet, WorksheetRow
from desktop.plan.model.topics import DAY_CODES, DOMAIN_ICONS, TOPIC_KEYS
from desktop.plan.region.region_reader import NATIONAL
from desktop.plan.region.region_rows import InterviewVersion
from desktop.plan.region.sheets import COLUMNS, read_sheets

_BEGUN = ("settings", "letterhead", "routes", "modules", "goals", "partners", "week", "holidays")


def _list(values: object) -> str:
    return f'"{",".join(map(str, values))}"'  # type: ignore[call-overload]  # any texts


CHOICES: Mapping[str, str] = MappingProxyType(
    {
        "legal_route": _list(("B1", "O", "Z")),
        "domain": _list(DOMAIN_ICONS),
        "starts": _list(("ja", "nee")),
        "day": _list(DAY_CODES),
        "part": _list(("morning", "afternoon")),
        "week.kind": _list(("language", "work", "participation", "own")),
        "child": _list(("vve", "care", "home")),
        "sign": _list(("for", "against", "neutral")),
        "topic": _list(sorted(TOPIC_KEYS)),
        "route": "routes!$A$2:$A$60",
    }
)
"""What the drop-downs of a workbook offer, by column or by `sheet.column`."""


def new_region(form: InterviewVersion, name: str) -> Rows:
    """Return the sheets of a new workbook laid over `form`, for the region with the id `name`."""
    first = {"region": name, "interview": form.name, "interview_version": form.version}
    goals = read_sheets(NATIONAL, "md")["goals"]
    sheets: dict[str, Worksheet] = {}
    for sheet in _BEGUN:
        required, optional = (words.split() for words in COLUMNS[sheet])
        sheets[sheet] = Worksheet(sheet, (*required, *optional), ())
    sheets["settings"] = Worksheet("settings", sheets["settings"].columns, (WorksheetRow(2, first),))
    sheets["goals"] = goals
    return MappingProxyType(sheets)


def markdown_of(sheets: Rows) -> str:
    """Return the sheets as Markdown tables, as `read_region` reads them."""
    lines = ["# Regio", ""]
    for sheet in sheets.values():
        lines.append(f"| {sheet.name} |" + " |" * len(sheet.columns))
        lines.append(f"| | {' | '.join(sheet.columns)} |")
        for row in sheet.rows:
            cells = (row.cells.get(column, "").replace("|", "\\|") for column in sheet.columns)
            lines.append(f"| | {' | '.join(cells)} |")
        lines.append("")
    return "\n".join(lines)
