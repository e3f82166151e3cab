"""The dynamic side of a form: data nodes, the frames they are addressed by, and the instances of repeats."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from desktop.forms.document.datatypes import canonical
from desktop.forms.model.places import Place
from desktop.forms.xpath.tree import ATTRIBUTE, ELEMENT, Node


class DataNode(Node):
    """One node of the primary instance of one session.

    `raw` is what was answered or calculated; the inherited `text` is what expressions see: `raw` while relevant, else
    blank. `own` is the node's own relevance, `relevant` that of it and everything around it.
    """

    __slots__ = ("frame", "own", "place", "raw", "readonly", "relevant", "required")

    def __init__(self, place: Place, frame: "Frame", raw: str) -> None:
        """Make a relevant node with the value `raw`, outside any tree."""
        super().__init__(ELEMENT, place.name, raw, prefix=place.prefix, space=place.space)
        self.place = place
        self.frame = frame
        self.raw = raw
        self.own = True
        self.relevant = True
        self.readonly = place.readonly
        self.required = place.required


class Range:
    """The instances of one repeat in one frame, in order; `stash` holds those a shrinking count put aside."""

    __slots__ = ("frame", "frames", "parent", "place", "stash")

    def __init__(self, place: Place, frame: "Frame", parent: DataNode) -> None:
        """Start without instances."""
        self.place = place
        self.frame = frame
        self.parent = parent
        self.frames: list[Frame] = []
        self.stash: list[Frame] = []


class Frame:
    """The addressing table of the form, or of one repeat instance: its nodes by slot, its ranges by `range_slot`."""

    __slots__ = ("attached", "depth", "identity", "nodes", "outer", "parent", "prefix")

    def __init__(self, width: int, parent: "Frame | None", identity: str = "") -> None:
        """Make an empty table of `width` slots."""
        self.nodes: list[Any] = [None] * width
        self.parent = parent
        self.identity = identity
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.outer: Range | None = None
        self.attached = True
        self.prefix = ""

    @property
    def top(self) -> DataNode:
        """Return the root node of the form, or of the instance."""
        node: DataNode = self.nodes[0]
        return node

    def range_of(self, repeat: Place) -> Range:
        """Return the instances of a repeat that lies in this frame."""
        found: Range = self.nodes[repeat.range_slot]
        return found

    def node_of(self, place: Place) -> DataNode:
        """Return the node of a place that lies in this frame."""
        found: DataNode = self.nodes[place.slot]
        return found


def climb(frame: Frame, depth: int) -> Frame:
    """Return the frame around `frame` at `depth`, or itself when it is no deeper."""
    while frame.depth > depth and frame.parent is not None:
        frame = frame.parent
    return frame


def nodes_under(frame: Frame, place: Place) -> list[DataNode]:
    """Return the nodes of `place` in every instance under `frame`, in document order."""
    if place.depth == frame.depth:
        return [frame.node_of(place)]
    frames = [frame]
    for repeat in place.chain[frame.depth :]:
        frames = [inner for each in frames for inner in each.range_of(repeat).frames]
    return [each.node_of(place) for each in frames]


def build(place: Place, source: Node | None, frame: Frame, *, instances: bool) -> DataNode:
    """Make the nodes of `place` and below from the values of `source`, blank without one, into `frame`.

    `instances` says whether repeat instances written in `source` are made as well.
    """
    node = DataNode(place, frame, "" if place.children or source is None else canonical(source.text, place.type))
    frame.nodes[place.slot] = node
    if source is not None:
        copy_attributes(source, node)
    if place.attributes:
        _compute_attributes(place, node, frame)
    below = _by_name(source) if source is not None and place.children else {}
    for child in place.children:
        if child.is_repeat:
            found = Range(child, frame, node)
            frame.nodes[child.range_slot] = found
            if instances or child.is_written or child.is_fixed:
                for element in _instances(below, child):
                    at = len(found.frames)
                    add_frame(found, element, stable_identity(found, at), at, instances=True)
        else:
            inner = _one(below, child) if source is not None else None
            node.append(build(child, inner, frame, instances=instances))
    return node


def copy_attributes(source: Node, node: Node) -> None:
    """Give `node` the attributes of `source`, the template mark left out."""
    if not source.attributes:
        return
    copies = []
    for attribute in source.attributes:
        if attribute.qualified != "jr:template":
            copy = Node(ATTRIBUTE, attribute.name, attribute.text, prefix=attribute.prefix, space=attribute.space)
            copy.parent = node
            copies.append(copy)
    node.attributes = tuple(copies)


def _compute_attributes(place: Place, node: DataNode, frame: Frame) -> None:
    """Put a live node in the place of each attribute that the form computes, with the value it has."""
    found: dict[str, Node] = {each.qualified: each for each in node.attributes}
    for each in place.attributes:
        written = found.get(each.qualified)
        live = DataNode(each, frame, written.text if written is not None else "")
        live.kind = ATTRIBUTE
        live.parent = node
        found[each.qualified] = frame.nodes[each.slot] = live
    node.attributes = tuple(found.values())


def _by_name(source: Node) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for element in source.elements():
        found.setdefault(element.qualified, []).append(element)
    return found


def _stored_elements(below: Mapping[str, Sequence[Node]], place: Place) -> Iterator[Node]:
    for element in below.get(place.qualified, ()):
        if not element.has("jr:template"):
            yield element


def _instances(below: Mapping[str, Sequence[Node]], place: Place) -> Iterator[Node]:
    """Yield the instances a form has; a fixed repeat has at least the one of its template."""
    written = list(_stored_elements(below, place))
    yield from written
    if not written and place.is_fixed and place.template is not None:
        yield place.template


def _one(below: Mapping[str, Sequence[Node]], place: Place) -> Node:
    found = below.get(place.qualified)
    if found:
        return found[0]
    return place.template if place.template is not None else Node(ELEMENT, place.name)


def add_frame(found: Range, source: Node | None, identity: str, at: int, *, instances: bool) -> Frame:
    """Make a repeat instance from `source`, or a blank one, and put it at position `at` (0 is first)."""
    frame = Frame(found.place.width, found.frame, identity)
    frame.outer = found
    frame.prefix = instance_ref(found, identity)
    build(found.place, source, frame, instances=instances)
    attach(found, frame, at)
    return frame


def stable_identity(found: Range, at: int) -> str:
    """Return the identity of an instance nobody chose: the same on every device, for the same place in the repeat."""
    return identity_at(range_ref(found), at)


def identity_at(repeat_ref: str, at: int) -> str:
    """Return the identity of the instance at position `at` (0 is first) of the repeat at `repeat_ref`."""
    return hashlib.sha256(f"{repeat_ref}#{at}".encode()).hexdigest()[:8]


def range_ref(found: Range) -> str:
    """Return the address of a repeat: that of the instance around it, then its path from there."""
    around = found.place.chain[-2].path if found.place.depth > 1 else ""
    return f"{found.frame.prefix}{found.place.path[len(around) :]}"


def instance_ref(found: Range, identity: str) -> str:
    """Return the address of the instance `identity` of a repeat."""
    return f"{range_ref(found)}[{identity}]"


def node_ref(node: DataNode) -> str:
    """Return the address of a node."""
    place = node.place
    if not place.chain:
        return place.path
    return f"{node.frame.prefix}{place.path[len(place.chain[-1].path) :]}"


def ranges_under(frame: Frame, repeat: Place) -> list[Range]:
    """Return the ranges of `repeat` in every instance under `frame`."""
    frames = [frame]
    for outer in repeat.chain[frame.depth : -1]:
        frames = [inner for each in frames for inner in each.range_of(outer).frames]
    return [each.range_of(repeat) for each in frames]


def attach(found: Range, frame: Frame, at: int) -> None:
    """Put an instance among the others, in the tree as well."""
    children = found.parent.children
    top = frame.top
    top.parent = found.parent
    children.insert(_index_in_tree(found, at), top)
    found.frames.insert(at, frame)
    frame.attached = True


def detach(found: Range, frame: Frame) -> int:
    """Take an instance out, and return where it was."""
    at = found.frames.index(frame)
    found.frames.pop(at)
    found.parent.children.remove(frame.top)
    frame.attached = False
    return at


def _index_in_tree(found: Range, at: int) -> int:
    children = found.parent.children
    if at < len(found.frames):
        return children.index(found.frames[at].top)
    if found.frames:
        return children.index(found.frames[-1].top) + 1
    order = {id(place): index for index, place in enumerate(found.parent.place.children)}
    mine = order[id(found.place)]
    for index, child in enumerate(children):
        if isinstance(child, DataNode) and order[id(child.place)] > mine:
            return index
    return len(children)
