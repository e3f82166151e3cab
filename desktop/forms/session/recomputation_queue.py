"""What is still to be computed: cells by rank, each with the nodes or ranges it is to be computed for."""

import heapq
from collections.abc import Iterable

from desktop.forms.model.places import Cell, CellKind, Place
from desktop.forms.model.state import DataNode, Frame, Range, climb, nodes_under, ranges_under


class RecomputationQueue:
    """Cells wait here by rank; what is put in twice is computed once. `ranks` is empty when nothing waits."""

    __slots__ = ("_waiting", "ranks")

    def __init__(self) -> None:
        """Start with nothing to do."""
        self.ranks: list[int] = []
        self._waiting: dict[int, dict[int, DataNode | Range]] = {}

    def next(self) -> tuple[int, Iterable[DataNode | Range]]:
        """Take out the lowest rank, with what it is to be computed for."""
        rank = heapq.heappop(self.ranks)
        return rank, self._waiting.pop(rank).values()

    def clear(self) -> None:
        """Forget everything."""
        self.ranks.clear()
        self._waiting.clear()

    def notify(self, place: Place, frame: Frame) -> None:
        """Put in all that reads `place`, because of a change in `frame`."""
        waiting, nodes = self._waiting, frame.nodes
        for rank, slot in place.near:
            targets = waiting.get(rank)
            if targets is None:
                targets = waiting[rank] = {}
                heapq.heappush(self.ranks, rank)
            near = nodes[slot]
            targets[id(near)] = near
        for cell, level in place.edges:
            base = climb(frame, level)
            targets = self._targets(cell)
            target = cell.place
            if cell.aspect is CellKind.COUNT:
                for found in ranges_under(climb(frame, min(level, target.depth - 1)), target):
                    targets[id(found)] = found
            elif len(target.chain) == base.depth:
                node = base.nodes[target.slot]
                targets[id(node)] = node
            else:
                for each in nodes_under(base, target):
                    targets[id(each)] = each

    def add_frame(self, frame: Frame, top: Place) -> None:
        """Put in every cell at or below `top`, in one frame; the count of `top` itself belongs to the frame around."""
        for cell in top.inner:
            if cell.aspect != CellKind.COUNT or cell.place is not top:
                self.add_cell(cell, frame)

    def add_cell(self, cell: Cell, frame: Frame) -> None:
        """Put in one cell, wherever it lies under `frame`."""
        if cell.place.depth == frame.depth and cell.aspect is not CellKind.COUNT:
            node = frame.node_of(cell.place)
            self._targets(cell)[id(node)] = node
            return
        under = ranges_under if cell.aspect == CellKind.COUNT else nodes_under
        for each in under(frame, cell.place):
            self._targets(cell)[id(each)] = each

    def _targets(self, cell: Cell) -> dict[int, DataNode | Range]:
        targets = self._waiting.get(cell.rank)
        if targets is None:
            targets = self._waiting[cell.rank] = {}
            heapq.heappush(self.ranks, cell.rank)
        return targets
