"""What the server believes of a device that wants to join: the chain root → invitation → device."""

from protocol.certificates import DeviceBody, claimed_device, claimed_subject, verify_chain
from protocol.errors import UserError
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_bytes, to_bytes
from protocol.times import Clock
from server.refusals import Refusal
from server.store.devices import Enrolment

_NOT_SOUND = "enrol.chain_broken"
_EXPIRED = "enrol.invitation_expired"


def device_of(chain: CertificateChain) -> DeviceBody:
    """Return what a chain claims about its device, nothing verified yet. Raises Refusal `enrol.chain_broken`."""
    try:
        return claimed_device(chain)
    except UserError as error:
        raise Refusal(_NOT_SOUND) from error


def subject_of(chain: bytes) -> str:
    """Return who works with an enrolled device, as its chain says; blank where it says nothing, or was damaged here."""
    try:
        return claimed_subject(from_bytes(CertificateChain, chain))
    except UserError:
        return ""


def verify_enrolment(shown: CertificateChain, root: bytes, clock: Clock, *, again: bool = False) -> Enrolment:
    """Return the enrolment that a sound chain from `root` asks for.

    Raises Refusal `enrol.chain_broken`, or `enrol.invitation_expired` when the device certified itself, or comes to
    the server, after the invitation's last moment; a device that is enrolled may come `again` at any time.
    """
    try:
        chain = verify_chain(shown, root)
    except UserError as error:
        raise Refusal(_EXPIRED if error.code == _EXPIRED else _NOT_SOUND) from error
    if not again and clock.now() > chain.invitation.expires:
        raise Refusal(_EXPIRED)
    device = chain.device
    return Enrolment(device.device, device.organisation, device.invitation, device.public, to_bytes(shown))
