"""How far the streams of a revoked device reached when it was revoked, as its organisation's root says.

By place in each chain and not by clock: what comes after the cut is the thief's, whatever time it bears. The document
is served on its own, and its digest stands in the directory. Bytes: docs/formats/trust.md.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, organisation_id
from protocol.messages.documents import DAMAGED, UNSIGNED, SignedDocument
from protocol.messages.fields import AnyBytes, Device, Moment, Organisation
from protocol.messages.message import Message, to_bytes
from protocol.signatures import Signer

_KIND = "revocation"
_ID_BYTES = 16
_SEQUENCE_BYTES = 8
_DIGEST_BYTES = 32
_ENTRY_BYTES = _ID_BYTES + _SEQUENCE_BYTES + _DIGEST_BYTES


class StreamCut(NamedTuple):
    """The last row of a stream that still counts: its sequence and its digest."""

    sequence: int
    digest: bytes


class RevocationBody(Message, frozen=True):
    """What the document says; `reached` holds 56 bytes for each dossier: its id, the sequence, the digest."""

    device: Device
    issued: Moment
    organisation: Organisation
    reached: AnyBytes


@dataclass(frozen=True, slots=True)
class Revocation:
    """A device of `organisation` that is trusted up to its cut in each dossier; where there is none, not at all."""

    organisation: OrganisationId
    device: DeviceId
    issued: datetime
    cuts: Mapping[DossierId, StreamCut]


def sign_revocation(root: Signer, revocation: Revocation) -> bytes:
    """Return the canonical bytes of `revocation`, signed by the root of its organisation."""
    body = RevocationBody(revocation.device, revocation.issued, organisation_id(root.public), _packed(revocation.cuts))
    return to_bytes(SignedDocument.make(_KIND, body, root))


def verify_revocation(data: bytes, root: bytes) -> Revocation:
    """Return the revocation that `root` signed. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
    body = SignedDocument.from_bytes(data).verify(_KIND, RevocationBody, root)
    if body.organisation != organisation_id(root):
        raise UserError(UNSIGNED)
    return Revocation(body.organisation, body.device, body.issued, dict(_entries(body.reached)))


def revocation_digest(data: bytes) -> bytes:
    """Return what stands in the directory for the document `data`: its SHA-256."""
    return hashlib.sha256(data).digest()


def _packed(cuts: Mapping[DossierId, StreamCut]) -> bytes:
    return b"".join(
        bytes.fromhex(dossier) + cut.sequence.to_bytes(_SEQUENCE_BYTES, "big") + cut.digest
        for dossier, cut in sorted(cuts.items())
    )


def _entries(packed: bytes) -> Iterable[tuple[DossierId, StreamCut]]:
    if len(packed) % _ENTRY_BYTES:
        raise UserError(DAMAGED)
    for start in range(0, len(packed), _ENTRY_BYTES):
        entry = packed[start : start + _ENTRY_BYTES]
        number, digest = entry[_ID_BYTES:-_DIGEST_BYTES], entry[-_DIGEST_BYTES:]
        yield DossierId(entry[:_ID_BYTES].hex()), StreamCut(int.from_bytes(number, "big"), digest)
