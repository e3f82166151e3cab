"""The order of recomputation, found once: every cell gets a rank above all it depends on.

Edges carry the level under which reader and read lie in the same instance, so that a change reaches only the readers
it concerns. What one instance reads of another (a running total) cannot be ranked; such an edge is followed when the
value changes, but leaves the order alone. Neither can two questions that are each asked depending on the answer to the
other (either of them, but not both); they settle from where they stand, or the operation is refused (`form.no_end`).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from desktop.forms.errors import FormError
from desktop.forms.model.places import Cell, CellKind, Place, common_depth
from desktop.forms.xpath.code import Run

KeptGraph = Sequence[Sequence[Any]]
"""The graph as it is kept with a converted form: cells in order of rank, of numbers, texts, booleans and null.

Each is `[place, aspect, blank, place, level, place, level, …]`: the number of its place in document order, its
`CellKind`, its `Cell.blank`, and the places it reads with the level shared. Read from a file, nothing of it is certain
before `restore` has taken it.
"""

_BLANKS = {CellKind.VALUE: str, CellKind.RELEVANT: bool, CellKind.READONLY: bool, CellKind.REQUIRED: bool}


class DamagedGraphError(Exception):
    """What was kept does not belong to the form it was kept with."""


def rank(places: Iterable[Place]) -> tuple[Cell, ...]:
    """Give every cell under `places` its rank and every place its edges; return the cells in order of rank.

    Raises FormError `form.cycle` with the path of a node whose value depends on itself.
    """
    every = list(places)
    cells = [cell for place in every for cell in place.cells.values()]
    before = {id(cell): _before(cell) for cell in cells}
    ordered = _order_cells(cells, before)
    for number, cell in enumerate(ordered):
        cell.rank = number
        for place, level in dict.fromkeys((read.place, read.level) for read in cell.reads):
            place.edges.append((cell, level))
    _join_readers(every)
    return tuple(ordered)


def _join_readers(places: Iterable[Place]) -> None:
    """Finish every place whose readers are in `edges`, in order of rank."""
    for place in places:
        if place.edges:
            _part(place)
        if place.is_repeat or place.parent is None:
            place.inner = tuple(_inner(place))


def _part(place: Place) -> None:
    """Put the readers of a place that are in the same frame apart."""
    edges = place.edges
    near = [(cell.rank, cell.place.slot) for cell, level in edges if _is_near(place, cell, level)]
    place.near = tuple(near)
    place.edges = [] if len(near) == len(edges) else [edge for edge in edges if not _is_near(place, *edge)]


def _is_near(place: Place, reader: Cell, level: int) -> bool:
    """Tell whether the reader of `place` is found in the same frame, without climbing or going down."""
    same_frame = level == place.depth == reader.place.depth
    return same_frame and not place.is_repeat and reader.aspect is not CellKind.COUNT


def _inner(top: Place) -> list[Cell]:
    found = [cell for place in top.walk() for cell in place.cells.values()]
    return sorted(found, key=lambda cell: cell.rank)


def providers(place: Place) -> Iterator[Cell]:
    """Yield the cells that decide what an expression sees at `place`."""
    for aspect in (CellKind.VALUE, CellKind.CHOICES):
        if aspect in place.cells:
            yield place.cells[aspect]
    for each in place.above():
        for aspect in (CellKind.RELEVANT, CellKind.COUNT):
            if aspect in each.cells:
                yield each.cells[aspect]


def _before(cell: Cell) -> dict[int, tuple[Cell, bool]]:
    """Return the cells that come before `cell`, each with whether it is read in the same instance."""
    found: dict[int, tuple[Cell, bool]] = {}
    for read in cell.reads:
        for provider in providers(read.place):
            if _is_own_frame(cell, provider):
                continue
            direct = read.direct or found.get(id(provider), (cell, False))[1]
            found[id(provider)] = (provider, direct)
    if cell.aspect == CellKind.CHOICES and CellKind.VALUE in cell.place.cells:
        found[id(cell.place.cells[CellKind.VALUE])] = (cell.place.cells[CellKind.VALUE], True)
    return found


def _is_own_frame(cell: Cell, provider: Cell) -> bool:
    """A count that looks into its own repeat, or relevance that looks at its own instances, waits for no one."""
    if provider is cell:
        return cell.aspect in {CellKind.COUNT, CellKind.READONLY, CellKind.REQUIRED}
    return cell.aspect == CellKind.COUNT and provider.place is cell.place


def _every(_cell: Cell, _provider: Cell, _direct: bool) -> bool:  # noqa: FBT001  # one of three ways to count an edge
    return True


def _direct(_cell: Cell, _provider: Cell, direct: bool) -> bool:  # noqa: FBT001  # the same
    return direct


def _of_values(cell: Cell, provider: Cell, direct: bool) -> bool:  # noqa: FBT001  # the same
    """Leave out that the relevance of one question waits for that of another."""
    of_two = cell is not provider and cell.aspect == provider.aspect == CellKind.RELEVANT
    return direct and not of_two


def _order_cells(cells: list[Cell], before: dict[int, dict[int, tuple[Cell, bool]]]) -> list[Cell]:
    for counts in (_every, _direct, _of_values):
        ordered = _sort_cells(cells, before, counts)
        if len(ordered) == len(cells):
            return ordered
    known = {id(cell) for cell in ordered}
    stuck = next(cell for cell in cells if id(cell) not in known and _is_on_cycle(cell, before))
    raise FormError("form.cycle", path=stuck.place.path, column=stuck.aspect.column, expression=stuck.expression)


def _sort_cells(
    cells: list[Cell], before: dict[int, dict[int, tuple[Cell, bool]]], counts: Callable[[Cell, Cell, bool], bool]
) -> list[Cell]:
    """Return the cells in topological order; those on or behind a cycle are left out (Kahn's algorithm)."""
    waiting: dict[int, int] = {}
    after: dict[int, list[Cell]] = {}
    for cell in cells:
        needed = [each for each, direct in before[id(cell)].values() if counts(cell, each, direct)]
        waiting[id(cell)] = len(needed)
        for each in needed:
            after.setdefault(id(each), []).append(cell)
    ready = [cell for cell in cells if waiting[id(cell)] == 0]
    for cell in ready:
        for each in after.get(id(cell), ()):
            waiting[id(each)] -= 1
            if waiting[id(each)] == 0:
                ready.append(each)  # the list is the queue
    return ready


def _is_on_cycle(cell: Cell, before: dict[int, dict[int, tuple[Cell, bool]]]) -> bool:
    seen: set[int] = set()
    waiting = [cell]
    while waiting:
        for each, direct in before[id(waiting.pop())].values():
            if each is cell and direct:
                return True
            if direct and id(each) not in seen:
                seen.add(id(each))
                waiting.append(each)
    return False


def kept_graph(root: Place, cells: Sequence[Cell], blanks: Mapping[int, str | bool]) -> KeptGraph:
    """Return the graph of a form whose `cells` are in order of rank; `blanks` are values of `Cell.blank` by rank."""
    numbers = {id(place): number for number, place in enumerate(root.walk())}
    kept = []
    for cell in cells:
        reads = dict.fromkeys((numbers[id(read.place)], read.level) for read in cell.reads)
        flat = (number for pair in reads for number in pair)
        kept.append([numbers[id(cell.place)], int(cell.aspect), blanks.get(cell.rank), *flat])
    return kept


def restore(root: Place, kept: KeptGraph, choices: Callable[[Cell], Run]) -> tuple[Cell, ...]:
    """Do what `rank` does, by what was kept; return the cells in order of rank.

    The cells of choices are not there yet: `choices` gives the closure of one. Raises DamagedGraphError unless `kept`
    has every cell of the form once, and nothing that it has not.
    """
    places = list(root.walk())
    try:
        cells = [_restored(rank, entry, places, choices) for rank, entry in enumerate(kept)]
    except (TypeError, ValueError, LookupError) as error:
        raise DamagedGraphError from error
    if len(cells) != sum(len(place.cells) for place in places):
        raise DamagedGraphError
    _join_readers(places)
    return tuple(cells)


def _restored(rank: int, entry: Sequence[Any], places: Sequence[Place], choices: Callable[[Cell], Run]) -> Cell:
    number, aspect = entry[:2]
    blank = entry[2]
    reads = entry[3:]
    place = places[number]
    if aspect == CellKind.CHOICES and place.has_choices and aspect not in place.cells:
        made = Cell(place, CellKind.CHOICES)
        made.run = choices(made)
        place.cells[CellKind.CHOICES] = made
    cell: Cell = place.cells[aspect]
    if number < 0 or cell.rank >= 0 or not (blank is None or isinstance(blank, _BLANKS.get(aspect, ()))):
        raise ValueError
    cell.rank, cell.blank = rank, entry[2]
    for read, level in zip(reads[::2], reads[1::2], strict=True):
        source = places[read]
        if read < 0 or level < 0 or (level > 0 and level > common_depth(source, place)):
            raise ValueError
        source.edges.append((cell, level))
    return cell
