"""The vault file `vault.opv`: public header, slots, sealed body. Bytes: docs/formats/vault.md."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.kernel.files import read_bytes
from desktop.vault.crypto.codec import ByteReader, JsonFields, sized
from desktop.vault.crypto.sealing import open_sealed, seal
from desktop.vault.file.slots import DAMAGED, Slot
from protocol.canonical import canonical_bytes
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import VaultId
from protocol.times import time_text

FILE_NAME = "vault.opv"
LARGEST = 16 * 1024 * 1024
"""A larger file is not read at all."""

VERSION = 1
_MAGIC = b"OPMAATVT"
_DIGEST_BYTES = 32


@dataclass(frozen=True, slots=True)
class VaultMetadata:
    """What stands in clear, for the unlock screen: the worker and the organisation, never a newcomer."""

    vault: VaultId
    person: str
    organisation: str
    created: datetime

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the header."""
        return canonical_bytes(
            {
                "created": time_text(self.created),
                "organisation": self.organisation,
                "person": self.person,
                "vault": self.vault,
            }
        )


@dataclass(frozen=True, slots=True)
class Container:
    """A vault file taken apart; the body is still sealed."""

    metadata: VaultMetadata
    slots: tuple[Slot, ...]
    sealed: bytes

    def open_body(self, vault_key: bytes) -> bytes:
        """Return the body. Raises UserError `vault.damaged` when anything before it was changed too."""
        return open_sealed(vault_key, self.sealed, _header_bytes(self.metadata, self.slots), DAMAGED)


def write(metadata: VaultMetadata, slots: tuple[Slot, ...], vault_key: bytes, body: bytes) -> bytes:
    """Return the bytes of a vault file. The body is bound to header and slots."""
    header = _header_bytes(metadata, slots)
    whole = header + sized(seal(vault_key, body, header), 4)
    return whole + hashlib.sha256(whole).digest()


def read(data: bytes) -> Container:
    """Return the parts of a vault file.

    Raises UserError `vault.newer_version` for a file of a later version, `vault.damaged` for anything else that is not
    exactly what `write` wrote. The checksum tells accident from a wrong passphrase; only the seal tells intent.
    """
    reader = ByteReader(data, DAMAGED)
    if reader.take(len(_MAGIC)) != _MAGIC:
        raise UserError(DAMAGED)
    version = reader.number(2)
    if version > VERSION:
        raise UserError("vault.newer_version")
    whole, digest = data[:-_DIGEST_BYTES], data[-_DIGEST_BYTES:]
    if version != VERSION or hashlib.sha256(whole).digest() != digest:
        raise UserError(DAMAGED)
    metadata = _read_metadata(reader.sized(4))
    slots = tuple(Slot(reader.number(1), reader.sized(2)) for _ in range(reader.number(1)))
    sealed = reader.sized(4)
    reader.take(_DIGEST_BYTES)
    reader.finish()
    return Container(metadata, slots, sealed)


def read_vault_file(directory: Path) -> Container:
    """Return the parts of the vault file in `directory`. Raises as `read`, and EnvironmentProblem."""
    try:
        return read(read_bytes(directory / FILE_NAME, LARGEST))
    except EnvironmentProblem as problem:
        if problem.code == "files.too_large":
            raise UserError(DAMAGED) from problem
        raise


def _read_metadata(data: bytes) -> VaultMetadata:
    fields = JsonFields.parse(data, DAMAGED)
    metadata = VaultMetadata(
        vault=VaultId(fields.identifier("vault")),
        person=fields.text("person"),
        organisation=fields.text("organisation"),
        created=fields.moment("created"),
    )
    fields.finish()
    return metadata


def _header_bytes(metadata: VaultMetadata, slots: tuple[Slot, ...]) -> bytes:
    parts = [_MAGIC, VERSION.to_bytes(2, "big"), sized(metadata.to_bytes(), 4), bytes((len(slots),))]
    parts.extend(bytes((slot.kind,)) + sized(slot.data, 2) for slot in slots)
    return b"".join(parts)
