"""Pieces kept in tests/vectors still open, and everything derived from keys is what it was."""

import json
from typing import Any

import pytest

from desktop.vault.crypto.content_pieces import (
    PieceStream,
    content_mac,
    count_of,
    open_piece,
    pieces_digest,
    seal_piece,
)
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.limits import PIECE_BYTES
from tests import places

VECTORS = places.VECTORS / "attachments"
GOLDEN: Any = json.loads((VECTORS / "pieces_v1.json").read_text("utf-8"))
MALFORMED: Any = json.loads((VECTORS / "malformed_pieces.json").read_text("utf-8"))
CONTENT = bytes(range(256)) * 332
KEY = bytes.fromhex(GOLDEN["key"])
STREAM = PieceStream(
    DossierId(GOLDEN["dossier"]), GOLDEN["compartment"], GOLDEN["epoch"], GOLDEN["blob"], GOLDEN["count"]
)


def test_pieces_of_version_1_open() -> None:
    key = STREAM.key(KEY)
    assert key.hex() == GOLDEN["derived_key"]
    assert STREAM.count == count_of(len(CONTENT))
    assert [STREAM.associated_data(number).hex() for number in range(STREAM.count + 1)] == GOLDEN["associated_data"]
    assert open_piece(key, STREAM, 0, bytes.fromhex(GOLDEN["sealed"]["0"])) == GOLDEN["thumbnail"].encode()
    last = bytes.fromhex(GOLDEN["sealed"][str(STREAM.count)])
    assert open_piece(key, STREAM, STREAM.count, last) == CONTENT[PIECE_BYTES:]


def test_the_mark_of_a_content_is_what_it_was() -> None:
    mark = content_mac(KEY, STREAM.dossier, STREAM.compartment, CONTENT)
    assert mark.hex() == GOLDEN["content_mark"]


@pytest.mark.parametrize("case", MALFORMED, ids=lambda case: str(case["name"]))
def test_each_malformed_piece_has_its_code(case: dict[str, Any]) -> None:
    sealed = bytes.fromhex(case["sealed"]) or (b"\x01" + bytes(case["zeros"]) if "zeros" in case else b"")
    stream = PieceStream(DossierId(case["dossier"]), case["compartment"], case["epoch"], case["blob"], case["count"])
    with pytest.raises(UserError) as caught:
        open_piece(STREAM.key(KEY), stream, case["number"], sealed)
    assert caught.value.code == case["code"]


def test_a_piece_sealed_now_opens_at_its_own_place_only() -> None:
    key = STREAM.key(KEY)
    sealed = [seal_piece(key, STREAM, number, b"piece %d" % number) for number in range(STREAM.count + 1)]
    for number, piece in enumerate(sealed):
        assert open_piece(key, STREAM, number, piece) == b"piece %d" % number
        for other in {*range(STREAM.count + 1)} - {number}:
            with pytest.raises(UserError, match=r"records\.piece_damaged"):
                open_piece(key, STREAM, other, piece)
    assert seal_piece(key, STREAM, 0, b"piece 0") != sealed[0]
    for beyond in (-1, STREAM.count + 1):
        with pytest.raises(UserError, match=r"records\.piece_damaged"):
            seal_piece(key, STREAM, beyond, b"")


def test_the_digest_of_all_pieces_changes_with_each_of_them_and_their_order() -> None:
    first, second = bytes(32), bytes(range(32))
    whole = pieces_digest([first, second])
    assert len(whole) == 32
    assert len({whole, pieces_digest([second, first]), pieces_digest([first]), pieces_digest([])}) == 4
