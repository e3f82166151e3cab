"""The streams of a dossier: each device's rows, numbered from 1 and chained by hash. Pure.

A stream is good up to its first row that does not follow, does not open or cannot be read; from there it is
quarantined, and every other stream goes on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from desktop.kernel.errors import UserError
from desktop.kernel.ids import DeviceId, DossierId
from desktop.records.envelope import Event
from desktop.records.fold import HiddenRow
from desktop.records.keyring import Keyring
from desktop.records.store import CHECKSUM_BYTES, SealedRow
from desktop.vault.sealing import FIRST, row_digest


@dataclass(frozen=True, slots=True)
class Head:
    """The last good row of a stream: its sequence and its hash."""

    sequence: int = 0
    digest: bytes = FIRST

    def require(self, row: SealedRow) -> None:
        """Raise UserError unless `row` follows: `records.row_gap`, `records.row_fork` or `records.chain_broken`."""
        if row.sequence > self.sequence + 1:
            raise UserError("records.row_gap")
        if row.sequence <= self.sequence:
            raise UserError("records.row_fork")
        if row.previous != self.digest:
            raise UserError("records.chain_broken")

    def after(self, row: SealedRow) -> "Head":
        """Return the head once `row` was added. Raises UserError `records.row_damaged` for impossible values."""
        return Head(row.sequence, row_digest(row.header, row.sealed))

    def read(self, row: SealedRow, keyring: Keyring) -> "tuple[Head, Event | HiddenRow]":
        """Return the head after `row` of our own file, and what is in it.

        Raises UserError as `require`, and as `Keyring.open` when the row is damaged or unreadable.
        """
        self.require(row)
        header = row.header
        bound = header.to_bytes()
        digest = row_digest(bound, row.sealed)
        if row.checksum != digest[:CHECKSUM_BYTES]:
            raise UserError("records.row_damaged")
        return Head(row.sequence, digest), keyring.open_bound(header, bound, row.sealed)


@dataclass(frozen=True, slots=True)
class Quarantine:
    """Rows that are kept and not used: `count` rows of `device` from `sequence` on, because of `code`."""

    dossier: DossierId
    device: DeviceId
    sequence: int
    count: int
    code: str


@dataclass(slots=True)
class Replay:
    """What reading a dossier's rows gave: events and hidden rows in order, the heads, and what is quarantined."""

    events: list[Event | HiddenRow] = field(default_factory=list)
    heads: dict[DeviceId, Head] = field(default_factory=dict)
    broken: dict[DeviceId, Quarantine] = field(default_factory=dict)


def replay(dossier: DossierId, rows: Iterable[SealedRow], keyring: Keyring) -> Replay:
    """Return what the `rows` of `dossier`, in order per device, hold as far as they are good."""
    result = Replay()
    for device, stream in groupby(rows, key=lambda row: row.device):
        _read(dossier, device, stream, keyring, result)
    return result


def _read(dossier: DossierId, device: DeviceId, stream: Iterator[SealedRow], keyring: Keyring, result: Replay) -> None:
    head = Head()
    for row in stream:
        try:
            head, event = head.read(row, keyring)
        except UserError as error:
            count = 1 + sum(1 for _ in stream)
            result.broken[device] = Quarantine(dossier, device, row.sequence, count, error.code)
            break
        result.events.append(event)
    result.heads[device] = head
