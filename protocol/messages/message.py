"""From message to bytes and back. The message classes state their own form, and msgspec reads by it.

A message is a frozen `Message`; on the wire it is a JSON object with the field names in camel case. A missing or
unknown field, another type, and another byte form of the same message (white space, order, a key twice, padding) are
refused.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar

import msgspec

from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import from_base64, to_base64
from protocol.errors import UserError
from protocol.limits import MOST_ANSWER_BYTES
from protocol.times import time_text

_Message = TypeVar("_Message", bound="Message")


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Base of all messages and signed bodies. Subclasses are frozen too; their fields have the types of `fields`."""


class Octets(bytes):
    """Bytes as they are read from a message: base64url without padding, of a size that the subclass states."""

    least = 0
    most = MOST_ANSWER_BYTES

    @classmethod
    def of_size(cls, least: int, most: int) -> type[bytes]:
        """Return the type of a field that holds `least` to `most` bytes."""
        return type(f"Octets{least}to{most}", (cls,), {"least": least, "most": most})

    @classmethod
    def longest_text(cls) -> int:
        """Return how many characters the text of the most bytes has."""
        return (cls.most * 4 + 2) // 3


def broken(what: str) -> UserError:
    """Return the error for a message that is not as agreed; `what` names a rule, never a content."""
    return UserError("sync.message_broken", {"what": what})


def to_bytes(message: Message) -> bytes:
    """Return the one byte form of `message`."""
    return canonical_bytes(to_value(message))


def to_value(message: Message) -> JsonValue:
    """Return the JSON value of `message`."""
    return _plain(message)


def from_bytes(kind: type[_Message], data: bytes) -> _Message:
    """Return the message of class `kind` in `data`.

    Raises UserError `sync.too_large` above `MOST_ANSWER_BYTES`, else `sync.message_broken`; never with what was sent.
    """
    if len(data) > MOST_ANSWER_BYTES:
        raise UserError("sync.too_large")
    try:
        message: _Message = _decoder(kind).decode(data)
        again = to_bytes(message)
    except msgspec.ValidationError:
        raise broken("fields") from None
    except (msgspec.DecodeError, ValueError, TypeError, RecursionError, OverflowError):  # the last: no year in UTC
        raise broken("json") from None
    if again != data:
        raise broken("form")
    return message


def from_verified_bytes(kind: type[_Message], data: bytes) -> _Message:
    """Return the message in `data` without a look at its form; not for what comes from outside.

    `to_bytes` made it and nobody could change it since. Raises UserError `sync.message_broken` for no such message.
    """
    try:
        message: _Message = _decoder(kind).decode(data)
    except (msgspec.ValidationError, msgspec.DecodeError):
        raise broken("fields") from None
    return message


def from_value(kind: type[_Message], value: JsonValue) -> _Message:
    """Return the message of class `kind` in `value`; raises UserError `sync.message_broken`, `sync.too_large`."""
    try:
        data = canonical_bytes(value)
    except (TypeError, ValueError):
        raise broken("json") from None
    return from_bytes(kind, data)


def _plain(value: Any) -> JsonValue:  # noqa: ANN401 - a value of any field of a message
    if isinstance(value, msgspec.Struct):
        fields = ((wire, getattr(value, name)) for name, wire in _names(type(value)))
        return {wire: _plain(field) for wire, field in fields if field is not msgspec.UNSET}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return _plain_leaf(value)


def _plain_leaf(value: Any) -> JsonValue:  # noqa: ANN401 - a value of any field of a message
    if isinstance(value, bytes):
        return to_base64(value)
    if isinstance(value, datetime):
        return time_text(value)
    plain: JsonValue = value.value if isinstance(value, Enum) else value
    return plain


@cache
def _names(kind: type[msgspec.Struct]) -> tuple[tuple[str, str], ...]:
    return tuple((each.name, each.encode_name) for each in msgspec.structs.fields(kind))


@cache
def _decoder(kind: type[_Message]) -> msgspec.json.Decoder[_Message]:
    return msgspec.json.Decoder(kind, dec_hook=_read_octets)


def _read_octets(kind: type[Octets], text: object) -> bytes:
    """Return the bytes of base64url `text`, as msgspec asks for every field of a type it does not know itself."""
    if not isinstance(text, str) or len(text) > kind.longest_text():
        raise broken("bytes")
    data = kind(from_base64(text, "sync.message_broken"))
    if not kind.least <= len(data) <= kind.most:
        raise broken("bytes")
    return data
