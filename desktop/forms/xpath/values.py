"""Values of expressions and the conversions between them (XPath 1.0, sections 3.2 to 4.4, as ODK XForms extends them).

A value is a `bool`, a `float`, a `DateNumber` (a float that knows its text), a `str`, or a `list` of nodes.
"""

import math
import operator
import re
from collections.abc import Callable
from datetime import tzinfo
from decimal import Decimal
from typing import Any

from desktop.forms.xpath.moments import DateNumber, days_of, parse_moment
from desktop.forms.xpath.tree import Node, string_value

Value = bool | float | str | list[Node]
"""Any value of an expression."""

_NUMBER = re.compile(r"[ \t\r\n]*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)[ \t\r\n]*")
_WHOLE_BELOW = 1e15
_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "!=": operator.ne,
}


def text_number(text: str, zone: tzinfo | None) -> float:
    """Return what `number()` makes of a text: a number, the days of a date or dateTime, or not-a-number."""
    if (text.isascii() and text.isdecimal()) or _NUMBER.fullmatch(text):
        return float(text)
    if len(text) >= len("1970-1-1") and text[4] == "-":
        moment = parse_moment(text, zone)
        if moment is not None:
            return days_of(moment)
    return math.nan


def number_text(number: float) -> str:
    """Return the text of a number: without exponent, without a decimal point when it is whole."""
    if isinstance(number, DateNumber):
        return number.text
    if -_WHOLE_BELOW < number < _WHOLE_BELOW and number == int(number):
        return str(int(number))
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    text = repr(float(number))
    return format(Decimal(text), "f") if "e" in text else text


def node_number(node: Node, zone: tzinfo | None) -> float:
    """Return the number of a node, remembered on the node while its text stays."""
    number = node.number
    if number is None:
        number = text_number(string_value(node), zone)
        if not node.children:
            node.number = number
    return number


def to_text(value: Value) -> str:
    """Return what `string()` makes of `value`."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return string_value(value[0]) if value else ""
    return number_text(value)


def to_number(value: Value, zone: tzinfo | None) -> float:
    """Return what `number()` makes of `value`."""
    if isinstance(value, float):
        return value
    if isinstance(value, bool):
        return 1.0 if value else 0.0
    if isinstance(value, list):
        return node_number(value[0], zone) if value else math.nan
    return text_number(value, zone)


def to_truth(value: Value) -> bool:
    """Return what `boolean()` makes of `value`; a valid date is true, whatever its number."""
    if isinstance(value, DateNumber):
        return value.is_valid
    if isinstance(value, float):
        return value != 0 and not math.isnan(value)
    return bool(value)


def compare(sign: str, left: Value, right: Value, zone: tzinfo | None) -> bool:
    """Return `left sign right` by the rules of XPath 1.0, section 3.4; a date compares as its number of days."""
    order = _ORDER[sign]
    if isinstance(left, bool) or isinstance(right, bool):
        if sign in {"=", "!="}:
            return order(to_truth(left), to_truth(right))
        left, right = _without_nodes(left), _without_nodes(right)
    elif isinstance(left, list) or isinstance(right, list):
        return _compare_nodes(sign, left, right, zone)
    elif isinstance(left, str) and isinstance(right, str) and sign in {"=", "!="}:
        return order(left, right)
    return order(to_number(left, zone), to_number(right, zone))


def _without_nodes(value: Value) -> Value:
    return bool(value) if isinstance(value, list) else value


def _compare_nodes(sign: str, left: Value, right: Value, zone: tzinfo | None) -> bool:
    lefts: list[Any] = [string_value(node) for node in left] if isinstance(left, list) else [left]
    rights: list[Any] = [string_value(node) for node in right] if isinstance(right, list) else [right]
    return any(compare(sign, one, other, zone) for one in lefts for other in rights)
