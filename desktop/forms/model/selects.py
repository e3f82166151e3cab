"""The choices of a question: written out, or a node-set of a list with a filter (ODK XForms "Body", itemset)."""

import re
from collections.abc import Callable

from desktop.forms.document.definition import Control, itext_id
from desktop.forms.errors import FormError, located
from desktop.forms.model.choices import Item, Select
from desktop.forms.model.lookups import Group, Lookups
from desktop.forms.model.places import Place, Read
from desktop.forms.model.references import FormScope
from desktop.forms.xpath.code import Code
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.syntax import Call, Expression, Literal, Path, parse
from desktop.forms.xpath.tree import Node, string_value

_ITEXT_COLUMN = re.compile(r"jr:itext\(\s*([^'\")]+?)\s*\)")


def _reader(value: str, label: str, *, label_is_id: bool) -> Callable[[Node], Item]:
    """Return what makes a choice of an item with its value at the path `value` and its label, or the id of it.

    Where the form names no label, the value is it. Of two columns with one name the first counts.
    """
    label = label or value
    if value == label or not (value.isidentifier() and label.isidentifier()):
        return _reader_of_paths(value, label, label_is_id=label_is_id)

    def read(node: Node) -> Item:
        chosen = text = pictogram = image = ""
        for each in reversed(node.children):
            name = each.name
            if name == value:
                chosen = string_value(each)
            elif name == label:
                text = string_value(each)
            elif name == "pictogram":
                pictogram = string_value(each)
            elif name == "image":
                image = string_value(each)
        return Item(chosen, text, text if label_is_id else None, pictogram or image or None)

    return read


def _reader_of_paths(value: str, label: str, *, label_is_id: bool) -> Callable[[Node], Item]:
    def read(node: Node) -> Item:
        text = _cell(node, label)
        image = _cell(node, "pictogram") or _cell(node, "image") or None
        return Item(_cell(node, value), text, text if label_is_id else None, image)

    return read


def _cell(node: Node, path: str) -> str:
    found: Node | None = node
    for name in path.split("/"):
        if found is not None and name != ".":
            found = found.child(name.rpartition(":")[2])
    return string_value(found) if found is not None else ""


def read_select(control: Control, place: Place, root: Place, lookups: Lookups) -> tuple[Select, tuple[Read, ...]]:
    """Return the choices of a select, select1 or rank control, and what its filter reads.

    Raises FormError for a broken or dangling itemset.
    """
    itemset = control.node.child("itemset")
    if itemset is None:
        written = Group(control.node.elements("item"))
        code = Code("nodes", lambda _: written)
        return Select(written_item, code, code), ()
    expression = itemset.get("nodeset")
    with located(path=place.path, expression=expression):
        return _itemset(itemset, parse(expression), place, root, lookups)


def _itemset(
    itemset: Node, tree: Expression, place: Place, root: Place, lookups: Lookups
) -> tuple[Select, tuple[Read, ...]]:
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
    read = _reader(
        (value.get("ref") if value is not None else "").strip(),
        (column[1] if column else written).strip(),
        label_is_id=column is not None,
    )
    return Select(read, nodes, plain, _list_name(bare), filtered=bool(scope.reads)), tuple(scope.reads)


def whole_list(control: Control, select: Select, lookups: Lookups) -> frozenset[str] | None:
    """Return every value of the list a question chooses from, whatever a filter says; None when only answers tell."""
    if control.node.child("itemset") is None:
        return frozenset(written_item(item).value for item in control.node.elements("item"))
    items = lookups.rows(select.list_name) if select.list_name else []
    return frozenset(select.read(item).value for item in items) or None


def _list_name(tree: Expression) -> str:
    if isinstance(tree, Path) and isinstance(tree.base, Call) and tree.base.name == "instance":
        name = tree.base.arguments[0] if tree.base.arguments else None
        return name.text if isinstance(name, Literal) else ""
    return ""


def written_item(item: Node) -> Item:
    """Return the choice that is written out in an item of the body."""
    value, label = item.child("value"), item.child("label")
    identifier = itext_id(label.get("ref")) if label is not None else None
    text = string_value(label).strip() if label is not None else ""
    return Item(string_value(value).strip() if value is not None else "", text, identifier)
