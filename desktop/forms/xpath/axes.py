"""The axes and node tests of XPath 1.0 (sections 2.2 and 2.3), the namespace axis left out."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from desktop.forms.errors import FormError
from desktop.forms.xpath.syntax import LocationStep
from desktop.forms.xpath.tree import ATTRIBUTE, COMMENT, ELEMENT, INSTRUCTION, TEXT, Node, content

Test = Callable[[Node], bool]
"""Tells whether a node of an axis is meant."""

REVERSE = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
"""Axes that count positions backwards."""

ORDERED = frozenset({"child", "attribute", "self"})
"""Axes that keep document order and never meet a node twice, from nodes of which none contains another."""


class Namespaces(Protocol):
    """Knows the namespace of a prefix."""

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace URI of `prefix`, or None when it is not declared."""
        ...


def _self(node: Node) -> Iterable[Node]:
    return (node,)


def _parent(node: Node) -> Iterable[Node]:
    return () if node.parent is None else (node.parent,)


def _ancestors(node: Node) -> Iterator[Node]:
    while node.parent is not None:
        node = node.parent
        yield node


def _ancestors_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestors(node)


def _descendants(node: Node) -> Iterator[Node]:
    waiting = list(reversed(content(node)))
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(content(each)))


def _descendants_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _descendants(node)


def _siblings(node: Node) -> tuple[list[Node], int]:
    if node.parent is None or node.kind == ATTRIBUTE:
        return [], 0
    siblings = content(node.parent)
    return siblings, next(index for index, each in enumerate(siblings) if each is node)


def _following_siblings(node: Node) -> Iterable[Node]:
    siblings, index = _siblings(node)
    return siblings[index + 1 :]


def _preceding_siblings(node: Node) -> Iterable[Node]:
    siblings, index = _siblings(node)
    return reversed(siblings[:index])


def _following(node: Node) -> Iterator[Node]:
    if node.kind == ATTRIBUTE and node.parent is not None:
        yield from _descendants(node.parent)
        node = node.parent
    for each in _ancestors_or_self(node):
        for sibling in _following_siblings(each):
            yield from _descendants_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind == ATTRIBUTE and node.parent is not None:
        node = node.parent
    for each in _ancestors_or_self(node):
        for sibling in _preceding_siblings(each):
            yield from reversed(list(_descendants_or_self(sibling)))


def _attributes(node: Node) -> Iterable[Node]:
    return node.attributes


def _unsupported(_: Node) -> Iterable[Node]:
    raise FormError("form.unsupported_axis", axis="namespace")


AXES: dict[str, Callable[[Node], Iterable[Node]]] = {
    "ancestor": _ancestors,
    "ancestor-or-self": _ancestors_or_self,
    "attribute": _attributes,
    "child": content,
    "descendant": _descendants,
    "descendant-or-self": _descendants_or_self,
    "following": _following,
    "following-sibling": _following_siblings,
    "namespace": _unsupported,
    "parent": _parent,
    "preceding": _preceding,
    "preceding-sibling": _preceding_siblings,
    "self": _self,
}
"""The nodes of each axis, in the order of that axis."""

_NODE_TYPES: dict[str, Test] = {
    "node()": lambda _: True,
    "text()": lambda node: node.kind == TEXT,
    "comment()": lambda node: node.kind == COMMENT,
    "processing-instruction()": lambda node: node.kind == INSTRUCTION,
}


def node_test(step: LocationStep, names: Namespaces) -> Test:
    """Return the test of `step`. Raises FormError `form.unknown_prefix`."""
    if step.argument:
        return lambda node: node.kind == INSTRUCTION and node.name == step.argument
    if step.test in _NODE_TYPES:
        return _NODE_TYPES[step.test]
    kind = ATTRIBUTE if step.axis == "attribute" else ELEMENT
    prefix, _, name = step.test.rpartition(":")
    if not prefix:
        return _unprefixed(kind, name)
    space = names.namespace(prefix)
    if space is None:
        raise FormError("form.unknown_prefix", prefix=prefix)
    if name == "*":
        return lambda node: node.kind == kind and node.space == space
    return lambda node: node.kind == kind and node.name == name and node.space == space


def _unprefixed(kind: int, name: str) -> Test:
    if name == "*":
        return lambda node: node.kind == kind
    return lambda node: node.kind == kind and node.name == name and not node.prefix
