"""How far the streams of a revoked device reached when it was revoked, as its organisation's root says.

By place in each chain and not by clock: what comes after the cut is the thief's, whatever time it bears. The document
is served on its own, and its digest stands in the directory. Bytes: docs/formats/trust.md.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, organisation_id
from protocol.messages.documents import DAMAGED, UNSIGNED, SignedDocument
from protocol.messages.fields import AnyBytes, Device, Moment, Organisation
from protocol.messages.message import Message, to_bytes
from protocol.messages.stream_cuts import StreamCut, pack_cuts, unpack_cuts
from protocol.signatures import Signer

_KIND = "revocation"


class RevocationBody(Message, frozen=True):
    """What the document says; `reached` holds the last row in each dossier, as `pack_cuts` packs it."""

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
    body = RevocationBody(
        revocation.device, revocation.issued, organisation_id(root.public), pack_cuts(revocation.cuts)
    )
    return to_bytes(SignedDocument.make(_KIND, body, root))


def verify_revocation(data: bytes, root: bytes) -> Revocation:
    """Return the revocation that `root` signed. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
    body = SignedDocument.from_bytes(data).verify(_KIND, RevocationBody, root)
    if body.organisation != organisation_id(root):
        raise UserError(UNSIGNED)
    cuts = {DossierId(dossier): cut for dossier, cut in unpack_cuts(body.reached, DAMAGED).items()}
    return Revocation(body.organisation, body.device, body.issued, cuts)


def revocation_digest(data: bytes) -> bytes:
    """Return what stands in the directory for the document `data`: its SHA-256."""
    return hashlib.sha256(data).digest()
