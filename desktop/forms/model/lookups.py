"""Secondary instances, and `instance('list')/root/item[column = value]` as a look-up in an index."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any

from desktop.forms.errors import FormError
from desktop.forms.xpath.axes import node_test
from desktop.forms.xpath.code import Code, Context, Run, number_of, text_of
from desktop.forms.xpath.compiler import Compiler, StepRun
from desktop.forms.xpath.library.nodes import column_of
from desktop.forms.xpath.syntax import Binary, Call, Expression, Filter, Literal, LocationStep, Negation, Number, Path
from desktop.forms.xpath.tree import ELEMENT, Node, string_value
from desktop.forms.xpath.values import node_number

_POSITIONAL = frozenset({"position", "last"})

ELSEWHERE = object()
"""What is known about the context node of a predicate on a secondary instance: it is no node of the form."""


class Group(list[Node]):
    """Items of a list that belong together, such as those with one value of a column.

    It is never changed and lasts as long as its form, so what is worked out from it may be kept by its identity.
    """

    __slots__ = ()


NOTHING = Group()
"""No items at all."""


class Lookups:
    """The secondary instances of a form by name, with indexes that are built when first used.

    `primary` is the id of the primary instance.
    """

    def __init__(self, instances: Mapping[str, Node], primary: str = "") -> None:
        """Use the instance elements `instances`."""
        self._instances = instances
        self.primary = primary
        self._texts: dict[tuple[str, ...], dict[Any, Group]] = {}
        self._numbers: dict[tuple[str, str], dict[float, Group]] = {}
        self._firsts: dict[tuple[str, str], dict[str, Node]] = {}
        self._items: dict[str, Group] = {}

    def root(self, name: str) -> Node | None:
        """Return the instance element of `name`, the parent of its root element, or None."""
        return self._instances.get(name)

    def rows(self, name: str) -> list[Node]:
        """Return what stands in the list `name`, nothing where there is no such list."""
        instance = self._instances.get(name)
        return [row for top in instance.elements() for row in top.elements()] if instance is not None else []

    def items(self, key: str, find: Callable[[], Group]) -> Group:
        """Return the items at the path `key` of a list, which `find` finds the first time."""
        known = self._items.get(key)
        if known is None:
            known = self._items[key] = find()
        return known

    def by_text(self, key: tuple[str, ...], items: list[Node]) -> dict[Any, Group]:
        """Return the items by the text of a column, or by the tuple of texts of several.

        `key` names the list and the columns. An item that has a column twice is found by either.
        """
        index = self._texts.get(key)
        if index is None:
            columns = key[1:]
            find = _text_in(columns[0]) if len(columns) == 1 else _texts_in(columns)
            index = self._texts[key] = _group_items(items, find)
        return index

    def first_by(self, name: str, column: str) -> Mapping[str, Node]:
        """Return the first item of the list `name` with each text in `column`, which may be an attribute (`@id`)."""
        firsts = self._firsts.get((name, column))
        if firsts is None:
            firsts = self._firsts[name, column] = {}
            instance = self._instances[name]
            for item in (item for top in instance.elements() for item in top.elements("item")):
                firsts.setdefault(column_of(item, column), item)
        return firsts

    def by_number(self, key: tuple[str, str], items: list[Node], c: Context) -> dict[float, Group]:
        """Return the items by the number of their column."""
        index = self._numbers.get(key)
        if index is None:
            zone = c.environment.zone
            column = key[1]
            index = self._numbers[key] = _group_items(
                items, lambda item: [node_number(cell, zone) for cell in item.elements(column)]
            )
        return index


def _group_items(items: list[Node], find: Callable[[Node], Sequence[Any]]) -> dict[Any, Group]:
    index: dict[Any, Group] = {}
    for item in items:
        found = find(item)
        for each in found if len(found) == 1 else dict.fromkeys(found):
            group = index.get(each)
            if group is None:
                group = index[each] = Group()
            group.append(item)
    return index


def _text_in(column: str) -> Callable[[Node], list[str]]:
    def find(item: Node) -> list[str]:
        return [string_value(cell) for cell in item.children if cell.name == column and cell.kind == ELEMENT]

    return find


def _texts_in(columns: tuple[str, ...]) -> Callable[[Node], list[tuple[str, ...]]]:
    each = [_text_in(column) for column in columns]
    return lambda item: list(product(*(find(item) for find in each)))


def lookup(name: str, path: Path, compiler: Compiler, lookups: Lookups) -> Code | None:
    """Return the code of a path over the secondary instance `name` that starts with child steps, else None.

    The nodes before the first predicate are found once; an equality between a column and a value that does not depend
    on the item becomes a look-up. Raises FormError `form.unknown_column` when no item has a column by that name.
    """
    first = next((index for index, step in enumerate(path.steps) if not step.is_plain), len(path.steps) - 1)
    step = path.steps[first] if path.steps else None
    if (
        step is None
        or step.axis != "child"
        or "(" in step.test
        or not all(each.axis == "child" for each in path.steps[:first])
    ):
        return None
    written = "/".join((name, *(each.test for each in path.steps[: first + 1])))
    items = lookups.items(written, lambda: _items(lookups.root(name), path.steps[: first + 1], compiler))
    if not step.predicates:
        return compiler.generic_path(path, lambda _: items, first + 1)
    start, rest = _use_index(step.predicates[0], written, items, compiler, lookups)
    others = (*rest, *step.predicates[1:])
    narrow = compiler.predicates(others, ELSEWHERE) if others else None
    return compiler.generic_path(path, _narrow(start, narrow), first + 1)


def _items(instance: Node | None, steps: tuple[LocationStep, ...], compiler: Compiler) -> Group:
    nodes = Group([instance] if instance is not None else [])
    for step in steps:
        test = node_test(step, compiler.scope)
        nodes = Group(child for node in nodes for child in node.children if test(child))
    return nodes


def _narrow(start: Run, narrow: StepRun | None) -> Run:
    if narrow is None:
        return start
    return lambda c: narrow(start(c), c)


def _use_index(
    predicate: Expression, written: str, items: list[Node], compiler: Compiler, lookups: Lookups
) -> tuple[Run, tuple[Expression, ...]]:
    """Return a closure that gives the candidates, and the predicates that are left to test."""
    terms = _terms(predicate)
    if any(_counts(term) for term in terms):
        return (lambda _: items), (predicate,)
    pairs = {index: pair for index, term in enumerate(terms) if (pair := _column(term)) is not None}
    for column, _ in pairs.values():
        if items and not any(item.child(column) is not None for item in items):
            raise FormError("form.unknown_column", instance=written.partition("/")[0], name=column)
    values = {index: compiler.code(value) for index, (_, value) in pairs.items()}
    texts = {index: text_of(code) for index, code in values.items() if _is_text(code)}
    if texts:
        key = (written, *(pairs[index][0] for index in texts))
        return _by_texts(key, items, list(texts.values()), lookups), _without(terms, texts)
    for index, code in values.items():
        if code.kind in {"number", "moment"}:
            return _by_number((written, pairs[index][0]), items, code, lookups), _without(terms, {index: code})
    return (lambda _: items), (predicate,)


def _without(terms: tuple[Expression, ...], found: Mapping[int, object]) -> tuple[Expression, ...]:
    return tuple(term for index, term in enumerate(terms) if index not in found)


def _is_text(code: Code) -> bool:
    return code.kind == "text" or (code.kind == "nodes" and code.single)


def _by_texts(key: tuple[str, ...], items: list[Node], texts: list[Run], lookups: Lookups) -> Run:
    if len(texts) == 1:
        text = texts[0]
        return lambda c: lookups.by_text(key, items).get(text(c), NOTHING)
    return lambda c: lookups.by_text(key, items).get(tuple([text(c) for text in texts]), NOTHING)


def _by_number(key: tuple[str, str], items: list[Node], value: Code, lookups: Lookups) -> Run:
    number = number_of(value)
    return lambda c: lookups.by_number(key, items, c).get(number(c), NOTHING)


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


def parts_of(tree: Expression) -> tuple[Expression, ...]:
    """Return the expressions an expression is made of, those in the predicates of steps left out."""
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
    return any(_depends_on_item(part) for part in parts_of(tree))


def _counts(tree: Expression) -> bool:
    if isinstance(tree, Number):
        return True
    if isinstance(tree, Call) and tree.name in _POSITIONAL and not tree.arguments:
        return True
    is_value = isinstance(tree, Binary) and tree.operator in {"=", "!=", "<", ">", "<=", ">="}
    return any(_counts(part) for part in parts_of(tree) if not (is_value and isinstance(part, Number)))
