"""Boolean and choosing functions (XPath 1.0 section 4.3; ODK XForms "Boolean Functions")."""

import math
import operator
from collections.abc import Mapping

from desktop.forms.errors import FormError
from desktop.forms.xpath.code import Code, Context, Kind, Run, number_of, numbers_of, text_of, truth_of
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library.define import check_arguments, function
from desktop.forms.xpath.syntax import Call, Expression
from desktop.forms.xpath.tree import Node, string_value
from desktop.forms.xpath.values import Value, to_text

_PAIR = 2


def _truth(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    return Code("truth", compiler.truth(call.arguments[0]))


def _if(compiler: Compiler, call: Call) -> Code:
    """Only the branch that is chosen runs."""
    check_arguments(call, 3, 3)
    condition = compiler.truth(call.arguments[0])
    yes, no = compiler.code(call.arguments[1]), compiler.code(call.arguments[2])
    kind: Kind = yes.kind if yes.kind == no.kind else "any"
    if kind == "nodes":
        return Code("any", _chosen(condition, text_of(yes), text_of(no)))
    first, second = _value(yes), _value(no)
    return Code(kind, _chosen(condition, first, second))


def _value(code: Code) -> Run:
    return text_of(code) if code.kind == "nodes" else code.run


def _chosen(condition: Run, yes: Run, no: Run) -> Run:
    return lambda c: yes(c) if condition(c) else no(c)


def blank_text(value: Value) -> str:
    """Return the text of `value`, blank for not-a-number, as a calculation stores it."""
    if isinstance(value, float) and math.isnan(value):
        return ""
    return to_text(value)


def _blank_text_of(code: Code) -> Run:
    if code.kind in {"text", "nodes", "truth"}:
        return text_of(code)
    run = code.run
    return lambda c: blank_text(run(c))


def _coalesce(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, None)
    runs = [_blank_text_of(compiler.code(tree)) for tree in call.arguments]

    def run(c: Context) -> str:
        for each in runs:
            text: str = each(c)
            if text:
                return text
        return ""

    return Code("text", run)


def _once(compiler: Compiler, call: Call) -> Code:
    """The argument runs only when the context node is still blank."""
    check_arguments(call, 1, 1)
    value = _blank_text_of(compiler.code(call.arguments[0]))

    def run(c: Context) -> str:
        stored = string_value(c.node)
        return stored or value(c)

    return Code("text", run)


def _trues(compiler: Compiler, tree: Expression) -> Run:
    """Return a closure that gives one boolean per value: each node of a node-set, or the value."""
    code = compiler.code(tree)
    if code.kind == "nodes":
        run = code.run
        return lambda c: [_node_truth(node, c) for node in run(c)]
    if code.kind == "truth":
        holds = truth_of(code)
        return lambda c: [holds(c)]
    number = number_of(code)
    return lambda c: [number(c) > 0]


def _node_truth(node: Node, _: Context) -> bool:
    return bool(string_value(node))


def _checklist(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 2, None)
    least, most = compiler.number(call.arguments[0]), compiler.number(call.arguments[1])
    runs = [_trues(compiler, tree) for tree in call.arguments[2:]]
    return Code("truth", lambda c: _between(least(c), most(c), sum(sum(run(c)) for run in runs)))


def _weighted_checklist(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 2, None)
    if len(call.arguments) % _PAIR:
        raise FormError("form.arguments", function=call.name, position=call.position)
    least, most = compiler.number(call.arguments[0]), compiler.number(call.arguments[1])
    values = [_trues(compiler, tree) for tree in call.arguments[2::2]]
    weights = [numbers_of(compiler.code(tree)) for tree in call.arguments[3::2]]

    def run(c: Context) -> bool:
        held = [held for value in values for held in value(c)]
        weighed = [weight for weigh in weights for weight in weigh(c)]
        return _between(least(c), most(c), sum(map(operator.mul, held, weighed)))

    return Code("truth", run)


def _between(least: float, most: float, total: float) -> bool:
    return (least < 0 or total >= least) and (most < 0 or total <= most)


FUNCTIONS: Mapping[str, Builder] = {
    "true": function("truth", lambda: True),
    "false": function("truth", lambda: False),
    "not": function("truth", operator.not_, "truth"),
    "boolean": _truth,
    "boolean-from-string": function("truth", lambda text: text in {"true", "1"}, "text"),
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "checklist": _checklist,
    "weighted-checklist": _weighted_checklist,
}
"""Functions by name."""
