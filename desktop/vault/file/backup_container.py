"""The sealed file of a backup: header, slots, keys that can be crypto-erased, and a chunked stream. No disk, no SQLite.

Whoever opens the vault opens the backup: the slots are copied from the vault file. What lies in the stream is sealed in
chunks that cannot be cut off, put in another order or mixed with those of another backup (`chunk_stream`). Records lie
outside the stream, so that one can be erased in place when a dossier is erased, without writing the file anew. Bytes:
docs/formats/backup.md. Every reader raises UserError `backup.damaged`.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Self

from desktop.vault.crypto.codec import JsonFields, sized
from desktop.vault.crypto.sealing import new_key, open_sealed, seal
from desktop.vault.file.container import VaultMetadata
from desktop.vault.file.contents import Contents
from desktop.vault.file.slots import Slot
from protocol.canonical import canonical_bytes
from protocol.errors import UserError
from protocol.identifiers import VaultId
from protocol.times import time_text

VERSION = 1
DAMAGED = "backup.damaged"

_MAGIC = b"OPMAATBK"
_DIGEST_BYTES = 32
_KEYS_BYTES = 12 + 64 + 16
_MOST_METADATA = 64 * 1024
_MOST_RECORD = 64 * 1024
_MOST_RECORDS = 4_000_000


@dataclass(frozen=True, slots=True)
class BackupMetadata:
    """What stands in clear: whose vault, when it was made and until when it is kept; never a newcomer."""

    backup: str
    vault: VaultId
    person: str
    organisation: str
    made: datetime
    expires: datetime

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the header."""
        return canonical_bytes(
            {
                "backup": self.backup,
                "expires": time_text(self.expires),
                "made": time_text(self.made),
                "organisation": self.organisation,
                "person": self.person,
                "vault": self.vault,
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Return what `to_bytes` gave."""
        fields = JsonFields.parse(data, DAMAGED)
        metadata = cls(
            backup=fields.identifier("backup"),
            vault=VaultId(fields.identifier("vault")),
            person=fields.text("person"),
            organisation=fields.text("organisation"),
            made=fields.moment("made"),
            expires=fields.moment("expires"),
        )
        fields.finish()
        return metadata


@dataclass(frozen=True, slots=True, repr=False)
class BackupParts:
    """What an open vault gives to a backup: its public header, its slots, the vault key, its secrets."""

    metadata: VaultMetadata
    slots: tuple[Slot, ...]
    key: bytes
    contents: Contents


@dataclass(frozen=True, slots=True, repr=False)
class BackupKeys:
    """The two random keys of one backup: for the stream and for the records."""

    stream: bytes
    records: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """Where a record lies in the file: its number from 0, the place of its first byte, its sealed bytes."""

    number: int
    place: int
    sealed: bytes

    @property
    def erased(self) -> bool:
        """Tell whether it was crypto-erased: nothing but zeros."""
        return not any(self.sealed)


@dataclass(frozen=True, slots=True)
class BackupHeader:
    """Everything before the stream, parsed; nothing is proven until `open_keys` returns."""

    metadata: BackupMetadata
    slots: tuple[Slot, ...]
    sealed_keys: bytes
    prefix: bytes
    records: tuple[Record, ...]

    def open_keys(self, vault_key: bytes) -> BackupKeys:
        """Return the keys of this backup."""
        both = open_sealed(vault_key, self.sealed_keys, _keys_associated_data(self.prefix), DAMAGED)
        half = len(both) // 2
        return BackupKeys(both[:half], both[half:])

    def open_record(self, keys: BackupKeys, record: Record) -> bytes | None:
        """Return a record, or None for one that was erased."""
        if record.erased:
            return None
        return open_sealed(
            keys.records, record.sealed, _record_associated_data(self.metadata.backup, record.number), DAMAGED
        )

    @property
    def associated_data(self) -> bytes:
        """Return what every chunk of the stream is bound to: all before it, but for what the records hold."""
        whole = self.prefix + self.sealed_keys
        return _stream_associated_data(whole, [len(record.sealed) for record in self.records])


def write_header(
    stream: IO[bytes], metadata: BackupMetadata, parts: BackupParts, records: Sequence[bytes]
) -> tuple[BackupKeys, bytes]:
    """Write everything before the stream; return fresh keys, and what the chunks are bound to."""
    header = b"".join((_MAGIC, VERSION.to_bytes(2, "big"), sized(metadata.to_bytes(), 4), bytes((len(parts.slots),))))
    header += b"".join(bytes((slot.kind,)) + sized(slot.data, 2) for slot in parts.slots)
    keys = BackupKeys(new_key(), new_key())
    whole = header + seal(parts.key, keys.stream + keys.records, _keys_associated_data(header))
    stream.write(whole + hashlib.sha256(whole).digest() + len(records).to_bytes(4, "big"))
    lengths = []
    for number, record in enumerate(records):
        sealed = seal(keys.records, record, _record_associated_data(metadata.backup, number))
        stream.write(sized(sealed, 4))
        lengths.append(len(sealed))
    return keys, _stream_associated_data(whole, lengths)


def read_metadata(stream: IO[bytes]) -> BackupMetadata:
    """Return what stands in clear at the beginning; it says which backup this claims to be and proves nothing."""
    reader = _HeaderReader(stream)
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number(2) != VERSION:
        raise UserError(DAMAGED)
    return BackupMetadata.from_bytes(reader.sized(4, _MOST_METADATA))


def read_header(stream: IO[bytes]) -> BackupHeader:
    """Return everything before the stream, and leave the file there.

    Raises UserError `backup.newer_version` for a later version, which keeps the first ten bytes, else `backup.damaged`.
    """
    reader = _HeaderReader(stream)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise UserError(DAMAGED)
    version = reader.number(2)
    if version > VERSION:
        raise UserError("backup.newer_version")
    raw_metadata = reader.sized(4, _MOST_METADATA)
    slots = tuple(Slot(reader.number(1), reader.sized(2, _MOST_METADATA)) for _ in range(reader.number(1)))
    header = reader.whole
    sealed_keys = reader.take(_KEYS_BYTES)
    digest = hashlib.sha256(reader.whole).digest()
    if version != VERSION or reader.take(_DIGEST_BYTES) != digest:
        raise UserError(DAMAGED)
    return BackupHeader(BackupMetadata.from_bytes(raw_metadata), slots, sealed_keys, header, _read_records(reader))


class _HeaderReader:
    """Reads the header of a file and remembers what was read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.whole = b""
        self.place = 0

    def take(self, size: int) -> bytes:
        """Return the next `size` bytes, remembered in `whole`."""
        taken = self.skip(size)
        self.whole += taken
        return taken

    def skip(self, size: int) -> bytes:
        """Return the next `size` bytes without remembering them."""
        taken = self._stream.read(size)
        if len(taken) != size:
            raise UserError(DAMAGED)
        self.place += size
        return taken

    def number(self, size: int) -> int:
        """Return the next `size` bytes as a number."""
        return int.from_bytes(self.take(size), "big")

    def sized(self, size: int, most: int) -> bytes:
        """Return what is preceded by its length."""
        length = self.number(size)
        if length > most:
            raise UserError(DAMAGED)
        return self.take(length)


def _read_records(reader: _HeaderReader) -> tuple[Record, ...]:
    count = int.from_bytes(reader.skip(4), "big")
    if count > _MOST_RECORDS:
        raise UserError(DAMAGED)
    records: list[Record] = []
    for number in range(count):
        length = int.from_bytes(reader.skip(4), "big")
        if length > _MOST_RECORD:
            raise UserError(DAMAGED)
        place = reader.place
        records.append(Record(number, place, reader.skip(length)))
    return tuple(records)


def _keys_associated_data(header: bytes) -> bytes:
    return b"opmaat/backup/1\0" + hashlib.sha256(header).digest()


def _record_associated_data(backup: str, number: int) -> bytes:
    return b"opmaat/backup-record/1\0" + bytes.fromhex(backup) + number.to_bytes(4, "big")


def _stream_associated_data(whole: bytes, lengths: Sequence[int]) -> bytes:
    digest = hashlib.sha256(whole)
    digest.update(len(lengths).to_bytes(4, "big"))
    for length in lengths:
        digest.update(length.to_bytes(4, "big"))
    return b"opmaat/backup-stream/1\0" + digest.digest()
