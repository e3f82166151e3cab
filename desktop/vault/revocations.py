"""Up to where revoked devices of the own organisation are trusted: what their documents say, kept beside the vault.

The documents hold random numbers and hashes and are signed by the root, so they lie unsealed; one that is missing or
damaged is fetched again, and until then nothing new of its device counts.
"""

from collections.abc import Mapping
from pathlib import Path

from desktop.kernel.files import private_directory, read_bytes, write_atomic
from desktop.vault.backup_restoring import former_devices
from desktop.vault.crypto.sealing import RowHeader, row_digest
from desktop.vault.last_read import LastRead
from desktop.vault.vault import Vault
from protocol.canonical import canonical_bytes
from protocol.directory import Directory, verify_directory
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.limits import MOST_ANSWER_BYTES
from protocol.messages.stream_cuts import StreamCut
from protocol.revocation import Revocation, revocation_digest, verify_revocation

FOLDER = "revocations"
DIRECTORY_NOTE = "directory"
"""The note of the vault with the directory last seen, as it was signed."""

AFTER = "records.after_revocation"
UNKNOWN = "trust.revocation_unknown"
_NOTHING = StreamCut(0, b"")


def kept_directory(vault: Vault) -> Directory | None:
    """Return the directory last seen, verified; None when there is none or it no longer holds."""
    note = vault.get(DIRECTORY_NOTE)
    try:
        return None if note is None else verify_directory(canonical_bytes(note), vault.membership.card.root)
    except UserError:
        return None


class Revocations:
    """Judges rows by the directory and the documents of one vault. Store thread.

    Of several documents about a device each counts: where they differ, the one that trusts it further, so that a server
    that was put back takes nothing away that was acknowledged before. What this vault itself wrote, under this identity
    or one before it was restored, stays readable here.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._revoked = LastRead(lambda: vault.get(DIRECTORY_NOTE), lambda _note: _revoked_others(vault))
        self._known: dict[bytes, Revocation] | None = None
        self._cuts: dict[DeviceId, dict[DossierId, StreamCut]] = {}

    def digests(self) -> frozenset[bytes]:
        """Return the digests of the documents that are here."""
        return frozenset(self._documents())

    def learn(self, data: bytes) -> DeviceId:
        """Judge by the document `data` from now on, and return its device. Raises UserError `trust.…`."""
        revocation = verify_revocation(data, self._vault.membership.card.root)
        self._add(revocation_digest(data), revocation)
        return revocation.device

    def keep(self, data: bytes) -> None:
        """Keep the document `data` for the next time. Raises EnvironmentProblem."""
        write_atomic(private_directory(self._folder) / f"{revocation_digest(data).hex()}.json", data)

    def concern(self, device: DeviceId) -> bool:
        """Tell whether `device` was revoked."""
        return device in self._revoked.value()

    def code_of(self, row: RowHeader, sealed: bytes) -> str | None:
        """Return why a row of a revoked device does not count; None for every other row."""
        revoked = self._revoked.value()
        if row.device not in revoked:
            return None
        here = self._documents()
        cut = self._cuts.get(row.device, {}).get(row.dossier, _NOTHING)
        if row.sequence < cut.sequence:
            return None
        if row.sequence == cut.sequence:
            return None if row_digest(row, sealed) == cut.digest else AFTER
        return AFTER if revoked[row.device] in here else UNKNOWN

    @property
    def _folder(self) -> Path:
        return self._vault.directory / FOLDER

    def _documents(self) -> Mapping[bytes, Revocation]:
        if self._known is None:
            self._known = {}
            for path in sorted(self._folder.glob("*.json")):
                self._read(path)
        return self._known

    def _read(self, path: Path) -> None:
        """Take one file in; one that cannot be read or does not hold is as good as none."""
        try:
            self.learn(read_bytes(path, MOST_ANSWER_BYTES))
        except (UserError, EnvironmentProblem):
            return

    def _add(self, digest: bytes, revocation: Revocation) -> None:
        known = self._known if self._known is not None else dict(self._documents())
        self._known = {**known, digest: revocation}
        cuts = self._cuts.setdefault(revocation.device, {})
        for dossier, cut in revocation.cuts.items():
            cuts[dossier] = max(cut, cuts.get(dossier, _NOTHING))


def _revoked_others(vault: Vault) -> Mapping[DeviceId, bytes | None]:
    """Return, per revoked device of others, the digest of the document that the directory names."""
    directory = kept_directory(vault)
    if directory is None:
        return {}
    own = {vault.device.id, *(device.id for device, _chain in former_devices(vault))}
    return {device: directory.revocations.get(device) for device in directory.revoked if device not in own}
