"""Paths of a form, resolved before anything runs.

Where ODK XForms deviates from XPath 1.0 ("A Big Deviation with XForms"), an absolute path means the node in the same
repeat instance as the node it is used at, as far as both lie in the same repeats. A path that ends at a repeat itself
means all its instances.

What is not asked is not there (ODK XForms "Bind Attributes", `relevant`): a set of nodes holds none of it, so totals,
counts and lists of choices leave it out. A predicate still counts positions among all instances.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from desktop.forms.errors import FormError
from desktop.forms.model.lookups import ELSEWHERE, Lookups, lookup
from desktop.forms.model.places import Place, Read, common_depth
from desktop.forms.model.state import DataNode, Frame, climb, nodes_under
from desktop.forms.xpath.code import Code, Context, Run, constant
from desktop.forms.xpath.compiler import Builder, Compiler
from desktop.forms.xpath.library import FUNCTIONS
from desktop.forms.xpath.library.nodes import column_of, compile_indexed_repeat
from desktop.forms.xpath.scope import PREFIXES
from desktop.forms.xpath.syntax import Call, Expression, Literal, LocationStep, Path
from desktop.forms.xpath.tree import Node, root_of
from desktop.forms.xpath.values import node_number


@dataclass(frozen=True, slots=True)
class PredicateContext:
    """What is known about the context node of a predicate: the places it may have, and the level it shares."""

    places: tuple[Place, ...]
    level: int


class _PathMatch(NamedTuple):
    """How far a path could be followed.

    `place` is what was reached after `steps` steps. `level` is shared with the node the path starts from, `shared` with
    the site of the expression: the same, except inside a predicate, where `inside` is true.
    """

    place: Place
    level: int
    steps: int
    shared: int
    inside: bool


class FormScope:
    """Resolves the paths of one expression and keeps what it reads.

    `site` is the place the expression belongs to. Raises FormError `form.unknown_node` for a path to nothing.
    """

    strict = True
    functions: Mapping[str, Builder]

    def __init__(self, root: Place, site: Place, lookups: Lookups, prefixes: Mapping[str, str] = PREFIXES) -> None:
        """Resolve against the places under `root`."""
        self._root = root
        self._site = site
        self.lookups = lookups
        self._prefixes = prefixes
        self._loose = False
        self.reads: list[Read] = []

    def namespace(self, prefix: str) -> str | None:
        """Return the namespace URI of `prefix`."""
        return self._prefixes.get(prefix)

    def instance(self, name: str) -> Run:
        """Return a closure that gives the instance element of a secondary instance, or of the primary by its id."""
        root = self.lookups.root(name)
        if root is None and name == self.lookups.primary:
            self._read(self._root, 0)
            return lambda c: [root_of(climb(c.frame, 0).top)]
        if root is None:
            raise FormError("form.unknown_instance", instance=name)
        found = [root]
        return lambda _: found

    def choosing(self, path: Expression, compiler: Compiler) -> Code:
        """Return the code of a path to a question with choices. Raises FormError `form.no_choices` for another one."""
        before = len(self.reads)
        code = compiler.code(path)
        found = [read.place for read in self.reads[before:] if not read.place.is_repeat]
        if found and found[0].select is None:
            raise FormError("form.no_choices", node=found[0].path)
        return code

    def position(self) -> Run | None:
        """Return the position of the repeat instance around the site, where there is one."""
        if not self._site.chain:
            return None
        repeat = self._site.chain[-1]
        self._read(repeat, repeat.depth - 1)

        def run(c: Context) -> float:
            frame: Frame = c.frame
            return float(frame.outer.frames.index(frame) + 1) if frame.outer is not None else 1.0

        return run

    def path(self, path: Path, compiler: Compiler) -> Code | None:
        """Return the code of a path over the primary instance, or over a secondary one with an index."""
        name = self._list_name(path.base)
        if name:
            return lookup(name, path, compiler, self.lookups)
        if _is_null(path, compiler.here):
            return constant("")
        walk = self._walk(path, compiler)
        if walk is None:
            self._read_unresolved(path, compiler)
            return None if compiler.here is ELSEWHERE else _asked(compiler.generic_path(path, compiler.start(path)))
        place = walk.place
        if walk.steps == len(path.steps):
            self._read(place, walk.shared, direct=place.depth == walk.shared)
            return self._code(walk)
        self._read_steps(path.steps[walk.steps :], (place,), walk.shared)
        return _asked(compiler.generic_path(path, self._all(walk), walk.steps))

    def narrowed(self, path: Path, compiler: Compiler) -> object | None:
        """Return what is known about the nodes of `path`: `PredicateContext`, `ELSEWHERE`, or None for nothing."""
        if self._list_name(path.base) or (path.base is None and not path.absolute and compiler.here is ELSEWHERE):
            return ELSEWHERE
        walk = self._walk(path, compiler)
        if walk is not None:
            return _predicate_context([walk.place], path.steps[walk.steps :], walk.shared)
        if isinstance(compiler.here, PredicateContext) and path.base is None and not path.absolute:
            return _predicate_context(list(compiler.here.places), path.steps, compiler.here.level)
        return None

    def _list_name(self, base: object) -> str:
        """Return the name of the secondary instance that `base` is a call for, "" when it is none."""
        if not isinstance(base, Call) or base.name != "instance" or len(base.arguments) != 1:
            return ""
        name = base.arguments[0]
        return name.text if isinstance(name, Literal) and self.lookups.root(name.text) is not None else ""

    def _start(self, path: Path, compiler: Compiler) -> tuple[Place, int] | None:
        """Return the place a path starts from and how many steps that took."""
        if path.absolute:
            return self._top(path)
        if path.base is not None:
            is_current = isinstance(path.base, Call) and path.base.name == "current" and not path.base.arguments
            return (compiler.origin, 0) if is_current and isinstance(compiler.origin, Place) else None
        here = compiler.here
        if isinstance(here, PredicateContext):
            return (here.places[0], 0) if len(here.places) == 1 else None
        return (here, 0) if isinstance(here, Place) else None

    def _top(self, path: Path) -> tuple[Place, int] | None:
        if not path.steps or not path.steps[0].is_plain or path.steps[0].axis != "child":
            return None
        if path.steps[0].test != self._root.qualified:
            raise FormError("form.unknown_node", node=f"/{path.steps[0].test}")
        return self._root, 1

    def _walk(self, path: Path, compiler: Compiler) -> _PathMatch | None:
        if path.plain:
            return self._match_plain(path)
        start = self._start(path, compiler)
        if start is None:
            return None
        place, taken = start
        level = place.depth
        for step in path.steps[taken:]:
            if not step.is_plain:
                break
            following = _follow(place, step)
            if following is None:
                raise FormError("form.unknown_node", node=_path_text(place, step))
            place = following
            level = min(level, place.depth)
            taken += 1
        if path.absolute:
            level = self._shared_level(place)
        here = compiler.here
        if path.base is None and not path.absolute and isinstance(here, PredicateContext):
            return _PathMatch(place, level, taken, min(level, here.level), inside=True)
        return _PathMatch(place, level, taken, level, inside=False)

    def _match_plain(self, path: Path) -> _PathMatch:
        place = self._root.index.get(path.plain)
        if place is None:
            raise self._unknown(path)
        level = self._shared_level(place)
        return _PathMatch(place, level, len(path.steps), level, inside=False)

    def _unknown(self, path: Path) -> FormError:
        """Return the error about the first step of a path of names that leads nowhere."""
        names = [step.test for step in path.steps]
        walked = (f"/{'/'.join(names[:count])}" for count in range(1, len(names) + 1))
        return FormError("form.unknown_node", node=next(known for known in walked if known not in self._root.index))

    def _read_unresolved(self, path: Path, compiler: Compiler) -> None:
        """Whatever the path may reach is read; from an unknown place that is every node with a name it has."""
        here = compiler.here
        relative = path.base is None and not path.absolute
        if relative and isinstance(here, PredicateContext):
            self._read_steps(path.steps, here.places, here.level)
        elif not (relative and here is ELSEWHERE):
            for place in self._root.walk():
                if any(_matches_name(place, step.test) for step in path.steps):
                    self._read(place, 0)

    def _shared_level(self, place: Place) -> int:
        if self._loose:
            return 0
        shared = common_depth(place, self._site)
        return min(shared, place.depth - 1) if place.is_repeat else shared

    def _read(self, place: Place, level: int, *, direct: bool = False) -> None:
        self.reads.append(Read(place, level, direct))
        for repeat in place.chain[level:]:
            if repeat is not place:
                self.reads.append(Read(repeat, level))

    def _read_steps(self, steps: tuple[LocationStep, ...], places: tuple[Place, ...], level: int) -> None:
        for count in range(1, len(steps) + 1):
            for each in _reach_places(list(places), steps[:count]):
                self._read(each, min([level, *(common_depth(place, each) for place in places)]))

    def _code(self, walk: _PathMatch) -> Code:
        place = walk.place
        if self._loose or place.depth > walk.level:
            every = self._all(walk)
            return Code("nodes", every if self._loose else lambda c: [node for node in every(c) if node.relevant])
        if walk.inside:
            return _code_inside(place)
        return _code_of_one(place.slot, place.depth, self._site.depth - walk.level, is_leaf=not place.children)

    def _all(self, walk: _PathMatch) -> Run:
        """Return a closure that gives the nodes of a path, those that are not asked as well."""
        place, level = walk.place, walk.level
        frame_of = _frame_of_node if walk.inside else _frame_of_context
        return lambda c: nodes_under(climb(frame_of(c), level), place)

    @contextmanager
    def everywhere(self) -> Iterator[None]:
        """Let the absolute paths that are compiled inside mean all instances, wherever they stand."""
        before, self._loose = self._loose, True
        try:
            yield
        finally:
            self._loose = before


def _indexed_repeat(compiler: Compiler, call: Call) -> Code:
    """The node-sets of `indexed-repeat()` mean all instances, wherever it is used."""
    scope = compiler.scope
    return compile_indexed_repeat(compiler, call, scope.everywhere if isinstance(scope, FormScope) else nullcontext)


def _pulldata(compiler: Compiler, call: Call) -> Code:
    """`pulldata()` from a list whose name and column are written out is a look-up in an index."""
    scope, arguments = compiler.scope, call.arguments
    name, key = (arguments[0], arguments[2]) if len(arguments) == _PULLDATA else (None, None)
    if not isinstance(scope, FormScope) or not isinstance(name, Literal) or not isinstance(key, Literal):
        return FUNCTIONS["pulldata"](compiler, call)
    lookups = scope.lookups
    if lookups.root(name.text) is None:
        return FUNCTIONS["pulldata"](compiler, call)
    wanted, value = compiler.text(arguments[1]), compiler.text(arguments[3])

    def run(c: Context) -> str:
        item = lookups.first_by(name.text, key.text).get(value(c))
        return column_of(item, wanted(c)) if item is not None else ""

    return Code("text", run)


_PULLDATA = 4
FormScope.functions = {**FUNCTIONS, "pulldata": _pulldata, "indexed-repeat": _indexed_repeat}


def _is_null(path: Path, here: object) -> bool:
    """Tell whether a path is the word null, which other languages have for nothing and XPath finds nothing by."""
    if path.base is not None or path.absolute or len(path.steps) != 1 or not isinstance(here, Place):
        return False
    return path.steps[0].is_plain and path.steps[0].test.lower() == "null" and here.child(path.steps[0].test) is None


def _asked(code: Code) -> Code:
    """Return the code of a path over any tree without the nodes of the form that are not asked."""
    run = code.run
    return Code("nodes", lambda c: [node for node in run(c) if not isinstance(node, DataNode) or node.relevant])


def _predicate_context(places: list[Place], steps: tuple[LocationStep, ...], level: int) -> PredicateContext | None:
    """Return what is known about the nodes that `steps` reach; None when they have no place, as a text has none."""
    reached = _reach_places(places, steps)
    return PredicateContext(tuple(reached), level) if reached else None


def _path_text(place: Place, step: LocationStep) -> str:
    return f"{place.path}/{'..' if step.axis == 'parent' else step.test}"


def _follow(place: Place, step: LocationStep) -> Place | None:
    if step.axis == "self":
        return place
    return place.parent if step.axis == "parent" else place.child(step.test)


def _reach_places(places: list[Place], steps: tuple[LocationStep, ...]) -> list[Place]:
    """Return the places that steps may reach, predicates left aside."""
    for step in steps:
        found: dict[int, Place] = {}
        for place in places:
            for each in _along(place, step):
                if _matches_name(each, step.test):
                    found[id(each)] = each
        places = list(found.values())
    return places


def _along(place: Place, step: LocationStep) -> list[Place]:
    if step.axis == "child":
        return place.children
    if step.axis in {"descendant", "descendant-or-self"}:
        return list(place.walk())
    if step.axis in {"ancestor", "ancestor-or-self"}:
        return list(place.above())
    return _beside(place, step)


def _beside(place: Place, step: LocationStep) -> list[Place]:
    if step.axis == "self":
        return [place]
    if step.axis == "attribute":
        return place.attributes
    if place.parent is None:
        return []
    if step.axis == "parent":
        return [place.parent]
    if step.axis in {"following-sibling", "preceding-sibling"}:
        return place.parent.children
    return [each for top in place.above() if top.parent is None for each in top.walk()]


def _matches_name(place: Place, test: str) -> bool:
    return test in {"*", "node()"} or test == place.qualified or (test.endswith(":*") and bool(place.prefix))


def _frame_of_context(c: Context) -> Frame:
    return c.frame  # type: ignore[no-any-return]  # a form's context has a frame


def _frame_of_node(c: Context) -> Frame:
    return c.node.frame  # type: ignore[attr-defined,no-any-return]  # the node is one of the primary instance


@lru_cache(maxsize=4096)
def _code_of_one(slot: int, depth: int, hops: int, *, is_leaf: bool) -> Code:
    """Return the code of a path to one node in the same instance or one around it: the same for every form."""
    one: Run
    if hops > 1:
        one = lambda c: climb(c.frame, depth).nodes[slot]  # noqa: E731  # one of three ways, typed above
    elif hops == 0:
        one = lambda c: c.nodes[slot]  # noqa: E731  # the same
    else:
        one = lambda c: c.frame.parent.nodes[slot]  # noqa: E731  # the same
    as_text, as_number = _leaf(one, slot, near=hops == 0) if is_leaf else (None, None)
    return Code("nodes", _if_asked(one), single=True, one=one, as_text=as_text, as_number=as_number)


def _code_inside(place: Place) -> Code:
    """Return the code of a path that starts at the node of a predicate."""
    slot, depth = place.slot, place.depth
    one: Run = lambda c: climb(_frame_of_node(c), depth).nodes[slot]  # noqa: E731  # typed by its name
    as_text, as_number = _leaf(one, slot, near=False) if not place.children else (None, None)
    return Code("nodes", _if_asked(one), single=True, one=one, as_text=as_text, as_number=as_number)


def _if_asked(one: Run) -> Run:
    return lambda c: [node] if (node := one(c)).relevant else []


def _leaf(one: Run, slot: int, *, near: bool) -> tuple[Run, Run]:
    def number(c: Context) -> float:
        node: Node = one(c)
        known = node.number
        return known if known is not None else node_number(node, c.environment.zone)

    def near_number(c: Context) -> float:
        node: Node = c.nodes[slot]
        known = node.number
        return known if known is not None else node_number(node, c.environment.zone)

    if near:
        return (lambda c: c.nodes[slot].text), near_number
    return (lambda c: one(c).text), number
