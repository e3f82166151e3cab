"""Functions on space-separated lists, and texts of the form (ODK XForms "Select Functions")."""

import math
from collections.abc import Mapping

from desktop.forms.xpath.code import Code, Context, Environment, nodes_of
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library.define import check_arguments, function
from desktop.forms.xpath.syntax import Call, Literal, parse
from desktop.forms.xpath.tree import Node


def _selected(chosen: str, value: str) -> bool:
    return value.strip() in chosen.split()


def _selected_at(chosen: str, index: float) -> str:
    items = chosen.split()
    if math.isnan(index) or not 0 <= index < len(items):
        return ""
    return items[int(index)]


def _count_selected(chosen: str) -> float:
    return float(len(chosen.split()))


def _itext(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    identifier = compiler.text(call.arguments[0])
    return Code("text", lambda c: c.environment.itext(identifier(c), c.current))


def _property(environment: Environment, name: str) -> str:
    return environment.property(name)


def _choice_name(compiler: Compiler, call: Call) -> Code:
    """`jr:choice-name(value, path)`: the path is a text that names the question, mostly between quotes."""
    check_arguments(call, 2, 2)
    value = compiler.text(call.arguments[0])
    path = call.arguments[1]
    nodes = nodes_of(compiler.scope.choosing(parse(path.text) if isinstance(path, Literal) else path, compiler))

    def run(c: Context) -> str:
        found: list[Node] = nodes(c)
        return c.environment.choice_label(found[0], value(c)) if found else ""

    return Code("text", run)


FUNCTIONS: Mapping[str, Builder] = {
    "selected": function("truth", _selected, "text", "text"),
    "selected-at": function("text", _selected_at, "text", "number"),
    "count-selected": function("number", _count_selected, "text"),
    "jr:choice-name": _choice_name,
    "jr:itext": _itext,
    "property": function("text", _property, "text", environment=True),
}
"""Functions by name."""
