"""What an organisation publishes for its laptops: its region workbook and its logo, as one set that its root signs.

A set is one file: a signed manifest that names the SHA-256 of each part, and the parts themselves. The directory names
the newest set by its digest, so that whoever knows the one knows whether the other is whole. Bytes:
docs/formats/content.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta

from protocol.errors import UserError
from protocol.identifiers import OrganisationId, organisation_id
from protocol.limits import LARGEST_NUMBER, MOST_CONTENT_BYTES, MOST_CONTENT_PARTS, MOST_LOGO_BYTES, MOST_WORKBOOK_BYTES
from protocol.messages.documents import SignedDocument
from protocol.messages.fields import Digest, Moment, Organisation
from protocol.messages.message import Message, Octets, from_bytes, to_bytes
from protocol.signatures import Signer

_KIND = "content"
DAMAGED = "content.damaged"

ContentVersion = Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
_Size = Annotated[int, Meta(ge=1, le=MOST_WORKBOOK_BYTES)]
if TYPE_CHECKING:
    PartBytes = bytes
else:
    PartBytes = Octets.of_size(1, MOST_WORKBOOK_BYTES)


class PartKind(Enum):
    """What a part of a set is."""

    REGION = "region"
    LOGO = "logo"


class PartMedia(Enum):
    """How a part is written."""

    MARKDOWN = "md"
    EXCEL = "xlsx"
    PNG = "png"


_MEDIA = {PartKind.REGION: (PartMedia.MARKDOWN, PartMedia.EXCEL), PartKind.LOGO: (PartMedia.PNG,)}
_MOST = {PartKind.REGION: MOST_WORKBOOK_BYTES, PartKind.LOGO: MOST_LOGO_BYTES}


class ContentReference(Message, frozen=True):
    """Which set is meant: its version, and the SHA-256 of its file."""

    version: ContentVersion
    digest: Digest


class ContentPart(Message, frozen=True):
    """What the manifest says of one part."""

    kind: PartKind
    media: PartMedia
    size: _Size
    digest: Digest


class ContentBody(Message, frozen=True):
    """The manifest: whose set, its version, when it was signed, and its parts in the order of the file."""

    organisation: Organisation
    version: ContentVersion
    issued: Moment
    parts: Annotated[tuple[ContentPart, ...], Meta(min_length=1, max_length=MOST_CONTENT_PARTS)]


class ContentFile(Message, frozen=True):
    """A set as it is stored and sent; nothing is verified yet."""

    document: SignedDocument
    parts: Annotated[tuple[PartBytes, ...], Meta(min_length=1, max_length=MOST_CONTENT_PARTS)]


@dataclass(frozen=True, slots=True, repr=False)
class ContentSet:
    """A verified set. `logo` is empty where there is none; `digest` is the SHA-256 of the whole file."""

    organisation: OrganisationId
    version: int
    issued: datetime
    workbook: bytes
    media: PartMedia
    logo: bytes
    digest: bytes

    @property
    def order(self) -> tuple[int, datetime]:
        """Return what is higher for a newer set: a server that was put back may give out a version twice."""
        return self.version, self.issued

    @property
    def reference(self) -> ContentReference:
        """Return how the directory names it."""
        return ContentReference(self.version, self.digest)


def content_digest(data: bytes) -> bytes:
    """Return the SHA-256 that names the set in `data`."""
    return sha256(data).digest()


def sign_content(
    root: Signer, *, version: int, issued: datetime, workbook: bytes, media: PartMedia, logo: bytes = b""
) -> bytes:
    """Return the file of a set that `root` signs, in its one byte form.

    Raises UserError `content.too_large` for parts above the limits, `content.damaged` for media that is no workbook.
    """
    parts = [(PartKind.REGION, media, workbook), *([(PartKind.LOGO, PartMedia.PNG, logo)] if logo else [])]
    if any(len(data) > _MOST[kind] for kind, _media, data in parts):
        raise UserError("content.too_large")
    named = tuple(ContentPart(kind, media, len(data), sha256(data).digest()) for kind, media, data in parts)
    body = ContentBody(organisation_id(root.public), version, issued, named)
    file = to_bytes(ContentFile(SignedDocument.make(_KIND, body, root), tuple(data for _k, _m, data in parts)))
    verify_content(file, root.public)
    return file


def verify_content(data: bytes, root: bytes) -> ContentSet:
    """Return the set in `data` that `root` signed, every part of it whole.

    Raises UserError `content.too_large`, `content.damaged`, `content.other_organisation` for a set of somebody else,
    `content.not_signed`. Whether it is the newest one is for the caller to say, who keeps the last.
    """
    if len(data) > MOST_CONTENT_BYTES:
        raise UserError("content.too_large")
    try:
        file = from_bytes(ContentFile, data)
        claimed = file.document.claim(_KIND, ContentBody)
    except UserError:
        raise UserError(DAMAGED) from None
    if claimed.organisation != organisation_id(root):
        raise UserError("content.other_organisation")
    try:
        body = file.document.verify(_KIND, ContentBody, root)
    except UserError:
        raise UserError("content.not_signed") from None
    parts = _whole_parts(body.parts, file.parts)
    if PartKind.REGION not in parts:
        raise UserError(DAMAGED)
    media, workbook = parts[PartKind.REGION]
    logo = parts.get(PartKind.LOGO, (PartMedia.PNG, b""))[1]
    return ContentSet(body.organisation, body.version, body.issued, workbook, media, logo, content_digest(data))


def _whole_parts(named: Sequence[ContentPart], given: Sequence[bytes]) -> dict[PartKind, tuple[PartMedia, bytes]]:
    """Return each part by its kind, as the manifest names it. Raises UserError `content.damaged`."""
    found: dict[PartKind, tuple[PartMedia, bytes]] = {}
    if len(named) != len(given):
        raise UserError(DAMAGED)
    for part, data in zip(named, given, strict=True):
        whole = (part.size, part.digest) == (len(data), sha256(data).digest())
        if not whole or part.kind in found or part.media not in _MEDIA[part.kind] or len(data) > _MOST[part.kind]:
            raise UserError(DAMAGED)
        found[part.kind] = part.media, bytes(data)
    return found
