"""One page of a feed, made of what its entries point to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sqlalchemy import Connection

from protocol.limits import MOST_ROWS, PAGE_BODY_BYTES
from protocol.messages.erasure import ErasureStatement
from protocol.messages.feed import Page, PageHead
from protocol.messages.membership import MembershipLog
from protocol.messages.message import from_bytes
from protocol.messages.rows import Row, Segment
from protocol.messages.wraps import WrapSet
from server.store import damage, feed
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.generation import generation_of
from server.store.keeping.erasures import erasures_in
from server.store.membership import read_log, statements_in
from server.store.rows import StoredSegment, rows_in, segments_in
from server.store.wraps import documents_in


def read_page(
    connection: Connection,
    caller: CallingDevice,
    after: int,
    mark: int | None = None,
    *,
    own_too: bool,
    room: int = PAGE_BODY_BYTES,
) -> Page:
    """Return what the organisation of `caller` may read after `after`.

    A page ends before an entry that would make it larger than `room` bytes or bring it above `MOST_ROWS` rows;
    the first entry always fits. What the calling device itself left there is passed over, unless `own_too`. What is
    damaged in the database is passed over, and its subject is in `left_out`. Raises Refusal `sync.cursor_ahead` unless
    this feed gave out `after`, with `mark` where it is told.
    """
    end, mark_of_cursor = feed.require_known(connection, caller.organisation, after, mark)
    if after == end:
        return Page(_nothing_new(connection, end, mark_of_cursor), ())
    part = FeedPart(caller.organisation, after + 1, end, None if own_too else caller.device)
    entries = feed.read(connection, part)
    segments = segments_in(connection, replace(part, last=entries[-1][0])) if _has(entries, FeedKind.ROWS) else {}
    fitting = _fitting(entries, segments, room)
    cursor = end if len(fitting) == len(entries) < MOST_ROWS else fitting[-1][0]
    found = _found(connection, fitting, replace(part, last=cursor), segments)
    head = PageHead(
        logs=tuple(found.logs.values()),
        wraps=tuple(found.wraps),
        erasures=tuple(found.erasures),
        cursor=cursor,
        more=cursor < end,
        generation=generation_of(connection),
        mark=feed.mark_of(connection, caller.organisation, cursor),
        left_out=tuple(found.left_out),
    )
    return Page(head, tuple(found.segments))


def _nothing_new(connection: Connection, end: int, mark: int) -> PageHead:
    """Return the answer that nearly every laptop gets every minute: it takes two statements to find."""
    return PageHead((), (), (), end, more=False, generation=generation_of(connection), mark=mark, left_out=())


_Entries = Sequence[tuple[int, FeedEntry]]
_Content = WrapSet | Segment | MembershipLog | ErasureStatement


@dataclass(slots=True)
class _Found:
    """What a page is made of."""

    wraps: list[WrapSet] = field(default_factory=list)
    erasures: list[ErasureStatement] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    logs: dict[str, MembershipLog] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, entry: FeedEntry, content: "_Content | None") -> None:
        if isinstance(content, WrapSet):
            self.wraps.append(content)
        elif isinstance(content, ErasureStatement):
            self.erasures.append(content)
        elif isinstance(content, Segment):
            self.segments.append(content)
        elif isinstance(content, MembershipLog):
            self.logs[entry.subject] = content
        else:
            self.left_out.append(entry.subject)


def _has(entries: _Entries, kind: FeedKind) -> bool:
    return any(entry.kind is kind for _, entry in entries)


def _fitting(entries: _Entries, segments: Mapping[int, StoredSegment], room: int) -> _Entries:
    """Return those of `entries`, from the first on, that one page holds."""
    octets, rows = 0, 0
    for count, (position, entry) in enumerate(entries):
        segment = segments.get(position)
        more = 0 if segment is None else segment.last - segment.first + 1
        if count and (octets + entry.octets > room or (rows and rows + more > MOST_ROWS)):
            return entries[:count]
        octets += entry.octets
        rows += more
    return entries


def _found(connection: Connection, entries: _Entries, part: FeedPart, segments: Mapping[int, StoredSegment]) -> _Found:
    """Return what `entries` point to, all that lies in one table with one statement, and in no other table."""
    found = _Found()
    contents = _Contents(
        segments,
        rows_in(connection, part) if _has(entries, FeedKind.ROWS) else {},
        documents_in(connection, part) if _has(entries, FeedKind.WRAPS) else {},
        erasures_in(connection, part) if _has(entries, FeedKind.ERASURE) else {},
        statements_in(connection, part) if _has(entries, FeedKind.MEMBERSHIP) else {},
    )
    for position, entry in entries:
        if entry.kind is FeedKind.ERASURE and position not in contents.erasures:
            continue  # the dossier was offered again since
        here = (part.organisation, position)
        read = partial(_read, contents, part.organisation, position, entry)
        content = damage.read_or_mark(connection, here, entry, read)
        if content is not None or damage.is_missing(connection, *here):
            found.add(entry, content)
    return found


@dataclass(frozen=True, slots=True)
class _Contents:
    """What the database holds for the entries of a page, by their number, and the logs by dossier, as it was found."""

    segments: Mapping[int, StoredSegment]
    rows: Mapping[int, Sequence[Row]]
    wraps: Mapping[int, bytes]
    erasures: Mapping[int, bytes]
    statements: Mapping[str, Sequence[bytes]]


def _read(contents: _Contents, organisation: str, position: int, entry: FeedEntry) -> _Content:
    """Return what an entry of a feed points to. Raises KeyError and others for what is not (whole) there."""
    if entry.kind is FeedKind.ROWS:
        return damage.require_whole(entry, contents.segments[position], contents.rows[position])
    if entry.kind is FeedKind.WRAPS:
        return damage.require_same(entry, contents.wraps[position])
    if entry.kind is FeedKind.ERASURE:
        return from_bytes(ErasureStatement, contents.erasures[position])
    return read_log(contents.statements[entry.subject], organisation)
