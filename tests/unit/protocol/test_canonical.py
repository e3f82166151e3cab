import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.canonical import JsonValue, canonical_bytes, parse_canonical
from protocol.errors import UserError

_text = st.text(st.characters(exclude_categories=["Cs"]))
_values = st.recursive(
    st.none() | st.booleans() | st.integers() | _text,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_text, inner, max_size=4),
    max_leaves=20,
)


@given(_values)
def test_every_value_comes_back_from_its_canonical_form(value: JsonValue) -> None:
    assert parse_canonical(canonical_bytes(value)) == value


@given(_values)
def test_other_byte_forms_of_a_value_are_refused(value: JsonValue) -> None:
    spaced = json.dumps(value, ensure_ascii=False, indent=1).encode()
    if spaced != canonical_bytes(value):
        with pytest.raises(UserError, match=r"canonical\.broken"):
            parse_canonical(spaced)


@given(st.binary())
def test_arbitrary_bytes_are_parsed_or_refused_with_a_code(data: bytes) -> None:
    try:
        assert canonical_bytes(parse_canonical(data)) == data
    except UserError as error:
        assert error.code == "canonical.broken"


@pytest.mark.parametrize("value", [1.5, {"a": [2.0]}, {1: "x"}, b"bytes", [object()]])
def test_values_without_a_canonical_form_are_a_bug(value: JsonValue) -> None:
    with pytest.raises(TypeError):
        canonical_bytes(value)


def test_a_bottomless_document_is_refused() -> None:
    with pytest.raises(UserError):
        parse_canonical(b"[" * 5000 + b"]" * 5000)
