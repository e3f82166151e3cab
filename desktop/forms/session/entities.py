"""The entities a session makes and changes (ODK Entities 2025.1.0): what a server would do with its document."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from desktop.forms.model.entity_declarations import Declaration
from desktop.forms.model.state import DataNode, node_ref, nodes_under
from desktop.forms.session.outcomes import FormProblem
from desktop.forms.session.session import Session
from desktop.forms.xpath.tree import string_value

_YES = frozenset({"1", "true"})
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WHOLE = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class EntityChange:
    """One entity of the list `dataset` to make or to change.

    `ref` is the address of its `entity` node, `label` None where the form gives none. `properties` holds what is
    relevant: what is left out of the document says nothing about the entity. `base_version` is the version the form
    had before it, `trunk_version` and `branch` what a list kept offline knows of it; all three blank where unknown.
    """

    action: Literal["create", "update"]
    dataset: str
    id: str
    label: str | None
    properties: Mapping[str, str]
    ref: str
    base_version: str = ""
    trunk_version: str = ""
    branch: str = ""

    def problem(self) -> FormProblem | None:
        """Return why a server must refuse this change, if it must.

        `forms.entity_id`: the id is no UUID; `forms.entity_label`: a new entity needs a label; `forms.entity_base`: the
        version that is changed is no number.
        """
        if not _UUID.fullmatch(self.id):
            return FormProblem("forms.entity_id", self.ref)
        if self.action == "create" and not self.label:
            return FormProblem("forms.entity_label", self.ref)
        if self.action == "update" and not _WHOLE.fullmatch(self.base_version):
            return FormProblem("forms.entity_base", self.ref)
        return None


def entity_changes(session: Session) -> tuple[EntityChange, ...]:
    """Return what the record as it stands makes and changes, by declaration and then by repeat instance.

    "1" and "true" in `create` and `update` mean yes, anything else no; with both, both are there ("If both are truthy,
    the spec consumer processing submissions should do both and one of them will fail").
    """
    top = session.instance.frame
    return tuple(
        change
        for declaration in session.form.entities
        for entity in nodes_under(top, declaration.entity)
        if entity.relevant
        for change in _changes(declaration, entity)
    )


def entity_problems(changes: Iterable[EntityChange]) -> tuple[FormProblem, ...]:
    """Return why some of `changes` would be refused."""
    return tuple(problem for problem in (change.problem() for change in changes) if problem is not None)


def _changes(declaration: Declaration, entity: DataNode) -> Iterator[EntityChange]:
    label = entity.child("label")
    nodes = {name: entity.frame.node_of(place) for name, place in declaration.properties.items()}
    known = isinstance(label, DataNode) and label.relevant
    for action in ("create", "update"):
        if entity.get(action) in _YES:
            yield EntityChange(
                action=action,
                dataset=declaration.dataset,
                id=entity.get("id"),
                label=string_value(label) if known and label is not None else None,
                properties={name: node.text for name, node in nodes.items() if node.relevant},
                ref=node_ref(entity),
                base_version=entity.get("baseVersion"),
                trunk_version=entity.get("trunkVersion"),
                branch=entity.get("branchId"),
            )
