"""The forms a field of a message can have on the wire: how it is read, written and described.

Reading is strict: a value that is not exactly of the form raises UserError `sync.message_broken`. Each form also
gives its JSON Schema, so that the published description of the interface cannot drift from the code.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from desktop.sync.wire.signed import broken
from protocol.canonical import JsonValue
from protocol.encoding import from_base64, to_base64
from protocol.times import parse_time, time_text


class Form(Protocol):
    """How one field travels. `Any` is the field's Python type; the message class states it for the type checker."""

    def read(self, value: JsonValue) -> Any:  # noqa: ANN401 - the type is the annotated field's own
        """Return the field's value; raises UserError `sync.message_broken`."""
        ...

    def write(self, value: Any) -> JsonValue:  # noqa: ANN401 - the type is the annotated field's own
        """Return the JSON value of the field's value."""
        ...

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the field."""
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A string that matches `pattern` from end to end."""

    pattern: str

    def read(self, value: JsonValue) -> str:
        """Return the string."""
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value, re.ASCII):
            raise broken("text")
        return value

    def write(self, value: str) -> JsonValue:
        """Return the string."""
        return str(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of such a string."""
        return {"type": "string", "pattern": f"^(?:{self.pattern})$"}


@dataclass(frozen=True, slots=True)
class Whole:
    """An integer from `least` to `most`."""

    least: int
    most: int = 2**53 - 1

    def read(self, value: JsonValue) -> int:
        """Return the integer."""
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            raise broken("integer")
        return value

    def write(self, value: int) -> JsonValue:
        """Return the integer."""
        return int(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of such an integer."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most}


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def read(self, value: JsonValue) -> bool:
        """Return the truth value."""
        if not isinstance(value, bool):
            raise broken("flag")
        return value

    def write(self, value: bool) -> JsonValue:  # noqa: FBT001 - a codec takes the value it writes
        """Return the truth value."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a truth value."""
        return {"type": "boolean"}


@dataclass(frozen=True, slots=True)
class Octets:
    """Bytes, from `least` to `most` of them, as base64url without padding."""

    least: int
    most: int

    def read(self, value: JsonValue) -> bytes:
        """Return the bytes."""
        if not isinstance(value, str) or len(value) > (self.most * 4 + 2) // 3:
            raise broken("bytes")
        data = from_base64(value, "sync.message_broken")
        if not self.least <= len(data) <= self.most:
            raise broken("bytes")
        return data

    def write(self, value: bytes) -> JsonValue:
        """Return the base64url text."""
        return to_base64(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the base64url text."""
        return {
            "type": "string",
            "contentEncoding": "base64url",
            "pattern": "^[A-Za-z0-9_-]*$",
            "maxLength": (self.most * 4 + 2) // 3,
        }


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, to the millisecond, as RFC 3339 writes it with `Z`."""

    def read(self, value: JsonValue) -> datetime:
        """Return the aware moment."""
        if not isinstance(value, str):
            raise broken("moment")
        return parse_time(value, "sync.message_broken")

    def write(self, value: datetime) -> JsonValue:
        """Return the text of the moment."""
        return time_text(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of a moment."""
        return {"type": "string", "format": "date-time"}


@dataclass(frozen=True, slots=True)
class Facts:
    """A small object from short names to short words, as in the details of a problem."""

    most: int = 8

    def read(self, value: JsonValue) -> Mapping[str, str]:
        """Return the facts."""
        if not isinstance(value, Mapping) or len(value) > self.most:
            raise broken("facts")
        word = Text(r"[A-Za-z0-9 ._:\-]{0,64}")
        return {word.read(name): word.read(fact) for name, fact in value.items()}

    def write(self, value: Mapping[str, str]) -> JsonValue:
        """Return the facts as an object."""
        return dict(value)

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the facts."""
        return {"type": "object", "additionalProperties": {"type": "string"}}


@dataclass(frozen=True, slots=True)
class Many:
    """A list of `least` to `most` values of one form, read as a tuple."""

    item: Form
    most: int
    least: int = 0

    def read(self, value: JsonValue) -> tuple[Any, ...]:
        """Return the values."""
        if isinstance(value, str) or not isinstance(value, Sequence) or not self.least <= len(value) <= self.most:
            raise broken("list")
        return tuple(self.item.read(item) for item in value)

    def write(self, value: Sequence[Any]) -> JsonValue:
        """Return the values as a list."""
        return [self.item.write(item) for item in value]

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the list."""
        return {"type": "array", "items": self.item.schema(), "minItems": self.least, "maxItems": self.most}


@dataclass(frozen=True, slots=True)
class Raw:
    """An object of any content, read later by whoever knows what it should be; its depth and size are bounded."""

    def read(self, value: JsonValue) -> JsonValue:
        """Return the object."""
        if not isinstance(value, Mapping):
            raise broken("object")
        return value

    def write(self, value: JsonValue) -> JsonValue:
        """Return the object."""
        return value

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of an object."""
        return {"type": "object"}
