"""Who belongs to whom: documents signed with Ed25519, and the chain root → invitation → device.

Every document is canonical JSON `{"body": …, "signature": …, "type": "opmaat/<kind>/1"}`; the signature is over the
type, a zero byte and the canonical bytes of the body, so that a document of one kind never passes for another.
Bytes: docs/formats/trust.md.
Everything here is pure: it works without a network, from documents that were kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from desktop.vault.crypto.codec import Fields
from desktop.vault.crypto.identity import SigningKey
from protocol.canonical import JsonValue, canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, device_id, is_id, organisation_id
from protocol.signatures import PUBLIC_BYTES, SIGNATURE_BYTES, is_signed
from protocol.times import time_text

DAMAGED = "trust.document_damaged"
UNSIGNED = "trust.not_signed"
RECEPTION = "reception"
MUNICIPALITY = "municipality"
KINDS = (RECEPTION, MUNICIPALITY)
"""What an organisation is: a reception location or a municipality."""


@dataclass(frozen=True, slots=True)
class Signed:
    """A document: its `kind`, its `body` and the signature over both."""

    kind: str
    body: JsonValue
    signature: bytes

    @classmethod
    def make(cls, kind: str, body: JsonValue, key: SigningKey) -> Self:
        """Return `body` signed by `key`."""
        return cls(kind, body, key.sign(_to_sign(kind, body)))

    @classmethod
    def from_json(cls, value: JsonValue, kind: str) -> Self:
        """Return the document; its signature is not checked yet. Raises UserError `trust.document_damaged`."""
        fields = Fields(value, DAMAGED)
        if fields.text("type") != f"opmaat/{kind}/1":
            raise UserError(DAMAGED)
        signed = cls(kind, fields.value("body"), fields.binary("signature", SIGNATURE_BYTES))
        fields.finish()
        return signed

    def to_json(self) -> JsonValue:
        """Return the document as it is stored and sent."""
        return {"body": self.body, "signature": to_base64(self.signature), "type": f"opmaat/{self.kind}/1"}

    def check(self, public: bytes) -> Fields:
        """Return the body's fields. Raises UserError `trust.not_signed` unless the owner of `public` signed them."""
        if not is_signed(public, _to_sign(self.kind, self.body), self.signature):
            raise UserError(UNSIGNED)
        return Fields(self.body, DAMAGED)


@dataclass(frozen=True, slots=True)
class OrganisationCard:
    """Who an organisation is: `root` is its Ed25519 public key, `wrap` the key others wrap for (wrapping.public_key).

    `version` grows when the organisation changes its name or wrapping key. The card is signed by its own root and `id`
    follows from that root, so the card of one organisation never passes for that of another.
    """

    id: OrganisationId
    name: str
    kind: str
    root: bytes
    wrap: bytes
    version: int
    signed: Signed

    @classmethod
    def make(cls, root: SigningKey, *, name: str, kind: str, wrap: bytes, version: int = 1) -> Self:
        """Return the card signed by `root`."""
        body: JsonValue = {
            "id": organisation_id(root.public),
            "kind": kind,
            "name": name,
            "root": to_base64(root.public),
            "version": version,
            "wrap": to_base64(wrap),
        }
        return cls.from_json(Signed.make("organisation", body, root).to_json())

    @classmethod
    def from_json(cls, value: JsonValue) -> Self:
        """Return a checked card. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
        signed = Signed.from_json(value, "organisation")
        root = Fields(signed.body, DAMAGED).binary("root", PUBLIC_BYTES)
        fields = signed.check(root)
        fields.value("root")
        card = cls(
            id=OrganisationId(fields.identifier("id")),
            name=fields.text("name"),
            kind=fields.text("kind"),
            root=root,
            wrap=fields.binary("wrap"),
            version=fields.number("version"),
            signed=signed,
        )
        fields.finish()
        if card.id != organisation_id(root) or card.kind not in KINDS:
            raise UserError(DAMAGED)
        return card

    def to_json(self) -> JsonValue:
        """Return the signed document."""
        return self.signed.to_json()


@dataclass(frozen=True, slots=True)
class InvitationCertificate:
    """The root's word that the owner of `public` may certify one device of `organisation` until `expires`."""

    organisation: OrganisationId
    invitation: str
    public: bytes
    expires: datetime
    signed: Signed

    @classmethod
    def make(cls, root: SigningKey, *, invitation: str, public: bytes, expires: datetime) -> Self:
        """Return the certificate signed by `root`."""
        body: JsonValue = {
            "expires": time_text(expires),
            "invitation": invitation,
            "organisation": organisation_id(root.public),
            "public": to_base64(public),
        }
        return cls.from_json(Signed.make("invitation", body, root).to_json(), root.public)

    @classmethod
    def from_json(cls, value: JsonValue, root: bytes) -> Self:
        """Return a certificate that `root` signed. Raises UserError `trust.document_damaged` or `trust.not_signed`."""
        signed = Signed.from_json(value, "invitation")
        fields = signed.check(root)
        certificate = cls(
            organisation=OrganisationId(fields.identifier("organisation")),
            invitation=fields.identifier("invitation"),
            public=fields.binary("public", PUBLIC_BYTES),
            expires=fields.moment("expires"),
            signed=signed,
        )
        fields.finish()
        if certificate.organisation != organisation_id(root):
            raise UserError(UNSIGNED)
        return certificate


@dataclass(frozen=True, slots=True)
class DeviceCertificate:
    """The invitation's word that the owner of `public` is a device of `organisation` since `issued`."""

    organisation: OrganisationId
    invitation: str
    device: DeviceId
    public: bytes
    issued: datetime
    signed: Signed

    @classmethod
    def make(cls, key: SigningKey, invitation: InvitationCertificate, *, public: bytes, issued: datetime) -> Self:
        """Return the certificate signed by the invitation's `key`."""
        body: JsonValue = {
            "device": device_id(public),
            "invitation": invitation.invitation,
            "issued": time_text(issued),
            "organisation": invitation.organisation,
            "public": to_base64(public),
        }
        return cls.from_json(Signed.make("device", body, key).to_json(), invitation)

    @classmethod
    def from_json(cls, value: JsonValue, invitation: InvitationCertificate) -> Self:
        """Return a certificate that `invitation` signed while it was valid.

        Raises UserError `trust.document_damaged`, `trust.not_signed`, or `enrol.invitation_expired`.
        """
        signed = Signed.from_json(value, "device")
        fields = signed.check(invitation.public)
        certificate = cls(
            organisation=OrganisationId(fields.identifier("organisation")),
            invitation=fields.identifier("invitation"),
            device=DeviceId(fields.identifier("device")),
            public=fields.binary("public", PUBLIC_BYTES),
            issued=fields.moment("issued"),
            signed=signed,
        )
        fields.finish()
        named = (certificate.organisation, certificate.invitation, certificate.device)
        if named != (invitation.organisation, invitation.invitation, device_id(certificate.public)):
            raise UserError(UNSIGNED)
        if certificate.issued > invitation.expires:
            raise UserError("enrol.invitation_expired")
        return certificate


@dataclass(frozen=True, slots=True)
class DeviceChain:
    """What a device shows to prove where it belongs: root → invitation → device."""

    invitation: InvitationCertificate
    device: DeviceCertificate

    def to_json(self) -> JsonValue:
        """Return both signed documents: `{"device": …, "invitation": …}`."""
        return {"device": self.device.signed.to_json(), "invitation": self.invitation.signed.to_json()}


def verify_chain(value: JsonValue, root: bytes, revoked: Sequence[DeviceId] = ()) -> DeviceChain:
    """Return the chain when every link holds up to `root` and the device is not `revoked`.

    Raises UserError `trust.document_damaged`, `trust.not_signed`, `enrol.invitation_expired` or `trust.device_revoked`.
    """
    fields = Fields(value, DAMAGED)
    invitation = InvitationCertificate.from_json(fields.value("invitation"), root)
    chain = DeviceChain(invitation, DeviceCertificate.from_json(fields.value("device"), invitation))
    fields.finish()
    if chain.device.device in revoked:
        raise UserError("trust.device_revoked")
    return chain


@dataclass(frozen=True, slots=True)
class Directory:
    """What an organisation's root says is so: whom it knows and whose devices it no longer trusts.

    `version` only grows; `organisations` are checked cards, among them always the organisation's own.
    """

    organisation: OrganisationId
    version: int
    issued: datetime
    organisations: tuple[OrganisationCard, ...]
    revoked: tuple[DeviceId, ...]

    def card(self, organisation: OrganisationId) -> OrganisationCard:
        """Return the card of `organisation`. Raises UserError `trust.organisation_unknown`."""
        for card in self.organisations:
            if card.id == organisation:
                return card
        raise UserError("trust.organisation_unknown")


def sign_directory(root: SigningKey, directory: Directory) -> bytes:
    """Return the canonical bytes of `directory`, signed by the root it belongs to."""
    body: JsonValue = {
        "issued": time_text(directory.issued),
        "organisation": organisation_id(root.public),
        "organisations": [card.to_json() for card in directory.organisations],
        "revoked": sorted(directory.revoked),
        "version": directory.version,
    }
    return canonical_bytes(Signed.make("directory", body, root).to_json())


def verify_directory(data: bytes, root: bytes, at_least: int = 0) -> Directory:
    """Return the directory that `root` signed.

    Raises UserError `trust.document_damaged`, `trust.not_signed`, or `trust.directory_old` for a version below
    `at_least`, the version kept last: an old directory would bring a revoked device back.
    """
    whole = Fields.parse(data, DAMAGED)
    document: JsonValue = {name: whole.value(name) for name in ("body", "signature", "type")}
    whole.finish()
    fields = Signed.from_json(document, "directory").check(root)
    directory = Directory(
        organisation=OrganisationId(fields.identifier("organisation")),
        version=fields.number("version"),
        issued=fields.moment("issued"),
        organisations=tuple(OrganisationCard.from_json(card) for card in fields.items("organisations")),
        revoked=tuple(_device(item) for item in fields.items("revoked")),
    )
    fields.finish()
    if directory.organisation != organisation_id(root):
        raise UserError(UNSIGNED)
    if directory.version < at_least:
        raise UserError("trust.directory_old")
    return directory


def _device(value: JsonValue) -> DeviceId:
    if not isinstance(value, str) or not is_id(value):
        raise UserError(DAMAGED)
    return DeviceId(value)


def _to_sign(kind: str, body: JsonValue) -> bytes:
    return f"opmaat/{kind}/1".encode() + b"\0" + canonical_bytes(body)
