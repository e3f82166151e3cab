"""`search()` in an appearance: choices that come from the rows of a csv file (xlsform.org, "Dynamic selects").

The row of the choices sheet whose name is no number says which columns hold the value, the label (several, with commas)
and the picture; the others are choices of their own, before or after it. Letters are compared without case, as ODK
Collect does, except by `matches`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop.forms.document.definition import Control
from desktop.forms.errors import FormError
from desktop.forms.model.choices import Item, Select
from desktop.forms.model.lookups import Group, Lookups
from desktop.forms.model.places import Place, Read
from desktop.forms.model.references import FormScope
from desktop.forms.model.selects import written_item
from desktop.forms.xpath.code import Code, Context, Run
from desktop.forms.xpath.compiler import Compiler
from desktop.forms.xpath.syntax import Call, Literal, parse
from desktop.forms.xpath.tree import Node, string_value

_BEGIN = "search("
_COUNTS = frozenset({1, 4, 6})
_KINDS: Mapping[str, Callable[[str, str], bool]] = {
    "contains": lambda cell, text: text in cell,
    "startswith": str.startswith,
    "endswith": str.endswith,
}
_EXACT = "matches"
_LAST = float("inf")


def search_in(appearance: str) -> Call | None:
    """Return the call of search() in an appearance, or None. Raises FormError for one that is broken."""
    at = appearance.find(_BEGIN)
    if at < 0 or (at > 0 and not appearance[at - 1].isspace()):
        return None
    tree = parse(appearance[at : appearance.rfind(")") + 1])
    if not isinstance(tree, Call) or len(tree.arguments) not in _COUNTS:
        raise FormError("form.arguments", function="search")
    if not isinstance(tree.arguments[0], Literal):
        raise FormError("form.instance_name")
    return tree


def without_search(appearance: str) -> str:
    """Return an appearance without its call of search()."""
    at = appearance.find(_BEGIN)
    return (
        appearance
        if at < 0 or ")" not in appearance[at:]
        else " ".join((appearance[:at] + appearance[appearance.rfind(")") + 1 :]).split())
    )


def searched_file(call: Call) -> tuple[str, str]:
    """Return the name of the list that a call of search() is about, and of the file it stands in."""
    written = call.arguments[0].text if isinstance(call.arguments[0], Literal) else ""
    name = written.removesuffix(".csv")
    return name, f"{name}.csv"


def read_search(
    call: Call, control: Control, place: Place, root: Place, lookups: Lookups, texts: Mapping[str, Node]
) -> tuple[Select, tuple[Read, ...]]:
    """Return the choices of a question with a call of search(), and what the call reads.

    `texts` are those of the form by itext id.

    Raises FormError `form.unknown_column` for a column the file lacks, `form.value` for an unknown way to search, and
    those of the compiler.
    """
    written = list(control.node.elements("item"))
    at = next((index for index, item in enumerate(written) if not _is_number(written_item(item).value)), len(written))
    before, after = written[:at], written[at + 1 :]
    if at == len(written):
        fixed = Group(written)
        code = Code("nodes", lambda _: fixed)
        return Select(written_item, code, code), ()
    rows = _rows(searched_file(call)[0], lookups)
    row = _DynamicRow(written_item(written[at]), written[at], texts, frozenset(map(id, written)))
    _check(row.columns, rows)
    scope = FormScope(root, place, lookups)
    find = _finder(call, Compiler(scope, place), rows)
    if find is None:
        every = Group([*before, *_distinct(rows, row), *after])
        code = Code("nodes", lambda _: every)
    else:
        code = Code("nodes", lambda c: [*before, *_distinct(find(c), row), *after])
    return Select(row.read, code, code, filtered=bool(scope.reads)), tuple(scope.reads)


@dataclass(frozen=True, slots=True)
class _DynamicRow:
    """The row of the choices sheet that names the columns."""

    item: Item
    node: Node
    texts: Mapping[str, Node]
    fixed: frozenset[int]

    @property
    def labels(self) -> tuple[str, ...]:
        """Return the columns of the label, in the language the form was written in."""
        return _names(_text(self.texts.get(self.item.identifier), "") if self.item.identifier else self.item.label)

    @property
    def picture(self) -> str:
        """Return the column of the picture, "" when there is none."""
        return _text(self.texts.get(self.item.identifier or ""), "image").rpartition("/")[2]

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that is named."""
        return tuple(name for name in (self.item.value, *self.labels, self.picture) if name)

    def key(self, row: Node) -> tuple[str, str]:
        """Return the value and the label of a row of the file."""
        return cell(row, self.item.value), joined(row, ",".join(self.labels))

    def read(self, node: Node) -> Item:
        """Return the choice that a row of the file, or one of the choices sheet, is."""
        if id(node) in self.fixed:
            return written_item(node)
        value, label = self.key(node)
        picture = cell(node, self.picture) if self.picture else ""
        return Item(value, label, self.item.identifier, picture or None, node)


def cell(row: Node, name: str) -> str:
    """Return the text of a column of a row, "" when it has none."""
    found = row.child(name)
    return string_value(found) if found is not None else ""


def joined(row: Node, names: str) -> str:
    """Return the texts of the columns `names`, which are separated by commas, in the same way."""
    return ", ".join(filter(None, (cell(row, name) for name in _names(names))))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _text(text: Node | None, form: str) -> str:
    values = text.elements("value") if text is not None else ()
    return next((string_value(value).strip() for value in values if value.get("form") == form), "")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _rows(name: str, lookups: Lookups) -> list[Node]:
    """Return the rows of the file, by their column `sortby` where they have one."""
    rows = lookups.rows(name)
    if rows and rows[0].child("sortby") is not None:
        rows.sort(key=_order)
    return rows


def _order(row: Node) -> float:
    text = cell(row, "sortby")
    return float(text) if _is_number(text) and text.lower() != "nan" else _LAST


def _check(names: Sequence[str], rows: Sequence[Node]) -> None:
    for name in names:
        if rows and rows[0].child(name) is None:
            raise FormError("form.unknown_column", instance="search()", name=name)


def _distinct(rows: Sequence[Node], row: _DynamicRow) -> Iterator[Node]:
    seen: set[tuple[str, str]] = set()
    for each in rows:
        key = row.key(each)
        if key not in seen:
            seen.add(key)
            yield each


def _finder(call: Call, compiler: Compiler, rows: list[Node]) -> Run | None:
    """Return a closure that gives the rows a call finds, None when it finds all of them."""
    if len(call.arguments) == 1:
        return None
    kind, columns = call.arguments[1], call.arguments[2]
    if isinstance(kind, Literal) and kind.text.lower() not in {*_KINDS, _EXACT}:
        raise FormError("form.value", function="search")
    if isinstance(columns, Literal):
        _check(_names(columns.text), rows)
    arguments = [compiler.text(tree) for tree in call.arguments[1:]]
    table = _Table(rows)

    def find(c: Context) -> list[Node]:
        how, where, text, *narrower = (run(c) for run in arguments)
        kept = {at for name in _names(where) for at in table.matching(how.lower(), name, text)}
        if narrower:
            kept &= set(table.matching(_EXACT, narrower[0], narrower[1]))
        return [rows[at] for at in sorted(kept)]

    return find


class _Table:
    """The rows of a file by column, each column taken out when first searched."""

    def __init__(self, rows: Sequence[Node]) -> None:
        self._rows = rows
        self._columns: dict[str, list[str]] = {}
        self._folded: dict[str, list[str]] = {}

    def _column(self, name: str) -> list[str]:
        if name not in self._columns:
            self._columns[name] = [cell(row, name) for row in self._rows]
        return self._columns[name]

    def _folded_column(self, name: str) -> list[str]:
        if name not in self._folded:
            self._folded[name] = [text.casefold() for text in self._column(name)]
        return self._folded[name]

    def matching(self, how: str, name: str, text: str) -> Iterator[int]:
        """Yield the rows whose column `name` matches; none for an unknown way to search."""
        if how == _EXACT:
            yield from (at for at, each in enumerate(self._column(name)) if each == text)
        elif how in _KINDS:
            holds, sought = _KINDS[how], text.casefold()
            yield from (at for at, each in enumerate(self._folded_column(name)) if holds(each, sought))
