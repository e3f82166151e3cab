"""One content: on its way into the file, and read from it."""

import hashlib
from dataclasses import dataclass, field

from desktop.records.attachments.attachment_records import AttachmentRecord
from desktop.records.dossiers.dossier_cache import OpenDossier
from desktop.records.dossiers.keyring import DossierKey
from desktop.records.events.bodies import About, AttachmentAdded
from desktop.vault.crypto.content_pieces import (
    THUMBNAIL,
    PieceStream,
    content_mac,
    open_piece,
    pieces_digest,
    seal_piece,
)
from protocol.identifiers import new_id
from protocol.limits import PIECE_BYTES


@dataclass(frozen=True, slots=True, repr=False)
class NewContent:
    """What is to be attached: media type, plain bytes, thumbnail (JPEG) and how many pages it has."""

    kind: str
    data: bytes
    thumbnail: bytes
    pages: int = 1


@dataclass(frozen=True, slots=True)
class AttachmentLabel:
    """How an attachment is found again: the question it belongs to (blank: the case), its name, and what it is."""

    ref: str
    name: str
    about: About = "other"


@dataclass(slots=True, repr=False)
class SealingJob:
    """A content on its way into the file: its pieces are sealed one after another, the thumbnail first."""

    stream: PieceStream
    content: NewContent
    label: AttachmentLabel
    compartment_key: DossierKey
    digests: list[bytes] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Return how many pieces are sealed, the thumbnail among them."""
        return len(self.digests)

    @property
    def total(self) -> int:
        """Return how many pieces there are, the thumbnail among them."""
        return self.stream.count + 1

    def next_piece(self) -> bytes:
        """Return the next piece, sealed; call `confirm` once it is durable."""
        start = (self.done - 1) * PIECE_BYTES
        plain = self.content.thumbnail if self.done == THUMBNAIL else self.content.data[start : start + PIECE_BYTES]
        return seal_piece(self.stream.key(self.compartment_key.key), self.stream, self.done, plain)

    def confirm(self, sealed: bytes) -> None:
        """Count a piece that is durable now."""
        self.digests.append(hashlib.sha256(sealed).digest())

    def body(self) -> AttachmentAdded:
        """Return what the event says once every piece is sealed."""
        stream, key = self.stream, self.compartment_key
        return AttachmentAdded(
            attachment=new_id(),
            blob=stream.blob,
            ref=self.label.ref,
            name=self.label.name,
            about=self.label.about,
            kind=self.content.kind,
            size=len(self.content.data),
            pages=self.content.pages,
            count=stream.count,
            epoch=key.epoch,
            key_id=key.key_id.hex(),
            content=content_mac(key.key, stream.dossier, stream.compartment, self.content.data).hex(),
            digest=pieces_digest(self.digests).hex(),
        )


def open_number(opened: OpenDossier, one: AttachmentRecord, number: int, sealed: bytes) -> bytes:
    """Return piece `number` of an attachment. Raises UserError `records.piece_damaged`, `…_newer`, `records.no_key`."""
    body = one.body
    key = opened.keyring.find(one.compartment, body.epoch, body.key_id).key
    stream = PieceStream(opened.id, one.compartment, body.epoch, body.blob, body.count)
    return open_piece(stream.key(key), stream, number, sealed)
