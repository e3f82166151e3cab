"""Restoring a backup on this laptop, for the start screen and the command line.

Nothing is overwritten, and nothing is left when it fails. The vault that comes out is another device than the one that
made the backup; it works at once, and joins its organisation again with a new invitation (`rejoin`).
Called on the store thread only. Raises UserError `backup.…`, and the codes of the vault.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.kernel.files import read_bytes, write_atomic
from desktop.services.backups.backup_file import look, restore
from desktop.vault.backup_restoring import (
    escrow_request_of,
    unlock_with_escrow,
    unlock_with_passphrase,
    unlock_with_recovery,
)
from desktop.vault.file.slots import SlotKind
from desktop.vault.trust.escrow import LARGEST
from desktop.vault.vault import Vault, require_long
from protocol.errors import UserError
from protocol.identifiers import VaultId
from protocol.times import Clock


@dataclass(frozen=True, slots=True)
class BackupInfo:
    """What a backup says of itself before it is opened; `here` tells that its vault is on this laptop already."""

    vault: VaultId
    person: str
    organisation: str
    made: datetime
    expires: datetime
    expired: bool
    here: bool


class RestoreService:
    """Makes vaults of backups under `root`."""

    def __init__(self, root: Path, clock: Clock) -> None:
        self._root = root
        self._clock = clock

    def look(self, path: Path) -> BackupInfo:
        """Return what the backup at `path` says. Raises UserError `backup.damaged`, `backup.newer_version`."""
        metadata = look(path).metadata
        return BackupInfo(
            metadata.vault,
            metadata.person,
            metadata.organisation,
            metadata.made,
            metadata.expires,
            expired=metadata.expires <= self._clock.now(),
            here=(self._root / metadata.vault).exists(),
        )

    def with_passphrase(self, path: Path, passphrase: str, *, even_expired: bool = False) -> Vault:
        """Return the restored vault, open. Raises UserError `backup.expired` unless `even_expired`."""
        self._require_in_term(path, even_expired=even_expired)
        return restore(
            path,
            self._root,
            lambda header: unlock_with_passphrase(header, passphrase),
            SlotKind.PASSPHRASE,
            self._clock,
        )

    def with_words(self, path: Path, words: Sequence[str], new: str, *, even_expired: bool = False) -> Vault:
        """Return the restored vault, open, with the passphrase `new`. Raises also UserError `vault.recovery_…`."""
        require_long(new)
        self._require_in_term(path, even_expired=even_expired)
        return restore(
            path, self._root, lambda header: unlock_with_recovery(header, words), SlotKind.RECOVERY, self._clock, new
        )

    def save_request(self, path: Path, request: Path) -> str:
        """Write the request for the administrator's help to `request`; return its fingerprint, to be told by telephone.

        Raises UserError `escrow.none` when the organisation kept no key to this vault.
        """
        asked = escrow_request_of(look(path), self._clock.now())
        write_atomic(request, asked.to_bytes())
        return asked.fingerprint

    def with_answer(self, path: Path, answer: Path, code: str, new: str, *, even_expired: bool = False) -> Vault:
        """Return the restored vault, open, with the passphrase `new`. Raises also UserError `escrow.…`."""
        require_long(new)
        self._require_in_term(path, even_expired=even_expired)
        data = read_bytes(answer, LARGEST)
        return restore(
            path, self._root, lambda header: unlock_with_escrow(header, data, code), SlotKind.ESCROW, self._clock, new
        )

    def _require_in_term(self, path: Path, *, even_expired: bool) -> None:
        card = self.look(path)
        if card.here:
            raise UserError("backup.vault_exists")
        if card.expired and not even_expired:
            raise UserError("backup.expired")
