"""Runs of rows and pieces: signed over all that is in them, numbered without a gap, and of values that have a form."""

import pytest

from desktop.vault.crypto.identity import SigningKey
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.message import from_bytes, from_value, to_bytes
from protocol.messages.pieces import Piece, PieceSet
from protocol.messages.rows import Receipt, Row, Segment, row_digest, segment_message, signed_bytes
from protocol.signatures import is_signed

DOSSIER, DEVICE, BLOB = DossierId("1" * 32), DeviceId("2" * 32), "3" * 32
ROWS = tuple(Row("core", 1, bytes(32), b"sealed %d" % number) for number in range(3))


def test_a_segment_is_signed_over_the_digests_of_its_rows_in_order() -> None:
    segment = Segment(DOSSIER, DEVICE, 5, ROWS, bytes(64))
    message = signed_bytes(segment)
    assert message == segment_message(DOSSIER, DEVICE, 5, tuple(row_digest(row) for row in ROWS))
    assert signed_bytes(Segment(DOSSIER, DEVICE, 5, ROWS[::-1], bytes(64))) != message
    assert signed_bytes(Segment(DOSSIER, DEVICE, 6, ROWS, bytes(64))) != message
    assert segment.last == 7
    key = SigningKey.new()
    assert is_signed(key.public, message, key.sign(signed_bytes(segment)))


@pytest.mark.parametrize("numbers", [(), (0,), (7,), (0, 1, 2), (4, 5)])
def test_pieces_without_a_gap_travel(numbers: tuple[int, ...]) -> None:
    pieces = PieceSet(DOSSIER, BLOB, tuple(Piece(number, b"x") for number in numbers))
    assert from_bytes(PieceSet, to_bytes(pieces)) == pieces


@pytest.mark.parametrize("numbers", [(0, 2), (1, 0), (3, 3)])
def test_pieces_with_a_gap_are_refused(numbers: tuple[int, ...]) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        PieceSet(DOSSIER, BLOB, tuple(Piece(number, b"x") for number in numbers))


@pytest.mark.parametrize("value", [{"known": 1.5, "stored": 1}, {"known": b"0", "stored": 1}, {1: 0}])
def test_a_value_that_has_no_form_is_no_message(value: object) -> None:
    with pytest.raises(UserError, match=r"sync\.message_broken"):
        from_value(Receipt, value)  # type: ignore[arg-type]  # on purpose
