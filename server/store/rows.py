"""Sealed rows: taking a batch in, and giving segments out as they came."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, insert, select, update

from protocol.identifiers import DeviceId, DossierId
from protocol.messages.rows import Batch, Receipt, Row, Segment
from server.refusals import Refusal
from server.store import feed, members
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.feed import FeedEntry, FeedKind
from server.store.tables import ROWS, SEGMENTS, STREAMS

_FRAME_OCTETS = 160


def store_batch(connection: Connection, caller: CallingDevice, batch: Batch, now: int) -> Receipt:
    """Store what is new in `batch`, whose signatures the caller of this function has verified.

    Storing is idempotent: rows that are here already with the same bytes are counted and left alone. Raises Refusal,
    and then nothing of the batch is stored: `sync.not_member`, `sync.gap` (detail `expected`: the sequence number that
    comes next), `sync.row_conflict` (detail `sequence`: where other bytes are stored).
    """
    before: dict[str, int] = {}
    for dossier in sorted({segment.dossier for segment in batch.segments}):
        members.enter(connection, caller.organisation, dossier, now)
    news: list[tuple[str, FeedEntry]] = []
    stored = 0
    for segment in sorted(batch.segments, key=lambda one: (one.dossier, one.first)):
        known = _last_of(connection, caller, segment.dossier, before)
        fresh = _fresh_rows(connection, caller, segment, known)
        if fresh:
            entry = _keep(connection, caller, segment, fresh, now)
            news += [(reader, entry) for reader in members.readers_of(connection, segment.dossier)]
            before[segment.dossier] = segment.last
            stored += len(fresh)
    feed.append(connection, news)
    total = sum(len(segment.rows) for segment in batch.segments)
    return Receipt(stored=stored, known=total - stored)


def segments_of(connection: Connection, dossier: str) -> tuple[FeedEntry, ...]:
    """Return a feed entry for every segment of `dossier`, in the order in which they came."""
    query = (
        select(SEGMENTS.c.organisation, SEGMENTS.c.device, SEGMENTS.c.last, SEGMENTS.c.octets)
        .where(SEGMENTS.c.dossier == dossier)
        .order_by(SEGMENTS.c.number)
    )
    return tuple(
        FeedEntry(FeedKind.ROWS, organisation, dossier, device, str(last), octets)
        for organisation, device, last, octets in connection.execute(query)
    )


def read_segment(connection: Connection, entry: FeedEntry) -> Segment:
    """Return the segment that a feed entry points to, byte for byte as it was pushed."""
    last = int(entry.place)
    found = connection.execute(
        select(SEGMENTS.c.first, SEGMENTS.c.signature).where(
            SEGMENTS.c.organisation == entry.author,
            SEGMENTS.c.dossier == entry.subject,
            SEGMENTS.c.device == entry.device,
            SEGMENTS.c.last == last,
        )
    ).one()
    rows = _rows(connection, (entry.author, entry.subject, entry.device), found[0], last)
    return Segment(
        dossier=DossierId(entry.subject),
        device=DeviceId(entry.device),
        first=found[0],
        rows=tuple(rows),
        signature=found[1],
    )


def _last_of(connection: Connection, caller: CallingDevice, dossier: str, before: dict[str, int]) -> int:
    if dossier in before:
        return before[dossier]
    stream = {"organisation": caller.organisation, "dossier": dossier, "device": caller.device}
    insert_once(connection, STREAMS, {**stream, "last": 0})
    query = select(STREAMS.c.last).where(*_in_stream(caller, dossier)).with_for_update()
    before[dossier] = connection.execute(query).scalar_one()
    return before[dossier]


def _fresh_rows(connection: Connection, caller: CallingDevice, segment: Segment, known: int) -> Sequence[Row]:
    if segment.first > known + 1:
        raise Refusal("sync.gap", {"dossier": segment.dossier, "expected": str(known + 1)})
    overlap = max(0, min(known, segment.last) - segment.first + 1)
    if overlap:
        place = (caller.organisation, segment.dossier, caller.device)
        here = _rows(connection, place, segment.first, segment.first + overlap - 1)
        for at, (stored, pushed) in enumerate(zip(here, segment.rows[:overlap], strict=True)):
            if stored != pushed:
                conflict = {"dossier": segment.dossier, "sequence": str(segment.first + at)}
                raise Refusal("sync.row_conflict", conflict)
    return segment.rows[overlap:]


def _keep(connection: Connection, caller: CallingDevice, segment: Segment, fresh: Sequence[Row], now: int) -> FeedEntry:
    stream = {"organisation": caller.organisation, "dossier": segment.dossier, "device": caller.device}
    insert_rows(connection, stream, segment.last - len(fresh) + 1, fresh)
    connection.execute(update(STREAMS).where(*_in_stream(caller, segment.dossier)).values(last=segment.last))
    return insert_segment(connection, stream, segment, now)


def insert_rows(connection: Connection, stream: dict[str, str], first: int, rows: Sequence[Row]) -> None:
    """Write `rows` from number `first` on of `stream` (organisation, dossier, device), where none are."""
    connection.execute(
        insert(ROWS),
        [
            {
                **stream,
                "sequence": first + at,
                "compartment": row.compartment,
                "epoch": row.epoch,
                "previous": row.previous,
                "sealed": row.sealed,
            }
            for at, row in enumerate(rows)
        ],
    )


def insert_segment(connection: Connection, stream: dict[str, str], segment: Segment, now: int) -> FeedEntry:
    """Write where `segment` of `stream` lies and how it is signed, and return the entry that points to it."""
    octets = sum(len(row.sealed) * 4 // 3 + _FRAME_OCTETS for row in segment.rows)
    connection.execute(
        insert(SEGMENTS).values(
            **stream,
            last=segment.last,
            first=segment.first,
            octets=octets,
            signature=segment.signature,
            number=members.next_number(connection, segment.dossier),
            stored=now,
        )
    )
    return FeedEntry(FeedKind.ROWS, stream["organisation"], segment.dossier, segment.device, str(segment.last), octets)


def _rows(connection: Connection, place: tuple[str, str, str], first: int, last: int) -> list[Row]:
    organisation, dossier, device = place
    query = (
        select(ROWS.c.compartment, ROWS.c.epoch, ROWS.c.previous, ROWS.c.sealed)
        .where(
            ROWS.c.organisation == organisation,
            ROWS.c.dossier == dossier,
            ROWS.c.device == device,
            ROWS.c.sequence.between(first, last),
        )
        .order_by(ROWS.c.sequence)
    )
    return [Row(*row) for row in connection.execute(query)]


def _in_stream(caller: CallingDevice, dossier: str) -> tuple[ColumnElement[bool], ...]:
    return (
        STREAMS.c.organisation == caller.organisation,
        STREAMS.c.dossier == dossier,
        STREAMS.c.device == caller.device,
    )
