"""What is still to be done: cells to compute by rank, with the nodes or ranges they are for, and actions to run."""

import heapq
from collections.abc import Iterable, Iterator

from desktop.forms.model.form import Form, Trigger
from desktop.forms.model.places import Cell, CellKind, Place, common_depth
from desktop.forms.model.state import DataNode, Frame, Range, climb, nodes_under, ranges_under

VALUE_CHANGED = "xforms-value-changed"


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


class TriggerQueue:
    """The actions of questions whose value changed (ODK XForms "Actions", `xforms-value-changed`) wait here.

    What is triggered inside a repeat happens in the row of the question alone; from outside, in every row.
    """

    __slots__ = ("_kept", "_triggers", "_waiting")

    def __init__(self, form: Form) -> None:
        """Know the actions of `form`; none waits."""
        self._triggers: dict[int, list[tuple[Trigger, int]]] = {}
        for trigger in form.triggers:
            if VALUE_CHANGED in trigger.action.events and trigger.action.holder in form.places:
                holder = form.places[trigger.action.holder]
                shared = common_depth(holder, trigger.place)
                self._triggers.setdefault(id(holder), []).append((trigger, shared))
        self._waiting: list[tuple[Trigger, Frame]] = []
        self._kept: set[int] = set()

    def __bool__(self) -> bool:
        """Tell whether anything waits."""
        return bool(self._waiting)

    def add(self, node: DataNode) -> None:
        """Put in what the question at `node` triggers."""
        for trigger, shared in self._triggers.get(id(node.place), ()):
            self._waiting.append((trigger, climb(node.frame, shared)))

    def take(self) -> Iterator[tuple[Trigger, DataNode]]:
        """Take out everything: each action with the nodes to run it at."""
        waiting, self._waiting = self._waiting, []
        for trigger, frame in waiting:
            for node in nodes_under(frame, trigger.place):
                if id(node) not in self._kept:
                    yield trigger, node

    def clear(self) -> None:
        """Forget everything that waits."""
        self._waiting.clear()

    def keep(self, node: DataNode) -> None:
        """Let no action take the place of what is at `node`, until `let_go()`."""
        self._kept.add(id(node))

    def let_go(self) -> None:
        """Let actions write everywhere again."""
        self._kept.clear()
