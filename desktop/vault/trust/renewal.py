"""Bringing a new wrapping key of the organisation to its devices, past a device that knows the old one.

The new private key is wrapped for the own key of each device, which follows from the seed of its identity. The root
signs what each gets, so that nobody slips a key in. Pure. Bytes: docs/formats/trust.md.
"""

from datetime import datetime

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.crypto.wrapping import derive_private_key, public_key, unwrap_key, wrap_key
from desktop.vault.trust.organisation import OrganisationRoot
from protocol.canonical import canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.messages.documents import UNSIGNED
from protocol.renewal import KeyRenewal, WrappingKey, renewal_info, sign_renewal

_DAMAGED = "trust.document_damaged"


def own_wrapping_key(device: DeviceIdentity) -> WrappingKey:
    """Return the public wrapping key of this device, signed by it; the same every time."""
    return WrappingKey.make(device, public_key(_private(device)))


def make_renewal(organisation: OrganisationRoot, recipient: WrappingKey, moment: datetime) -> bytes:
    """Return the signed document that brings every wrapping key of `organisation` to the device `recipient`.

    All of them: a device that was away for two renewals finds the key between them in it too. Raises UserError
    `trust.key_damaged` or `trust.suite_unknown` for the key of the recipient.
    """
    card = organisation.card
    keys = canonical_bytes({"wraps": [to_base64(wrap) for wrap in organisation.wraps]})
    wrapped = wrap_key(recipient.public, keys, renewal_info(card.id, recipient.device, card.version))
    return sign_renewal(organisation.root, KeyRenewal(card, recipient.device, moment, wrapped))


def open_renewal(renewal: KeyRenewal, device: DeviceIdentity) -> tuple[bytes, ...]:
    """Return the organisation's private wrapping keys, newest first, out of a verified `renewal` for this device.

    Raises UserError `trust.not_signed` for another device's, `trust.wrap_damaged`, `trust.suite_unknown`, or
    `trust.document_damaged` where the first key is not the one behind the card.
    """
    if renewal.device != device.id:
        raise UserError(UNSIGNED)
    info = renewal_info(renewal.card.id, renewal.device, renewal.card.version)
    fields = JsonFields.parse(unwrap_key(_private(device), renewal.wrapped, info), _DAMAGED)
    wraps = fields.binaries("wraps")
    fields.finish()
    if not wraps or public_key(wraps[0]) != renewal.card.wrap:
        raise UserError(_DAMAGED)
    return wraps


def _private(device: DeviceIdentity) -> bytes:
    """Return the private wrapping key of a device: it follows from the seed of its identity."""
    return derive_private_key(device.seed, b"opmaat/device-wrapping-key/1")
