"""Contents of attachments on the wire: sealed pieces, a few at a time, so that a cut costs a few pieces at most.

A content is named by a random identifier that stands, sealed, in the event of its attachment. Who may read the dossier
asks for it by that name; the server tells nobody of it. A piece carries no signature: it opens only in its own place
and under a key of the dossier, and the event, which is signed, holds the hash of all of them.
"""

from typing import Annotated

from msgspec import Meta

from protocol.limits import MOST_PIECES, MOST_PIECES_AT_ONCE
from protocol.messages.fields import Dossier, Identifier, SealedContent
from protocol.messages.message import Message, broken


class Piece(Message, frozen=True):
    """One sealed piece: `number` 0 is the thumbnail, the content starts at 1."""

    number: Annotated[int, Meta(ge=0, le=MOST_PIECES)]
    sealed: SealedContent


class PieceSet(Message, frozen=True):
    """Pieces of one content, numbered without gaps; none at all when the server has none from the asked number on.

    `blob` is the random name of the content.
    """

    dossier: Dossier
    blob: Identifier
    pieces: Annotated[tuple[Piece, ...], Meta(max_length=MOST_PIECES_AT_ONCE)]

    def __post_init__(self) -> None:
        """Refuse a gap, with UserError `sync.message_broken`."""
        numbers = [piece.number for piece in self.pieces]
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise broken("pieces")
