"""Pieces on their way: what the server does not have yet, what is still to be fetched, and taking it in.

Nothing is trusted: a piece that does not open in its place is not kept. Taking in the same piece twice changes nothing.
"""

import hashlib
from collections.abc import Collection, Sequence

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.attachments.attachment_records import AttachmentRecord, all_attachments
from desktop.records.attachments.sealed_content import open_number
from desktop.records.dossiers.dossier_cache import DossierCache, OpenDossier
from desktop.records.store.database import Store
from desktop.records.store.piece_table import MissingContent, SealedPiece
from desktop.vault.crypto.content_pieces import pieces_digest
from protocol.errors import UserError
from protocol.identifiers import DossierId


class AttachmentTransfers:
    """Pieces out and in, for the synchronisation. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, cache: DossierCache) -> None:
        self._store = store
        self._pieces = store.pieces
        self._cache = cache

    def waiting(self, skip: Collection[str] = ()) -> int:
        """Return how many contents, but for those in `skip`, the server does not have whole."""
        return len(self._pieces.pending(skip))

    def pending(self, skip: Collection[str] = ()) -> tuple[tuple[DossierId, str, int], ...]:
        """Return the contents, but for those in `skip`, that are to be sent, with how many pieces are left of each."""
        return self._pieces.pending(skip)

    def unsent(self, limit: int, skip: Collection[str] = ()) -> tuple[SealedPiece, ...]:
        """Return at most `limit` pieces, of one content not in `skip` and in order, that the server does not have."""
        return self._pieces.unsent(limit, skip)

    def acknowledge(self, last: SealedPiece) -> None:
        """Remember that the server has a content up to `last`."""
        with self._store.atomic():
            self._pieces.sent(last)

    def wanted(self) -> tuple[MissingContent, ...]:
        """Return what is still to be fetched, with the number of the next piece."""
        return self._pieces.wanted()

    def accept(self, pieces: Sequence[SealedPiece]) -> tuple[Changes, tuple[str, ...]]:
        """Take in pieces from elsewhere; return what changed, and a code for each piece refused.

        A piece that nobody wants, that is not the next one or does not open is refused. When the last one is in, all
        are held against the event; a content that is not what was sent is fetched from the start.
        """
        refused: list[str] = []
        changes = Changes()
        with self._store.atomic():
            for piece in pieces:
                try:
                    whole = self._accept(piece)
                except UserError as error:
                    refused.append(error.code)
                else:
                    changes |= changed(Aspect.ATTACHMENTS, dossier=piece.dossier) if whole else Changes()
        return changes, tuple(refused)

    def _accept(self, piece: SealedPiece) -> bool:
        """Keep a piece and tell whether there is something new to see: a thumbnail, or a whole content."""
        opened = self._cache.open(piece.dossier)
        one = next((each for each in all_attachments(opened.view) if each.body.blob == piece.blob), None)
        if one is None:
            raise UserError("attachment.unknown")
        here = self._pieces.here(piece.dossier, piece.blob)
        if piece.number < here:
            return False
        if piece.number > here:
            raise UserError("records.row_gap")
        open_number(opened, one, piece.number, piece.sealed)
        self._pieces.add(piece)
        if piece.number == one.body.count:
            self._complete(opened, one)
        return piece.number in {0, one.body.count}

    def _complete(self, opened: OpenDossier, one: AttachmentRecord) -> None:
        body = one.body
        sealed = (self._pieces.read(opened.id, body.blob, number) or b"" for number in range(body.count + 1))
        if pieces_digest([hashlib.sha256(each).digest() for each in sealed]).hex() != body.digest:
            self._pieces.begin_again(opened.id, body.blob)
            raise UserError("records.piece_damaged")
        self._pieces.complete(opened.id, body.blob)
