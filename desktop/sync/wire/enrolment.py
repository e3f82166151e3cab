"""Joining: a device shows the chain from its organisation's root to itself.

    root ──signs──> invitation certificate (names the invitation's key)
    invitation key ──signs──> device certificate (names the device's key)

`desktop.vault.trust` makes and judges these documents on laptops; the server reads them here and verifies them itself.
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated, TypeVar

from desktop.sync.wire.codec import Nested, from_value
from desktop.sync.wire.forms import Raw, Text
from desktop.sync.wire.signed import broken
from desktop.sync.wire.words import Device, InvitationId, Key, Organisation, Signature, Time
from protocol.canonical import JsonValue
from protocol.signatures import bytes_to_sign, document_type

INVITATION = "invitation"
DEVICE = "device"

_Body = TypeVar("_Body")


@dataclass(frozen=True, slots=True)
class Certificate:
    """A signed document; holding one says nothing yet about its signature."""

    body: Annotated[JsonValue, Raw()]
    signature: Signature
    type: Annotated[str, Text(r"opmaat/[a-z]+/1")]


@dataclass(frozen=True, slots=True)
class DeviceChain:
    """The two certificates between the root of an organisation and a device.

    A device sends it to enrol, in a request signed with the key that it names; others fetch it to verify what the
    device signed. The root itself never travels here: whoever verifies has it from an invitation or a directory.
    """

    device: Annotated[Certificate, Nested(Certificate)]
    invitation: Annotated[Certificate, Nested(Certificate)]


@dataclass(frozen=True, slots=True)
class InvitationBody:
    """The root lets the owner of `public` certify one device of `organisation`, until `expires`."""

    expires: Time
    invitation: InvitationId
    organisation: Organisation
    public: Key


@dataclass(frozen=True, slots=True)
class DeviceBody:
    """The owner of the invitation says: `public` is the key of `device` of `organisation` since `issued`."""

    device: Device
    invitation: InvitationId
    issued: Time
    organisation: Organisation
    public: Key


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The server's answer to an enrolment, and to each repetition of it by the same device."""

    organisation: Organisation
    device: Device


def read_certificate(certificate: Certificate, kind: str, body: type[_Body]) -> tuple[_Body, bytes]:
    """Return what a certificate says, and the bytes its signature must be over.

    Raises UserError `sync.message_broken` when it is of another kind or says something else than `body` can.
    """
    if certificate.type != document_type(kind):
        raise broken("certificate")
    return from_value(body, certificate.body), bytes_to_sign(kind, certificate.body)


def device_id_of(public: bytes) -> str:
    """Return the identifier that follows from a device's public key, so that nobody can claim another's."""
    return hashlib.sha256(b"opmaat/device/1\0" + public).digest()[:16].hex()
