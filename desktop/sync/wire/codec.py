"""From message to bytes and back, by the forms that the message classes state in their annotations.

A message is a frozen dataclass whose every field is `Annotated[type, form]`. On the wire it is an object with the
field names in camel case; a missing or unknown field, another type or another byte form of the same value is refused.
"""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, TypeVar, cast, get_args, get_origin, get_type_hints

from desktop.sync.wire.forms import Form
from desktop.sync.wire.signed import broken
from desktop.sync.wire.version import MOST_ANSWER_BYTES
from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.errors import UserError

_Message = TypeVar("_Message")


def to_bytes(message: object) -> bytes:
    """Return the one byte form of `message`."""
    return canonical_bytes(to_value(message))


def from_bytes(kind: type[_Message], data: bytes) -> _Message:
    """Return the message of class `kind` in `data`.

    Raises UserError `sync.too_large` above `MOST_ANSWER_BYTES`, else `sync.message_broken`.
    """
    if len(data) > MOST_ANSWER_BYTES:
        raise UserError("sync.too_large")
    try:
        value = parse_canonical(data)
    except UserError as error:
        raise broken("json") from error
    return from_value(kind, value)


def to_value(message: object) -> JsonValue:
    """Return the JSON value of `message`."""
    forms = fields_of(type(message))
    return {wire: form.write(getattr(message, name)) for wire, (name, form) in forms.items()}


def from_value(kind: type[_Message], value: JsonValue) -> _Message:
    """Return the message of class `kind` in `value`; raises UserError `sync.message_broken`."""
    forms = fields_of(kind)
    if not isinstance(value, Mapping) or value.keys() != forms.keys():
        raise broken("fields")
    return kind(**{name: form.read(value[wire]) for wire, (name, form) in forms.items()})


def fields_of(kind: type) -> Mapping[str, tuple[str, Form]]:
    """Return for each wire name of a message class the field's name and form."""
    return _fields_of(cast("Hashable", kind))


@cache
def _fields_of(kind: Hashable) -> Mapping[str, tuple[str, Form]]:
    found: dict[str, tuple[str, Form]] = {}
    for name, hint in get_type_hints(kind, include_extras=True).items():
        if get_origin(hint) is Annotated:
            found[_camel_case(name)] = (name, get_args(hint)[1])
    return found


@dataclass(frozen=True, slots=True)
class Nested:
    """A message inside a message."""

    kind: type

    def read(self, value: JsonValue) -> Any:  # noqa: ANN401 - the type is `kind`
        """Return the inner message."""
        return from_value(self.kind, value)

    def write(self, value: object) -> JsonValue:
        """Return the JSON value of the inner message."""
        return to_value(value)

    def schema(self) -> dict[str, Any]:
        """Return a reference to the schema of the inner message."""
        return {"$ref": f"#/components/schemas/{self.kind.__name__}"}


def schema_of(kind: type) -> dict[str, Any]:
    """Return the JSON Schema of a message class."""
    forms = fields_of(kind)
    return {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {wire: form.schema() for wire, (_, form) in forms.items()},
        "required": sorted(forms),
        "additionalProperties": False,
    }


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)
