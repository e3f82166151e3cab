"""Lifts event bodies of earlier versions to the present one, one version at a time. Pure."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from protocol.canonical import JsonValue
from protocol.errors import UserError

Upcaster = Callable[[Mapping[str, JsonValue]], Mapping[str, JsonValue]]
"""Turns the fields of one version in those of the next."""

UPCASTERS: Mapping[tuple[str, int], Upcaster] = MappingProxyType({})
"""By kind and the version it starts from. Every version ever written keeps its entry and a golden file."""


def lift(
    kind: str,
    version: int,
    present: int,
    value: Mapping[str, JsonValue],
    upcasters: Mapping[tuple[str, int], Upcaster] = UPCASTERS,
) -> Mapping[str, JsonValue]:
    """Return `value` as the fields of version `present`.

    Raises UserError `records.event_damaged` when a version on the way was never written.
    """
    if version == present:
        return value
    for step in range(version, present):
        upcaster = upcasters.get((kind, step))
        if upcaster is None:
            raise UserError("records.event_damaged")
        value = upcaster(value)
    return value
