"""Opening a backup, and the vault file that comes out of it: the same secrets, another device.

A restored copy never goes on under the identity of the device that made the backup: that one may still be alive, and
two devices that number their rows from the same place would fork the record (docs/adr, restored copies).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from desktop.kernel.files import write_atomic
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.crypto.identity import SEED_BYTES, DeviceIdentity
from desktop.vault.file.backup_container import DAMAGED, BackupHeader
from desktop.vault.file.container import FILE_NAME, VaultMetadata, write
from desktop.vault.file.contents import Contents
from desktop.vault.file.slots import (
    SlotKind,
    escrow_request,
    find,
    open_escrow_slot,
    open_passphrase_slot,
    open_recovery_slot,
)
from desktop.vault.trust.escrow import EscrowRequest, open_answer
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.certificates import DeviceChain, verify_chain
from protocol.encoding import to_base64
from protocol.errors import UserError
from protocol.identifiers import DeviceId
from protocol.times import time_text

FORMER = "devices.former"
"""The note with the identities this vault had before it was restored."""

_CODES = {
    "vault.damaged": DAMAGED,
    "vault.wrong_passphrase": "backup.wrong_passphrase",
    "vault.wrong_recovery_key": "backup.wrong_recovery_key",
}


def unlock_with_passphrase(header: BackupHeader, passphrase: str) -> bytes:
    """Return the vault key. Raises UserError `backup.wrong_passphrase`, `backup.damaged` or `vault.no_such_slot`."""
    with _codes_of_backup():
        return open_passphrase_slot(header.metadata.vault, find(header.slots, SlotKind.PASSPHRASE), passphrase)


def unlock_with_recovery(header: BackupHeader, words: Sequence[str]) -> bytes:
    """Return the vault key. Raises as the one above, with `backup.wrong_recovery_key` and the codes for the words."""
    with _codes_of_backup():
        return open_recovery_slot(header.metadata.vault, find(header.slots, SlotKind.RECOVERY), words)


def unlock_with_escrow(header: BackupHeader, answer: bytes, code: str) -> bytes:
    """Return the vault key, from the organisation's answer and its code. Raises also UserError `escrow.…`."""
    with _codes_of_backup():
        slot = find(header.slots, SlotKind.ESCROW)
        return open_escrow_slot(header.metadata.vault, slot, open_answer(answer, code, header.metadata.vault))


def escrow_request_of(header: BackupHeader, moment: datetime) -> EscrowRequest:
    """Return what to send to the administrator to open this backup. Raises UserError `escrow.none`."""
    return escrow_request(header.slots, header.metadata.vault, header.metadata.person, moment)


def write_restored(directory: Path, header: BackupHeader, vault_key: bytes, body: bytes, moment: datetime) -> DeviceId:
    """Write the vault file of a restored copy in `directory`, and return the device that the backup is of.

    It keeps vault id, slots and secrets, and has a fresh device; the identity before it is kept to send what the server
    may still lack. Raises UserError `backup.damaged`, EnvironmentProblem.
    """
    try:
        old = Contents.from_bytes(body)
    except UserError as error:
        raise UserError(DAMAGED) from error
    former: list[JsonValue] = list(_as_list(old.notes.get(FORMER)))
    if old.membership is not None and old.membership.chain.device.device == old.device.id:
        former.append({"chain": old.membership.chain.to_json(), "seed": to_base64(old.device.seed)})
    notes = {**old.notes, FORMER: former, "restored": time_text(moment)}
    contents = replace(old, device=DeviceIdentity.new(), notes=notes)
    metadata = VaultMetadata(header.metadata.vault, header.metadata.person, header.metadata.organisation, moment)
    write_atomic(directory / FILE_NAME, write(metadata, header.slots, vault_key, contents.to_bytes()))
    return old.device.id


def former_devices(vault: Vault) -> tuple[tuple[DeviceIdentity, DeviceChain], ...]:
    """Return the identities this vault had before, each with the chain that proves it, the oldest first."""
    found = []
    for value in _as_list(vault.get(FORMER)):
        fields = JsonFields(value, "vault.damaged")
        chain = verify_chain(fields.value("chain"), vault.membership.card.root)
        found.append((DeviceIdentity(fields.binary("seed", SEED_BYTES)), chain))
    return tuple(found)


def is_certified(vault: Vault) -> bool:
    """Tell whether the organisation vouches for this very device; a restored copy has yet to join again."""
    return vault.organisation_id is not None and vault.membership.chain.device.device == vault.device.id


@contextmanager
def _codes_of_backup() -> Iterator[None]:
    try:
        yield
    except UserError as error:
        raise UserError(_CODES.get(error.code, error.code), error.details) from error


def _as_list(value: JsonValue) -> Sequence[JsonValue]:
    return value if isinstance(value, Sequence) and not isinstance(value, str) else ()
