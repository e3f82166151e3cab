"""Slots: each holds the vault key, sealed under another secret. Bytes: docs/formats/vault.md.

A slot of a kind this version does not know is kept as it is: a later version may have put it there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from desktop.kernel.errors import UserError
from desktop.kernel.ids import VaultId
from desktop.vault.codec import Reader
from desktop.vault.recovery import from_words
from desktop.vault.sealing import open_sealed, seal
from desktop.vault.stretching import CHECK_BYTES, SALT_BYTES, Cost, StretchedKey, new_salt, split, stretch

DAMAGED = "vault.damaged"


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


def open_passphrase_slot(vault: VaultId, slot: Slot, passphrase: str) -> bytes:
    """Return the vault key. Raises UserError `vault.wrong_passphrase` or `vault.damaged`."""
    reader = Reader(slot.data, DAMAGED)
    cost = Cost.read(reader, DAMAGED)
    stretched = stretch(passphrase, reader.take(SALT_BYTES), cost, b"passphrase")
    return _open(vault, slot, reader, stretched, "vault.wrong_passphrase")


def open_recovery_slot(vault: VaultId, slot: Slot, words: Sequence[str]) -> bytes:
    """Return the vault key. Raises UserError `vault.wrong_recovery_key`, `vault.damaged`, or a code for the words."""
    reader = Reader(slot.data, DAMAGED)
    stretched = split(from_words(words), reader.take(SALT_BYTES), b"recovery")
    return _open(vault, slot, reader, stretched, "vault.wrong_recovery_key")


def cost_of(slot: Slot) -> Cost:
    """Return what a guess at this passphrase slot costs."""
    return Cost.read(Reader(slot.data, DAMAGED), DAMAGED)


def find(slots: Sequence[Slot], kind: SlotKind) -> Slot:
    """Return the slot of this kind. Raises UserError `vault.no_such_slot`."""
    for slot in slots:
        if slot.kind == kind:
            return slot
    raise UserError("vault.no_such_slot")


def replace(slots: Sequence[Slot], slot: Slot) -> tuple[Slot, ...]:
    """Return `slots` with `slot` in the place of the one of its kind."""
    return (*(other for other in slots if other.kind != slot.kind), slot)


def _bound(vault: VaultId, kind: int, public: bytes) -> bytes:
    return b"opmaat/slot/1\0" + bytes.fromhex(vault) + bytes((kind,)) + public


def _seal(vault: VaultId, vault_key: bytes, kind: SlotKind, public: bytes, stretched: StretchedKey) -> Slot:
    public += stretched.check
    return Slot(kind, public + seal(stretched.key, vault_key, _bound(vault, kind, public)))


def _open(vault: VaultId, slot: Slot, reader: Reader, stretched: StretchedKey, wrong: str) -> bytes:
    key = stretched.require(reader.take(CHECK_BYTES), wrong)
    at = reader.position
    return open_sealed(key, slot.data[at:], _bound(vault, slot.kind, slot.data[:at]), DAMAGED)
