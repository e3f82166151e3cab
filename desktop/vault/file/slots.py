"""Slots: each holds the vault key, sealed under another secret. Bytes: docs/formats/vault.md.

A slot of a kind this version does not know is kept as it is: a later version may have put it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from desktop.vault.crypto.codec import ByteReader, sized
from desktop.vault.crypto.sealing import new_key, open_sealed, seal
from desktop.vault.crypto.stretching import (
    CHECK_BYTES,
    KEY_BYTES,
    SALT_BYTES,
    Cost,
    StretchedKey,
    new_salt,
    split,
    stretch,
)
from desktop.vault.crypto.wrapping import wrap_key
from desktop.vault.file.recovery_key import from_words
from desktop.vault.trust.escrow import EscrowKey, EscrowRequest, escrow_info
from protocol.errors import UserError
from protocol.identifiers import OrganisationId, VaultId

DAMAGED = "vault.damaged"
_ORGANISATION_BYTES = 16


class SlotKind(IntEnum):
    """What opens a slot."""

    PASSPHRASE = 1
    RECOVERY = 2
    ESCROW = 3


@dataclass(frozen=True, slots=True)
class Slot:
    """One slot as it lies in the file: its kind and its bytes."""

    kind: int
    data: bytes


def passphrase_slot(vault: VaultId, vault_key: bytes, passphrase: str, cost: Cost) -> Slot:
    """Return a slot that opens with `passphrase`."""
    salt = new_salt()
    stretched = stretch(passphrase, salt, cost, b"passphrase")
    return _seal(vault, vault_key, SlotKind.PASSPHRASE, cost.to_bytes() + salt, stretched)


def recovery_slot(vault: VaultId, vault_key: bytes, entropy: bytes) -> Slot:
    """Return a slot that opens with the words of `entropy`; those are strong enough to need no stretching."""
    salt = new_salt()
    return _seal(vault, vault_key, SlotKind.RECOVERY, salt, split(entropy, salt, b"recovery"))


def escrow_slot(vault: VaultId, vault_key: bytes, key: EscrowKey, person: str) -> Slot:
    """Return a slot that opens with a random secret, which is wrapped for the organisation's escrow key."""
    salt, secret = new_salt(), new_key()
    wrapped = wrap_key(key.public, secret, escrow_info(vault, key.organisation, person))
    public = salt + bytes.fromhex(key.organisation) + sized(wrapped, 2)
    return _seal(vault, vault_key, SlotKind.ESCROW, public, split(secret, salt, b"escrow"))


def escrow_wrap(slot: Slot) -> tuple[OrganisationId, bytes]:
    """Return for which organisation an escrow slot is, and the wrap of its secret. Raises UserError `vault.damaged`."""
    reader = ByteReader(slot.data, DAMAGED)
    reader.take(SALT_BYTES)
    return OrganisationId(reader.take(_ORGANISATION_BYTES).hex()), reader.sized(2)


def escrow_request(slots: Sequence[Slot], vault: VaultId, person: str, moment: datetime) -> EscrowRequest:
    """Return what to send to the administrator so that these slots open. Raises UserError `escrow.none` without one."""
    found = next((slot for slot in slots if slot.kind == SlotKind.ESCROW), None)
    if found is None:
        raise UserError("escrow.none")
    organisation, wrapped = escrow_wrap(found)
    return EscrowRequest(vault, organisation, person, moment, wrapped)


def open_escrow_slot(vault: VaultId, slot: Slot, secret: bytes) -> bytes:
    """Return the vault key. Raises UserError `escrow.used` when the slot was made anew since, or `vault.damaged`."""
    reader = ByteReader(slot.data, DAMAGED)
    stretched = split(secret, reader.take(SALT_BYTES), b"escrow")
    reader.take(_ORGANISATION_BYTES)
    reader.sized(2)
    return _open(vault, slot, reader, stretched, "escrow.used")


def open_passphrase_slot(vault: VaultId, slot: Slot, passphrase: str) -> bytes:
    """Return the vault key. Raises UserError `vault.wrong_passphrase` or `vault.damaged`."""
    reader = ByteReader(slot.data, DAMAGED)
    cost = Cost.read(reader, DAMAGED)
    stretched = stretch(passphrase, reader.take(SALT_BYTES), cost, b"passphrase")
    return _open(vault, slot, reader, stretched, "vault.wrong_passphrase")


def open_recovery_slot(vault: VaultId, slot: Slot, words: Sequence[str]) -> bytes:
    """Return the vault key. Raises UserError `vault.wrong_recovery_key`, `vault.damaged`, or a code for the words."""
    reader = ByteReader(slot.data, DAMAGED)
    stretched = split(from_words(words), reader.take(SALT_BYTES), b"recovery")
    return _open(vault, slot, reader, stretched, "vault.wrong_recovery_key")


def cost_of(slot: Slot) -> Cost:
    """Return what a guess at this passphrase slot costs."""
    return Cost.read(ByteReader(slot.data, DAMAGED), DAMAGED)


def find(slots: Sequence[Slot], kind: SlotKind) -> Slot:
    """Return the slot of this kind. Raises UserError `vault.no_such_slot`."""
    for slot in slots:
        if slot.kind == kind:
            return slot
    raise UserError("vault.no_such_slot")


def replace(slots: Sequence[Slot], slot: Slot) -> tuple[Slot, ...]:
    """Return `slots` with `slot` in the place of the one of its kind."""
    return (*(other for other in slots if other.kind != slot.kind), slot)


def without(slots: Sequence[Slot], kind: SlotKind) -> tuple[Slot, ...]:
    """Return `slots` without those of `kind`.

    Raises UserError `vault.no_such_slot` when there is none, and `vault.last_slot` when no passphrase and no recovery
    key would be left: with an escrow alone nobody opens the vault by themselves.
    """
    find(slots, kind)
    left = tuple(slot for slot in slots if slot.kind != kind)
    if not {SlotKind.PASSPHRASE, SlotKind.RECOVERY} & {slot.kind for slot in left}:
        raise UserError("vault.last_slot")
    return left


def _associated_data(vault: VaultId, kind: int, public: bytes) -> bytes:
    return b"opmaat/slot/1\0" + bytes.fromhex(vault) + bytes((kind,)) + public


def _seal(vault: VaultId, vault_key: bytes, kind: SlotKind, public: bytes, stretched: StretchedKey) -> Slot:
    public += stretched.check
    return Slot(kind, public + seal(stretched.key, vault_key, _associated_data(vault, kind, public)))


def _open(vault: VaultId, slot: Slot, reader: ByteReader, stretched: StretchedKey, wrong: str) -> bytes:
    key = stretched.require(reader.take(CHECK_BYTES), wrong)
    at = reader.position
    vault_key = open_sealed(key, slot.data[at:], _associated_data(vault, slot.kind, slot.data[:at]), DAMAGED)
    if len(vault_key) != KEY_BYTES:
        raise UserError(DAMAGED)
    return vault_key
