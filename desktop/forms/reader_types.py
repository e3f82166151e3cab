"""Types of question that pyxform does not convert as they are: written another way before, and set right after.

`select_one_external` becomes a `select_one` of the same list, whose choices join the others: our look-ups need no
separate file to be fast. `rank_from_file` becomes a `select_multiple_from_file` with a mark, and then a rank.
"""

import re
from collections.abc import Mapping

from desktop.forms.columns import header_for
from desktop.forms.tables import Sheet

_MARK = "opmaat-rank-from-file"
_RANK = re.compile(rf'<select ([^<>]*?)appearance="([^"<>]*?) ?{_MARK}"([^<>]*)>(.*?)</select>', re.DOTALL)
_REFERENCE = re.compile(r'ref="([^"]*)"')


def rewritten(row: Mapping[str, str], survey: Sheet) -> dict[str, str]:
    """Return a row of the survey as pyxform takes it."""
    changed = dict(row)
    header = header_for(survey, "type")
    kind = " ".join(row.get(header, "").split())
    command, _, rest = kind.partition(" ")
    if command == "select_one_external":
        changed[header] = f"select_one {rest}"
    elif command == "rank_from_file":
        appearance = header_for(survey, "appearance")
        changed[header] = f"select_multiple_from_file {rest}"
        changed[appearance] = f"{row.get(appearance, '')} {_MARK}".strip()
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
