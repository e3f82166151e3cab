"""What lies in the tables of the journal, row by row, and how damaged values come out of SQLite. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.vault.crypto.sealing import RowHeader
from protocol.identifiers import DeviceId, DossierId, OrganisationId

CHECKSUM_BYTES = 8
"""How much of a row's hash is kept beside it."""


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One event as it is stored, sent and received.

    Local, never sent and never compared: `position`, its place in this file, and `checksum`, the start of its hash as
    it was when it was written (it tells a damaged row from one there is no key to).
    """

    dossier: DossierId
    compartment: str
    epoch: int
    device: DeviceId
    sequence: int
    previous: bytes
    sealed: bytes
    position: int = field(default=0, compare=False)
    checksum: bytes = field(default=b"", compare=False)

    @property
    def header(self) -> RowHeader:
        """Return what is bound into the sealed bytes."""
        return RowHeader(self.dossier, self.compartment, self.epoch, self.device, self.sequence, self.previous)


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A key of a compartment, sealed by the vault. `key_id` tells two keys of one epoch apart."""

    dossier: DossierId
    compartment: str
    epoch: int
    key_id: bytes
    sealed: bytes


@dataclass(frozen=True, slots=True)
class KeyGrant:
    """A key on its way to an organisation: `blob` is opaque to everyone but the recipient. `position` is local."""

    dossier: DossierId
    compartment: str
    epoch: int
    recipient: OrganisationId
    blob: bytes
    position: int = field(default=0, compare=False)


class StreamEnd(NamedTuple):
    """Where a stream lies: the position of its first row, and device, sequence and checksum of its last, as stored."""

    dossier: DossierId
    first: int
    device: object
    sequence: object
    checksum: object


StoredRow = tuple[object, object, object, object, object, object, object, object]
"""A row as it lies in the file, damage and all: the columns of `SealedRow` after the dossier, position and checksum."""


def stored(row: SealedRow) -> StoredRow:
    """Return `row` as it would lie in the file."""
    return (*row_values(row)[1:-1], row.position, row.checksum)


RowValues = tuple[bytes, str, int, bytes, int, bytes, bytes, bytes]
"""A row as it is written: dossier, compartment, epoch, device, sequence, previous, sealed, checksum."""


def row_values(row: SealedRow, digest: bytes = b"") -> RowValues:
    """Return a row, and the start of its hash `digest`, as values of SQLite."""
    return (
        bytes.fromhex(row.dossier),
        row.compartment,
        row.epoch,
        bytes.fromhex(row.device),
        row.sequence,
        row.previous,
        row.sealed,
        digest[:CHECKSUM_BYTES],
    )


def row_of(values: Sequence[object]) -> SealedRow:
    """Return a row as it was found, whatever became of it: a value of another type is kept as an impossible one."""
    dossier, compartment, epoch, device, sequence, previous, sealed, position, checksum = values
    return SealedRow(
        dossier=DossierId(_bytes(dossier).hex()),
        compartment=compartment if isinstance(compartment, str) else "",
        epoch=epoch if isinstance(epoch, int) else 0,
        device=DeviceId(_bytes(device).hex()),
        sequence=sequence if isinstance(sequence, int) else 0,
        previous=_bytes(previous),
        sealed=_bytes(sealed),
        position=position if isinstance(position, int) else 0,
        checksum=_bytes(checksum),
    )


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""
