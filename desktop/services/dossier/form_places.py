"""Where an address of the record is in the form, or that this version of the form does not have it.

Forms change and laptops have different versions: an answer, note or attachment may be about a question that is not in
the form here. That is a state, `NotInThisForm`, which every page shows; it is never an error.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from desktop.forms import Form, FormNode
from desktop.kernel.ref import Ref
from desktop.records import CORE

OTHERS: Mapping[str, str] = {"other": "other", "mis": "anders"}
"""The choices that mean what a list does not have, and what follows the name of the question that asks which.

The first is what `or_other` of XLSForm adds; `mis` is that of the languages, in ISO 639 a language without a code.
"""


@dataclass(frozen=True, slots=True)
class NotInThisForm:
    """An address that is not in this version of the form."""

    ref: str

    @property
    def name(self) -> str:
        """Return what the question is called in the form it comes from."""
        return Ref.parse(self.ref).name


def find_node(form: Form, ref: str) -> FormNode | NotInThisForm:
    """Return the node at `ref`, for all repeat instances, or the state that there is none."""
    node = form.nodes.get(Ref.parse(ref).path)
    return NotInThisForm(ref) if node is None else node


def own_words_of(form: Form, ref: str, choices: Collection[str]) -> tuple[str, str]:
    """Return which of `choices` means what the list of the question at `ref` does not have, and where that is asked.

    Both are "" where there is no such choice, or no question in words beside it.
    """
    place = Ref.parse(ref)
    for value, ending in OTHERS.items():
        beside = place.parent.child(f"{place.name}_{ending}")
        node = form.nodes.get(beside.path)
        if value in choices and node is not None and node.type == "string" and node.kind == "question":
            return value, beside.text
    return "", ""


def is_repeat(form: Form, ref: str) -> bool:
    """Tell whether `ref` is the address of a repeat as a whole."""
    place = Ref.parse(ref)
    node = form.nodes.get(place.path)
    return not place.is_row and node is not None and node.kind == "repeat"


def compartment_of(form: Form, ref: str) -> str:
    """Return the compartment under whose key what belongs to `ref` is sealed; blank is the case as a whole.

    Of a place that is not in this form nothing is known: it is `core`. Whoever writes about such a place uses the
    compartment of what is recorded there.
    """
    node = form.nodes.get(Ref.parse(ref).path) if ref else None
    return CORE if node is None else node.tags.get("compartment", CORE)
