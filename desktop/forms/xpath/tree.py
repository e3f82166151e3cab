"""The node tree all expressions read: instances of a form, its choice lists and the form document itself."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

ELEMENT, TEXT, COMMENT, INSTRUCTION, ATTRIBUTE, DOCUMENT = range(6)
"""Kinds of node, as in the XPath 1.0 data model (namespace nodes left out)."""


_NOTHING: Mapping[str, str] = MappingProxyType({})


class WrittenAttributes(Sequence["Node"]):
    """The attributes of an element as they were read; their nodes are made when they are first looked at.

    `texts` goes from the name as written to the value, `spaces` from each prefix in scope to its namespace URI.
    """

    __slots__ = ("_nodes", "_owner", "_spaces", "texts")

    def __init__(self, owner: "Node", texts: Mapping[str, str], spaces: Mapping[str, str]) -> None:
        """Keep what was read of `owner`. Every prefix in `texts` is one of `spaces`."""
        self.texts = texts
        self._owner = owner
        self._spaces = spaces
        self._nodes: tuple[Node, ...] | None = None

    def __len__(self) -> int:
        return len(self.texts)

    def __getitem__(self, index: Any) -> Any:  # noqa: ANN401  # as a tuple does
        return self._made()[index]

    def __iter__(self) -> Iterator["Node"]:
        return iter(self._made())

    def _made(self) -> "tuple[Node, ...]":
        if self._nodes is None:
            self._nodes = tuple(self._node(name, text) for name, text in self.texts.items())
        return self._nodes

    def _node(self, written: str, text: str) -> "Node":
        prefix, _, local = written.rpartition(":")
        node = Node(ATTRIBUTE, local, text, prefix=prefix, space=self._spaces[prefix] if prefix else "")
        node.parent = self._owner
        return node


class Node:
    """One node of a document.

    `name` is the local name, `prefix` the prefix as written, `space` the namespace URI ("" for none). `text` is the
    node's own text: an element that holds text and no elements keeps it here and has no children; in mixed content
    the text lies in children of kind TEXT. `number` caches what `number()` makes of `text`; whoever changes `text`
    sets it to None. `declared` holds the namespaces that the element itself declares, by prefix.
    """

    __slots__ = (
        "attributes",
        "children",
        "declared",
        "kind",
        "name",
        "number",
        "parent",
        "prefix",
        "shadow",
        "space",
        "text",
    )

    def __init__(self, kind: int, name: str = "", text: str = "", *, prefix: str = "", space: str = "") -> None:
        """Make a node without parent, children or attributes."""
        self.kind = kind
        self.name = name
        self.prefix = prefix
        self.space = space
        self.text = text
        self.number: float | None = None
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: Sequence[Node] = ()
        self.shadow: Node | None = None
        self.declared: Mapping[str, str] = _NOTHING

    @property
    def qualified(self) -> str:
        """Return the name as written, with its prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    def append(self, child: "Node") -> "Node":
        """Make `child` the last child and return it."""
        child.parent = self
        self.children.append(child)
        return child

    def elements(self, name: str = "") -> Iterator["Node"]:
        """Yield the child elements with local name `name`, or all of them."""
        for child in self.children:
            if child.kind == ELEMENT and (not name or child.name == name):
                yield child

    def child(self, name: str) -> "Node | None":
        """Return the first child element with local name `name`."""
        return next(self.elements(name), None)

    def get(self, name: str, default: str = "") -> str:
        """Return the value of the attribute written `name` (with its prefix), or `default`."""
        return self.attribute_texts().get(name, default)

    def has(self, name: str) -> bool:
        """Tell whether there is an attribute written `name`."""
        return name in self.attribute_texts()

    def attribute_texts(self) -> Mapping[str, str]:
        """Return the values of the attributes by their names as written (with their prefixes)."""
        known = self.attributes
        if isinstance(known, WrittenAttributes):
            return known.texts
        return {attribute.qualified: attribute.text for attribute in known} if known else _NOTHING

    def walk(self) -> Iterator["Node"]:
        """Yield this node and all below it in document order, without attributes."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children))


def string_value(node: Node) -> str:
    """Return the string-value of XPath 1.0, section 5."""
    if not node.children:
        return node.text
    return "".join(each.text for each in node.walk() if each.kind in {TEXT, ELEMENT})


def copy_of(node: Node) -> Node:
    """Return a copy of `node` and all below it, outside any tree."""
    copy = Node(node.kind, node.name, node.text, prefix=node.prefix, space=node.space)
    attributes = [copy_of(each) for each in node.attributes]
    for each in attributes:
        each.parent = copy
    copy.attributes = tuple(attributes)
    for child in node.children:
        copy.append(copy_of(child))
    return copy


def root_of(node: Node) -> Node:
    """Return the topmost node above `node`."""
    while node.parent is not None:
        node = node.parent
    return node


def content(node: Node) -> list[Node]:
    """Return the child nodes of XPath: an element that keeps its text itself gets one text node for it."""
    if node.children or node.kind not in {ELEMENT, DOCUMENT} or not node.text:
        return node.children
    if node.shadow is None:
        node.shadow = Node(TEXT)
        node.shadow.parent = node
    node.shadow.text = node.text
    node.shadow.number = None
    return [node.shadow]


def _place(node: Node) -> tuple[tuple[int, int], ...]:
    steps: list[tuple[int, int]] = []
    while node.parent is not None:
        parent = node.parent
        if node.kind == ATTRIBUTE:
            steps.append((0, _index(parent.attributes, node)))
        else:
            steps.append((1, _index(content(parent), node)))
        node = parent
    return tuple(reversed(steps))


def _index(nodes: Sequence[Node], wanted: Node) -> int:
    return next(index for index, node in enumerate(nodes) if node is wanted)


def document_order(nodes: Sequence[Node]) -> list[Node]:
    """Return `nodes` once each, in document order (attributes before the children of their element)."""
    unique = list({id(node): node for node in nodes}.values())
    return sorted(unique, key=_place) if len(unique) > 1 else unique
