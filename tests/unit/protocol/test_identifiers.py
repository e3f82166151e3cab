"""Identifiers say nothing, follow from keys where somebody could claim another's, and have one form."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.encoding import from_base64, to_base64
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import DossierId, case_number, device_id, is_id, new_id, new_instance_id, organisation_id


def test_fresh_ones_are_of_the_published_form_and_never_the_same() -> None:
    made = {new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(is_id(each) for each in made)
    assert all(re.fullmatch("[0-9a-f]{8}", new_instance_id()) for _ in range(100))


@pytest.mark.parametrize(
    "other", ["", "0" * 31, "0" * 33, "0" * 31 + "A", "0" * 31 + "g", "0" * 31 + "\n", None, 7, b"0" * 32]
)
def test_anything_else_is_no_identifier(other: object) -> None:
    assert is_id("0" * 32)
    assert not is_id(other)


def test_a_case_number_is_the_same_for_ever_and_has_no_letters_that_look_alike() -> None:
    assert case_number(DossierId("00" * 16)) == "OP-0000-0000"
    assert case_number(DossierId("ff" * 16)) == "OP-ZZZZ-ZZZZ"
    assert case_number(DossierId("0123456789" + "00" * 11)) == "OP-04HM-ASW9"
    assert not set("ILOU") & set("".join(case_number(DossierId(new_id()))[3:] for _ in range(100)))


def test_who_has_a_key_has_its_identifier_and_no_other() -> None:
    assert device_id(bytes(32)) == "2116004215c644de213638e0caa63aad"
    assert organisation_id(bytes(32)) == "96adbec7c3d9312ced968d9e476f7dd0"
    assert device_id(b"\1" * 32) != device_id(bytes(32))


@given(st.binary(max_size=70))
def test_bytes_come_back_from_their_text(data: bytes) -> None:
    text = to_base64(data)
    assert from_base64(text, "x.y") == data
    assert re.fullmatch("[A-Za-z0-9_-]*", text)


@pytest.mark.parametrize("text", ["A", "AA==", "AB", "A A", "AA\n", "+/8", "é", "AAAAA"])
def test_another_text_of_the_same_bytes_is_refused_with_the_code_asked_for(text: str) -> None:
    with pytest.raises(UserError, match=r"^trust\.document_damaged$"):
        from_base64(text, "trust.document_damaged")


def test_the_text_of_an_error_is_its_code_and_its_details_stay_as_they_were() -> None:
    details = {"sequence": "7"}
    error = UserError("sync.gap", details)
    details["sequence"] = "8"
    assert (str(error), error.code, dict(error.details)) == ("sync.gap", "sync.gap", {"sequence": "7"})
    assert dict(EnvironmentProblem("records.disk_full").details) == {}
    assert issubclass(UserError, OpmaatError)
    assert not issubclass(EnvironmentProblem, UserError)
