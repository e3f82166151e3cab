"""The choices of a question: written out, or a node-set of a list with a filter (ODK XForms "Body", itemset)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.forms.definition import Control, itext_id
from desktop.forms.errors import FormError, located
from desktop.forms.lookups import Lookups
from desktop.forms.places import Place, Read
from desktop.forms.references import FormScope
from desktop.forms.xpath.code import Code, Context
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.syntax import Call, Expression, Literal, Path, parse
from desktop.forms.xpath.tree import Node, string_value

_ITEXT_COLUMN = re.compile(r"jr:itext\(\s*([^'\")]+?)\s*\)")


@dataclass(frozen=True, slots=True)
class Item:
    """One choice before it is put in words: its value, its label or the itext id of it, its picture."""

    value: str
    label: str
    identifier: str | None = None
    image: str | None = None
    element: Node | None = None


@dataclass(frozen=True, slots=True)
class Select:
    """Where the choices of one question come from. `list_name` is the secondary instance, "" when there is none.

    `filtered` says that what can be chosen depends on other answers.
    """

    items: tuple[Item, ...] = ()
    nodes: Code | None = None
    plain: Code | None = None
    value: str = ""
    label: str = ""
    label_is_id: bool = False
    list_name: str = ""
    reads: tuple[Read, ...] = ()
    known: dict[int, Item] = field(default_factory=dict)

    @property
    def filtered(self) -> bool:
        """Tell whether what can be chosen depends on other answers."""
        return bool(self.reads)

    def offered(self, c: Context, *, shuffled: bool = True) -> Iterator[Item]:
        """Yield the choices for the question at the context node, in order."""
        code = self.nodes if shuffled else self.plain
        if code is None:
            yield from self.items
            return
        known = self.known
        for node in code.run(c):
            item = known.get(id(node))
            yield item if item is not None else self._item(node)

    def values(self, c: Context) -> set[str]:
        """Return the values that can be chosen now."""
        if self.plain is None:
            return {item.value for item in self.items}
        return {_cell(node, self.value) for node in self.plain.run(c)}

    def _item(self, node: Node) -> Item:
        label = _cell(node, self.label)
        image = _cell(node, "pictogram") or _cell(node, "image")
        identifier = label if self.label_is_id else None
        item = Item(_cell(node, self.value), label, identifier, image or None, node)
        if self.list_name:
            self.known[id(node)] = item
        return item


def _cell(node: Node, path: str) -> str:
    found: Node | None = node
    for name in path.split("/"):
        if found is None or name == ".":
            continue
        name = name.rpartition(":")[2]  # noqa: PLW2901  # the local name is what is left
        found = found.child(name)
    return string_value(found) if found is not None else ""


def read_select(control: Control, place: Place, root: Place, lookups: Lookups) -> Select:
    """Return the choices of a select, select1 or rank control. Raises FormError for a broken or dangling itemset."""
    itemset = control.node.child("itemset")
    if itemset is None:
        return Select(items=tuple(_written(item) for item in control.node.elements("item")))
    expression = itemset.get("nodeset")
    with located(path=place.path, expression=expression):
        return _itemset(itemset, parse(expression), place, root, lookups)


def _itemset(itemset: Node, tree: Expression, place: Place, root: Place, lookups: Lookups) -> Select:
    scope = FormScope(root, place, lookups)
    nodes = Compiler(scope, place).code(tree)
    if nodes.kind != "nodes":
        raise FormError("form.nodeset_expected")
    bare = tree
    while isinstance(bare, Call) and bare.name == "randomize" and bare.arguments:
        bare = bare.arguments[0]
    plain = nodes if bare is tree else Compiler(FormScope(root, place, lookups), place).code(bare)
    value, label = itemset.child("value"), itemset.child("label")
    written = label.get("ref") if label is not None else ""
    column = _ITEXT_COLUMN.search(written)
    return Select(
        nodes=nodes,
        plain=plain,
        value=(value.get("ref") if value is not None else "").strip(),
        label=(column[1] if column else written).strip(),
        label_is_id=column is not None,
        list_name=_list_name(bare),
        reads=tuple(scope.reads),
    )


def _list_name(tree: Expression) -> str:
    if isinstance(tree, Path) and isinstance(tree.base, Call) and tree.base.name == "instance":
        name = tree.base.arguments[0] if tree.base.arguments else None
        return name.text if isinstance(name, Literal) else ""
    return ""


def _written(item: Node) -> Item:
    value, label = item.child("value"), item.child("label")
    identifier = itext_id(label.get("ref")) if label is not None else None
    text = string_value(label).strip() if label is not None else ""
    return Item(string_value(value).strip() if value is not None else "", text, identifier)
