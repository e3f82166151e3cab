"""Definition to form: places, cells, choices, actions and the outline, everything compiled and ranked."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import cast

from desktop.forms.document.controls import check_controls
from desktop.forms.document.datatypes import SHAPED, canonical
from desktop.forms.document.definition import CONTROLS, Action, Bind, Control, Definition, parse_definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError
from desktop.forms.model.choices import Select
from desktop.forms.model.entity_declarations import declared
from desktop.forms.model.external import Missing, with_media
from desktop.forms.model.form import NO_TEXTS, Form, FormLocale, FormNode, NodeKind, Trigger
from desktop.forms.model.graph import KeptGraph, rank, restore
from desktop.forms.model.lookups import Lookups
from desktop.forms.model.places import Cell, CellKind, Place, build_places
from desktop.forms.model.preloads import preloads
from desktop.forms.model.references import FormScope
from desktop.forms.model.searches import read_search, search_in, without_search
from desktop.forms.model.selects import read_select
from desktop.forms.model.texts import FormTexts
from desktop.forms.xpath.code import Code, Context, Run, text_of, truth_of
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.library.logic import blank_text
from desktop.forms.xpath.tree import Node
from desktop.forms.xpath.values import number_text, to_number
from desktop.kernel import collector

_FLAGS = ((CellKind.RELEVANT, "relevant"), (CellKind.READONLY, "readonly"), (CellKind.REQUIRED, "required"))
_CONSTANTS = {"true()": True, "false()": False}
_YES = frozenset({"true()", "true"})
_CHOOSING = frozenset({"select1", "select", "rank"})
_NOT_PARAMETERS = frozenset({"ref", "nodeset", "bind", "appearance", "mediatype"})
_HIDDEN = frozenset({"meta"})
_OTHER_NAMES = {"integer": "int", "long": "int", "float": "decimal", "double": "decimal"}
"""Data types of XML Schema that ODK clients take for one of their own."""


_NO_MEDIA: Mapping[str, bytes] = MappingProxyType({})


def read_form(
    document: Node,
    locale: FormLocale | None = None,
    media: Mapping[str, bytes] = _NO_MEDIA,
    *,
    missing: Missing = "refuse",
    kept: KeptGraph | None = None,
) -> Form:
    """Return the form in an XForm document.

    `media` holds the files beside it by name; with `missing` "empty" a file that is not there is an empty list. Raises
    FormError for whatever is wrong, with its path or the name of the file. `kept` is the graph that was kept of this
    very document when it was found in order; it is used where nothing comes from other files, and raises
    DamagedGraphError when it is of another form.
    """
    written = parse_definition(document)
    definition = with_media(written, media, ProblemCollector(), missing)
    locale = locale or FormLocale()
    return build_form(definition, locale, kept=kept if definition is written else None)


@collector.pause_collection()
def build_form(
    definition: Definition, locale: FormLocale, report: ProblemCollector | None = None, kept: KeptGraph | None = None
) -> Form:
    """Return the compiled form of `definition`. Raises FormError, unless `report` collects them.

    With a `kept` graph the form is known to be in order, and everything is compiled at first use. Raises
    DamagedGraphError for one of another form.
    """
    report = report or ProblemCollector()
    root = build_places(definition.root, frozenset(definition.repeats), definition.attributes())
    places = root.index
    lookups = Lookups(definition.instances, definition.root.get("id"))
    workshop = _FormCompiler(root, places, lookups, report, later=kept is not None)
    cells = workshop.cells(definition, kept)
    texts = FormTexts(definition, places, lookups)
    nodes: dict[str, FormNode] = {}
    _outline(root, _by_path(definition), {bind.path: bind for bind in definition.binds}, MappingProxyType({}), nodes)
    return Form(
        name=definition.root.get("id"),
        version=definition.root.get("version") or definition.root.get("orx:version"),
        title=definition.title,
        languages=texts.languages,
        root=root,
        nodes=nodes,
        places=places,
        cells=cells,
        triggers=(
            *preloads(definition.binds, places),
            *workshop.triggers(definition.actions),
        ),
        lookups=lookups,
        texts=texts,
        definition=definition,
        locale=locale,
        entities=declared(definition, root, places, report),
    )


@dataclass(frozen=True, slots=True)
class _FormCompiler:
    """Compiles the parts of one form onto its places: at once, or each when it is first used."""

    root: Place
    places: Mapping[str, Place]
    lookups: Lookups
    report: ProblemCollector
    later: bool

    def cells(self, definition: Definition, kept: KeptGraph | None) -> tuple[Cell, ...]:
        """Compile what is asked, chosen, calculated and counted; return the cells in order of rank."""
        if not self.later:
            check_controls(definition, self.report)
        self.selects(definition.controls(), definition.itext.get(definition.default_language, {}))
        self.binds(definition.binds)
        self.repeats(definition.repeats.values())
        with self.report.entry():
            return rank(self.root.walk()) if kept is None else restore(self.root, kept, _choosing)
        return ()

    def binds(self, binds: Iterable[Bind]) -> None:
        for bind in binds:
            with self.report.entry(path=bind.path):
                place = self._place(bind.path)
                written = bind.attributes.get("type", "string").rpartition(":")[2] or "string"
                place.type = _OTHER_NAMES.get(written, written)
                self._bind(place, bind)

    def _bind(self, place: Place, bind: Bind) -> None:
        for aspect, name in _FLAGS:
            if name in bind.attributes:
                self._flag(place, aspect, bind.attributes[name].strip())
        calculate = bind.attributes.get("calculate", "").strip()
        if calculate:
            self._cell(place, CellKind.VALUE, calculate)
        constraint = bind.attributes.get("constraint", "").strip()
        if constraint:
            self._constrain(place, constraint)

    def _constrain(self, place: Place, expression: str) -> None:
        if self.later:
            place.constraint = _at_first_use(partial(self._compile_constraint, place, expression))
            return
        with self.report.entry(path=place.path, expression=expression, column="constraint"):
            self._compile_constraint(place, expression)

    def _compile_constraint(self, place: Place, expression: str) -> Run:
        place.constraint = run = truth_of(self._compiler(place).compile(expression))
        return run

    def _flag(self, place: Place, aspect: CellKind, expression: str) -> None:
        fixed = _CONSTANTS.get(expression)
        if not expression or (fixed is not None and fixed == (aspect == CellKind.RELEVANT)):
            return
        if fixed is None or aspect == CellKind.RELEVANT:
            self._cell(place, aspect, expression)
        elif aspect == CellKind.READONLY:
            place.readonly = True
        else:
            place.required = True

    def _cell(self, place: Place, aspect: CellKind, expression: str) -> None:
        cell = Cell(place, aspect, expression=expression)
        if self.later:
            cell.run = _at_first_use(partial(self._compile, cell))
            place.cells[aspect] = cell
            return
        with self.report.entry(path=place.path, expression=expression, column=aspect.column):
            self._compile(cell)
            place.cells[aspect] = cell

    def _compile(self, cell: Cell) -> Run:
        place, is_count = cell.place, cell.aspect is CellKind.COUNT
        scope = FormScope(self.root, (place.parent or self.root) if is_count else place, self.lookups)
        code = Compiler(scope, place).compile(cell.expression)
        if cell.aspect is CellKind.VALUE:
            cell.run = compile_stored_text(code, place.type)
        else:
            cell.run = _number(code) if is_count else truth_of(code)
        cell.reads = tuple(scope.reads)
        return cell.run

    def repeats(self, repeats: Iterable[Control]) -> None:
        for control in repeats:
            if control.path in self.places:
                self.places[control.path].is_fixed = control.attributes.get("jr:noAddRemove", "").strip() in _YES
            expression = control.attributes.get("jr:count", "").strip()
            if expression:
                with self.report.entry(path=control.path, expression=expression, column=CellKind.COUNT.column):
                    self._cell(self._place(control.path), CellKind.COUNT, expression)

    def selects(self, controls: Iterable[Control], texts: Mapping[str, Node]) -> None:
        for control in controls:
            if control.tag not in _CHOOSING or not control.path or "/@" in control.path:
                continue
            if self.later:
                self._place(control.path).choices = partial(self._read_choices, control)
            else:
                self._select(control, texts)

    def _read_choices(self, control: Control) -> Select:
        return read_select(control, self.places[control.path], self.root, self.lookups)[0]

    def _select(self, control: Control, texts: Mapping[str, Node]) -> None:
        appearance = control.attributes.get("appearance", "")
        column = "appearance" if without_search(appearance) != appearance else CellKind.CHOICES.column
        with self.report.entry(path=control.path, column=column):
            place = self._place(control.path)
            call = search_in(appearance)
            if call is not None:
                select, reads = read_search(call, control, place, self.root, self.lookups, texts)
            else:
                select, reads = read_select(control, place, self.root, self.lookups)
            place.choices = select
            if select.filtered and control.tag != "rank":
                place.cells[CellKind.CHOICES] = cell = Cell(place, CellKind.CHOICES, reads)
                cell.run = select.values

    def triggers(self, actions: Iterable[Action]) -> Iterator[Trigger]:
        for action in actions:
            with self.report.entry(path=action.path, expression=action.value or "", column="default"):
                place = self._place(action.path)
                yield Trigger(action, place, self._action(action, place))

    def _action(self, action: Action, place: Place) -> Run:
        if action.value is None:
            text = action.text
            return lambda _: text
        return compile_stored_text(self._compiler(place).compile(action.value), place.type)

    def _compiler(self, place: Place) -> Compiler:
        return Compiler(FormScope(self.root, place, self.lookups), place)

    def _place(self, path: str) -> Place:
        found = self.places.get(path)
        if found is None:
            raise FormError("form.unknown_node", node=path)
        return found


def _at_first_use(compiled: Callable[[], Run]) -> Run:
    """Return a closure that is compiled when it first runs; `compiled` puts what it returns in its place."""

    def run(c: Context) -> object:
        return compiled()(c)

    return run


def _choosing(cell: Cell) -> Run:
    """Return a closure that gives what may be chosen at a place with choices, and then is the one of the choices."""

    def first(c: Context) -> frozenset[str]:
        select = cast("Select", cell.place.select)
        cell.run = select.values
        return select.values(c)

    return first


def compile_stored_text(code: Code, data_type: str) -> Run:
    """Return a closure that gives the text a calculation stores: blank for not-a-number, whole for `int`."""
    if data_type == "int":
        return _whole(code)
    if code.kind in {"text", "nodes", "truth"} and data_type != "date":
        return text_of(code)
    run = code.run
    if data_type in SHAPED:
        return lambda c: canonical(blank_text(run(c)), data_type)
    return _decimal(run) if code.kind in {"number", "moment"} else lambda c: blank_text(run(c))


def _decimal(run: Run) -> Run:
    def decimal(c: Context) -> str:
        number = run(c)
        return "" if math.isnan(number) else number_text(number)

    return decimal


def _whole(code: Code) -> Run:
    run = code.run

    def whole(c: Context) -> str:
        number = to_number(run(c), c.environment.zone)
        return "" if math.isnan(number) or math.isinf(number) else str(int(number))

    return whole


def _number(code: Code) -> Run:
    run = code.run
    return lambda c: to_number(run(c), c.environment.zone)


def _by_path(definition: Definition) -> dict[str, Control]:
    """Return the control of each path; a repeat goes before the group that wraps it."""
    found: dict[str, Control] = {}
    for control in definition.controls():
        if control.path and (control.tag == "repeat" or control.path not in found):
            found[control.path] = control
    return found


def _outline(
    place: Place,
    controls: Mapping[str, Control],
    binds: Mapping[str, Bind],
    inherited: Mapping[str, str],
    nodes: dict[str, FormNode],
) -> FormNode:
    control, bind = controls.get(place.path), binds.get(place.path)
    tags = inherited if bind is None or not bind.tags else MappingProxyType({**inherited, **bind.tags})
    children: tuple[FormNode, ...] = ()
    if place.children:
        shown = [child for child in place.children if child.name not in _HIDDEN]
        children = tuple([_outline(child, controls, binds, tags, nodes) for child in shown])
    attributes = control.attributes if control is not None else NO_TEXTS
    nodes[place.path] = node = FormNode(
        name=place.name,
        kind=_kind(place, control),
        type=_type(place, control),
        appearance=without_search(attributes["appearance"]) if "appearance" in attributes else "",
        tags=tags,
        children=children,
        path=place.path,
        parameters=_parameters(attributes),
    )
    return node


def _parameters(attributes: Mapping[str, str]) -> Mapping[str, str]:
    found = {name: text for name, text in attributes.items() if name not in _NOT_PARAMETERS}
    return MappingProxyType(found) if found else NO_TEXTS


def _kind(place: Place, control: Control | None) -> NodeKind:
    if place.is_repeat:
        return "repeat"
    if place.children:
        return "group"
    if control is None or control.tag not in CONTROLS:
        return "calculate"
    return "note" if control.tag == "input" and place.readonly and place.type == "string" else "question"


def _type(place: Place, control: Control | None) -> str:
    if control is None or control.tag == "input":
        return place.type
    if control.tag == "upload":
        return "binary"
    return control.tag if control.tag in CONTROLS else "string"
