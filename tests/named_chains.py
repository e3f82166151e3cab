"""Chains of devices whose invitation names a person, made by hand."""

from datetime import UTC, datetime

from desktop.vault.crypto.identity import DeviceIdentity, SigningKey
from protocol.certificates import DeviceCertificate, DeviceChain, InvitationCertificate

_MOMENT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)


def named_chain(person: str, root: SigningKey | None = None, device: DeviceIdentity | None = None) -> DeviceChain:
    """Return what certifies `device` for `person`; fresh keys where none are given."""
    key, owner = SigningKey.new(), device or DeviceIdentity.new()
    invitation = InvitationCertificate.make(
        root or SigningKey.new(), invitation="5" * 32, public=key.public, expires=_MOMENT, person=person
    )
    return DeviceChain(invitation, DeviceCertificate.make(key, invitation, public=owner.public, issued=_MOMENT))
