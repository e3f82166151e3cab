"""What an expression gives, for people who look at it: its type, its text, and the nodes of a node-set."""

from dataclasses import dataclass
from typing import Literal

from desktop.forms.model.state import DataNode, node_ref
from desktop.forms.xpath.moments import DateNumber
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node, string_value
from desktop.forms.xpath.values import Value, to_text

ValueType = Literal["text", "number", "truth", "date", "nodes"]
"""The types of XPath 1.0, section 1, and the dates that ODK XForms adds to them."""


@dataclass(frozen=True, slots=True)
class EvaluatedValue:
    """The value of an expression. `text` is its string value; `nodes` are the refs and texts of a node-set, in order.

    A node outside the answers, such as a row of a list, has the path of its element names for a ref.
    """

    type: ValueType
    text: str
    nodes: tuple[tuple[str, str], ...] = ()


def describe_value(value: Value) -> EvaluatedValue:
    """Return what is to be seen of `value`."""
    if isinstance(value, list):
        return EvaluatedValue("nodes", to_text(value), tuple((_ref(node), string_value(node)) for node in value))
    return EvaluatedValue(_type(value), to_text(value))


def plain(value: Value) -> str | float | bool:
    """Return `value` as it is; of a node-set the text of its first node, of a date its text."""
    if isinstance(value, list):
        return string_value(value[0]) if value else ""
    if isinstance(value, DateNumber):
        return value.text
    return value


def _type(value: Value) -> ValueType:
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, DateNumber):
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
