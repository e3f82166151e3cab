"""What an expression gives, for people who look at it: its type, its text, and the nodes of a node-set."""

import math
from dataclasses import dataclass
from typing import Literal

from desktop.forms.model.state import DataNode, node_ref
from desktop.forms.xpath.moments import Moment
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node, string_value
from desktop.forms.xpath.values import Value, to_text

FindingType = Literal["text", "number", "truth", "date", "nodes"]
"""The types of XPath 1.0, section 1, and the dates that ODK XForms adds to them."""


@dataclass(frozen=True, slots=True)
class Finding:
    """The value of an expression. `text` is its string value; `nodes` are the refs and texts of a node-set, in order.

    A node outside the answers, such as a row of a list, has the path of its element names for a ref.
    """

    type: FindingType
    text: str
    nodes: tuple[tuple[str, str], ...] = ()


def finding_of(value: Value) -> Finding:
    """Return what is to be seen of `value`."""
    if isinstance(value, list):
        return Finding("nodes", to_text(value), tuple((_ref(node), string_value(node)) for node in value))
    return Finding(_type(value), to_text(value))


def plain(value: Value) -> str | float | bool:
    """Return `value` as it is; of a node-set the text of its first node, of a date its text."""
    if isinstance(value, list):
        return string_value(value[0]) if value else ""
    if isinstance(value, Moment):
        return value.text
    return math.nan if isinstance(value, float) and math.isnan(value) else value


def _type(value: Value) -> FindingType:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, Moment):
        return "date"
    return "text" if isinstance(value, str) else "number"


def _ref(node: Node) -> str:
    if isinstance(node, DataNode):
        return node_ref(node)
    if node.kind == ATTRIBUTE:
        return f"{_ref(node.parent) if node.parent is not None else ''}/@{node.qualified}"
    return (
        f"{_ref(node.parent) if node.parent is not None else ''}{f'/{node.qualified}' if node.kind == ELEMENT else ''}"
    )
