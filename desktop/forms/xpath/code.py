"""Compiled expressions: typed closures, what they run on, and the conversions between their types."""

import random
from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import Any, Literal, NamedTuple, Protocol

from desktop.forms.errors import FormError
from desktop.forms.xpath.tree import Node, string_value
from desktop.forms.xpath.values import Value, node_number, text_number, to_number, to_text, to_truth

Kind = Literal["number", "text", "truth", "nodes", "moment", "any"]
"""The type of a value, known before it runs; `moment` is a number that knows its text, `any` is one of the others
but nodes, known when run."""


class Environment(Protocol):
    """What expressions may ask of the world outside the tree. Everything in it is passed in, so runs repeat."""

    @property
    def zone(self) -> tzinfo | None:
        """The zone that moments without one lie in; None is that of the machine."""
        ...

    @property
    def random(self) -> random.Random:
        """The source of random numbers."""
        ...

    @property
    def shuffle(self) -> int:
        """Seeds shuffles without a seed of their own, so that a list keeps its order while one looks at it."""
        ...

    def now(self) -> datetime:
        """Return the present moment, aware."""
        ...

    def itext(self, identifier: str, node: Node) -> str:
        """Return the text of the form with this id as `node` says it, in the language being used."""
        ...

    def choice_label(self, node: Node, value: str) -> str:
        """Return the label of choice `value` of the question at `node`, or "" where there is none."""
        ...

    def property(self, name: str) -> str:
        """Return a property of the user or the device, or ""."""
        ...


class Context:
    """Where an expression runs: the context node, the node it started from (`current()`), position and size.

    `frame` and `nodes` are the addressing table of the repeat instance around `current` (`desktop.forms.model.state`);
    they are None over other trees.
    """

    __slots__ = ("current", "environment", "frame", "node", "nodes", "position", "size")

    def __init__(self, node: Node, environment: Environment, frame: Any = None) -> None:  # noqa: ANN401  # the form floor owns it
        """Start at `node`, as the only node."""
        self.node = node
        self.current = node
        self.environment = environment
        self.frame = frame
        self.nodes: Any = frame.nodes if frame is not None else None
        self.position = 1
        self.size = 1

    def inner(self, size: int) -> "Context":
        """Return a context for the predicate of a set of `size` nodes, with the same `current` and environment."""
        made = Context.__new__(Context)
        made.node = self.node
        made.current = self.current
        made.environment = self.environment
        made.frame = self.frame
        made.nodes = self.nodes
        made.position = 1
        made.size = size
        return made


Run = Callable[[Context], Any]
"""A compiled closure. What it returns follows from the kind of its `Code`."""


class Code(NamedTuple):
    """A compiled expression.

    `single` says of a node-set that it never holds more than one node, which `one` returns without building a list, and
    also where it is not asked and the list is empty: as a value it is blank.
    `constant` is the value when it is known before running. `as_text` and `as_number` are faster ways, where known.
    """

    kind: Kind
    run: Run
    single: bool = False
    one: Run | None = None
    constant: Value | None = None
    as_text: Run | None = None
    as_number: Run | None = None


def constant(value: float | str) -> Code:
    """Return the code of a value that never changes."""
    return Code("text" if isinstance(value, str) else "number", lambda _: value, constant=value)


def text_of(code: Code) -> Run:
    """Return a closure that gives the string of `code`."""
    if code.as_text is not None:
        return code.as_text
    run = code.run
    if code.kind == "text":
        return run
    if code.kind == "moment":
        return lambda c: run(c).text
    if code.kind == "truth":
        return lambda c: "true" if run(c) else "false"
    if code.one is not None:
        one = code.one
        return lambda c: string_value(one(c))
    return lambda c: to_text(run(c))


def number_of(code: Code) -> Run:
    """Return a closure that gives the number of `code`."""
    if code.as_number is not None:
        return code.as_number
    run = code.run
    if code.kind in {"number", "moment"}:
        return run
    if code.kind == "truth":
        return lambda c: 1.0 if run(c) else 0.0
    if code.kind == "text":
        return lambda c: text_number(run(c), c.environment.zone)
    return lambda c: to_number(run(c), c.environment.zone)


def truth_of(code: Code) -> Run:
    """Return a closure that gives the boolean of `code`."""
    run = code.run
    if code.kind == "truth":
        return run
    if code.kind in {"nodes", "text"}:
        return lambda c: bool(run(c))
    return lambda c: to_truth(run(c))


def nodes_of(code: Code) -> Run:
    """Return a closure that gives the list of nodes of `code`. Raises FormError `form.nodeset_expected`."""
    if code.kind != "nodes":
        raise FormError("form.nodeset_expected")
    return code.run


def texts_of(code: Code) -> Run:
    """Return a closure that gives a list of strings: one per node of a node-set, else one."""
    if code.kind == "nodes":
        run = code.run
        return lambda c: [string_value(node) for node in run(c)]
    text = text_of(code)
    return lambda c: [text(c)]


def numbers_of(code: Code) -> Run:
    """Return a closure that gives a list of numbers: one per node of a node-set, else one."""
    if code.kind == "nodes":
        run = code.run
        return lambda c: [node_number(node, c.environment.zone) for node in run(c)]
    number = number_of(code)
    return lambda c: [number(c)]


def any_of(code: Code) -> Run:
    """Return a closure that gives the value as it is."""
    return code.run


def list_run(runs: list[Run]) -> Run:
    """Return a closure that joins the lists of several closures."""
    if len(runs) == 1:
        return runs[0]
    return lambda c: [item for run in runs for item in run(c)]
