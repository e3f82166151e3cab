"""The streams of a dossier: each device's rows, numbered from 1 and chained by hash. Pure.

A stream is good up to its first row that does not follow, does not open or cannot be read; from there it is
quarantined, and every other stream goes on.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, groupby, repeat
from operator import attrgetter, itemgetter
from typing import NamedTuple, NoReturn, cast

from msgspec.structs import force_setattr

from desktop.records.dossiers.claims import Claims
from desktop.records.dossiers.keyring import Keyring, OpenedRow
from desktop.records.events.envelope import Event, StreamAddress, decode_all
from desktop.records.events.fold import HiddenRow
from desktop.records.store.table_rows import CHECKSUM_BYTES, SealedRow, StoredRow
from desktop.vault.crypto.sealing import FIRST, RowCipher, open_rows, row_digest, row_header_prefix
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId

_DEVICE = itemgetter(2)
_FIELDS = attrgetter("compartment", "epoch", "sequence", "previous", "sealed")
DAMAGED = "records.row_damaged"
"""The code of a row that no key here opens, or whose bytes cannot be what was written."""
_BYTES = {bytes}
_ROWS_AT_ONCE = 256


class ChainHead(NamedTuple):
    """The last good row of a stream: its sequence and its hash."""

    sequence: int = 0
    digest: bytes = FIRST

    def require(self, row: SealedRow) -> None:
        """Raise UserError unless `row` follows: `records.row_gap`, `records.row_fork` or `records.chain_broken`."""
        _require(self.sequence, self.digest, row.sequence, row.previous)

    def after(self, row: SealedRow) -> "ChainHead":
        """Return the head once `row` was added. Raises UserError `records.row_damaged` for impossible values."""
        return ChainHead(row.sequence, row_digest(row.header, row.sealed))


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


def name_author(found: Iterable[Event | HiddenRow], subject: str) -> None:
    """Let the events of a device bear the name of its `subject`; they keep their own where that is blank."""
    if subject:
        for each in found:
            if isinstance(each, Event) and each.author != subject:
                force_setattr(each, "author", subject)


def _nobody(_device: DeviceId) -> str:
    return ""


@dataclass(slots=True)
class Replay:
    """What reading rows of a dossier gave: how many are good; per device the head, the last event, what is broken.

    `claims` holds what the events say to have seen against the rows; it is settled when the last row was read, with
    the rows of the dossier that `aside` gives: those that were set aside. `subject_of` says who works with a device by
    its certificate: events bear that name, whatever they say themselves.
    """

    aside: Callable[[], Iterable[SealedRow]] = tuple
    subject_of: Callable[[DeviceId], str] = _nobody
    claims: Claims = field(default_factory=Claims)
    count: int = 0
    heads: dict[DeviceId, ChainHead] = field(default_factory=dict)
    last: dict[DeviceId, Event] = field(default_factory=dict)
    broken: dict[DeviceId, Quarantine] = field(default_factory=dict)


def replay(
    dossier: DossierId, rows: Sequence[StoredRow], keyring: Keyring, result: Replay
) -> Iterator[Event | HiddenRow]:
    """Return what the `rows` of `dossier`, in order per device, hold as far as they are good; the rest is in `result`.

    Some hundred at a time, so that what is folded at once need not all be in memory before.
    """
    read = (_read_stream(stream, _Stream(dossier, _DEVICE(stream[0]), keyring), result) for stream in _streams(rows))
    return chain.from_iterable(chain(chain.from_iterable(read), _settle(result)))


def _settle(result: Replay) -> Iterator[Sequence[Event | HiddenRow]]:
    """Judge what was claimed, once all rows were read; give no event more."""
    result.claims.settle(result.aside)
    yield ()


def _streams(rows: Sequence[StoredRow]) -> Iterable[Sequence[StoredRow]]:
    """Return the rows of each device; they are in order, so that the same device at both ends is the only one."""
    if rows and _DEVICE(rows[0]) == _DEVICE(rows[-1]):
        return (rows,)
    return (tuple(stream) for _device, stream in groupby(rows, key=_DEVICE))


def _read_stream(rows: Sequence[StoredRow], stream: "_Stream", result: Replay) -> Iterator[Sequence[Event | HiddenRow]]:
    """Read rows until one is not good, many at a time: one step of the work for all of them, then the next.

    The processor's nearest cache holds the code of one step and not of all: row by row takes a third longer.
    """
    head, subject = ChainHead(), result.subject_of(stream.device)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        chunk = rows[start : start + _ROWS_AT_ONCE]
        read = _read_chunk(chunk, stream, head) or _read_each(chunk, stream, head)
        result.count += read.head.sequence - head.sequence
        head = result.heads[stream.device] = read.head
        name_author(read.found, subject)
        result.claims.take(stream.device, read.found, read.ciphers, read.digests)
        for event in reversed(read.found):
            if isinstance(event, Event):
                result.last[stream.device] = event
                break
        yield read.found
        if read.code:
            result.broken[stream.device] = stream.quarantine(rows[start + len(read.found) :], read.code)
            return


def _read_chunk(rows: Sequence[StoredRow], stream: "_Stream", head: ChainHead) -> "ReadRows | None":
    """Return what `_read_each` returns; None where a row is not good, or has no key or several."""
    compartments, epochs, _devices, stored, *values, _positions, checksums = zip(*rows, strict=True)
    if any(set(map(type, column)) != _BYTES for column in values):
        return None
    previous, sealed = cast("tuple[tuple[bytes, ...], tuple[bytes, ...]]", tuple(values))
    opened = _open_run(stream, head, _Columns(compartments, epochs, stored, previous, sealed))
    if opened is None or list(checksums) != [digest[:CHECKSUM_BYTES] for digest in opened.digests]:
        return None
    return opened


def open_following(rows: Sequence[SealedRow], keyring: Keyring, head: ChainHead) -> "ReadRows | None":
    """Return the events of `rows`, one or more, of one device in one dossier, if all of them follow `head` and open.

    None where one does not, or has no key or several: then each has to be looked at by itself.
    """
    stream = _Stream(rows[0].dossier, bytes.fromhex(rows[0].device), keyring)
    return _open_run(stream, head, _Columns(*zip(*map(_FIELDS, rows), strict=True)))


def _open_run(stream: "_Stream", head: ChainHead, rows: "_Columns") -> "ReadRows | None":
    """Return what rows hold that follow `head`; None where one is not good, or has no key or several."""
    numbers = range(head.sequence + 1, head.sequence + 1 + len(rows.sealed))
    try:
        prefixes, addresses, ciphers = zip(*stream.parts(rows.compartments, rows.epochs), strict=True)
        headers = [
            prefix + number.to_bytes(8, "big") + digest
            for prefix, number, digest in zip(prefixes, numbers, rows.previous, strict=True)
        ]
        digests = [sha256(header + text).digest() for header, text in zip(headers, rows.sealed, strict=True)]
        chained = rows.previous == (head.digest, *digests[:-1]) and rows.sequences == tuple(numbers)
        if not chained or None in ciphers:
            return None
        events = decode_all(
            addresses, numbers.start, open_rows(cast("tuple[RowCipher, ...]", ciphers), headers, rows.sealed)
        )
    except (UserError, OverflowError):
        return None
    return ReadRows(events, ChainHead(numbers[-1], digests[-1]), ciphers, digests)


def _read_each(rows: Sequence[StoredRow], stream: "_Stream", head: ChainHead) -> "ReadRows":
    """Return what `rows` that follow `head` hold, up to the first that is not good."""
    found: list[Event | HiddenRow] = []
    ciphers: list[RowCipher | None] = []
    digests: list[bytes] = []
    for row in rows:
        try:
            head, opened = _read_row(row, stream, head)
        except UserError as error:
            return ReadRows(found, head, ciphers, digests, error.code)
        found.append(opened.found)
        ciphers.append(opened.cipher)
        digests.append(head.digest)
    return ReadRows(found, head, ciphers, digests)


def _read_row(row: StoredRow, stream: "_Stream", head: ChainHead) -> tuple[ChainHead, OpenedRow]:
    """Return the head after `row` and what it holds. Raises UserError where it is not good."""
    compartment, epoch, _device, number, previous, sealed, _position, checksum = row
    if number != head.sequence + 1 or previous != head.digest or type(number) is not int or type(sealed) is not bytes:
        _refuse(*head, row)
    prefix, address, _cipher = stream.part(compartment, epoch)
    header = prefix + number.to_bytes(8, "big") + head.digest
    digest = row_digest(header, sealed)
    if checksum != digest[:CHECKSUM_BYTES]:
        _refuse(*head, row)
    try:
        opened = stream.keyring.open_with_header(address, number, header, sealed)
    except UserError as error:
        if error.code != DAMAGED:
            raise
        opened = OpenedRow(
            HiddenRow(address[1])
        )  # unchanged since it came in: it is sealed under a key that nobody gave here
    return ChainHead(number, digest), opened


class _Columns(NamedTuple):
    """Rows of one stream, field by field; what came out of a file may be of any type but for the last two."""

    compartments: Sequence[object]
    epochs: Sequence[object]
    sequences: tuple[object, ...]
    previous: tuple[bytes, ...]
    sealed: Sequence[bytes]


class ReadRows(NamedTuple):
    """What some rows of a stream gave: events, the head after the last good one, and why the next was refused.

    `ciphers` opened them, None what is hidden; `digests` are the hashes of their rows.
    """

    found: Sequence[Event | HiddenRow]
    head: ChainHead
    ciphers: Sequence[RowCipher | None]
    digests: Sequence[bytes]
    code: str = ""


_StreamPart = tuple[bytes, StreamAddress, RowCipher | None]
"""What the rows of a stream in one compartment and epoch share: start of the header, address, what opens them.

The last is None unless exactly one key opens them.
"""


class _Stream:
    """The rows of one device in one dossier."""

    def __init__(self, dossier: DossierId, device: object, keyring: Keyring) -> None:
        self.device = DeviceId(device.hex() if isinstance(device, bytes) else "")
        self.keyring = keyring
        self._dossier = dossier
        self._parts: dict[tuple[object, object], _StreamPart] = {}

    def parts(self, compartments: Sequence[object], epochs: Sequence[object]) -> Iterable[_StreamPart]:
        """Return what `part` returns for each row of some. Raises what it raises for one of them."""
        first = (compartments[0], epochs[0])
        if compartments.count(first[0]) == epochs.count(first[1]) == len(epochs):
            return repeat(self.part(*first), len(epochs))
        places = tuple(zip(compartments, epochs, strict=True))
        known = {place: self.part(*place) for place in set(places)}
        return map(known.__getitem__, places)

    def part(self, compartment: object, epoch: object) -> _StreamPart:
        """Return what its rows in a compartment and epoch share. Raises UserError `records.row_damaged`."""
        known = self._parts.get((compartment, epoch))
        if known is not None:
            return known
        if type(compartment) is not str or type(epoch) is not int:
            raise UserError(DAMAGED)
        address = (self._dossier, compartment, epoch, self.device)
        ciphers = self.keyring.ciphers(compartment, epoch)
        made = (row_header_prefix(*address), address, ciphers[0] if len(ciphers) == 1 else None)
        self._parts[compartment, epoch] = made
        return made

    def quarantine(self, rows: Sequence[StoredRow], code: str) -> Quarantine:
        """Return that `rows` are quarantined, the first of them because of `code`."""
        positions = tuple(position for each in rows if isinstance(position := each[6], int))
        sequence = rows[0][3] if isinstance(rows[0][3], int) else 0
        return Quarantine(self._dossier, self.device, sequence, len(positions), code, positions)


def _refuse(known: int, digest: bytes, row: StoredRow) -> NoReturn:
    """Raise why a row does not follow."""
    _compartment, _epoch, _device, sequence, previous, sealed, _position, _checksum = row
    if type(sequence) is int and type(sealed) is bytes:
        _require(known, digest, sequence, previous)
    raise UserError(DAMAGED)


def _require(known: int, digest: bytes, sequence: int, previous: object) -> None:
    if sequence > known + 1:
        raise UserError("records.row_gap")
    if sequence <= known:
        raise UserError("records.row_fork")
    if previous != digest:
        raise UserError("records.chain_broken")
