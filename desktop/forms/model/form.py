"""A form: what it asks (`FormNode`), and what is compiled from it. Immutable once made; sessions hold the answers."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from desktop.forms.document.definition import Action, Definition
from desktop.forms.errors import FormError
from desktop.forms.model.entity_declarations import Declaration
from desktop.forms.model.lookups import Lookups
from desktop.forms.model.places import Cell, Place
from desktop.forms.model.references import FormScope
from desktop.forms.model.texts import FormTexts
from desktop.forms.xpath.code import Code, Run
from desktop.forms.xpath.compiler import Compiler

NodeKind = Literal["group", "repeat", "question", "note", "calculate"]

_PLACEHOLDER = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")
NO_TEXTS: Mapping[str, str] = MappingProxyType({})
"""What a node without parameters has: the same for all."""

_NO_LISTS: Mapping[str, Callable[[], Mapping[str, str]]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FormNode:
    """One node of the form as people see it, for all repeat instances.

    `path` has no instance identities. `type` is the kind of control with the data type where they differ: `string`,
    `int`, `decimal`, `date`, `time`, `dateTime`, `boolean`, `geopoint`, `geotrace`, `geoshape`, `barcode`, `select1`,
    `select`, `rank`, `range`, `trigger`, `binary`. `tags` are the `bind::opmaat:…` columns, those of the groups around
    it included. `parameters` are the other attributes of the control, such as `start` and `end` of a range.
    """

    name: str
    kind: NodeKind
    type: str
    appearance: str
    tags: Mapping[str, str]
    children: tuple["FormNode", ...]
    path: str
    parameters: Mapping[str, str] = field(default_factory=lambda: NO_TEXTS)

    def walk(self) -> Iterator["FormNode"]:
        """Yield this node and all inside it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class CompiledExpression:
    """An expression compiled for one form; `source` is as it was written."""

    source: str
    code: Code = field(repr=False)
    path: str = ""


@dataclass(frozen=True, slots=True)
class FormLocale:
    """Locale data that the host supplies, since the engine holds no language data of its own.

    `choice_lists` are lists that a workbook may use without writing them out: by name, a function that returns their
    values with the labels of the source language; `revision` must change whenever their content does, because converted
    workbooks are cached by it. `choice_labels(list_name, language)` returns the labels of such a list by value, None
    for any other list. `format_value(value, data_type, language)` returns a value as it reads within a sentence.
    `other_texts(language)` returns the label of the choice and of the question that `or_other` adds ("" for a column
    without a language).
    """

    choice_labels: Callable[[str, str], Mapping[str, str] | None] = lambda _list, _language: None
    format_value: Callable[[str, str, str], str] = lambda value, _type, _language: value
    choice_lists: Mapping[str, Callable[[], Mapping[str, str]]] = field(default_factory=lambda: _NO_LISTS)
    revision: str = ""
    other_texts: Callable[[str], tuple[str, str]] = lambda _language: ("Other", "Specify other.")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A compiled setvalue: the place it sets and what it sets it to, from the context of that place."""

    action: Action
    place: Place
    run: Run


@dataclass(frozen=True, eq=False)
class Form:
    """A form, compiled. `languages` are those it brings itself, as it names them; empty when it has one."""

    name: str
    version: str
    title: str
    languages: tuple[str, ...]
    root: Place = field(repr=False)
    nodes: Mapping[str, FormNode] = field(repr=False)
    places: Mapping[str, Place] = field(repr=False)
    cells: tuple[Cell, ...] = field(repr=False)
    triggers: tuple[Trigger, ...] = field(repr=False)
    lookups: Lookups = field(repr=False)
    texts: FormTexts = field(repr=False)
    definition: Definition = field(repr=False)
    locale: FormLocale = field(default_factory=FormLocale, repr=False)
    entities: tuple[Declaration, ...] = field(default=(), repr=False)

    def outline(self) -> FormNode:
        """Return the root of the tree of groups, repeats, questions, notes and calculations."""
        return self.nodes[self.root.path]

    def find(self, name: str) -> FormNode | None:
        """Return the first node in document order that is called `name`."""
        return next((node for node in self.outline().walk() if node.name == name), None)

    def place(self, path: str) -> Place:
        """Return the place at `path`. Raises FormError `form.unknown_node`."""
        found = self.places.get(path)
        if found is None:
            raise FormError("form.unknown_node", node=path)
        return found

    def compile(self, expression: str, at: str | None = None) -> CompiledExpression:
        """Return `expression`, in which `${name}` means the question of that name, compiled for the node `at`.

        Raises FormError for anything wrong in it, with the position where that is known; `form.unknown_name` for a
        `${name}` that no question has.
        """
        place = self.place(at) if at is not None else self.root
        scope = FormScope(self.root, place, self.lookups)
        paths = [(found, self._path_of(found)) for found in _PLACEHOLDER.finditer(expression)]
        try:
            code = Compiler(scope, place).compile(_PLACEHOLDER.sub(self._path_of, expression))
        except FormError as error:
            raise _as_written(error, expression, paths) from error
        return CompiledExpression(expression, code, place.path)

    def _path_of(self, found: re.Match[str]) -> str:
        node = self.find(found[1])
        if node is None:
            raise FormError("form.unknown_name", name=found[1], expression=found.string, position=found.start())
        return f" {node.path} "


def _as_written(error: FormError, expression: str, paths: list[tuple[re.Match[str], str]]) -> FormError:
    """Return `error` about the expression before its names became paths."""
    if "position" not in error.details:
        return error.located(expression=expression)
    position = int(error.details["position"])
    for found, path in paths:
        if position < found.start():
            break
        position = max(found.start(), position - len(path) + len(found[0]))
    details: dict[str, str | int] = {**error.details, "expression": expression, "position": position}
    return FormError(error.code, **details)
