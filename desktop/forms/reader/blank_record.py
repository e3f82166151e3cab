"""What the cells of a form give while a blank record is made, as far as it follows from the form alone.

It is found by making one in an environment that notices every question it is asked: what a cell gives is certain when
it ran once, asked nothing, and reads nothing but single values outside repeats that are certain too.
"""

import random as randomness
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo

from desktop.forms.model.form import Form
from desktop.forms.model.graph import providers
from desktop.forms.model.places import Cell, CellKind, Place
from desktop.forms.model.state import DataNode
from desktop.forms.session.recomputation import Model
from desktop.forms.xpath.tree import Node

_UNREAD = ("once", "instance", "pulldata")
"""Functions that look at what no read tells of: the value of the node itself, and indexes shared with other cells."""

_OUTCOMES = {
    CellKind.VALUE: "raw",
    CellKind.RELEVANT: "own",
    CellKind.READONLY: "readonly",
    CellKind.REQUIRED: "required",
}
"""Where a node keeps what a cell gave."""


def blank_outcomes(form: Form) -> Mapping[int, str | bool]:
    """Return what is certain about the cells of `form` in a blank record, by rank: the values of `Cell.blank`.

    The form must have been compiled at once.
    """
    observed = _ObservedModel(form)
    observed.load()
    certain: dict[int, str | bool] = {}
    for cell in form.cells:
        outcomes = observed.outcomes.get(cell.rank, [])
        if len(outcomes) == 1 and outcomes[0] is not None and _reads_certain(cell, certain):
            certain[cell.rank] = outcomes[0]
    return certain


def _reads_certain(cell: Cell, certain: Mapping[int, object]) -> bool:
    if cell.place.depth or any(name in cell.expression for name in _UNREAD):
        return False
    places = [read.place for read in cell.reads]
    return all(_is_single(place) and all(each.rank in certain for each in providers(place)) for place in places)


def _is_single(place: Place) -> bool:
    return place.depth == 0 and not place.children


class _ObservedModel(Model):
    """Notes of each cell what it gave, every time it ran: None where the environment was asked."""

    def __init__(self, form: Form) -> None:
        self.outcomes: dict[int, list[str | bool | None]] = {}
        self._watch = _WatchingEnvironment()
        super().__init__(form, self._watch, instances=False)

    def _compute(self, cell: Cell, node: DataNode, known: str | bool | None = None) -> None:  # noqa: FBT001  # as there
        self._watch.asked = False
        super()._compute(cell, node, known)
        outcome = None if self._watch.asked else getattr(node, _OUTCOMES[cell.aspect])
        self.outcomes.setdefault(cell.rank, []).append(outcome)
        if self._watch.asked:
            self._forget_numbers(cell)

    def _forget_numbers(self, cell: Cell) -> None:
        """Let the next cell that reads the same work out the number anew, and ask as well."""
        slots = [read.place.slot for read in cell.reads if read.place.depth == 0]
        for node in [each for slot in slots for each in self.root.nodes[slot : slot + 1] if isinstance(each, DataNode)]:
            node.number = None


class _WatchingEnvironment:
    """Answers anything, and notes that it was asked. A zone counts as asked for once it is used."""

    def __init__(self) -> None:
        self.asked = False

    @property
    def zone(self) -> tzinfo:
        return _WatchingZone(self)

    @property
    def random(self) -> randomness.Random:
        self.asked = True
        return randomness.Random(0)  # noqa: S311  # what it gives is thrown away

    @property
    def shuffle(self) -> int:
        self.asked = True
        return 0

    def now(self) -> datetime:
        self.asked = True
        return datetime.fromtimestamp(0, UTC)

    def itext(self, identifier: str, node: Node) -> str:
        return self._nothing(identifier, node)

    def choice_label(self, node: Node, value: str) -> str:
        return self._nothing(node, value)

    def property(self, name: str) -> str:
        return self._nothing(name)

    def _nothing(self, *_: object) -> str:
        self.asked = True
        return ""


class _WatchingZone(tzinfo):
    def __init__(self, watch: _WatchingEnvironment) -> None:
        self._watch = watch

    def utcoffset(self, _: datetime | None) -> timedelta:
        self._watch.asked = True
        return timedelta()

    def dst(self, _: datetime | None) -> timedelta:
        self._watch.asked = True
        return timedelta()

    def tzname(self, _: datetime | None) -> str:
        self._watch.asked = True
        return "UTC"
