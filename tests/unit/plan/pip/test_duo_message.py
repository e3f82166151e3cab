"""The message to DUO, the file that carries it and what DUO answers: held against the description both ways."""

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.plan.pip.duo_message import (
    LARGEST_ANSWER,
    DuoPip,
    errors_from_bytes,
    file_from_bytes,
    file_to_bytes,
    is_bsn,
    known_from_bytes,
    to_bytes,
)
from protocol.errors import UserError
from tests import places
from tests.unit.plan.pip.pip_case import DATED

CORPUS: Any = json.loads((places.VECTORS / "duo/answers_v1.json").read_text("utf-8"))
READERS: dict[str, Callable[[bytes], object]] = {
    "known": known_from_bytes,
    "errors": errors_from_bytes,
    "file": file_from_bytes,
}
BSN = "123456782"
GOOD = DuoPip(DATED, "B", "B1", 900, may_finish_school=False, literacy="NVT")


def _cases(kind: str) -> list[tuple[str, str]]:
    return [(name, text) for name, each in CORPUS.items() for text in each[kind]]


def test_the_message_has_the_names_of_duo_and_leaves_out_what_is_not_there() -> None:
    assert json.loads(to_bytes(GOOD)) == {
        "dagtekeningPip": "2026-11-24",
        "leerroute": "B",
        "niveau": "B1",
        "geschatteIntensiteitB1Route": 900,
        "indicatorMagOpleidingAfmaken": False,
        "indicatorAlfabetiseringsonderwijs": "NVT",
    }
    assert json.loads(to_bytes(DuoPip(DATED, "Z"))) == {"dagtekeningPip": "2026-11-24", "leerroute": "Z"}


def test_a_file_comes_back_as_it_was_written() -> None:
    found = file_from_bytes(file_to_bytes(BSN, GOOD))
    assert (found.bsn, found.pip, found.api) == (BSN, GOOD, "1.2.0")
    with pytest.raises(UserError, match=r"duo\.bsn_wrong"):
        file_to_bytes("", GOOD)


@pytest.mark.parametrize(("name", "text"), _cases("good"))
def test_what_duo_may_say_is_read(name: str, text: str) -> None:
    READERS[name](text.encode())


@pytest.mark.parametrize(("name", "text"), _cases("broken"))
def test_what_duo_may_not_say_is_refused_with_a_code(name: str, text: str) -> None:
    with pytest.raises(UserError, match=r"duo\.(answer_damaged|message_damaged|bsn_wrong)"):
        READERS[name](text.encode())


@pytest.mark.parametrize("name", sorted(READERS))
def test_an_answer_is_bounded_in_size_and_depth(name: str) -> None:
    for data in (b" " * (LARGEST_ANSWER + 1), b"[" * LARGEST_ANSWER, b'{"pip":' * 10_000):
        with pytest.raises(UserError):
            READERS[name](data)


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_any_bytes_give_a_result_or_a_coded_error(name: str, data: bytes) -> None:
    with suppress(UserError):
        READERS[name](data)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        (BSN, True),
        ("111222333", True),
        ("123456789", False),
        ("000000000", False),
        ("12345678", False),
        ("١٢٣٤٥٦٧٨٢", False),
    ],
)
def test_a_citizen_service_number_passes_the_check(text: str, *, good: bool) -> None:
    assert is_bsn(text) is good
