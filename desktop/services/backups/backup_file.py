"""Writing one backup file, reading it back, restoring from it, crypto-erasing a dossier in it.

Nothing here touches the running journal: it works on a copy, on any thread. What is written is proven by opening it:
the file is read back from the disk it lies on, every event in it is opened with the keys in it, and the counts and
chain heads must be those of the copy. Raises UserError `backup.…`, EnvironmentProblem for the disks.
"""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from desktop.kernel.files import environment_problems, open_file, private_directory, write_whole
from desktop.records.maintenance.copies import (
    IntegritySummary,
    as_another_device,
    dossier_of,
    integrity_summary,
    put_together,
    take_apart,
)
from desktop.records.store.database import FILE_NAME
from desktop.vault.backup_restoring import write_restored
from desktop.vault.crypto.chunk_stream import SealedReader, SealedWriter, decrypt_chunks
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.file.backup_container import (
    DAMAGED,
    BackupHeader,
    BackupKeys,
    BackupMetadata,
    read_header,
    write_header,
)
from desktop.vault.file.slots import SlotKind
from desktop.vault.file.unfinished import unfinished_directory
from desktop.vault.vault import Vault, open_with_key
from protocol.canonical import canonical_bytes
from protocol.encoding import to_base64
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId
from protocol.times import Clock

MEMBERS = ("vault", FILE_NAME)
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done."""

_BLOCK_BYTES = 1024 * 1024
_MOST_MANIFEST = 64 * 1024
_MOST_SECRETS = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself, sealed: how many records, its members with size and hash, an integrity summary."""

    records: int
    members: tuple[tuple[str, int, bytes], ...]
    integrity_summary: IntegritySummary

    def to_bytes(self) -> bytes:
        """Return the canonical JSON."""
        return canonical_bytes(
            {
                "census": {
                    "dossiers": self.integrity_summary.dossiers,
                    "events": self.integrity_summary.events,
                    "heads": to_base64(self.integrity_summary.heads),
                    "readable": self.integrity_summary.readable,
                },
                "members": [
                    {"digest": to_base64(digest), "name": name, "size": size} for name, size, digest in self.members
                ],
                "records": self.records,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Return what `to_bytes` gave."""
        fields = JsonFields.parse(data, DAMAGED)
        counted = fields.object("census")
        found = IntegritySummary(
            counted.number("dossiers"),
            counted.number("events"),
            counted.number("readable"),
            counted.binary("heads", 32),
        )
        counted.finish()
        members = tuple(_member(JsonFields(item, DAMAGED)) for item in fields.items("members"))
        records = fields.number("records")
        fields.finish()
        if tuple(name for name, _, _ in members) != MEMBERS:
            raise UserError(DAMAGED)
        return cls(records, members, found)


class Cancelled:
    """A wish to stop; looked at between blocks. Set from any thread. `code` is what stopping is called."""

    def __init__(self, code: str = "backup.cancelled") -> None:
        self.wanted = False
        self._code = code

    def require_going_on(self) -> None:
        """Raise UserError, `backup.cancelled` unless it is called otherwise, when somebody wants to stop."""
        if self.wanted:
            raise UserError(self._code)


def write_backup(
    path: Path, vault: Vault, metadata: BackupMetadata, work: Path, progress: Progress, stop: Cancelled
) -> IntegritySummary:
    """Seal the copy of the journal in `work` into `path`, read the file back, and return what it holds.

    `path` is whole and proven when this returns; when it raises, what lay there before is as it was. `work` is gone
    afterwards.
    """
    held = integrity_summary(work, vault)
    records = take_apart(work)
    copied = work / FILE_NAME
    secrets = vault.for_backup().contents.to_bytes()
    with environment_problems():
        size = copied.stat().st_size
        members = (("vault", len(secrets), hashlib.sha256(secrets).digest()), (FILE_NAME, size, _digest(copied)))
    manifest = Manifest(len(records), members, held)
    steps = _Steps(progress, 2 * (size + len(secrets)), stop, vault)

    def proof(part: Path) -> None:
        remove_work_folder(work)
        if prove(part, vault, work, steps) != held:
            raise UserError(DAMAGED)

    with write_whole(path, proof) as stream:
        keys, associated_data = write_header(stream, metadata, vault.for_backup(), records)
        writer = SealedWriter(stream, keys.stream, associated_data)
        described = manifest.to_bytes()
        writer.write(len(described).to_bytes(4, "big") + described + secrets)
        with copied.open("rb") as source:
            while block := source.read(_BLOCK_BYTES):
                writer.write(block)
                steps.went(len(block))
        writer.finish()
    return held


def prove(path: Path, vault: Vault, work: Path, steps: "_Steps | None" = None) -> IntegritySummary:
    """Open everything in the backup at `path` with the keys of `vault`, and return what it adds up to.

    Raises UserError `backup.damaged` for any changed byte, `backup.other_vault` for the backup of another one.
    """
    parts = vault.for_backup()
    try:
        with open_file(path) as stream:
            header = read_header(stream)
            if header.metadata.vault != vault.id:
                raise UserError("backup.other_vault")
            manifest, _secrets = unpack(stream, header, header.open_keys(parts.key), work, steps)
        found = integrity_summary(work, vault)
    finally:
        remove_work_folder(work)
    _require_same(found, manifest.integrity_summary, header)
    return found


def look(path: Path) -> BackupHeader:
    """Return what stands before the sealed part. Raises UserError `backup.damaged`, `backup.newer_version`."""
    with open_file(path) as stream:
        return read_header(stream)


def restore(
    path: Path,
    root: Path,
    unlock: Callable[[BackupHeader], bytes],
    by: SlotKind,
    clock: Clock,
    new_passphrase: str | None = None,
) -> Vault:
    """Make a vault of the backup at `path` under `root` and return it, open.

    It is put together beside the others and takes its place in one step, after everything in it was read and proven and
    `new_passphrase` was set where one is given. `unlock` returns the vault key, from what opens slots of the kind `by`.
    Raises UserError `backup.vault_exists` when that vault is on this laptop: nothing is ever overwritten. After a crash
    nothing is left but a folder that the next start removes.
    """
    with open_file(path) as stream:
        header = read_header(stream)
        target = root / header.metadata.vault
        if target.exists():
            raise UserError("backup.vault_exists")
        key = unlock(header)
        with unfinished_directory(root, header.metadata.vault) as making:
            keys = header.open_keys(key)
            manifest, secrets = unpack(stream, header, keys, making, None)
            as_another_device(making, write_restored(making, header, key, secrets, clock.now()))
            vault = open_with_key(making, key, by, clock)
            try:
                _require_same(integrity_summary(making, vault), manifest.integrity_summary, header)
                if new_passphrase is not None:
                    vault.reset_passphrase(new_passphrase)
            finally:
                vault.lock()
            with environment_problems():
                making.rename(target)
    return open_with_key(target, key, by if new_passphrase is None else SlotKind.PASSPHRASE, clock)


def crypto_erase(path: Path, vault: Vault, is_erased: Callable[[DossierId, str], bool]) -> int:
    """Overwrite with zeros, in the file itself, every key of what was erased; return how many it were.

    The rest of the backup stays as it is and opens as before. Doing it again is harmless.
    """
    parts, count = vault.for_backup(), 0
    with open_file(path, "r+b") as stream:
        header = read_header(stream)
        if header.metadata.vault != vault.id:
            raise UserError("backup.other_vault")
        keys = header.open_keys(parts.key)
        for record in header.records:
            held = header.open_record(keys, record)
            if held is not None and is_erased(*dossier_of(held)):
                stream.seek(record.place)
                stream.write(bytes(len(record.sealed)))
                count += 1
    return count


def unpack(
    stream: IO[bytes], header: BackupHeader, keys: BackupKeys, directory: Path, steps: "_Steps | None"
) -> tuple[Manifest, bytes]:
    """Write the journal of an opened backup to `directory`; return its manifest and the secrets of its vault."""
    reader = SealedReader(decrypt_chunks(stream, keys.stream, header.associated_data, DAMAGED), DAMAGED)
    length = int.from_bytes(reader.take(4), "big")
    if length > _MOST_MANIFEST:
        raise UserError(DAMAGED)
    manifest = Manifest.from_bytes(reader.take(length))
    (_, secret_size, secret_digest), (_, size, digest) = manifest.members
    if manifest.records != len(header.records) or secret_size > _MOST_SECRETS:
        raise UserError(DAMAGED)
    secrets = reader.take(secret_size)
    if hashlib.sha256(secrets).digest() != secret_digest:
        raise UserError(DAMAGED)
    private_directory(directory)
    if _copy_out(reader, directory / FILE_NAME, size, steps) != digest:
        raise UserError(DAMAGED)
    reader.finish()
    held = (header.open_record(keys, record) for record in header.records)
    try:
        put_together(directory, [record for record in held if record is not None])
    except EnvironmentProblem as problem:
        if problem.code == "records.damaged":
            raise UserError(DAMAGED) from problem
        raise
    return manifest, secrets


def remove_work_folder(directory: Path) -> None:
    """Remove a folder of work, also what a crash left in it."""
    shutil.rmtree(directory, ignore_errors=True)


def _require_same(found: IntegritySummary, expected: IntegritySummary, header: BackupHeader) -> None:
    """Raise UserError unless everything is there; what was crypto-erased is kept and does not open any more."""
    erased = any(record.erased for record in header.records)
    if replace(found, readable=0) != replace(expected, readable=0) or (
        found.readable != expected.readable and not erased
    ):
        raise UserError(DAMAGED)


class _Steps:
    """Tells how far it is, and stops when that is wanted or the vault was locked."""

    def __init__(self, progress: Progress, total: int, stop: Cancelled, vault: Vault) -> None:
        self._progress, self._total, self._stop, self._vault, self._done = progress, max(total, 1), stop, vault, 0

    def went(self, size: int) -> None:
        """Tell of `size` bytes more. Raises UserError `backup.cancelled` or `vault.locked`."""
        if self._vault.locked:
            raise UserError("vault.locked")
        self._done = min(self._done + size, self._total)
        self._stop.require_going_on()
        self._progress(self._done, self._total)


def _copy_out(reader: SealedReader, path: Path, size: int, steps: _Steps | None) -> bytes:
    digest = hashlib.sha256()
    with environment_problems(), write_whole(path) as target:
        while size > 0:
            block = reader.read(min(size, _BLOCK_BYTES))
            target.write(block)
            digest.update(block)
            size -= len(block)
            if steps is not None:
                steps.went(len(block))
    return digest.digest()


def _member(fields: JsonFields) -> tuple[str, int, bytes]:
    member = (fields.text("name"), fields.number("size"), fields.binary("digest", 32))
    fields.finish()
    return member


def _digest(path: Path) -> bytes:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").digest()
