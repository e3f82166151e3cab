"""Contents of attachments on the wire: sealed pieces, a few at a time, so that a cut costs a few pieces at most.

A content is named by a random identifier that stands, sealed, in the event of its attachment. Who may read the dossier
asks for it by that name; the server tells nobody of it. A piece carries no signature: it opens only in its own place
and under a key of the dossier, and the event, which is signed, holds the hash of all of them.
"""

from struct import Struct
from typing import cast

import msgspec

from protocol.identifiers import DossierId
from protocol.limits import MOST_PIECES, MOST_PIECES_AT_ONCE, MOST_SEALED_PIECE_BYTES
from protocol.messages.binary import OctetReader
from protocol.messages.message import broken

_SET = Struct(">16s16sHB")
_SIZE = Struct(">I")


class Piece(msgspec.Struct, frozen=True):
    """One sealed piece: `number` 0 is the thumbnail, the content starts at 1."""

    number: int
    sealed: bytes


class PieceSet(msgspec.Struct, frozen=True):
    """Pieces of one content, numbered without gaps; none at all when the server has none from the asked number on.

    `blob` is the random name of the content.
    """

    dossier: DossierId
    blob: str
    pieces: tuple[Piece, ...]

    def __post_init__(self) -> None:
        """Refuse a gap, with UserError `sync.message_broken`."""
        numbers = [piece.number for piece in self.pieces]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise broken("pieces")


def piece_set_bytes(pieces: PieceSet) -> bytes:
    """Return pieces as they travel."""
    first = pieces.pieces[0].number if pieces.pieces else 0
    head = _SET.pack(bytes.fromhex(pieces.dossier), bytes.fromhex(pieces.blob), first, len(pieces.pieces))
    sealed = (part for each in pieces.pieces for part in (_SIZE.pack(len(each.sealed)), each.sealed))
    return b"".join((head, *sealed))


def read_piece_set(data: bytes) -> PieceSet:
    """Return the pieces in `data`; raises UserError `sync.message_broken` or `sync.too_large`."""
    reader = OctetReader(data)
    dossier, blob, first, count = cast("tuple[bytes, bytes, int, int]", reader.fields(_SET))
    if count > MOST_PIECES_AT_ONCE or first + max(count, 1) - 1 > MOST_PIECES or (first and not count):
        raise broken("pieces")
    pieces: list[Piece] = []
    for number in range(first, first + count):
        (size,) = reader.fields(_SIZE)
        pieces.append(Piece(number, reader.take(cast("int", size), MOST_SEALED_PIECE_BYTES)))
    reader.end()
    return PieceSet(DossierId(dossier.hex()), blob.hex(), tuple(pieces))
