"""Addresses in a dossier: a place in the interview (`Ref`), or a field of the support plan (`PlanField`).

In sealed events, registers and sessions an address is text; this module is the one place that takes such a text apart.
Parsing never fails: the text may come from another device with another version of the interview. Whether the form
knows the place is asked of the form.
"""

from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from protocol.identifiers import InstanceId

_REMEMBERED = 8192
"""How many parsed addresses are kept; an interview of 1,000 questions has a few thousand."""


class RefStep(NamedTuple):
    """One name on the way to a place; `instance` is the identity of the repeat instance, blank without one."""

    name: str
    instance: InstanceId


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A group, question, repeat as a whole, or row (one instance of a repeat), such as `/intake/kind[ab12cd34]/naam`.

    Two are equal when their texts are. `path` is the place in the form: the text without the identities of instances.
    """

    text: str
    steps: tuple[RefStep, ...] = field(compare=False, repr=False)
    path: str = field(compare=False, repr=False)

    @staticmethod
    def parse(text: str) -> "Ref":
        """Return the address that `text` is. Any text has one."""
        return _parse(text)

    def __str__(self) -> str:
        return self.text

    @property
    def name(self) -> str:
        """Return the last name: that of the question, group or repeat."""
        return self.steps[-1].name

    @property
    def instance(self) -> InstanceId:
        """Return the identity of a row, blank for anything else."""
        return self.steps[-1].instance

    @property
    def is_row(self) -> bool:
        """Tell whether this is one instance of a repeat."""
        return bool(self.instance)

    @property
    def parent(self) -> "Ref":
        """Return what this lies in: for a row its repeat as a whole. The parent of a root has no name."""
        cut = len(self.instance) + 2 if self.is_row else len(self.name) + 1
        return _parse(self.text[:-cut])

    @property
    def row(self) -> "Ref | None":
        """Return the innermost row this lies in or is; None outside every repeat."""
        if self.is_row:
            return self
        end = self.text.rfind("]") + 1
        return _parse(self.text[:end]) if end else None

    def child(self, name: str) -> "Ref":
        """Return what is called `name` in this group or row."""
        return _parse(f"{self.text}/{name}")

    def instance_of(self, instance: InstanceId) -> "Ref":
        """Return the row with this identity of this repeat."""
        return _parse(f"{self.text}[{instance}]")

    def is_inside(self, other: "Ref") -> bool:
        """Tell whether this lies in `other`, a group, a row or a repeat as a whole; nothing lies in itself."""
        ahead = len(other.text)
        return self.text.startswith(other.text) and self.text[ahead : ahead + 1] in {"/", "["}


@dataclass(frozen=True, slots=True, order=True)
class PlanField:
    """A field of the support plan by its name, such as `route/B1/reason` or `goal/<id>/removed`."""

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def area(self) -> str:
        """Return the part of the plan: `route`, `goal`, `week`, `feedback`, `signature`, …."""
        return self.text.partition("/")[0]

    @property
    def item(self) -> str:
        """Return which route, goal or person it is about, blank without one."""
        return self.text.partition("/")[2].partition("/")[0]


Address = Ref | PlanField


def parse_address(text: str) -> Address:
    """Return the address that `text` is: a place in the interview starts with "/", a field of the plan does not."""
    return _parse(text) if text.startswith("/") else PlanField(text)


@lru_cache(maxsize=_REMEMBERED)
def _parse(text: str) -> Ref:
    steps = tuple(_step(part) for part in text.removeprefix("/").split("/"))
    start = "/" if text.startswith("/") else ""
    return Ref(text, steps, start + "/".join(step.name for step in steps))


def _step(part: str) -> RefStep:
    name, bracket, rest = part.partition("[")
    if bracket and rest.endswith("]"):
        return RefStep(name, InstanceId(rest[:-1]))
    return RefStep(part, InstanceId(""))
