"""Contents of attachments on the wire: sealed pieces, a few at a time, so that a cut costs a few pieces at most.

A content is named by a random identifier that stands, sealed, in the event of its attachment. Who may read the dossier
asks for it by that name; the server tells nobody of it. A piece carries no signature: it opens only in its own place
and under a key of the dossier, and the event, which is signed, holds the hash of all of them.
"""

from dataclasses import dataclass
from typing import Annotated

from desktop.sync.wire.codec import Nested
from desktop.sync.wire.forms import Many, Octets, Text, Whole
from desktop.sync.wire.signed import broken
from desktop.sync.wire.version import MOST_PIECES, MOST_PIECES_AT_ONCE, MOST_SEALED_PIECE_BYTES
from desktop.sync.wire.words import Dossier

Blob = Annotated[str, Text(r"[0-9a-f]{32}")]
"""The random name of a content."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One sealed piece: `number` 0 is the thumbnail, the content starts at 1."""

    number: Annotated[int, Whole(0, MOST_PIECES)]
    sealed: Annotated[bytes, Octets(1, MOST_SEALED_PIECE_BYTES)]


@dataclass(frozen=True, slots=True)
class PieceSet:
    """Pieces of one content, numbered without gaps; none at all when the server has none from the asked number on."""

    dossier: Dossier
    blob: Blob
    pieces: Annotated[tuple[Piece, ...], Many(Nested(Piece), MOST_PIECES_AT_ONCE)]

    def __post_init__(self) -> None:
        """Refuse a gap, with UserError `sync.message_broken`."""
        numbers = [piece.number for piece in self.pieces]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise broken("pieces")
