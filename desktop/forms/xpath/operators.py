"""Operators as closures: each pair of operand types gets the shortest closure that is right for it."""

import math
from collections.abc import Callable

from desktop.forms.xpath.code import Code, Context, Kind, Run, nodes_of, number_of, text_of, truth_of
from desktop.forms.xpath.tree import document_order
from desktop.forms.xpath.values import Value, compare

_EQUALITY = frozenset({"=", "!="})
_COMPARE: dict[str, Callable[[Run, Run], Run]] = {
    "=": lambda left, right: lambda c: left(c) == right(c),
    "!=": lambda left, right: lambda c: left(c) != right(c),
    "<": lambda left, right: lambda c: left(c) < right(c),
    "<=": lambda left, right: lambda c: left(c) <= right(c),
    ">": lambda left, right: lambda c: left(c) > right(c),
    ">=": lambda left, right: lambda c: left(c) >= right(c),
}
_COMPARE_WITH: dict[str, Callable[[Run, Value], Run]] = {
    "=": lambda left, value: lambda c: left(c) == value,
    "!=": lambda left, value: lambda c: left(c) != value,
    "<": lambda left, value: lambda c: left(c) < value,
    "<=": lambda left, value: lambda c: left(c) <= value,
    ">": lambda left, value: lambda c: left(c) > value,
    ">=": lambda left, value: lambda c: left(c) >= value,
}
"""Written out, because calling `operator.lt` costs as much as the comparison; the right side is a constant here."""
_NUMERIC: frozenset[Kind] = frozenset({"number", "moment"})


def binary(sign: str, left: Code, right: Code) -> Code:
    """Return the code of `left sign right` for every binary operator of XPath 1.0."""
    if sign in {"and", "or"}:
        return _logical(sign, truth_of(left), truth_of(right))
    if sign == "|":
        return _union(nodes_of(left), nodes_of(right))
    if sign in _COMPARE:
        return Code("truth", _comparison(sign, left, right))
    return Code("number", _ARITHMETIC[sign](number_of(left), number_of(right)))


def negation(operand: Code) -> Code:
    """Return the code of a unary minus."""
    number = number_of(operand)
    if operand.constant is not None and isinstance(operand.constant, float):
        value = -operand.constant
        return Code("number", lambda _: value, constant=value)
    return Code("number", lambda c: -number(c))


def _logical(sign: str, left: Run, right: Run) -> Code:
    if sign == "and":
        return Code("truth", lambda c: left(c) and right(c))
    return Code("truth", lambda c: left(c) or right(c))


def _union(left: Run, right: Run) -> Code:
    return Code("nodes", lambda c: document_order([*left(c), *right(c)]))


def _comparison(sign: str, left: Code, right: Code) -> Run:
    kinds = {left.kind, right.kind}
    if "truth" in kinds and sign in _EQUALITY:
        return _COMPARE[sign](truth_of(left), truth_of(right))
    if (
        "any" in kinds
        or {"truth", "nodes"} <= kinds
        or any(code.kind == "nodes" and not code.single for code in (left, right))
    ):
        return _by_value(sign, left.run, right.run)
    if sign in _EQUALITY and not kinds & _NUMERIC:
        return _equal_texts(sign, left, right)
    if isinstance(right.constant, float):
        return _COMPARE_WITH[sign](number_of(left), right.constant)
    return _COMPARE[sign](number_of(left), number_of(right))


def _equal_texts(sign: str, left: Code, right: Code) -> Run:
    one, other = text_of(left), text_of(right)
    if right.constant is None:
        return _COMPARE[sign](one, other)
    return _COMPARE_WITH[sign](one, right.constant)


def _by_value(sign: str, left: Run, right: Run) -> Run:
    return lambda c: compare(sign, left(c), right(c), c.environment.zone)


def _add(left: Run, right: Run) -> Run:
    return lambda c: left(c) + right(c)


def _subtract(left: Run, right: Run) -> Run:
    return lambda c: left(c) - right(c)


def _multiply(left: Run, right: Run) -> Run:
    return lambda c: left(c) * right(c)


def _divide(left: Run, right: Run) -> Run:
    def run(c: Context) -> float:
        dividend, divisor = float(left(c)), float(right(c))
        if divisor != 0:
            return dividend / divisor
        if dividend == 0 or math.isnan(dividend):
            return math.nan
        return math.copysign(math.inf, dividend) * math.copysign(1.0, divisor)

    return run


def _remainder(left: Run, right: Run) -> Run:
    def run(c: Context) -> float:
        dividend, divisor = float(left(c)), float(right(c))
        if divisor == 0 or math.isinf(dividend):
            return math.nan
        return math.fmod(dividend, divisor)

    return run


_ARITHMETIC: dict[str, Callable[[Run, Run], Run]] = {
    "+": _add,
    "-": _subtract,
    "*": _multiply,
    "div": _divide,
    "mod": _remainder,
}
