"""Sealed rows: taking a batch in, and giving segments out as they came."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, and_, case, cast, or_, select

from protocol.messages.rows import SEGMENT_HEAD_BYTES, Batch, Receipt, Row, Segment
from server.refusals import Refusal
from server.store import feed, members
from server.store.bulk_sql import insert_all, put_all
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.tables import FEED, ROWS, SEGMENTS, STREAMS

Place = tuple[str, str, str]
"""Of a stream: the organisation of its device, the dossier, the device."""

_ROW = (ROWS.c.compartment, ROWS.c.epoch, ROWS.c.previous, ROWS.c.sealed)
_POINTED_TO = and_(
    SEGMENTS.c.organisation == FEED.c.author,
    SEGMENTS.c.dossier == FEED.c.subject,
    SEGMENTS.c.device == FEED.c.device,
    SEGMENTS.c.last == case((FEED.c.place.regexp_match("^[0-9]{1,18}$"), cast(FEED.c.place, BigInteger))),
)
_TOGETHER = 100
"""Of how many segments the stored rows are read at once."""


@dataclass(slots=True)
class _Stream:
    """The stream of the calling device in one dossier: what was stored `before`, and what comes to it.

    `octets_before` are the bytes of the sealed rows of before; `lost` are rows of before that the database has no more,
    which are taken anew.
    """

    before: int
    octets_before: int
    number: int
    fresh: list[Row] = field(default_factory=list)
    segments: list[tuple[Segment, int]] = field(default_factory=list)
    lost: dict[int, Row] = field(default_factory=dict)

    @property
    def last(self) -> int:
        return self.before + len(self.fresh)

    @property
    def octets(self) -> int:
        return self.octets_before + sum(len(row.sealed) for row in self.fresh)

    def add(self, segment: Segment) -> None:
        """Take what is new of a segment that begins at the end of the stream at the latest, with the next number."""
        new = segment.rows[self.last + 1 - segment.first :]
        if new:
            self.fresh += new
            self.number += 1
            self.segments.append((segment, self.number))


def store_batch(connection: Connection, caller: CallingDevice, batch: Batch, now: int) -> Receipt:
    """Store what is new in `batch`, whose signatures the caller of this function has verified.

    Storing is idempotent: rows that are here already with the same bytes are counted and left alone. Raises Refusal,
    and then nothing of the batch is stored: `sync.not_member`, `sync.dossier_erased`, `sync.gap` (detail `expected`:
    the sequence number that comes next), `sync.row_conflict` (detail `sequence`: where other bytes are stored).

    The number of statements does not grow with the number of dossiers.
    """
    segments = sorted(batch.segments, key=lambda one: (one.dossier, one.first))
    streams = _locked_streams(connection, caller, {segment.dossier for segment in segments}, now)
    here = _stored_rows(connection, caller, segments, streams)
    for segment in segments:
        stream = streams[segment.dossier]
        _require_following(segment, stream, here)
        stream.add(segment)
    changed = {dossier: stream for dossier, stream in streams.items() if stream.fresh or stream.lost}
    _keep(connection, caller, changed, now)
    stored = sum(len(stream.fresh) for stream in changed.values())
    return Receipt(stored=stored, known=sum(len(segment.rows) for segment in segments) - stored)


def segments_of(connection: Connection, dossier: str, after: int) -> tuple[FeedEntry, ...]:
    """Return a feed entry for every segment of `dossier` beyond the number `after`, in the order in which they came."""
    query = (
        select(SEGMENTS.c.organisation, SEGMENTS.c.device, SEGMENTS.c.last, SEGMENTS.c.octets)
        .where(SEGMENTS.c.dossier == dossier, SEGMENTS.c.number > after)
        .order_by(SEGMENTS.c.number)
    )
    return tuple(
        FeedEntry(FeedKind.ROWS, organisation, dossier, device, str(last), octets)
        for organisation, device, last, octets in connection.execute(query)
    )


class StoredSegment(NamedTuple):
    """Where a segment begins and ends, and its signature."""

    first: int
    last: int
    signature: bytes


def segments_in(connection: Connection, part: FeedPart) -> Mapping[int, StoredSegment]:
    """Return, by the number of the entry, every segment that a part of a feed points to and that is there."""
    query = select(FEED.c.position, SEGMENTS.c.first, SEGMENTS.c.last, SEGMENTS.c.signature)
    found = query.join_from(FEED, SEGMENTS, _POINTED_TO).where(*part.conditions(FeedKind.ROWS))
    return {position: StoredSegment(*segment) for position, *segment in connection.execute(found)}


def rows_in(connection: Connection, part: FeedPart) -> Mapping[int, Sequence[Row]]:
    """Return, by the number of the entry, the rows of the segments that a part of a feed points to."""
    same = (ROWS.c[name] == SEGMENTS.c[name] for name in ("organisation", "dossier", "device"))
    query = (
        select(FEED.c.position, *_ROW)
        .join_from(FEED, SEGMENTS, _POINTED_TO)
        .join(ROWS, and_(*same, ROWS.c.sequence.between(SEGMENTS.c.first, SEGMENTS.c.last)))
        .where(*part.conditions(FeedKind.ROWS))
        .order_by(FEED.c.position, ROWS.c.sequence)
    )
    found: defaultdict[int, list[Row]] = defaultdict(list)
    for position, *row in connection.execute(query).all():
        found[position].append(Row(*row))
    return found


def _locked_streams(
    connection: Connection, caller: CallingDevice, dossiers: Collection[str], now: int
) -> dict[str, _Stream]:
    entered = members.enter_all(connection, caller.organisation, sorted(dossiers), now)
    for dossier, (_, standing) in entered.items():
        members.require_inside(dossier, standing)
    query = select(STREAMS.c.dossier, STREAMS.c.last, STREAMS.c.octets).where(
        STREAMS.c.organisation == caller.organisation,
        STREAMS.c.device == caller.device,
        STREAMS.c.dossier.in_(sorted(dossiers)),
    )
    known = {dossier: (last, octets) for dossier, last, octets in connection.execute(query)}
    return {dossier: _Stream(*known.get(dossier, (0, 0)), number) for dossier, (number, _) in entered.items()}


def _stored_rows(
    connection: Connection, caller: CallingDevice, segments: Sequence[Segment], streams: Mapping[str, _Stream]
) -> Mapping[tuple[str, int], Row]:
    """Return, by dossier and sequence, the rows that are stored already where a segment begins before the end."""
    known = [
        (segment.dossier, segment.first, min(segment.last, streams[segment.dossier].before))
        for segment in segments
        if segment.first <= streams[segment.dossier].before
    ]
    found: dict[tuple[str, int], Row] = {}
    for start in range(0, len(known), _TOGETHER):
        places = [
            and_(ROWS.c.dossier == dossier, ROWS.c.sequence.between(first, last))
            for dossier, first, last in known[start : start + _TOGETHER]
        ]
        query = select(ROWS.c.dossier, ROWS.c.sequence, *_ROW).where(
            ROWS.c.organisation == caller.organisation, ROWS.c.device == caller.device, or_(*places)
        )
        found |= {(dossier, sequence): Row(*row) for dossier, sequence, *row in connection.execute(query)}
    return found


def _require_following(segment: Segment, stream: _Stream, here: Mapping[tuple[str, int], Row]) -> None:
    if segment.first > stream.last + 1:
        raise Refusal("sync.gap", {"dossier": segment.dossier, "expected": str(stream.last + 1)})
    for sequence, pushed in enumerate(segment.rows[: stream.last + 1 - segment.first], segment.first):
        if sequence > stream.before:
            kept = stream.fresh[sequence - stream.before - 1]
        else:
            kept = here.get((segment.dossier, sequence)) or stream.lost.setdefault(sequence, pushed)
        if kept != pushed:
            raise Refusal("sync.row_conflict", {"dossier": segment.dossier, "sequence": str(sequence)})


def _keep(connection: Connection, caller: CallingDevice, streams: Mapping[str, _Stream], now: int) -> None:
    if not streams:
        return
    ours = {dossier: (caller.organisation, dossier, caller.device) for dossier in streams}
    rows: list[tuple[object, ...]] = []
    kept: list[tuple[object, ...]] = []
    news: list[tuple[str, FeedEntry]] = []
    readers = members.readers_of_all(connection, list(streams))
    for dossier, stream in streams.items():
        rows += _row_values(ours[dossier], stream.before + 1, stream.fresh)
        rows += [value for lost, row in stream.lost.items() for value in _row_values(ours[dossier], lost, [row])]
        for segment, number in stream.segments:
            kept.append(_segment_values(ours[dossier], segment, number, now))
            news += [(reader, _entry(caller.organisation, segment)) for reader in readers[dossier]]
    insert_all(connection, ROWS, rows)
    insert_all(connection, SEGMENTS, kept)
    names = ("organisation", "dossier", "device", "last", "octets")
    reached = [(*ours[dossier], stream.last, stream.octets) for dossier, stream in streams.items()]
    put_all(connection, STREAMS, [dict(zip(names, each, strict=True)) for each in reached])
    members.count_on(connection, {dossier: stream.number for dossier, stream in streams.items()})
    feed.append(connection, news)


def insert_rows(connection: Connection, stream: Place, first: int, rows: Sequence[Row]) -> None:
    """Write `rows` from number `first` on of `stream`, where none are."""
    insert_all(connection, ROWS, _row_values(stream, first, rows))


def insert_segment(connection: Connection, stream: Place, segment: Segment, now: int) -> FeedEntry:
    """Write where `segment` of `stream` lies and how it is signed, and return the entry that points to it."""
    number = members.next_number(connection, segment.dossier)
    insert_all(connection, SEGMENTS, [_segment_values(stream, segment, number, now)])
    return _entry(stream[0], segment)


def _row_values(stream: Place, first: int, rows: Sequence[Row]) -> list[tuple[object, ...]]:
    return [
        (*stream, sequence, row.compartment, row.epoch, row.previous, row.sealed)
        for sequence, row in enumerate(rows, first)
    ]


def _segment_values(stream: Place, segment: Segment, number: int, now: int) -> tuple[object, ...]:
    return (*stream, segment.last, segment.first, _octets(segment), segment.signature, number, now)


def _entry(organisation: str, segment: Segment) -> FeedEntry:
    place = str(segment.last)
    return FeedEntry(FeedKind.ROWS, organisation, segment.dossier, segment.device, place, _octets(segment))


def _octets(segment: Segment) -> int:
    return SEGMENT_HEAD_BYTES + len(segment.octets)
