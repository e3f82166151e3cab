"""Exchange without a network: what stands at the front of a bundle, and what the two sides say they hold.

A bundle is sealed for one organisation and travels on a stick, in one file or in parts. Everything else in it are the
messages of the wire (chains, logs, wraps, batches, pieces), one after the other. Bytes: docs/formats/bundle.md.
"""

from typing import Annotated, Self

from msgspec import Meta

from protocol.errors import UserError
from protocol.limits import MOST_BUNDLE_PARTS, MOST_HELD
from protocol.messages.documents import SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.fields import (
    Count,
    Device,
    Digest,
    Dossier,
    Identifier,
    Moment,
    Organisation,
    Sequence,
    Wrapped,
)
from protocol.messages.message import Message, broken, from_bytes, to_bytes
from protocol.signatures import Signer

_KIND = "bundle"


class BundlePart(Message, frozen=True):
    """One file of a bundle: how many bytes of the sealed stream lie in it, and their SHA-256."""

    size: Annotated[int, Meta(ge=1, le=2**53 - 1)]
    digest: Digest


class BundleBody(Message, frozen=True):
    """What the sending device signs: from whom, for whom, which bytes. `wrapped` holds the key of the stream."""

    bundle: Identifier
    made: Moment
    sender: Organisation
    device: Device
    recipient: Organisation
    wrapped: Wrapped
    parts: Annotated[tuple[BundlePart, ...], Meta(min_length=1, max_length=MOST_BUNDLE_PARTS)]

    @property
    def size(self) -> int:
        """Return how many bytes of sealed stream all parts hold."""
        return sum(part.size for part in self.parts)


class BundleHead(Message, frozen=True):
    """What stands in clear at the front of every part; nothing is verified yet."""

    chain: CertificateChain
    document: SignedDocument

    @classmethod
    def make(cls, chain: CertificateChain, body: BundleBody, signer: Signer) -> Self:
        """Return the head that the device of `chain` signs."""
        return cls(chain, SignedDocument.make(_KIND, body, signer))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return the head in its one byte form. Raises UserError `sync.message_broken`, `sync.too_large`."""
        return from_bytes(cls, data)

    def to_bytes(self) -> bytes:
        """Return the one byte form."""
        return to_bytes(self)

    def claim(self) -> BundleBody:
        """Return what the head says, its signature not checked. Raises UserError `trust.document_damaged`."""
        return self.document.claim(_KIND, BundleBody)

    def verify(self, public: bytes) -> BundleBody:
        """Return what the owner of `public` says. Raises UserError `trust.not_signed`, `trust.document_damaged`."""
        return self.document.verify(_KIND, BundleBody, public)


class BundleContents(Message, frozen=True):
    """The first message inside: which cases, how many rows and attachments are in it, and which bundles were read here.

    `read` are the newest bundles of the recipient that the sender read: what is in them arrived.
    """

    dossiers: Annotated[tuple[Dossier, ...], Meta(max_length=MOST_HELD)]
    rows: Count
    attachments: Count
    read: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_HELD)]


class StreamHeld(Message, frozen=True):
    """Somebody holds the rows of `device` in a dossier up to and including `last`."""

    device: Device
    last: Sequence


class CaseHeld(Message, frozen=True):
    """What the sender of a bundle holds of one dossier: its streams, and the contents of attachments that are whole."""

    dossier: Dossier
    streams: Annotated[tuple[StreamHeld, ...], Meta(max_length=MOST_HELD)]
    contents: Annotated[tuple[Identifier, ...], Meta(max_length=MOST_HELD)]

    def __post_init__(self) -> None:
        """Refuse a stream that is named twice, with UserError `sync.message_broken`."""
        if len({stream.device for stream in self.streams}) != len(self.streams):
            raise broken("streams")


def read_bundle_head(data: bytes) -> BundleHead:
    """Return the head in `data`, nothing verified. Raises UserError `bundle.damaged` for anything else."""
    try:
        head = BundleHead.from_bytes(data)
        head.claim()
    except UserError:
        raise UserError("bundle.damaged") from None
    return head
