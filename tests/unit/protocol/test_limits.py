import pytest

from desktop.vault.crypto.content_pieces import PIECE_VERSION, PieceStream, count_of, seal_piece
from protocol.identifiers import DossierId
from protocol.limits import LARGEST_ATTACHMENT, MOST_BODY_BYTES, MOST_PIECES, MOST_PIECES_AT_ONCE, PIECE_BYTES
from protocol.messages.pieces import Piece, PieceSet, piece_set_bytes

DOSSIER = DossierId("a" * 32)


@pytest.mark.parametrize("size", [LARGEST_ATTACHMENT, LARGEST_ATTACHMENT - 1])
def test_the_largest_attachment_needs_the_highest_number_of_a_piece(size: int) -> None:
    assert count_of(size) == MOST_PIECES


def test_as_many_of_the_largest_pieces_as_travel_at_once_fit_in_a_request() -> None:
    stream = PieceStream(DOSSIER, "core", 1, "b" * 32, 1)
    sealed = seal_piece(bytes(32), stream, 1, bytes(PIECE_BYTES))
    pieces = tuple(Piece(number, sealed) for number in range(1, MOST_PIECES_AT_ONCE + 1))

    assert sealed[:1] == bytes((PIECE_VERSION,))
    assert len(piece_set_bytes(PieceSet(DOSSIER, "b" * 32, pieces))) < MOST_BODY_BYTES
