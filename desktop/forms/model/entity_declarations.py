"""Which entities a form makes or changes, and which questions are their properties (ODK Entities 2025.1.0).

A container (the form, a group, a repeat) declares an entity by `meta/entity` inside it; a bind with `entities:saveto`
belongs to the nearest container around it that declares one ("Multiple Entity declarations in a form").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop.forms.document.definition import Definition
from desktop.forms.document.problem_collector import ProblemCollector
from desktop.forms.errors import FormError
from desktop.forms.model.places import Place
from desktop.forms.xpath.tokens import NAME

NEWEST = (2025, 1)
"""The year and number of the newest entities specification that is understood ("Versioning")."""

_VERSION = re.compile(r"(\d{4})\.(\d+)\.\d+")
_NAME = re.compile(NAME)
_RESERVED = frozenset({"name", "label"})


@dataclass(frozen=True, slots=True)
class Declaration:
    """An entity of the list `dataset`, one for each instance of `container`; `properties` are places by their name."""

    dataset: str
    container: Place
    entity: Place
    properties: dict[str, Place] = field(default_factory=dict)


def declared(
    definition: Definition, root: Place, places: Mapping[str, Place], report: ProblemCollector
) -> tuple[Declaration, ...]:
    """Return the declarations of a form, in document order.

    Raises FormError, or reports it: `form.entity_version` for a specification that is newer than this ("Consumers MUST
    reject forms with a version code that is newer"), `form.entity_list`, `form.entity_property`, `form.entity_scope`.
    """
    with report.entry():
        _check_version(definition.entities_version)
    found: dict[int, Declaration] = {}
    names = any(place.name == "entity" for place in places.values())
    for place in root.walk() if names else ():
        entity = _entity(place)
        if entity is not None:
            with report.entry(path=entity.path):
                found[id(place)] = Declaration(_dataset(entity), place, entity)
    for bind in definition.binds:
        name = bind.attributes.get("entities:saveto")
        if name is not None and bind.path in places:
            with report.entry(path=bind.path, property=name):
                _save_to(found, places[bind.path], name)
    return tuple(found.values())


def _check_version(version: str) -> None:
    known = _VERSION.fullmatch(version)
    if version and (known is None or (int(known[1]), int(known[2])) > NEWEST):
        raise FormError("form.entity_version", version=version)


def _entity(container: Place) -> Place | None:
    metas = [child for child in container.children if child.name == "meta"]
    return next((each for meta in metas for each in meta.children if each.name == "entity"), None)


def _dataset(entity: Place) -> str:
    name = entity.template.get("dataset") if entity.template is not None else ""
    if not _NAME.fullmatch(name) or "." in name or name.startswith("__"):
        raise FormError("form.entity_list", list=name)
    return name


def _save_to(found: Mapping[int, Declaration], place: Place, name: str) -> None:
    if not _NAME.fullmatch(name) or name.startswith("__") or name.casefold() in _RESERVED:
        raise FormError("form.entity_property")
    nearest = next((found[id(each)] for each in place.above() if each is not place and id(each) in found), None)
    if nearest is None or nearest.container.depth != place.depth:
        raise FormError("form.entity_scope")
    if name in nearest.properties:
        raise FormError("form.entity_property")
    nearest.properties[name] = place
