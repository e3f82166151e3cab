"""Definition to form: places, cells, choices, actions and the outline, everything compiled and ranked."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from desktop.forms.document.controls import check_controls
from desktop.forms.document.datatypes import SHAPED, canonical
from desktop.forms.document.definition import CONTROLS, Action, Bind, Control, Definition, parse_definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError
from desktop.forms.model.entity_declarations import declared
from desktop.forms.model.external import Missing, with_media
from desktop.forms.model.form import Form, FormLocale, FormNode, NodeKind, Trigger
from desktop.forms.model.graph import rank
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
) -> Form:
    """Return the form in an XForm document.

    `media` holds the files beside it by name; with `missing` "empty" a file that is not there is an empty list. Raises
    FormError for whatever is wrong, with its path or the name of the file.
    """
    return build_form(
        with_media(parse_definition(document), media, ProblemCollector(), missing), locale or FormLocale()
    )


@collector.pause_collection()
def build_form(definition: Definition, locale: FormLocale, report: ProblemCollector | None = None) -> Form:
    """Return the compiled form of `definition`. Raises FormError, unless `report` collects them."""
    report = report or ProblemCollector()
    root = build_places(definition.root, frozenset(definition.repeats), definition.attributes())
    places = root.index
    lookups = Lookups(definition.instances, definition.root.get("id"))
    workshop = _FormCompiler(root, places, lookups, report)
    check_controls(definition, report)
    workshop.selects(definition.controls(), definition.itext.get(definition.default_language, {}))
    workshop.binds(definition.binds)
    workshop.repeats(definition.repeats.values())
    cells: tuple[Cell, ...] = ()
    with report.entry():
        cells = rank(root.walk())
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
    """Compiles the parts of one form onto its places."""

    root: Place
    places: Mapping[str, Place]
    lookups: Lookups
    report: ProblemCollector

    def binds(self, binds: Iterable[Bind]) -> None:
        for bind in binds:
            with self.report.entry(path=bind.path):
                place = self._place(bind.path)
                written = bind.attributes.get("type", "string").rpartition(":")[2] or "string"
                place.type = _OTHER_NAMES.get(written, written)
                self._bind(place, bind)

    def _bind(self, place: Place, bind: Bind) -> None:
        for aspect, name in _FLAGS:
            self._flag(place, aspect, bind.attributes.get(name, "").strip())
        calculate = bind.attributes.get("calculate", "").strip()
        if calculate:
            self._cell(place, CellKind.VALUE, calculate)
        constraint = bind.attributes.get("constraint", "").strip()
        if constraint:
            with self.report.entry(path=place.path, expression=constraint, column="constraint"):
                place.constraint = truth_of(self._compiler(place).compile(constraint))

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
        with self.report.entry(path=place.path, expression=expression, column=aspect.column):
            scope = FormScope(self.root, place, self.lookups)
            code = Compiler(scope, place).compile(expression)
            run = compile_stored_text(code, place.type) if aspect == CellKind.VALUE else truth_of(code)
            place.cells[aspect] = Cell(place, aspect, run, tuple(scope.reads), expression=expression)

    def repeats(self, repeats: Iterable[Control]) -> None:
        for control in repeats:
            if control.path in self.places:
                self.places[control.path].is_fixed = control.attributes.get("jr:noAddRemove", "").strip() in _YES
            expression = control.attributes.get("jr:count", "").strip()
            if not expression:
                continue
            with self.report.entry(path=control.path, expression=expression, column=CellKind.COUNT.column):
                place = self._place(control.path)
                scope = FormScope(self.root, place.parent or self.root, self.lookups)
                run = _number(Compiler(scope, place).compile(expression))
                place.cells[CellKind.COUNT] = Cell(
                    place, CellKind.COUNT, run, tuple(scope.reads), expression=expression
                )

    def selects(self, controls: Iterable[Control], texts: Mapping[str, Node]) -> None:
        for control in controls:
            if control.tag not in _CHOOSING or not control.path or "/@" in control.path:
                continue
            appearance = control.attributes.get("appearance", "")
            column = "appearance" if without_search(appearance) != appearance else CellKind.CHOICES.column
            with self.report.entry(path=control.path, column=column):
                place = self._place(control.path)
                call = search_in(appearance)
                if call is not None:
                    select, reads = read_search(call, control, place, self.root, self.lookups, texts)
                else:
                    select, reads = read_select(control, place, self.root, self.lookups)
                place.select = select
                if select.filtered and control.tag != "rank":
                    place.cells[CellKind.CHOICES] = Cell(place, CellKind.CHOICES, select.values, reads)

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
    children = tuple(
        _outline(child, controls, binds, tags, nodes) for child in place.children if child.name not in _HIDDEN
    )
    attributes = control.attributes if control is not None else {}
    nodes[place.path] = node = FormNode(
        name=place.name,
        kind=_kind(place, control),
        type=_type(place, control),
        appearance=without_search(attributes.get("appearance", "")),
        tags=tags,
        children=children,
        path=place.path,
        parameters=MappingProxyType({name: text for name, text in attributes.items() if name not in _NOT_PARAMETERS}),
    )
    return node


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
