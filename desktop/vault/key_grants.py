"""A key wrapped for an organisation and signed by the device that gave it: nobody, the server least, slips in a key.

The chain of the giving device travels along, so that only its organisation's root is needed.
Bytes: docs/formats/trust.md.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.stretching import KEY_BYTES
from desktop.vault.crypto.wrapping import WrapInfo, unwrap_key, wrap_key
from desktop.vault.vault import Vault
from protocol.canonical import canonical_bytes
from protocol.certificates import OrganisationCard, verify_chain
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.messages.documents import UNSIGNED
from protocol.signatures import SIGNATURE_BYTES, is_signed

LARGEST = 16 * 1024
"""A larger grant is not read."""

_DAMAGED = "trust.wrap_damaged"
_KEY_ID_BYTES = 8


def give(vault: Vault, info: WrapInfo, recipient: OrganisationCard, key: bytes) -> bytes:
    """Return `key` for `recipient`, signed by this device.

    Raises UserError `vault.no_organisation`, `vault.not_certified` for a restored copy that has yet to join, `trust.…`.
    """
    chain = vault.membership.chain
    if chain.device.device != vault.device.id:
        raise UserError("vault.not_certified")
    wrapped = wrap_key(recipient.wrap, key, info.to_bytes())
    return canonical_bytes(
        {
            "chain": chain.to_json(),
            "giver": chain.device.organisation,
            "signature": to_base64(vault.device.sign(_to_sign(info, wrapped))),
            "wrapped": to_base64(wrapped),
        }
    )


class GivenKey(NamedTuple):
    """A key, and the organisation whose device gave it."""

    key: bytes
    giver: OrganisationId


def receive(
    vault: Vault,
    info: WrapInfo,
    blob: bytes,
    roots: Mapping[OrganisationId, bytes],
    revoked: Sequence[DeviceId] = (),
) -> GivenKey:
    """Return the key in `blob` and its giver when a device that `roots` vouch for gave it.

    Raises UserError `trust.wrap_damaged`, `trust.not_signed`, `trust.organisation_unknown`, `trust.device_revoked`,
    `trust.suite_unknown` or `vault.no_organisation`.
    """
    if len(blob) > LARGEST:
        raise UserError(_DAMAGED)
    fields = JsonFields.parse(blob, _DAMAGED)
    giver = OrganisationId(fields.identifier("giver"))
    chain, signature = fields.value("chain"), fields.binary("signature", SIGNATURE_BYTES)
    wrapped = fields.binary("wrapped")
    fields.finish()
    if giver not in roots:
        raise UserError("trust.organisation_unknown")
    device = verify_chain(chain, roots[giver], revoked).device
    if not is_signed(device.public, _to_sign(info, wrapped), signature):
        raise UserError(UNSIGNED)
    key = vault.unwrap(info, wrapped)
    if len(key) != KEY_BYTES:
        raise UserError(_DAMAGED)
    return GivenKey(key, giver)


def is_for_newest_key(vault: Vault, info: WrapInfo, blob: bytes) -> bool:
    """Tell whether a grant that `receive` took is wrapped for the organisation's newest wrapping key."""
    wrapped = JsonFields.parse(blob, _DAMAGED).binary("wrapped")
    try:
        unwrap_key(vault.membership.wraps[0], wrapped, info.to_bytes())
    except UserError:
        return False
    return True


def key_id(key: bytes) -> bytes:
    """Return eight bytes that tell keys apart and say nothing about them."""
    return hashlib.sha256(b"opmaat/key-mark/1\0" + key).digest()[:_KEY_ID_BYTES]


def _to_sign(info: WrapInfo, wrapped: bytes) -> bytes:
    return b"opmaat/grant/1\0" + info.to_bytes() + hashlib.sha256(wrapped).digest()
