"""How a function of the library is declared: names and kinds of its parameters, and a plain Python function."""

from collections.abc import Callable
from typing import Any, Literal

from desktop.forms.errors import FormError
from desktop.forms.xpath.code import (
    Code,
    Kind,
    Run,
    any_of,
    list_run,
    nodes_of,
    number_of,
    numbers_of,
    text_of,
    texts_of,
    truth_of,
)
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.syntax import Call, Expression

Parameter = Literal["text", "number", "truth", "nodes", "any", "texts", "numbers"]
"""The kind of one parameter. `texts` and `numbers` take a value or a node-set and give a list."""

_CONVERT: dict[Parameter, Callable[[Code], Run]] = {
    "text": text_of,
    "number": number_of,
    "truth": truth_of,
    "nodes": nodes_of,
    "any": any_of,
    "texts": texts_of,
    "numbers": numbers_of,
}


def function(
    returns: Kind,
    call: Callable[..., Any],
    *parameters: Parameter,
    optional: int = 0,
    rest: Parameter | None = None,
    environment: bool = False,
) -> Builder:
    """Return the builder of a function whose last `optional` parameters may be left out.

    `rest` is the kind of any number of further arguments, which arrive joined in one list. With `environment`, the
    first argument of `call` is the `Environment`. The builder raises FormError `form.arguments` for a wrong number of
    arguments.
    """

    def build(compiler: Compiler, request: Call) -> Code:
        check_arguments(request, len(parameters) - optional, None if rest else len(parameters))
        runs = [convert(compiler, kind, tree) for kind, tree in zip(parameters, request.arguments, strict=False)]
        if rest is not None:
            runs.append(_rest(compiler, rest, request.arguments[len(parameters) :]))
        return Code(returns, _with_environment(call, runs) if environment else _apply(call, runs))

    return build


def convert(compiler: Compiler, kind: Parameter, tree: Expression) -> Run:
    """Return a closure that gives the argument `tree` as `kind`."""
    return _CONVERT[kind](compiler.code(tree))


def check_arguments(request: Call, least: int, most: int | None) -> None:
    """Raise FormError `form.arguments` unless the call has `least` to `most` arguments."""
    count = len(request.arguments)
    if count < least or (most is not None and count > most):
        raise FormError("form.arguments", function=request.name, position=request.position)


def _rest(compiler: Compiler, kind: Parameter, trees: tuple[Expression, ...]) -> Run:
    runs = [convert(compiler, kind, tree) for tree in trees]
    if not runs:
        return lambda _: []
    return list_run(runs)


def _apply(call: Callable[..., Any], runs: list[Run]) -> Run:
    if not runs:
        return lambda _: call()
    if len(runs) == 1:
        one = runs[0]
        return lambda c: call(one(c))
    if len(runs) == 2:  # noqa: PLR2004  # most functions have one or two
        first, second = runs
        return lambda c: call(first(c), second(c))
    return lambda c: call(*[run(c) for run in runs])


def _with_environment(call: Callable[..., Any], runs: list[Run]) -> Run:
    if not runs:
        return lambda c: call(c.environment)
    if len(runs) == 1:
        one = runs[0]
        return lambda c: call(c.environment, one(c))
    return lambda c: call(c.environment, *[run(c) for run in runs])
