"""Syntax tree to closures."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Protocol

from desktop.forms.errors import FormError
from desktop.forms.xpath.axes import AXES, ORDERED, REVERSE, Test, node_test
from desktop.forms.xpath.code import Code, Context, Run, constant, nodes_of, number_of, text_of, truth_of
from desktop.forms.xpath.moments import DateNumber
from desktop.forms.xpath.operators import binary, negation
from desktop.forms.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Literal,
    LocationStep,
    Negation,
    Number,
    Path,
    parse,
)
from desktop.forms.xpath.tree import Node, document_order, root_of
from desktop.forms.xpath.values import to_truth

Nodes = list[Node]
StepRun = Callable[[Nodes, Context], Nodes]


class Scope(Protocol):
    """What the place of an expression adds to the language: functions, prefixes, and paths it can resolve itself."""

    functions: Mapping[str, "Builder"]
    strict: bool
    """Whether a wrong call is an error at once, or only when it runs."""

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace URI of `prefix`, or None when it is not declared."""
        ...

    def path(self, path: Path, compiler: "Compiler") -> Code | None:
        """Return the code of `path` where the scope can resolve it, else None for the generic evaluation."""
        ...

    def narrowed(self, path: Path, compiler: "Compiler") -> object | None:
        """Return what `Compiler.here` is inside the predicates of the last step of `path`; None when unknown."""
        ...

    def instance(self, name: str) -> Run:
        """Return a closure that gives the instance element of a secondary instance, in a list."""
        ...

    def choosing(self, path: Expression, compiler: "Compiler") -> Code:
        """Return the code of a path to a question with choices. Raises FormError `form.no_choices` for another one."""
        ...

    def position(self) -> Run | None:
        """Return what `position()` means outside every predicate, or None for 1."""
        ...


Builder = Callable[["Compiler", Call], Code]
"""Compiles one call of one function."""


class Compiler:
    """Compiles expressions of one scope.

    `here` is what the scope knows about the context node (opaque to this class), `origin` about `current()`;
    `depth` counts the predicates around the expression being compiled.
    """

    def __init__(self, scope: Scope, here: object | None = None) -> None:
        """Compile for `scope`, starting at `here`."""
        self.scope = scope
        self.here = here
        self.origin = here
        self.depth = 0

    def compile(self, expression: str) -> Code:
        """Return the code of `expression`. Raises FormError (`form.syntax`, `form.unknown_function`, and others)."""
        return self.code(parse(expression))

    def code(self, tree: Expression) -> Code:
        """Return the code of a syntax tree."""
        if isinstance(tree, Path):
            return self._path(tree)
        if isinstance(tree, Binary):
            return binary(tree.operator, self.code(tree.left), self.code(tree.right))
        if isinstance(tree, Call):
            return self._call(tree)
        return self._simple(tree)

    def _simple(self, tree: Number | Literal | Negation | Filter) -> Code:
        if isinstance(tree, Literal):
            return constant(tree.text)
        if isinstance(tree, Number):
            return constant(tree.value)
        if isinstance(tree, Negation):
            return negation(self.code(tree.operand))
        return self._filter(tree)

    def text(self, tree: Expression) -> Run:
        """Return a closure that gives the string of a syntax tree."""
        return text_of(self.code(tree))

    def number(self, tree: Expression) -> Run:
        """Return a closure that gives the number of a syntax tree."""
        return number_of(self.code(tree))

    def truth(self, tree: Expression) -> Run:
        """Return a closure that gives the boolean of a syntax tree."""
        return truth_of(self.code(tree))

    def nodes(self, tree: Expression) -> Run:
        """Return a closure that gives the nodes of a syntax tree. Raises FormError `form.nodeset_expected`."""
        return nodes_of(self.code(tree))

    def _call(self, call: Call) -> Code:
        builder = self.scope.functions.get(call.name)
        try:
            return (builder or _unknown)(self, call)
        except FormError as error:
            if self.scope.strict:
                raise
            return _failing(error)

    def _filter(self, tree: Filter) -> Code:
        run = self.nodes(tree.base)
        narrow = self.predicates(tree.predicates, None)
        return Code("nodes", lambda c: narrow(run(c), c))

    def _path(self, path: Path) -> Code:
        resolved = self.scope.path(path, self)
        if resolved is not None:
            return resolved
        return self.generic_path(path, self.start(path))

    def start(self, path: Path) -> Run:
        """Return a closure that gives the nodes the first step of `path` sets out from."""
        if path.base is not None:
            return self.nodes(path.base)
        if path.absolute:
            return lambda c: [root_of(c.current)]
        return lambda c: [c.node]

    def generic_path(self, path: Path, start: Run, skip: int = 0) -> Code:
        """Return the code that walks the steps of `path` after the first `skip`, from the nodes `start` gives."""
        steps = []
        tidy = True
        for index in range(skip, len(path.steps)):
            step = path.steps[index]
            here = self.scope.narrowed(path._replace(steps=path.steps[: index + 1], plain=""), self)
            tidy = tidy and step.axis in ORDERED
            steps.append(self._step(step, here, tidy=tidy))

        def run(c: Context) -> Nodes:
            nodes: Nodes = start(c)
            for step in steps:
                nodes = step(nodes, c)
            return nodes

        return Code("nodes", run)

    def _step(self, step: LocationStep, here: object | None, *, tidy: bool) -> StepRun:
        axis = AXES[step.axis]
        test = node_test(step, self.scope)
        narrow = self.predicates(step.predicates, here) if step.predicates else None
        backwards = step.axis in REVERSE
        plain = _plain_step(step, test)
        if plain is not None and tidy and narrow is None:
            return plain

        def run(nodes: Nodes, c: Context) -> Nodes:
            found: Nodes = []
            for node in nodes:
                some = [each for each in axis(node) if test(each)]
                found.extend(narrow(some, c) if narrow is not None else some)
            return found if tidy or (len(nodes) < 2 and not backwards) else document_order(found)  # noqa: PLR2004  # one

        return run

    def predicates(self, predicates: tuple[Expression, ...], here: object | None) -> StepRun:
        """Return a closure that keeps of a set of nodes those for which every predicate holds, in turn."""
        runs = []
        with self._inside(here):
            for predicate in predicates:
                runs.append(_predicate(self.code(predicate)))  # noqa: PERF401  # compiled inside the predicate's place

        def run(nodes: Nodes, c: Context) -> Nodes:
            for each in runs:
                nodes = each(nodes, c)
            return nodes

        return runs[0] if len(runs) == 1 else run

    @contextmanager
    def _inside(self, here: object | None) -> Iterator[None]:
        outside = self.here
        self.here = here
        self.depth += 1
        try:
            yield
        finally:
            self.here = outside
            self.depth -= 1


def _unknown(_: Compiler, call: Call) -> Code:
    raise FormError("form.unknown_function", function=call.name, position=call.position)


def _failing(error: FormError) -> Code:
    def run(_: Context) -> Nodes:
        raise error

    return Code("nodes", run)


def _plain_step(step: LocationStep, test: Test) -> StepRun | None:
    if step.axis == "child" and "(" not in step.test:
        return lambda nodes, _: [each for node in nodes for each in node.children if test(each)]
    return None


def _predicate(code: Code) -> StepRun:
    if isinstance(code.constant, float):
        return _at_position(code.constant)
    run = code.run
    if code.kind == "number":
        return _keep_where(lambda c: run(c) == c.position)
    if code.kind == "any":
        return _keep_where(lambda c: _holds(run(c), c.position))
    return _keep_where(truth_of(code))


def _holds(value: object, position: int) -> bool:
    if isinstance(value, float) and not isinstance(value, DateNumber):
        return value == position
    return to_truth(value)  # type: ignore[arg-type]  # a closure gives nothing but values


def _at_position(number: float) -> StepRun:
    def run(nodes: Nodes, _: Context) -> Nodes:
        index = int(number) - 1 if number.is_integer() else -1
        return nodes[index : index + 1] if index >= 0 else []

    return run


def _keep_where(holds: Run) -> StepRun:
    def run(nodes: Nodes, c: Context) -> Nodes:
        inner = c.inner(len(nodes))
        found = []
        for position, node in enumerate(nodes, start=1):
            inner.node = node
            inner.position = position
            if holds(inner):
                found.append(node)
        return found

    return run
