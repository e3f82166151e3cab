"""Who belongs to whom: cards of organisations, and the chain root → invitation → device.

    root ──signs──> invitation certificate (names the invitation's key)
    invitation key ──signs──> device certificate (names the device's key)

Everything here is pure: it works without a network, from documents that were kept. Bytes: docs/formats/trust.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from msgspec import UNSET, UnsetType
from msgspec.structs import asdict

from protocol.canonical import JsonValue
from protocol.encoding import from_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, device_id, organisation_id
from protocol.messages.documents import DAMAGED, UNSIGNED, SignedDocument, read_part
from protocol.messages.enrolment import CertificateChain
from protocol.messages.fields import AnyBytes, Device, Identifier, Moment, Organisation, PersonName, PublicKey, Version
from protocol.messages.message import Message
from protocol.signatures import Signer

RECEPTION = "reception"
MUNICIPALITY = "municipality"
_CARD, _INVITATION, _DEVICE = "organisation", "invitation", "device"
KINDS = (RECEPTION, MUNICIPALITY)
"""What an organisation is: a reception location or a municipality."""


class OrganisationBody(Message, frozen=True):
    """What a card says of an organisation; see `OrganisationCard`."""

    id: Organisation
    name: str
    kind: str
    root: PublicKey
    wrap: AnyBytes
    version: Version


class InvitationBody(Message, frozen=True):
    """The root lets the owner of `public` certify one device of `organisation`, until `expires`.

    `person` is who will work with that device; certificates from before they were named have none.
    """

    organisation: Organisation
    invitation: Identifier
    public: PublicKey
    expires: Moment
    person: PersonName | UnsetType = UNSET

    @property
    def subject(self) -> str:
        """Return who works with the device, blank where the certificate does not say it."""
        return "" if self.person is UNSET else self.person


class DeviceBody(Message, frozen=True):
    """The owner of the invitation says: `public` is the key of `device` of `organisation` since `issued`."""

    organisation: Organisation
    invitation: Identifier
    device: Device
    public: PublicKey
    issued: Moment


class OrganisationCard(OrganisationBody, frozen=True):
    """Who an organisation is: `root` is its Ed25519 public key, `wrap` the public key that others wrap for.

    `version` grows when the organisation changes its name or wrapping key. The card is signed by its own root and `id`
    follows from that root, so the card of one organisation never passes for that of another.
    """

    signed: SignedDocument

    @classmethod
    def make(cls, root: Signer, *, name: str, kind: str, wrap: bytes, version: int = 1) -> Self:
        """Return the card signed by `root`."""
        body = OrganisationBody(organisation_id(root.public), name, kind, root.public, wrap, version)
        return cls.verified(SignedDocument.make(_CARD, body, root))

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return a checked card from its canonical bytes. Raises as `from_json`."""
        return cls.verified(SignedDocument.from_bytes(data))

    @classmethod
    def from_json(cls, value: JsonValue) -> Self:
        """Return a checked card. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
        return cls.verified(SignedDocument.from_json(value))

    @classmethod
    def verified(cls, document: SignedDocument) -> Self:
        """Return the card in `document`, checked. Raises as `from_json`."""
        root = document.body.get("root")
        if not isinstance(root, str):
            raise UserError(DAMAGED)
        body = document.verify(_CARD, OrganisationBody, from_base64(root, DAMAGED))
        if body.id != organisation_id(body.root) or body.kind not in KINDS:
            raise UserError(DAMAGED)
        return cls(**asdict(body), signed=document)

    def to_json(self) -> JsonValue:
        """Return the signed document."""
        return self.signed.to_json()


class InvitationCertificate(InvitationBody, frozen=True, kw_only=True):
    """An invitation that the root of its organisation signed."""

    signed: SignedDocument

    @classmethod
    def make(
        cls, root: Signer, *, invitation: str, public: bytes, expires: datetime, person: str | UnsetType = UNSET
    ) -> Self:
        """Return the certificate signed by `root`. Raises UserError `trust.document_damaged` for no `PersonName`."""
        body = InvitationBody(organisation_id(root.public), invitation, public, expires, person)
        return cls.verified(SignedDocument.make(_INVITATION, body, root), root.public)

    @classmethod
    def from_json(cls, value: JsonValue, root: bytes) -> Self:
        """Return a certificate that `root` signed. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
        return cls.verified(SignedDocument.from_json(value), root)

    @classmethod
    def verified(cls, document: SignedDocument, root: bytes) -> Self:
        """Return the certificate in `document`, checked. Raises as `from_json`."""
        body = document.verify(_INVITATION, InvitationBody, root)
        if body.organisation != organisation_id(root):
            raise UserError(UNSIGNED)
        return cls(**asdict(body), signed=document)


class DeviceCertificate(DeviceBody, frozen=True):
    """A device that the owner of an invitation signed for."""

    signed: SignedDocument

    @classmethod
    def make(cls, key: Signer, invitation: InvitationCertificate, *, public: bytes, issued: datetime) -> Self:
        """Return the certificate signed by the invitation's `key`."""
        body = DeviceBody(invitation.organisation, invitation.invitation, device_id(public), public, issued)
        return cls.verified(SignedDocument.make(_DEVICE, body, key), invitation)

    @classmethod
    def verified(cls, document: SignedDocument, invitation: InvitationCertificate) -> Self:
        """Return a certificate that `invitation` signed while it was valid.

        Raises UserError `trust.document_damaged`, `trust.not_signed`, or `enrol.invitation_expired`.
        """
        body = document.verify(_DEVICE, DeviceBody, invitation.public)
        named = (body.organisation, body.invitation, body.device)
        if named != (invitation.organisation, invitation.invitation, device_id(body.public)):
            raise UserError(UNSIGNED)
        if body.issued > invitation.expires:
            raise UserError("enrol.invitation_expired")
        return cls(**asdict(body), signed=document)


@dataclass(frozen=True, slots=True)
class DeviceChain:
    """What proves where a device belongs, every link verified: root → invitation → device."""

    invitation: InvitationCertificate
    device: DeviceCertificate

    def to_json(self) -> JsonValue:
        """Return both signed documents: `{"device": …, "invitation": …}`."""
        return {"device": self.device.signed.to_json(), "invitation": self.invitation.signed.to_json()}


def claimed_device(chain: CertificateChain) -> DeviceBody:
    """Return what a chain says of its device, nothing verified. Raises UserError `trust.document_damaged`."""
    return chain.device.claim(_DEVICE, DeviceBody)


def claimed_subject(chain: CertificateChain) -> str:
    """Return who a chain says works with its device, nothing verified. Raises UserError `trust.document_damaged`."""
    return chain.invitation.claim(_INVITATION, InvitationBody).subject


def verify_chain(value: JsonValue | CertificateChain, root: bytes, revoked: Sequence[DeviceId] = ()) -> DeviceChain:
    """Return the chain when every link holds up to `root` and the device is not `revoked`.

    Raises UserError `trust.document_damaged`, `trust.not_signed`, `enrol.invitation_expired` or `trust.device_revoked`.
    """
    shown = value if isinstance(value, CertificateChain) else read_part(CertificateChain, value)
    invitation = InvitationCertificate.verified(shown.invitation, root)
    chain = DeviceChain(invitation, DeviceCertificate.verified(shown.device, invitation))
    if chain.device.device in revoked:
        raise UserError("trust.device_revoked")
    return chain
