"""What the server believes of a signature: the chain root → invitation → device, and what an enrolled device signed."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from desktop.sync.wire import (
    DEVICE,
    INVITATION,
    Clock,
    DeviceBody,
    DeviceChain,
    InvitationBody,
    UserError,
    read_certificate,
    to_bytes,
)
from protocol.identifiers import device_id
from server.problems import Refusal
from server.store.devices import Enrolment

_NOT_SOUND = "enrol.chain_broken"


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the owner of the raw Ed25519 public `key` signed `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def device_of(chain: DeviceChain) -> DeviceBody:
    """Return what a chain claims about its device, nothing verified yet. Raises Refusal `enrol.chain_broken`."""
    try:
        return read_certificate(chain.device, DEVICE, DeviceBody)[0]
    except UserError as error:
        raise Refusal(_NOT_SOUND) from error


def verify_chain(chain: DeviceChain, root: bytes, clock: Clock) -> Enrolment:
    """Return the enrolment that a sound chain from `root` asks for.

    Raises Refusal `enrol.chain_broken`, or `enrol.invitation_expired` when the device certified itself, or comes to
    the server, after the invitation's last moment.
    """
    try:
        invitation, invitation_bytes = read_certificate(chain.invitation, INVITATION, InvitationBody)
        device, device_bytes = read_certificate(chain.device, DEVICE, DeviceBody)
    except UserError as error:
        raise Refusal(_NOT_SOUND) from error
    sound = (
        is_signed(root, invitation_bytes, chain.invitation.signature)
        and is_signed(invitation.public, device_bytes, chain.device.signature)
        and (device.organisation, device.invitation) == (invitation.organisation, invitation.invitation)
        and device.device == device_id(device.public)
    )
    if not sound:
        raise Refusal(_NOT_SOUND)
    if max(device.issued, clock.now()) > invitation.expires:
        raise Refusal("enrol.invitation_expired")
    return Enrolment(
        device=device.device,
        organisation=device.organisation,
        invitation=device.invitation,
        key=device.public,
        chain=to_bytes(chain),
    )
