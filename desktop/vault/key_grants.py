"""A key wrapped for an organisation and signed by the device that gave it: nobody, the server least, slips in a key.

The chain of the giving device travels along, so that only its organisation's root is needed.
Bytes: docs/formats/trust.md.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.stretching import KEY_BYTES
from desktop.vault.crypto.wrapping import UnwrappingKey, WrapInfo, unwrap_key, wrap_key
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue, canonical_bytes
from protocol.certificates import DeviceCertificate, OrganisationCard, verify_chain
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


def make_unwrapper(vault: Vault) -> Callable[[WrapInfo, bytes], bytes]:
    """Return what opens keys that were wrapped for the organisation of `vault`; let it go before the vault locks.

    It raises UserError `trust.wrap_damaged` or `trust.suite_unknown`. Raises UserError `vault.no_organisation`.
    """
    keys = [UnwrappingKey(private) for private in vault.membership.wraps]

    def unwrap(info: WrapInfo, wrapped: bytes) -> bytes:
        failure = UserError(_DAMAGED)
        for key in keys:
            try:
                return key.unwrap(wrapped, info.to_bytes())
            except UserError as error:
                failure = error
        raise failure

    return unwrap


class KeyReceiver:
    """Takes in keys that others gave to the organisation of a vault; let it go before the vault locks.

    A chain that many keys came with is verified once.
    """

    def __init__(self, vault: Vault, roots: Mapping[OrganisationId, bytes], revoked: Sequence[DeviceId] = ()) -> None:
        """Take keys from devices that `roots` vouch for and that are not `revoked`.

        Raises UserError `vault.no_organisation`.
        """
        self._unwrap = make_unwrapper(vault)
        self._roots = roots
        self._revoked = revoked
        self._devices: dict[tuple[OrganisationId, bytes], DeviceCertificate] = {}

    def receive(self, info: WrapInfo, blob: bytes) -> GivenKey:
        """Return the key in `blob` and its giver.

        Raises UserError `trust.wrap_damaged`, `trust.not_signed`, `trust.organisation_unknown`, `trust.device_revoked`
        or `trust.suite_unknown`.
        """
        if len(blob) > LARGEST:
            raise UserError(_DAMAGED)
        fields = JsonFields.parse(blob, _DAMAGED)
        giver = OrganisationId(fields.identifier("giver"))
        chain, signature = fields.value("chain"), fields.binary("signature", SIGNATURE_BYTES)
        wrapped = fields.binary("wrapped")
        fields.finish()
        if giver not in self._roots:
            raise UserError("trust.organisation_unknown")
        if not is_signed(self._device(giver, chain).public, _to_sign(info, wrapped), signature):
            raise UserError(UNSIGNED)
        key = self._unwrap(info, wrapped)
        if len(key) != KEY_BYTES:
            raise UserError(_DAMAGED)
        return GivenKey(key, giver)

    def _device(self, giver: OrganisationId, chain: JsonValue) -> DeviceCertificate:
        shown = (giver, msgspec.json.encode(chain))
        if shown not in self._devices:
            self._devices[shown] = verify_chain(chain, self._roots[giver], self._revoked).device
        return self._devices[shown]


def is_for_newest_key(vault: Vault, info: WrapInfo, blob: bytes) -> bool:
    """Tell whether a grant that `KeyReceiver` took is wrapped for the organisation's newest wrapping key."""
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
