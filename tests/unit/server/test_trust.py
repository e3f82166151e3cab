"""Whom the server enrols: a device whose chain is sound and came in time."""

from datetime import UTC, datetime, timedelta

import pytest

from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate
from protocol.messages.enrolment import CertificateChain
from protocol.messages.message import from_value
from protocol.times import SettableClock
from server.refusals import Refusal
from server.trust import verify_enrolment

MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def _chain(root: SigningKey, device: DeviceIdentity, *, expires: datetime, issued: datetime) -> CertificateChain:
    key = SigningKey.new()
    invitation = InvitationCertificate.make(root, invitation="5" * 32, public=key.public, expires=expires)
    certificate = DeviceCertificate.make(key, invitation, public=device.public, issued=issued)
    return from_value(CertificateChain, DeviceChain(invitation, certificate).to_json())


def test_a_sound_chain_gives_an_enrolment() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    chain = _chain(root, device, expires=MOMENT + timedelta(hours=1), issued=MOMENT)

    asked = verify_enrolment(chain, root.public, SettableClock(MOMENT))

    assert (asked.device, asked.key, asked.invitation) == (device.id, device.public, "5" * 32)


def test_a_chain_that_comes_too_late_is_refused() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    chain = _chain(root, device, expires=MOMENT, issued=MOMENT)

    with pytest.raises(Refusal, match=r"enrol\.invitation_expired"):
        verify_enrolment(chain, root.public, SettableClock(MOMENT + timedelta(seconds=1)))


def test_a_chain_that_is_not_sound_is_refused() -> None:
    root, device = SigningKey.new(), DeviceIdentity(SigningKey.new().seed)
    later = MOMENT + timedelta(hours=1)
    chain = _chain(root, device, expires=later, issued=MOMENT)
    other = _chain(root, device, expires=later, issued=MOMENT)
    mixed = CertificateChain(device=other.device, invitation=chain.invitation)
    swapped = CertificateChain(device=chain.invitation, invitation=chain.device)

    for broken, key in ((chain, SigningKey.new().public), (mixed, root.public), (swapped, root.public), (chain, b"")):
        with pytest.raises(Refusal, match=r"enrol\.chain_broken"):
            verify_enrolment(broken, key, SettableClock(MOMENT))
