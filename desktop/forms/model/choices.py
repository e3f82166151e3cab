"""The choices of a question as data: where they come from, and what one outcome of a filter offers."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from desktop.forms.model.lookups import Group
from desktop.forms.xpath.code import Code, Context
from desktop.forms.xpath.tree import Node


class Item(NamedTuple):
    """One choice before it is put in words: its value, its label or the itext id of it, its picture.

    With a `row` the text by that id does not say the label, but which columns of the row do.
    """

    value: str
    label: str
    identifier: str | None = None
    image: str | None = None
    row: Node | None = None


class ChoiceSet:
    """What one outcome of a filter offers, worked out when first asked for. It says nothing about answers.

    `texts` is a cache for the choices as they are shown, by language.
    """

    __slots__ = ("_items", "_read", "_values", "nodes", "texts")

    def __init__(self, nodes: list[Node], read: Callable[[Node], Item]) -> None:
        """Make the choices that `read` returns for each of `nodes`."""
        self.nodes = nodes
        self.texts: dict[Hashable, Any] = {}
        self._read = read
        self._items: tuple[Item, ...] | None = None
        self._values: frozenset[str] | None = None

    @property
    def items(self) -> tuple[Item, ...]:
        """Return the choices, in order."""
        if self._items is None:
            self._items = tuple(map(self._read, self.nodes))
        return self._items

    @property
    def values(self) -> frozenset[str]:
        """Return the values that can be chosen."""
        if self._values is None:
            self._values = frozenset(item.value for item in self.items)
        return self._values


@dataclass(frozen=True, slots=True)
class Select:
    """Where the choices of one question come from. `list_name` is the secondary instance, "" when there is none.

    `plain` is `nodes` without its shuffle; `filtered` tells whether what can be chosen depends on other answers. Choice
    sets of items that an index holds together are kept as long as the form.
    """

    read: Callable[[Node], Item]
    nodes: Code
    plain: Code
    list_name: str = ""
    filtered: bool = False
    _choice_sets: dict[int, ChoiceSet] = field(default_factory=dict)

    def choice_set(self, c: Context) -> ChoiceSet:
        """Return what can be chosen at the context node, in the order to show it."""
        return self._choice_set(self.nodes.run(c))

    def values(self, c: Context) -> frozenset[str]:
        """Return the values that can be chosen now."""
        return self._choice_set(self.plain.run(c)).values

    def _choice_set(self, nodes: list[Node]) -> ChoiceSet:
        if not isinstance(nodes, Group):
            return ChoiceSet(nodes, self.read)
        known = self._choice_sets.get(id(nodes))
        if known is None:
            known = self._choice_sets[id(nodes)] = ChoiceSet(nodes, self.read)
        return known
