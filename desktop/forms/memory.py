"""How things were before an operation, so that it can be undone exactly."""

from dataclasses import dataclass, field

from desktop.forms.state import DataNode, Frame, Range
from desktop.forms.xpath.tree import Node


@dataclass(slots=True)
class Before:
    """The touched nodes and ranges, as they were before the first touch."""

    nodes: dict[int, tuple[DataNode, str, str, float | None, bool, bool, bool, bool]] = field(default_factory=dict)
    ranges: dict[int, tuple[Range, list[Frame], list[Frame], list[Node]]] = field(default_factory=dict)


class Memory:
    """Remembers each node and range once, before its first change since `take()`."""

    __slots__ = ("_before",)

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._before = Before()

    def note(self, node: DataNode) -> None:
        """Remember `node` as it is."""
        nodes = self._before.nodes
        key = id(node)
        if key not in nodes:
            nodes[key] = (node, node.raw, node.text, node.number, node.own, node.relevant, node.readonly, node.required)

    def instances_of(self, found: Range) -> None:
        """Remember which instances a repeat has."""
        if id(found) not in self._before.ranges:
            self._before.ranges[id(found)] = (found, [*found.frames], [*found.stash], [*found.parent.children])

    def take(self) -> Before:
        """Return what was remembered, and start anew."""
        before, self._before = self._before, Before()
        return before


def put_back(before: Before) -> None:
    """Restore what `before` remembers."""
    for node, raw, text, number, own, relevant, readonly, required in before.nodes.values():
        node.raw, node.text, node.number = raw, text, number
        node.own, node.relevant = own, relevant
        node.readonly, node.required = readonly, required
    for found, frames, stash, children in before.ranges.values():
        for frame in (*found.frames, *found.stash):
            frame.attached = False
        found.frames[:], found.stash[:], found.parent.children[:] = frames, stash, children
        for frame in frames:
            frame.attached = True
