"""Bytes and fields from outside: everything of another type, length or shape is refused with the caller's code."""

from collections.abc import Callable

import pytest

from desktop.vault.crypto.codec import ByteReader, JsonFields, sized
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from tests.unit.vault.people import MOMENT

CODE = "vault.damaged"
WHOLE: dict[str, JsonValue] = {
    "flag": True,
    "id": "0" * 32,
    "list": [1, 2],
    "moment": "2026-11-21T09:30:00.000Z",
    "negative": -1,
    "number": 7,
    "object": {"inner": "text"},
    "text": "words",
    "three": to_base64(b"abc"),
}


def _fields() -> JsonFields:
    return JsonFields.parse(canonical_bytes(WHOLE), CODE)


def test_each_kind_of_field_comes_back_in_its_type() -> None:
    fields = _fields()
    assert (fields.text("text"), fields.number("number"), fields.identifier("id")) == ("words", 7, "0" * 32)
    assert (fields.binary("three"), fields.binary("three", 3), fields.moment("moment")) == (b"abc", b"abc", MOMENT)
    assert (list(fields.items("list")), fields.object("object").text("inner")) == ([1, 2], "text")
    assert (fields.has("flag"), fields.has("absent")) == (True, False)


@pytest.mark.parametrize(
    "read",
    [
        lambda fields: fields.value("absent"),
        lambda fields: fields.text("number"),
        lambda fields: fields.identifier("text"),
        lambda fields: fields.number("negative"),
        lambda fields: fields.number("flag"),
        lambda fields: fields.number("text"),
        lambda fields: fields.binary("three", 4),
        lambda fields: fields.binary("id", 32),
        lambda fields: fields.binary("number"),
        lambda fields: fields.moment("text"),
        lambda fields: fields.items("text"),
        lambda fields: fields.items("object"),
        lambda fields: fields.object("list"),
        lambda fields: fields.object("text"),
        lambda fields: fields.finish(),
    ],
)
def test_a_field_of_another_kind_is_refused_with_the_callers_code(read: Callable[[JsonFields], object]) -> None:
    with pytest.raises(UserError) as caught:
        read(_fields())
    assert caught.value.code == CODE


@pytest.mark.parametrize("data", [b"", b"[]", b'"text"', b"1", b"{", b"\xff", b'{"b":1,"a":2}', b'{"a": 1}'])
def test_only_a_canonical_object_has_fields(data: bytes) -> None:
    with pytest.raises(UserError) as caught:
        JsonFields.parse(data, CODE)
    assert caught.value.code == CODE


def test_a_field_nobody_asked_for_is_an_error_of_the_end() -> None:
    fields = JsonFields({"known": 1, "unknown": 2}, CODE)
    fields.number("known")
    with pytest.raises(UserError, match=r"vault\.damaged"):
        fields.finish()
    fields.value("unknown")
    fields.finish()


def test_a_reader_gives_what_was_written_and_nothing_beyond_the_end() -> None:
    reader = ByteReader(b"\x01\x02" + sized(b"abc", 2) + b"z", CODE)
    assert (reader.number(2), reader.sized(2), reader.position) == (258, b"abc", 7)
    with pytest.raises(UserError, match=r"vault\.damaged"):
        reader.finish()
    with pytest.raises(UserError, match=r"vault\.damaged"):
        reader.take(2)
    assert reader.take(1) == b"z"
    reader.finish()
