"""The words in which an outline tells what a question is."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from desktop.cli.terminal import without_control

if TYPE_CHECKING:
    from desktop.forms import Form
    from desktop.forms.script.overview import OverviewRow

WHOLE_LIST = 30
"""Choices shown of one list; a longer one is cut, with the number of the rest."""

KINDS: Mapping[str, str] = {
    "note": "note",
    "repeat": "repeat",
    "calculate": "calculation",
    "string": "text",
    "int": "whole number",
    "decimal": "number",
    "date": "date",
    "time": "time",
    "dateTime": "date and time",
    "boolean": "yes or no",
    "geopoint": "place on a map",
    "geotrace": "line on a map",
    "geoshape": "area on a map",
    "barcode": "barcode",
    "select1": "one choice",
    "select": "several choices",
    "rank": "choices in order",
    "range": "number in a range",
    "trigger": "acknowledge",
    "binary": "file",
}
"""By type of question, or by kind of anything else."""

TEXTS: Mapping[str, str] = {
    "label": "",
    "hint": "hint",
    "guidance": "why",
    "constraint": "when wrong",
    "required": "when empty",
}
"""By role of a text."""

RULES: Mapping[str, str] = {
    "relevant": "asked when",
    "required": "required when",
    "constraint": "must be",
    "calculate": "worked out as",
    "readonly": "fixed when",
    "count": "number of rows",
    "filter": "choices where",
}
"""By rule."""


def kind_of(entry: "OverviewRow") -> str:
    """Return what an entry is."""
    node = entry.node
    return KINDS.get(node.type if node.kind == "question" else node.kind, node.type)


def heading(form: "Form", entries: "Sequence[OverviewRow]", tags: Sequence[str]) -> str:
    """Return what form this is, how many questions it has, and in which languages it is shown."""
    asked = sum(1 for entry in entries if entry.node.kind == "question")
    version = f" {form.version}" if form.version else ""
    return without_control(f"{form.name}{version}, {asked} questions, {' + '.join(tags)}")


def total(entries: "Sequence[OverviewRow]") -> str:
    """Return how many texts have no translation, by language."""
    count: dict[str, int] = {}
    for entry in entries:
        for _, tag in entry.missing:
            count[tag] = count.get(tag, 0) + 1
    counts = ", ".join(f"{number} in {tag}" for tag, number in count.items())
    return f"Missing translations: {counts}." if count else "No translation is missing."
