"""How things were before an operation, so that it can be undone exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop.forms.model.state import DataNode, Frame, Range
from desktop.forms.xpath.tree import Node

_STRIDE = 8


@dataclass(slots=True)
class UndoRecord:
    """The touched nodes and ranges, as they were before the first touch.

    `nodes` is flat, `_STRIDE` places for each node: two hundred operations are kept, and a tuple for each node in each
    of them keeps the garbage collector busy.
    """

    nodes: list[Any] = field(default_factory=list)
    ranges: dict[int, tuple[Range, list[Frame], list[Frame], list[Node]]] = field(default_factory=dict)

    def touched(self) -> Iterator[DataNode | Range]:
        """Yield what was touched: the nodes, then the ranges."""
        yield from self.nodes[::_STRIDE]
        for found, *_ in self.ranges.values():
            yield found


class ChangeRecorder:
    """Remembers each node and range once, before its first change since `take()`."""

    __slots__ = ("_before", "_known")

    def __init__(self) -> None:
        """Remember nothing yet."""
        self._before = UndoRecord()
        self._known: set[DataNode] = set()

    def note(self, node: DataNode) -> None:
        """Remember `node` as it is."""
        if node not in self._known:
            self._known.add(node)
            own, relevant, readonly, required = node.own, node.relevant, node.readonly, node.required
            self._before.nodes += (node, node.raw, node.text, node.number, own, relevant, readonly, required)

    def instances_of(self, found: Range) -> None:
        """Remember which instances a repeat has."""
        if id(found) not in self._before.ranges:
            self._before.ranges[id(found)] = (found, [*found.frames], [*found.stash], [*found.parent.children])

    def take(self) -> UndoRecord:
        """Return what was remembered, and start anew."""
        before, self._before = self._before, UndoRecord()
        self._known = set()
        return before


def put_back(before: UndoRecord) -> None:
    """Restore what `before` remembers."""
    touched = before.nodes
    for at in range(0, len(touched), _STRIDE):
        node = touched[at]
        node.raw, node.text, node.number, node.own = touched[at + 1 : at + 5]
        node.relevant, node.readonly, node.required = touched[at + 5 : at + _STRIDE]
    for found, frames, stash, children in before.ranges.values():
        for frame in (*found.frames, *found.stash):
            frame.attached = False
        found.frames[:], found.stash[:], found.parent.children[:] = frames, stash, children
        for frame in frames:
            frame.attached = True
