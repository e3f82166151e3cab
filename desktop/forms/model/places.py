"""The static shape of a form: one `Place` per node of its primary instance, and what is compiled for it.

Addressing. Nodes lie in frames: one frame for the whole form and one for each repeat instance. Within its frame each
node has a fixed slot, so a reference is a number of frames to climb and a slot to read (or, going down into other
repeats, every instance below). `chain` holds the repeats around a place, outermost first, itself included when it is
one; its length is the depth of the frame the place lies in. A repeat has slot 0 in the frame of each instance and a
`range_slot`, where the list of instances is, in the frame around it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import NamedTuple

from desktop.forms.model.choices import Select
from desktop.forms.xpath.code import Run
from desktop.forms.xpath.tree import Node


class CellKind(IntEnum):
    """What a cell computes about its place."""

    VALUE = 0
    RELEVANT = 1
    READONLY = 2
    REQUIRED = 3
    COUNT = 4
    CHOICES = 5

    @property
    def column(self) -> str:
        """Return the role of the workbook column that says it."""
        return ("calculation", "relevant", "read_only", "required", "repeat_count", "choice_filter")[self]


class Read(NamedTuple):
    """An expression reads `place`; both lie under the same frame at `level` (0 is the whole form).

    `direct` says that exactly one node is read, the one in the same instance or around it.
    """

    place: "Place"
    level: int
    direct: bool = False


@dataclass(slots=True, eq=False)
class Cell:
    """One computed property of a place: its closure, what it reads, and its rank in the order of recomputation.

    `blank` is what it gives while a blank record is made, where that depends on nothing outside the form; None where it
    has to be computed. `reads` is empty where the graph was kept. `run` is set by who makes the cell.
    """

    place: "Place"
    aspect: CellKind
    run: Run = field(init=False)
    reads: tuple[Read, ...] = ()
    rank: int = -1
    expression: str = ""
    blank: str | bool | None = None


_NO_PLACES: Mapping[str, "Place"] = MappingProxyType({})


@dataclass(slots=True, eq=False)
class Place:
    """One node of the primary instance, for all its repeat instances.

    `is_fixed` marks repeats that nobody may add to or take from (`jr:noAddRemove`): they have the instances the form
    has, at least one. `is_written` marks nodes that stand in the form several times without being a repeat of the body:
    they are addressed as instances, and are always there. `attributes` are the attributes that the form computes: such
    a place has a path that ends in `/@name`, and lies in the frame of its element.
    `choices` may be a function that reads them, which is called when they are first asked for.
    `edges` are the cells that read the place, each with the level shared; those that lie in the same frame as it are in
    `near` instead, by rank and slot. `index` holds, at the root only, every place by its path.
    """

    name: str
    parent: "Place | None" = None
    path: str = ""
    prefix: str = ""
    space: str = ""
    is_repeat: bool = False
    is_written: bool = False
    is_fixed: bool = False
    chain: tuple["Place", ...] = ()
    depth: int = 0
    slot: int = -1
    range_slot: int = -1
    width: int = 0
    template: Node | None = None
    children: list["Place"] = field(default_factory=list)
    attributes: list["Place"] = field(default_factory=list)
    type: str = "string"
    cells: dict[CellKind, Cell] = field(default_factory=dict)
    constraint: Run | None = None
    choices: Select | Callable[[], Select] | None = None
    readonly: bool = False
    required: bool = False
    edges: list[tuple[Cell, int]] = field(default_factory=list)
    near: tuple[tuple[int, int], ...] = ()
    inner: tuple[Cell, ...] = ()
    index: Mapping[str, "Place"] = field(default_factory=lambda: _NO_PLACES, repr=False)
    _by_name: dict[str, "Place"] = field(default_factory=dict, repr=False)

    @property
    def qualified(self) -> str:
        """Return the name as written, with its prefix."""
        return f"{self.prefix}:{self.name}" if self.prefix else self.name

    @property
    def has_choices(self) -> bool:
        """Tell whether the place is a question with choices."""
        return self.choices is not None

    @property
    def select(self) -> Select | None:
        """Return where the choices of the question come from, None for another one."""
        if callable(self.choices):
            self.choices = self.choices()
        return self.choices

    def child(self, name: str) -> "Place | None":
        """Return the child written `name` (with its prefix)."""
        return self._by_name.get(name)

    def add(self, child: "Place") -> None:
        """Make `child` the last child; of two with one name the first is found."""
        self.children.append(child)
        self._by_name.setdefault(child.qualified, child)

    def walk(self) -> Iterator["Place"]:
        """Yield this place and all below it, computed attributes included, in document order."""
        waiting = [self]
        while waiting:
            place = waiting.pop()
            yield place
            yield from place.attributes
            waiting.extend(reversed(place.children))

    def above(self) -> Iterator["Place"]:
        """Yield this place and all around it, innermost first."""
        place: Place | None = self
        while place is not None:
            yield place
            place = place.parent


def build_places(instance: Node, repeats: frozenset[str], attributes: Iterable[str] = ()) -> Place:
    """Return the places of a primary instance whose root element is `instance`.

    `repeats` are the paths of repeats, `attributes` those of attributes that are computed.
    """
    root = Place(instance.name, prefix=instance.prefix, space=instance.space, template=instance)
    root.path = f"/{root.qualified}"
    _fill(root, instance, repeats)
    owners = {place.path: place for place in root.walk()} if attributes else {}
    for path in dict.fromkeys(attributes):
        owner, _, name = path.rpartition("/@")
        if owner in owners:
            owners[owner].attributes.append(_attribute(owners[owner], path, name))
    _number(root)
    root.index = {place.path: place for place in root.walk()}
    return root


def _attribute(owner: Place, path: str, written: str) -> Place:
    prefix, _, name = written.rpartition(":")
    known = owner.template.attributes if owner.template is not None else ()
    space = next((each.space for each in known if each.qualified == written), "")
    return Place(name, owner, path, prefix, space)


def _fill(top: Place, node: Node, repeats: frozenset[str]) -> None:
    waiting = [(top, node)]
    while waiting:
        place, source = waiting.pop()
        for element in source.elements():
            name = element.qualified
            known = place.child(name)
            if known is None:
                known = Place(element.name, place, f"{place.path}/{name}", element.prefix, element.space)
                known.is_repeat = known.path in repeats
                known.template = element
                place.add(known)
            elif _is_twin(known, element):
                known.is_repeat = known.is_written = True
            elif element.has("jr:template") and known.template is not None and not known.template.has("jr:template"):
                known.template = element
            if element.children:
                waiting.append((known, element))


def _is_twin(known: Place, element: Node) -> bool:
    mine = known.template
    if known.is_repeat or mine is None or mine.parent is not element.parent:
        return False
    return not mine.has("jr:template") and not element.has("jr:template")


def _number(root: Place) -> None:
    """Give every place its frame and slot."""
    root.slot, root.width = 0, 1
    for place in root.walk():
        outer = place.chain
        if place.parent is not None:
            outer = place.parent.chain
            frame = outer[-1] if outer else root
            slot = frame.width
            frame.width += 1
            if place.is_repeat:
                place.chain = (*outer, place)
                place.range_slot, place.slot, place.width = slot, 0, 1
            else:
                place.chain, place.slot = outer, slot
            place.depth = len(place.chain)


def common_depth(one: Place, other: Place) -> int:
    """Return how many repeats are around both places."""
    depth = 0
    if not one.chain or not other.chain:
        return depth
    for mine, yours in zip(one.chain, other.chain, strict=False):
        if mine is not yours:
            break
        depth += 1
    return depth
