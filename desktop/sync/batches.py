"""Between the rows of the journal and the segments that travel: grouping, signing, and the way back. Pure.

A batch serves a request to the server and a file on a USB stick alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from desktop.records.store.passing_table import SegmentProof
from desktop.records.store.table_rows import SealedRow
from desktop.vault.crypto.identity import DeviceIdentity
from protocol.identifiers import DossierId
from protocol.limits import MOST_ROWS, PAGE_BODY_BYTES
from protocol.messages.rows import ROW_FRAME_BYTES, SEGMENT_HEAD_BYTES, Batch, Row, Segment, signed_bytes

_FRAME_BYTES = ROW_FRAME_BYTES + SEGMENT_HEAD_BYTES


@dataclass(frozen=True, slots=True)
class SignedBatch:
    """A signed batch, and the place in the journal up to which its rows are sent once the server has it."""

    batch: Batch
    position: int


def pack(rows: Sequence[SealedRow], device: DeviceIdentity, room: int = PAGE_BODY_BYTES) -> SignedBatch | None:
    """Return as many of `rows` as one batch of about `room` bytes holds, at least one; None when there are none.

    `rows` are all of `device`, in the order they were written, without gaps.
    """
    taken = _fitting(rows, room)
    if not taken:
        return None
    by_dossier: dict[DossierId, list[SealedRow]] = {}
    for row in taken:
        by_dossier.setdefault(row.dossier, []).append(row)
    segments = tuple(_segment(stream, device) for stream in by_dossier.values())
    return SignedBatch(Batch(segments), taken[-1].position)


def unpack(segment: Segment) -> tuple[SealedRow, ...]:
    """Return the rows of a segment as the journal takes them in."""
    return tuple(
        SealedRow(
            dossier=segment.dossier,
            compartment=row.compartment,
            epoch=row.epoch,
            device=segment.device,
            sequence=segment.first + at,
            previous=row.previous,
            sealed=row.sealed,
        )
        for at, row in enumerate(segment.rows)
    )


def proof_of(segment: Segment) -> SegmentProof:
    """Return the signature of a segment, to be kept apart from its rows."""
    return SegmentProof(segment.dossier, segment.device, segment.first, segment.last, segment.signature)


def proven_segment(proof: SegmentProof, rows: Sequence[SealedRow]) -> Segment | None:
    """Return `rows`, one or more, as the segment that `proof` is the signature of; None where one is missing."""
    if [row.sequence for row in rows] != list(range(proof.first, proof.last + 1)):
        return None
    return Segment.of(proof.dossier, proof.device, proof.first, _on_the_wire(rows), proof.signature)


def _fitting(rows: Sequence[SealedRow], room: int) -> Sequence[SealedRow]:
    for count, row in enumerate(rows[:MOST_ROWS]):
        room -= len(row.sealed) + _FRAME_BYTES
        if room < 0 and count:
            return rows[:count]
    return rows[:MOST_ROWS]


def _segment(stream: Sequence[SealedRow], device: DeviceIdentity) -> Segment:
    first = stream[0]
    unsigned = Segment.of(first.dossier, first.device, first.sequence, _on_the_wire(stream))
    return replace(unsigned, signature=device.sign(signed_bytes(unsigned)))


def _on_the_wire(rows: Sequence[SealedRow]) -> Iterator[Row]:
    return (Row(row.compartment, row.epoch, row.previous, row.sealed) for row in rows)
