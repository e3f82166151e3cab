"""The streams of a dossier: each device's rows, numbered from 1 and chained by hash. Pure.

A stream is good up to its first row that does not follow, does not open or cannot be read; from there it is
quarantined, and every other stream goes on.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, NoReturn

from desktop.records.dossiers.keyring import Keyring
from desktop.records.events.envelope import Event, StreamAddress, decode_at
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import CHECKSUM_BYTES, SealedRow, StoredRow
from desktop.vault.crypto.sealing import FIRST, row_digest, row_header_prefix
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

_DEVICE = itemgetter(2)
_DAMAGED = "records.row_damaged"


class Head(NamedTuple):
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
    """What reading a dossier's rows gave: how many are good, the heads, and what is quarantined."""

    count: int = 0
    heads: dict[DeviceId, Head] = field(default_factory=dict)
    broken: dict[DeviceId, Quarantine] = field(default_factory=dict)


def replay(
    dossier: DossierId, rows: Iterable[StoredRow], keyring: Keyring, result: Replay
) -> Iterator[Event | HiddenRow]:
    """Yield what the `rows` of `dossier`, in order per device, hold as far as they are good; the rest is in `result`.

    One by one, so that what is folded at once need not all be in memory before.
    """
    for kept, stream in groupby(rows, key=_DEVICE):
        device = DeviceId(kept.hex() if isinstance(kept, bytes) else "")
        yield from _read_stream(stream, _Stream(dossier, device, keyring), result)


def _read_stream(rows: Iterator[StoredRow], stream: "_Stream", result: Replay) -> Iterator[Event | HiddenRow]:
    """Read rows until one is not good. Every row of the file goes through here, so nothing is made that is not kept."""
    sequence, digest = 0, FIRST
    sha256, part_of = hashlib.sha256, stream.parts.get
    for row in rows:
        compartment, epoch, _device, number, previous, sealed, _position, checksum = row
        try:
            if number != sequence + 1 or previous != digest or type(number) is not int or type(sealed) is not bytes:
                _refuse(sequence, digest, row)
            part = part_of((compartment, epoch)) or stream.add_part(compartment, epoch)
            header = part.header_prefix + number.to_bytes(8, "big") + digest
            after = sha256(header + sealed).digest()
            if checksum != after[:CHECKSUM_BYTES]:
                _refuse(sequence, digest, row)
            if part.open is None:
                found = stream.keyring.open_with_header(part.address, number, header, sealed)
            else:
                found = decode_at(part.address, number, part.open(header, sealed))
        except UserError as error:
            result.broken[stream.device] = stream.quarantine(row, rows, error.code)
            break
        sequence, digest = number, after
        result.count += 1
        yield found
    result.heads[stream.device] = Head(sequence, digest)


class _StreamPart(NamedTuple):
    """What the rows of a stream in one compartment and epoch share; `open` where exactly one key opens them."""

    header_prefix: bytes
    address: StreamAddress
    open: Callable[[bytes, bytes], bytes] | None


class _Stream:
    """The rows of one device in one dossier."""

    def __init__(self, dossier: DossierId, device: DeviceId, keyring: Keyring) -> None:
        self.device = device
        self.keyring = keyring
        self._dossier = dossier
        self.parts: dict[tuple[object, object], _StreamPart] = {}

    def add_part(self, compartment: object, epoch: object) -> _StreamPart:
        """Return what its rows in a compartment and epoch share. Raises UserError `records.row_damaged`."""
        if type(compartment) is not str or type(epoch) is not int:
            raise UserError(_DAMAGED)
        address = (self._dossier, compartment, epoch, self.device)
        ciphers = self.keyring.ciphers(compartment, epoch)
        part = _StreamPart(row_header_prefix(*address), address, ciphers[0].open if len(ciphers) == 1 else None)
        self.parts[compartment, epoch] = part
        return part

    def quarantine(self, row: StoredRow, rows: Iterator[StoredRow], code: str) -> Quarantine:
        """Return that `row` and what follows it is quarantined."""
        positions = tuple(position for each in (row, *rows) if isinstance(position := each[6], int))
        sequence = row[3] if isinstance(row[3], int) else 0
        return Quarantine(self._dossier, self.device, sequence, len(positions), code, positions)


def _refuse(known: int, digest: bytes, row: StoredRow) -> NoReturn:
    """Raise why a row does not follow."""
    _compartment, _epoch, _device, sequence, previous, sealed, _position, _checksum = row
    if type(sequence) is int and type(sealed) is bytes:
        _require(known, digest, sequence, previous)
    raise UserError(_DAMAGED)


def _require(known: int, digest: bytes, sequence: int, previous: object) -> None:
    if sequence > known + 1:
        raise UserError("records.row_gap")
    if sequence <= known:
        raise UserError("records.row_fork")
    if previous != digest:
        raise UserError("records.chain_broken")
