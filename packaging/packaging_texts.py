"""The texts of a workbook in Markdown tables, and the pseudo-locales that show what a screen does with long text."""

import re
from collections.abc import Iterator

from babel.messages.catalog import Catalog

from desktop.kernel.in_context import InContext, choice_context

SHOWN_COLUMNS = frozenset(
    {
        *("label", "hint", "guidance_hint", "constraint_message", "required_message"),
        *("goal", "short", "why", "done_when", "action", "funding", "text", "note", "offers", "meaning", "form_title"),
        "bind::opmaat:unit",
    }
)
"""Columns of a form or a region workbook whose cells a person reads."""

_CELL = re.compile(r"(?<!\\)\|")
_PLACE = re.compile(r"(\$?\{[^}]*\}|%\([^)]*\)s)")
_ACCENTED = str.maketrans("aeiouyAEIOUYcdlnrstz", "áéíóúýÁÉÍÓÚÝçďĺñŕšťž")


CHOICES = "choices"


def workbook_texts(markdown: str) -> Iterator[str]:
    """Yield the readable cells of all sheets, in order, each once; a choice as an `InContext`, once for each choice."""
    sheet_name = ""
    header: list[str] = []
    seen: set[tuple[str, str]] = set()
    for line in markdown.splitlines():
        if not line.strip().startswith("|"):
            continue
        sheet, *cells = [cell.strip() for cell in _CELL.split(line.strip().strip("|"))]
        if sheet:
            sheet_name, header = sheet, []
        elif not header:
            header = cells
        elif not all(set(cell) <= {"-", ":"} for cell in cells):
            row = dict(zip(header, cells, strict=False))
            context = choice_context(row["list_name"], row["name"]) if sheet_name == CHOICES else ""
            for column, cell in row.items():
                text = cell.replace("\\|", "|")
                if column in SHOWN_COLUMNS and text and (context, text) not in seen:
                    seen.add((context, text))
                    yield InContext(text, context) if context else text


def pseudo(template: Catalog, tag: str) -> Catalog:
    """Return a catalogue whose texts are 40 % longer and accented, or wrapped as right-to-left text."""
    made = Catalog(locale="en" if tag == "en_XA" else "ar", charset="utf-8", fuzzy=False)
    change = _longer if tag == "en_XA" else _right_to_left
    for message in template:
        if not message.id:
            continue
        if isinstance(message.id, tuple | list):
            made.add(message.id, tuple(change(message.id[-1]) for _ in range(made.num_plurals)))
        else:
            made.add(message.id, change(message.id), context=message.context)
    return made


def _longer(text: str) -> str:
    accented = "".join(part if _PLACE.fullmatch(part) else part.translate(_ACCENTED) for part in _PLACE.split(text))
    return f"[{accented}{'·' * (len(text) * 2 // 5)}]"


def _right_to_left(text: str) -> str:
    return f"\u202b{text}\u202c"
