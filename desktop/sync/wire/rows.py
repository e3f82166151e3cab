"""Sealed rows on the wire: what a device pushes and another one pulls.

A stream is what one device wrote in one dossier; its rows are numbered from 1 without gaps. A segment is a run of one
stream under one signature of that device, and is stored, passed on and verified as a whole. A batch is what travels in
one request or on one USB stick.
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from desktop.sync.wire.codec import Nested, to_bytes
from desktop.sync.wire.forms import Many, Octets
from desktop.sync.wire.signed import broken
from desktop.sync.wire.version import MOST_ROWS, MOST_SEALED_BYTES
from desktop.sync.wire.words import Compartment, Count, Device, Digest, Dossier, Epoch, Sequence, Signature
from protocol.canonical import JsonValue
from protocol.encoding import to_base64
from protocol.signatures import bytes_to_sign


@dataclass(frozen=True, slots=True)
class Row:
    """One sealed event. Dossier, device and sequence follow from the segment it lies in.

    `previous` is the journal's hash of the row before it in the stream, `sealed` is unreadable without the key of
    (dossier, compartment, epoch) and starts with the version of its own form.
    """

    compartment: Compartment
    epoch: Epoch
    previous: Digest
    sealed: Annotated[bytes, Octets(1, MOST_SEALED_BYTES)]


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of one stream: rows `first`, `first` + 1, … of `device` in `dossier`.

    `signature` is the device's over `segment_message`, so neither a row nor its place can be changed on the way.
    """

    dossier: Dossier
    device: Device
    first: Sequence
    rows: Annotated[tuple[Row, ...], Many(Nested(Row), MOST_ROWS, least=1)]
    signature: Signature

    @property
    def last(self) -> int:
        """Return the sequence number of the last row."""
        return self.first + len(self.rows) - 1


@dataclass(frozen=True, slots=True)
class Batch:
    """What is pushed at once: stored whole or not at all. At most `MOST_ROWS` rows over all segments."""

    segments: Annotated[tuple[Segment, ...], Many(Nested(Segment), MOST_ROWS, least=1)]

    def __post_init__(self) -> None:
        """Refuse a batch above the limit, with UserError `sync.message_broken`."""
        if sum(len(segment.rows) for segment in self.segments) > MOST_ROWS:
            raise broken("rows")


@dataclass(frozen=True, slots=True)
class Receipt:
    """The server holds every row of the batch durably: `stored` new ones, and `known` ones it had already."""

    stored: Count
    known: Count


def row_digest(row: Row) -> bytes:
    """Return SHA-256 over the one byte form of `row`."""
    return hashlib.sha256(to_bytes(row)).digest()


def segment_message(dossier: str, device: str, first: int, digests: tuple[bytes, ...]) -> bytes:
    """Return the bytes that `device` signs for a segment, from the digests of its rows in order."""
    body: dict[str, JsonValue] = {
        "count": len(digests),
        "device": device,
        "digest": to_base64(hashlib.sha256(b"".join(digests)).digest()),
        "dossier": dossier,
        "first": first,
    }
    return bytes_to_sign("segment", body)
