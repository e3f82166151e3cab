"""Sealed rows on the wire: what a device pushes and another one pulls.

A stream is what one device wrote in one dossier; its rows are numbered from 1 without gaps. A segment is a run of one
stream under one signature of that device, and is stored, passed on and verified as a whole. A batch is what travels in
one request or on one USB stick.
"""

import hashlib
from typing import Annotated

from msgspec import Meta

from protocol.canonical import JsonValue
from protocol.encoding import to_base64
from protocol.limits import MOST_ROWS
from protocol.messages.fields import (
    Compartment,
    Count,
    Device,
    Digest,
    Dossier,
    Epoch,
    SealedEvent,
    Sequence,
    Signature,
)
from protocol.messages.message import Message, broken, to_bytes
from protocol.signatures import bytes_to_sign


class Row(Message, frozen=True):
    """One sealed event. Dossier, device and sequence follow from the segment it lies in.

    `previous` is the journal's hash of the row before it in the stream, `sealed` is unreadable without the key of
    (dossier, compartment, epoch) and starts with the version of its own form.
    """

    compartment: Compartment
    epoch: Epoch
    previous: Digest
    sealed: SealedEvent


class Segment(Message, frozen=True):
    """A run of one stream: rows `first`, `first` + 1, … of `device` in `dossier`.

    `signature` is the device's over `segment_message`, so neither a row nor its place can be changed on the way.
    """

    dossier: Dossier
    device: Device
    first: Sequence
    rows: Annotated[tuple[Row, ...], Meta(min_length=1, max_length=MOST_ROWS)]
    signature: Signature

    @property
    def last(self) -> int:
        """Return the sequence number of the last row."""
        return self.first + len(self.rows) - 1


class Batch(Message, frozen=True):
    """What is pushed at once: stored whole or not at all. At most `MOST_ROWS` rows over all segments."""

    segments: Annotated[tuple[Segment, ...], Meta(min_length=1, max_length=MOST_ROWS)]

    def __post_init__(self) -> None:
        """Refuse a batch above the limit, with UserError `sync.message_broken`."""
        if sum(len(segment.rows) for segment in self.segments) > MOST_ROWS:
            raise broken("rows")


class Receipt(Message, frozen=True):
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


def signed_bytes(segment: Segment) -> bytes:
    """Return what the signature of `segment` must be over."""
    digests = tuple(row_digest(row) for row in segment.rows)
    return segment_message(segment.dossier, segment.device, segment.first, digests)
