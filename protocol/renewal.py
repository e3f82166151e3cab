"""A new wrapping key for an organisation, brought to each of its devices: what the device and the root sign about it.

A device has a wrapping key of its own and signs for it; the root signs one document per device with the organisation's
new card and its private wrapping keys, wrapped for that device alone. Bytes: docs/formats/trust.md.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Self, TypeVar

from protocol.certificates import OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId, device_id, organisation_id
from protocol.messages.documents import DAMAGED, UNSIGNED, SignedDocument
from protocol.messages.enrolment import CertificateChain
from protocol.messages.fields import AnyBytes, Device, Moment, Organisation, Wrapped
from protocol.messages.message import Message, from_bytes, to_bytes
from protocol.signatures import Signer

_WRAPPING, _RENEWAL = "wrapping", "renewal"
_VERSION_BYTES = 8
_LONGEST_KEY = 2048

_File = TypeVar("_File", bound=Message)


class WrappingKeyBody(Message, frozen=True):
    """The owner of `device` says: keys for this device alone are wrapped for `public`."""

    device: Device
    public: AnyBytes


class RenewalBody(Message, frozen=True):
    """What a renewal says; the card in it is not verified yet."""

    card: SignedDocument
    device: Device
    issued: Moment
    organisation: Organisation
    wrapped: Wrapped


class LaptopFile(Message, frozen=True):
    """What a laptop gives its administrator on a stick: who it is, and its own wrapping key; nothing verified yet."""

    chain: CertificateChain
    wrapping: SignedDocument

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return the file in its canonical bytes. Raises UserError `trust.document_damaged`."""
        return _read(cls, data)


class KeysFile(Message, frozen=True):
    """What the administrator gives laptops on a stick: the newest directory, and a renewal for each of some devices.

    Every document in it is signed by the root of the organisation; nothing is verified yet.
    """

    directory: SignedDocument
    renewals: tuple[SignedDocument, ...]

    @classmethod
    def read(cls, data: bytes) -> Self:
        """Return the file in its canonical bytes. Raises UserError `trust.document_damaged`."""
        return _read(cls, data)

    def renewal_for(self, device: DeviceId, root: bytes) -> "KeyRenewal | None":
        """Return the renewal in it for `device`, verified with `root`; None without one. Raises as `verify_renewal`."""
        for document in self.renewals:
            if document.body.get("device") == device:
                return verify_renewal(to_bytes(document), root)
        return None


@dataclass(frozen=True, slots=True)
class WrappingKey:
    """The public wrapping key of one device (first byte: the suite), signed by that device."""

    device: DeviceId
    public: bytes
    signed: SignedDocument

    @classmethod
    def make(cls, device: Signer, public: bytes) -> Self:
        """Return the key `public` of `device`, signed by it."""
        body = WrappingKeyBody(device_id(device.public), public)
        return cls(body.device, body.public, SignedDocument.make(_WRAPPING, body, device))

    @classmethod
    def verified(cls, document: SignedDocument, device_public: bytes) -> Self:
        """Return the wrapping key that the owner of `device_public` signed.

        Raises UserError `trust.document_damaged` or `trust.not_signed`, the latter also for another device's.
        """
        body = document.verify(_WRAPPING, WrappingKeyBody, device_public)
        if body.device != device_id(device_public):
            raise UserError(UNSIGNED)
        if len(body.public) > _LONGEST_KEY:
            raise UserError(DAMAGED)
        return cls(body.device, body.public, document)


@dataclass(frozen=True, slots=True)
class KeyRenewal:
    """The newest `card` of an organisation, and for `device` the private wrapping keys behind it, wrapped."""

    card: OrganisationCard
    device: DeviceId
    issued: datetime
    wrapped: bytes


def renewal_info(organisation: OrganisationId, device: DeviceId, version: int) -> bytes:
    """Return the `info` of HPKE: the wrap opens for this organisation, device and version of the card only."""
    parts = (b"opmaat/renewal/1\0", bytes.fromhex(organisation), bytes.fromhex(device))
    return b"".join((*parts, version.to_bytes(_VERSION_BYTES, "big")))


def sign_renewal(root: Signer, renewal: KeyRenewal) -> bytes:
    """Return the canonical bytes of `renewal`, signed by the root of its organisation."""
    body = RenewalBody(
        card=renewal.card.signed,
        device=renewal.device,
        issued=renewal.issued,
        organisation=organisation_id(root.public),
        wrapped=renewal.wrapped,
    )
    return to_bytes(SignedDocument.make(_RENEWAL, body, root))


def verify_renewal(data: bytes, root: bytes) -> KeyRenewal:
    """Return the renewal that `root` signed, its card verified. Raises UserError `trust.document_damaged`/`not_signed`.

    Whether it is for this device, and about the card that the directory names, is for the caller to say.
    """
    body = SignedDocument.from_bytes(data).verify(_RENEWAL, RenewalBody, root)
    card = OrganisationCard.verified(body.card)
    if {body.organisation, card.id} != {organisation_id(root)}:
        raise UserError(UNSIGNED)
    return KeyRenewal(card, body.device, body.issued, body.wrapped)


def _read(kind: type[_File], data: bytes) -> _File:
    try:
        return from_bytes(kind, data)
    except UserError:
        raise UserError(DAMAGED) from None
