"""Node-set functions (XPath 1.0 section 4.1; ODK XForms "Node-set Functions")."""

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from random import Random

from desktop.forms.errors import FormError
from desktop.forms.xpath.code import Code, Context, Run, nodes_of
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library.define import check_arguments
from desktop.forms.xpath.library.texts import here_or_argument
from desktop.forms.xpath.syntax import Call, Literal
from desktop.forms.xpath.tree import DOCUMENT, ELEMENT, Node, root_of, string_value

_MODULUS = 2_147_483_647
_MULTIPLIER = 16_807


def _count(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    nodes = compiler.nodes(call.arguments[0])
    return Code("number", lambda c: float(len(nodes(c))))


def _count_non_empty(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    nodes = compiler.nodes(call.arguments[0])
    return Code("number", lambda c: float(sum(1 for node in nodes(c) if string_value(node))))


def _position(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 0, 1)
    if call.arguments:
        nodes = compiler.nodes(call.arguments[0])
        return Code("number", lambda c: _rank(nodes(c)))
    outside = compiler.scope.position() if compiler.depth == 0 else None
    return Code("number", outside or (lambda c: float(c.position)))


def _rank(nodes: list[Node]) -> float:
    if not nodes:
        return math.nan
    node = nodes[0]
    rank = 1.0
    for sibling in node.parent.children if node.parent is not None else ():
        if sibling is node:
            break
        if sibling.name == node.name and sibling.kind == node.kind:
            rank += 1
    return rank


def _last(_: Compiler, call: Call) -> Code:
    check_arguments(call, 0, 0)
    return Code("number", lambda c: float(c.size))


def _current(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 0, 0)
    del compiler
    return Code("nodes", lambda c: [c.current], single=True, one=lambda c: c.current)


def _instance(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    name = call.arguments[0]
    if not isinstance(name, Literal):
        raise FormError("form.instance_name", position=call.position)
    return Code("nodes", compiler.scope.instance(name.text))


def _pulldata(compiler: Compiler, call: Call) -> Code:
    """`pulldata(instance, wanted, key, value)` is the first `wanted` of the items whose `key` equals `value`."""
    check_arguments(call, 4, 4)
    name = call.arguments[0]
    if not isinstance(name, Literal):
        raise FormError("form.instance_name", position=call.position)
    root = compiler.scope.instance(name.text)
    wanted, key, value = (compiler.text(tree) for tree in call.arguments[1:])

    def run(c: Context) -> str:
        column, sought = key(c), value(c)
        items = (item for instance in root(c) for top in instance.elements() for item in top.elements("item"))
        return next((column_of(item, wanted(c)) for item in items if column_of(item, column) == sought), "")

    return Code("text", run)


def column_of(item: Node, name: str) -> str:
    """Return the text of a column of an item, or of its attribute when the name begins with @; "" when it has none."""
    if name.startswith("@"):
        return item.get(name[1:])
    cell = item.child(name)
    return string_value(cell) if cell is not None else ""


def _id(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    texts = compiler.code(call.arguments[0])
    run = texts.run if texts.kind == "nodes" else compiler.text(call.arguments[0])

    def find(c: Context) -> list[Node]:
        value = run(c)
        words = " ".join(map(string_value, value)) if isinstance(value, list) else value
        wanted = set(words.split())
        return [node for node in root_of(c.current).walk() if _identifiers(node) & wanted]

    return Code("nodes", find)


def _identifiers(node: Node) -> set[str]:
    return {attribute.text for attribute in node.attributes if attribute.name == "id"}


def _name_of(choose: Callable[[Node], str]) -> Builder:
    def build(compiler: Compiler, call: Call) -> Code:
        nodes = nodes_of(here_or_argument(compiler, call))

        def run(c: Context) -> str:
            found = nodes(c)
            return choose(found[0]) if found and found[0].kind != DOCUMENT else ""

        return Code("text", run)

    return build


def _lang(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 1)
    wanted = compiler.text(call.arguments[0])
    return Code("truth", lambda c: _speaks(c.node, wanted(c).lower()))


def _speaks(node: Node | None, wanted: str) -> bool:
    while node is not None:
        if node.kind == ELEMENT and node.has("xml:lang"):
            own = node.get("xml:lang").lower()
            return own == wanted or own.startswith(f"{wanted}-")
        node = node.parent
    return False


def _randomize(compiler: Compiler, call: Call) -> Code:
    check_arguments(call, 1, 2)
    nodes = compiler.nodes(call.arguments[0])
    if len(call.arguments) == 1:
        return Code("nodes", lambda c: _shuffle(nodes(c), Random(c.environment.shuffle)))  # noqa: S311  # an order of choices
    seed = compiler.number(call.arguments[1])
    return Code("nodes", lambda c: _shuffle(nodes(c), _ParkMiller(seed(c))))


class _ParkMiller(Random):
    """The seeded generator of ODK XForms `randomize()`: minimal standard, multiplier 16807."""

    def __init__(self, seed: float) -> None:
        super().__init__()
        number = int(seed) if math.isfinite(seed) else 0
        self._state = math.fmod(number, _MODULUS)
        if self._state <= 0:
            self._state += _MODULUS - 1

    def random(self) -> float:
        """Return the next number of the sequence, in [0, 1)."""
        self._state = (int(self._state) * _MULTIPLIER) % _MODULUS
        return (self._state - 1) / (_MODULUS - 1)


def _shuffle(nodes: list[Node], random: Random) -> list[Node]:
    """Shuffle inside out (Fisher-Yates)."""
    shuffled: list[Node] = []
    for index, node in enumerate(nodes):
        other = int(random.random() * (index + 1))
        shuffled.append(node)
        if other != index:
            shuffled[index] = shuffled[other]
            shuffled[other] = node
    return shuffled


def compile_indexed_repeat(
    compiler: Compiler, call: Call, everywhere: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Code:
    """Return the code of `indexed-repeat()`; its node-sets, not its indexes, are compiled inside `everywhere`.

    Raises FormError `form.arguments` for another number of arguments, or where a repeat stands without its index.
    """
    check_arguments(call, 3, 7)
    if len(call.arguments) % 2 == 0:
        raise FormError("form.arguments", function=call.name, position=call.position)
    with everywhere():
        nodes = compiler.nodes(call.arguments[0])
        repeats = [compiler.nodes(tree) for tree in call.arguments[1::2]]
    indexes = [compiler.number(tree) for tree in call.arguments[2::2]]
    return Code("nodes", _pick_instance(nodes, list(zip(repeats, indexes, strict=True))))


def _pick_instance(nodes: Run, levels: list[tuple[Run, Run]]) -> Run:
    def run(c: Context) -> list[Node]:
        inside: Node | None = None
        for found, number in sorted(((repeat(c), index(c)) for repeat, index in levels), key=_outermost):
            instances = [node for node in found if inside is None or _below(node, inside)]
            if math.isnan(number) or not 1 <= number <= len(instances):
                return []
            inside = instances[int(number) - 1]
        return [node for node in nodes(c) if inside is not None and _below(node, inside)][:1]

    return run


def _outermost(level: tuple[list[Node], float]) -> int:
    return sum(1 for _ in _around(level[0][0])) if level[0] else 0


def _around(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _below(node: Node | None, above: Node) -> bool:
    while node is not None:
        if node is above:
            return True
        node = node.parent
    return False


FUNCTIONS: Mapping[str, Builder] = {
    "count": _count,
    "count-non-empty": _count_non_empty,
    "position": _position,
    "last": _last,
    "current": _current,
    "instance": _instance,
    "pulldata": _pulldata,
    "id": _id,
    "name": _name_of(lambda node: node.qualified),
    "local-name": _name_of(lambda node: node.name),
    "namespace-uri": _name_of(lambda node: node.space),
    "lang": _lang,
    "randomize": _randomize,
    "indexed-repeat": compile_indexed_repeat,
}
"""Functions by name."""
