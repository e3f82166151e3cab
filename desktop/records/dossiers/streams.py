"""The streams of a dossier: each device's rows, numbered from 1 and chained by hash. Pure.

A stream is good up to its first row that does not follow, does not open or cannot be read; from there it is
quarantined, and every other stream goes on.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from desktop.records.dossiers.keyring import Keyring
from desktop.records.events.envelope import Event, StreamAddress, decode_at
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import CHECKSUM_BYTES, SealedRow, StoredRow
from desktop.vault.crypto.sealing import FIRST, RowCipher, row_digest, row_header_prefix
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

_DEVICE = itemgetter(2)
_DAMAGED = "records.row_damaged"


@dataclass(frozen=True, slots=True)
class Head:
    """The last good row of a stream: its sequence and its hash."""

    sequence: int = 0
    digest: bytes = FIRST

    def require(self, row: SealedRow) -> None:
        """Raise UserError unless `row` follows: `records.row_gap`, `records.row_fork` or `records.chain_broken`."""
        _require(self.sequence, self.digest, row.sequence, row.previous)

    def after(self, row: SealedRow) -> "Head":
        """Return the head once `row` was added. Raises UserError `records.row_damaged` for impossible values."""
        return Head(row.sequence, row_digest(row.header, row.sealed))


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Rows that are kept and not used: `count` rows of `device` from `sequence` on, because of `code`.

    `positions` are the ids of those rows in their table, where they lie in this file.
    """

    dossier: DossierId
    device: DeviceId
    sequence: int
    count: int
    code: str
    positions: tuple[int, ...] = field(default=(), compare=False)


@dataclass(slots=True)
class Replay:
    """What reading a dossier's rows gave: events and hidden rows in order, the heads, and what is quarantined."""

    events: list[Event | HiddenRow] = field(default_factory=list)
    heads: dict[DeviceId, Head] = field(default_factory=dict)
    broken: dict[DeviceId, Quarantine] = field(default_factory=dict)


def replay(dossier: DossierId, rows: Iterable[StoredRow], keyring: Keyring) -> Replay:
    """Return what the `rows` of `dossier`, in order per device, hold as far as they are good."""
    result = Replay()
    for kept, stream in groupby(rows, key=_DEVICE):
        device = DeviceId(kept.hex() if isinstance(kept, bytes) else "")
        _read(stream, _Reading(dossier, device, keyring), result)
    return result


def _read(stream: Iterator[StoredRow], reading: "_Reading", result: Replay) -> None:
    for row in stream:
        try:
            result.events.append(reading.read(row))
        except UserError as error:
            result.broken[reading.device] = reading.rest(row, stream, error.code)
            break
    result.heads[reading.device] = Head(reading.sequence, reading.digest)


class _Place(NamedTuple):
    """What the rows of a stream in one compartment and epoch have in common; `cipher` where exactly one opens them."""

    front: bytes
    stream: StreamAddress
    cipher: RowCipher | None


class _Reading:
    """One stream while it is read. Every row of the file goes through here, so nothing is made that is not kept."""

    def __init__(self, dossier: DossierId, device: DeviceId, keyring: Keyring) -> None:
        self.sequence = 0
        self.digest = FIRST
        self._dossier = dossier
        self.device = device
        self._keyring = keyring
        self._places: dict[tuple[str, int], _Place] = {}

    def read(self, row: StoredRow) -> Event | HiddenRow:
        """Return what is in the next row and move on.

        Raises UserError as `Head.require`, and as `Keyring.open` when the row is damaged or unreadable.
        """
        compartment, epoch, _device, sequence, previous, sealed, _position, checksum = row
        if type(sequence) is not int or type(sealed) is not bytes:
            raise UserError(_DAMAGED)
        _require(self.sequence, self.digest, sequence, previous)
        place = self._place(compartment, epoch)
        bound = place.front + sequence.to_bytes(8, "big") + self.digest
        digest = hashlib.sha256(bound + sealed).digest()
        if checksum != digest[:CHECKSUM_BYTES]:
            raise UserError(_DAMAGED)
        if place.cipher is None:
            found = self._keyring.open_bound(place.stream, sequence, bound, sealed)
        else:
            found = decode_at(place.stream, sequence, place.cipher.open(bound, sealed))
        self.sequence, self.digest = sequence, digest
        return found

    def rest(self, row: StoredRow, stream: Iterator[StoredRow], code: str) -> Quarantine:
        """Return that `row` and what follows it is quarantined."""
        positions = tuple(position for each in (row, *stream) if isinstance(position := each[6], int))
        sequence = row[3] if isinstance(row[3], int) else 0
        return Quarantine(self._dossier, self.device, sequence, len(positions), code, positions)

    def _place(self, compartment: object, epoch: object) -> "_Place":
        if type(compartment) is not str or type(epoch) is not int:
            raise UserError(_DAMAGED)
        key = (compartment, epoch)
        if key not in self._places:
            stream = (self._dossier, compartment, epoch, self.device)
            ciphers = self._keyring.ciphers(compartment, epoch)
            self._places[key] = _Place(row_header_prefix(*stream), stream, ciphers[0] if len(ciphers) == 1 else None)
        return self._places[key]


def _require(known: int, digest: bytes, sequence: int, previous: object) -> None:
    if sequence > known + 1:
        raise UserError("records.row_gap")
    if sequence <= known:
        raise UserError("records.row_fork")
    if previous != digest:
        raise UserError("records.chain_broken")
