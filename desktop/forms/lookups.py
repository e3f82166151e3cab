"""Secondary instances, and `instance('list')/root/item[column = value]` as a look-up in an index."""

from collections.abc import Mapping

from desktop.forms.errors import FormError
from desktop.forms.xpath.axes import node_test
from desktop.forms.xpath.code import Code, Context, Run, number_of, text_of
from desktop.forms.xpath.compiler import Compiler, StepRun
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, Negation, Number, Path
from desktop.forms.xpath.tree import Node, string_value
from desktop.forms.xpath.values import node_number

_POSITIONAL = frozenset({"position", "last"})

ELSEWHERE = object()
"""What is known about the context node of a predicate on a secondary instance: it is no node of the form."""


class Lookups:
    """The secondary instances of a form by name, with indexes that are built when first used.

    `primary` is the id of the primary instance.
    """

    def __init__(self, instances: Mapping[str, Node], primary: str = "") -> None:
        """Use the instance elements `instances`."""
        self._instances = instances
        self.primary = primary
        self._texts: dict[tuple[str, str], dict[str, list[Node]]] = {}
        self._numbers: dict[tuple[str, str], dict[float, list[Node]]] = {}

    def root(self, name: str) -> Node | None:
        """Return the instance element of `name`, the parent of its root element, or None."""
        return self._instances.get(name)

    def by_text(self, key: tuple[str, str], items: list[Node]) -> dict[str, list[Node]]:
        """Return the items by the text of their column; `key` names the list and the column."""
        index = self._texts.get(key)
        if index is None:
            index = self._texts[key] = {}
            for item in items:
                for text in dict.fromkeys(string_value(cell) for cell in item.elements(key[1])):
                    index.setdefault(text, []).append(item)
        return index

    def by_number(self, key: tuple[str, str], items: list[Node], c: Context) -> dict[float, list[Node]]:
        """Return the items by the number of their column."""
        index = self._numbers.get(key)
        if index is None:
            index = self._numbers[key] = {}
            for item in items:
                for number in dict.fromkeys(node_number(cell, c.world.zone) for cell in item.elements(key[1])):
                    index.setdefault(number, []).append(item)
        return index


def lookup(path: Path, compiler: Compiler, lookups: Lookups) -> Code | None:
    """Return the code of a path over a secondary instance that starts with child steps, else None.

    The nodes before the first predicate are found once; an equality between a column and a value that does not depend
    on the item becomes a look-up. Raises FormError `form.unknown_column` when no item has a column by that name.
    """
    call = path.base
    if not isinstance(call, Call) or not isinstance(call.arguments[0], Literal):
        return None
    name = call.arguments[0].text
    first = next((index for index, step in enumerate(path.steps) if not step.is_plain), len(path.steps) - 1)
    step = path.steps[first] if path.steps else None
    if (
        step is None
        or step.axis != "child"
        or "(" in step.test
        or not all(each.axis == "child" for each in path.steps[:first])
    ):
        return None
    items = _items(path, first, compiler, lookups)
    if not step.predicates:
        return compiler.generic_path(path, lambda _: items, first + 1)
    written = "/".join((name, *(each.test for each in path.steps[: first + 1])))
    start, rest = _indexed(step.predicates[0], written, items, compiler, lookups)
    others = (*rest, *step.predicates[1:])
    narrow = compiler.predicates(others, ELSEWHERE) if others else None
    return compiler.generic_path(path, _narrowed(start, narrow), first + 1)


def _items(path: Path, first: int, compiler: Compiler, lookups: Lookups) -> list[Node]:
    call = path.base
    root = (
        lookups.root(call.arguments[0].text)
        if isinstance(call, Call) and isinstance(call.arguments[0], Literal)
        else None
    )
    nodes = [root] if root is not None else []
    for step in path.steps[: first + 1]:
        test = node_test(step, compiler.scope)
        nodes = [child for node in nodes for child in node.children if test(child)]
    return nodes


def _narrowed(start: Run, narrow: StepRun | None) -> Run:
    if narrow is None:
        return start
    return lambda c: narrow(start(c), c)


def _indexed(
    predicate: Expression, written: str, items: list[Node], compiler: Compiler, lookups: Lookups
) -> tuple[Run, tuple[Expression, ...]]:
    """Return a closure that gives the candidates, and the predicates that are left to test."""
    terms = _terms(predicate)
    if any(_counts(term) for term in terms):
        return (lambda _: items), (predicate,)
    for index, term in enumerate(terms):
        pair = _column(term)
        if pair is None:
            continue
        if items and not any(item.child(pair[0]) is not None for item in items):
            raise FormError("form.unknown_column", instance=written.partition("/")[0], column=pair[0])
        run = _by_index((written, pair[0]), items, compiler.code(pair[1]), lookups)
        if run is not None:
            return run, (*terms[:index], *terms[index + 1 :])
    return (lambda _: items), (predicate,)


def _by_index(key: tuple[str, str], items: list[Node], value: Code, lookups: Lookups) -> Run | None:
    nothing: list[Node] = []
    if value.kind == "text" or (value.kind == "nodes" and value.single):
        text = text_of(value)
        return lambda c: lookups.by_text(key, items).get(text(c), nothing)
    if value.kind in {"number", "moment"}:
        number = number_of(value)
        return lambda c: lookups.by_number(key, items, c).get(number(c), nothing)
    return None


def _terms(predicate: Expression) -> tuple[Expression, ...]:
    if isinstance(predicate, Binary) and predicate.operator == "and":
        return (*_terms(predicate.left), *_terms(predicate.right))
    return (predicate,)


def _column(term: Expression) -> tuple[str, Expression] | None:
    """Return the column and the value of `column = value` or `value = column`."""
    if not isinstance(term, Binary) or term.operator != "=":
        return None
    for mine, other in ((term.left, term.right), (term.right, term.left)):
        name = _column_name(mine)
        if name and not _depends_on_item(other):
            return name, other
    return None


def _column_name(tree: Expression) -> str:
    if not isinstance(tree, Path) or tree.absolute or tree.base is not None:
        return ""
    steps = [step for step in tree.steps if step.axis != "self" or not step.is_plain]
    plain = len(steps) == 1 and steps[0].is_plain and steps[0].axis == "child" and ":" not in steps[0].test
    return steps[0].test if plain else ""


def _parts(tree: Expression) -> tuple[Expression, ...]:
    if isinstance(tree, Binary):
        return (tree.left, tree.right)
    if isinstance(tree, Negation):
        return (tree.operand,)
    if isinstance(tree, Call):
        return tree.arguments
    if isinstance(tree, Filter):
        return (tree.base, *tree.predicates)
    if isinstance(tree, Path):
        return (tree.base,) if tree.base is not None else ()
    return ()


def _depends_on_item(tree: Expression) -> bool:
    """Tell whether the value may differ per item; a function without arguments may mean the item as well."""
    if isinstance(tree, Number | Literal):
        return False
    if isinstance(tree, Path) and not tree.absolute and tree.base is None:
        return True
    if isinstance(tree, Call) and not tree.arguments and tree.name not in {"today", "now", "true", "false", "current"}:
        return True
    return any(_depends_on_item(part) for part in _parts(tree))


def _counts(tree: Expression) -> bool:
    if isinstance(tree, Number):
        return True
    if isinstance(tree, Call) and tree.name in _POSITIONAL and not tree.arguments:
        return True
    is_value = isinstance(tree, Binary) and tree.operator in {"=", "!=", "<", ">", "<=", ">="}
    return any(_counts(part) for part in _parts(tree) if not (is_value and isinstance(part, Number)))
