"""Sealed rows on the wire: what a device pushes and another one pulls.

A stream is what one device wrote in one dossier; its rows are numbered from 1 without gaps. A segment is a run of one
stream under one signature of that device, and is stored, passed on and verified as a whole. A batch is what travels in
one request or on one USB stick.

Rows are binary: they are signed, sent and verified as the same bytes, without another form between.
"""

import hashlib
import re
from collections.abc import Iterable
from functools import lru_cache
from struct import Struct
from typing import Self, cast

import msgspec

from protocol.canonical import JsonValue
from protocol.encoding import to_base64
from protocol.identifiers import DeviceId, DossierId
from protocol.limits import LARGEST_NUMBER, MOST_EPOCH, MOST_ROWS, MOST_SEALED_BYTES
from protocol.messages.binary import OctetReader
from protocol.messages.fields import Count
from protocol.messages.message import Message, broken
from protocol.signatures import NO_SIGNATURE, bytes_to_sign

ROW_FRAME_BYTES = 1 + 16 + 4 + 32 + 4
"""What a row takes beside its sealed bytes, at most."""

SEGMENT_HEAD_BYTES = 16 + 16 + 8 + 2 + 64
"""What a segment takes beside its rows."""

_COUNT = Struct(">H")
_SEGMENT = Struct(">16s16sQH64s")
_ROW = Struct(">I32sI")
_COMPARTMENT = re.compile(rb"[a-z][a-z_]{0,15}")


class Row(msgspec.Struct, frozen=True):
    """One sealed event. Dossier, device and sequence follow from the segment it lies in.

    `previous` is the journal's hash of the row before it in the stream, `sealed` is unreadable without the key of
    (dossier, compartment, epoch) and starts with the version of its own form.
    """

    compartment: str
    epoch: int
    previous: bytes
    sealed: bytes


class Segment(msgspec.Struct, frozen=True):
    """A run of one stream: rows `first`, `first` + 1, … of `device` in `dossier`; make one with `of`.

    `signature` is the device's over `signed_bytes`, so neither a row nor its place can be changed on the way. `octets`
    are the rows as they travel.
    """

    dossier: DossierId
    device: DeviceId
    first: int
    rows: tuple[Row, ...]
    octets: bytes
    signature: bytes

    @classmethod
    def of(
        cls, dossier: DossierId, device: DeviceId, first: int, rows: Iterable[Row], signature: bytes = NO_SIGNATURE
    ) -> Self:
        """Return the segment of `rows`."""
        kept = tuple(rows)
        return cls(dossier, device, first, kept, b"".join(map(_row_bytes, kept)), signature)

    @property
    def last(self) -> int:
        """Return the sequence number of the last row."""
        return self.first + len(self.rows) - 1


class Batch(msgspec.Struct, frozen=True):
    """What is pushed at once: stored whole or not at all. At most `MOST_ROWS` rows over all segments, at least one."""

    segments: tuple[Segment, ...]


class Receipt(Message, frozen=True):
    """The server holds every row of the batch durably: `stored` new ones, and `known` ones it had already."""

    stored: Count
    known: Count


def batch_bytes(batch: Batch) -> bytes:
    """Return `batch` as it travels."""
    return segments_bytes(batch.segments)


def read_batch(data: bytes) -> Batch:
    """Return the batch in `data`; raises UserError `sync.message_broken` or `sync.too_large`."""
    reader = OctetReader(data)
    segments = read_segments(reader)
    reader.end()
    if not segments:
        raise broken("rows")
    return Batch(segments)


def segments_bytes(segments: Iterable[Segment]) -> bytes:
    """Return segments as they travel, in a batch and in a page of the feed alike."""
    parts: list[bytes] = []
    for each in segments:
        ids = bytes.fromhex(each.dossier), bytes.fromhex(each.device)
        parts += (_SEGMENT.pack(*ids, each.first, len(each.rows), each.signature), each.octets)
    return b"".join((_COUNT.pack(len(parts) // 2), *parts))


def read_segments(reader: OctetReader) -> tuple[Segment, ...]:
    """Return the segments that come next, at most MOST_ROWS rows in all unless it is one segment.

    Raises UserError `sync.message_broken`.
    """
    (count,) = reader.fields(_COUNT)
    segments: list[Segment] = []
    room = MOST_ROWS
    for _ in range(cast("int", count)):
        segments.append(_read_segment(reader, room))
        room -= len(segments[-1].rows)
    return tuple(segments)


def signed_bytes(segment: Segment) -> bytes:
    """Return what the signature of `segment` must be over."""
    body: dict[str, JsonValue] = {
        "count": len(segment.rows),
        "device": segment.device,
        "digest": to_base64(hashlib.sha256(segment.octets).digest()),
        "dossier": segment.dossier,
        "first": segment.first,
    }
    return bytes_to_sign("segment", body)


def _read_segment(reader: OctetReader, room: int) -> Segment:
    fields = reader.fields(_SEGMENT)
    dossier, device, first, count, signature = cast("tuple[bytes, bytes, int, int, bytes]", fields)
    if not 1 <= first <= LARGEST_NUMBER or not 1 <= count <= room:
        raise broken("rows")
    begin = reader.at
    rows = _read_rows(reader, count)
    ids = DossierId(dossier.hex()), DeviceId(device.hex())
    return Segment(*ids, first, rows, reader.data[begin : reader.at], signature)


def _read_rows(reader: OctetReader, count: int) -> tuple[Row, ...]:
    """Return the next rows. The reader's own methods would take twice the time here."""
    data, at, end = reader.data, reader.at, len(reader.data)
    rows: list[Row] = []
    for _ in range(count):
        fixed = at + 1 + data[at] if at < end else end
        begin = fixed + _ROW.size
        if begin > end:
            raise broken("octets")
        epoch, previous, size = _ROW.unpack_from(data, fixed)
        compartment = _compartment(data[at + 1 : fixed])
        at = begin + size
        if at > end or not 1 <= size <= MOST_SEALED_BYTES or not 1 <= epoch <= MOST_EPOCH:
            raise broken("rows")
        rows.append(Row(compartment, epoch, previous, data[begin:at]))
    reader.at = at
    return tuple(rows)


@lru_cache(maxsize=64)
def _compartment(name: bytes) -> str:
    if not _COMPARTMENT.fullmatch(name):
        raise broken("rows")
    return name.decode("ascii")


def _row_bytes(row: Row) -> bytes:
    name = row.compartment.encode("ascii")
    return b"%c%b%b%b" % (len(name), name, _ROW.pack(row.epoch, row.previous, len(row.sealed)), row.sealed)
