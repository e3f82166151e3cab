"""One page of a feed, made of what its entries point to."""

from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Connection

from protocol.limits import MOST_ROWS, PAGE_BODY_BYTES
from protocol.messages.feed import Page, PageHead
from protocol.messages.membership import MembershipLog
from protocol.messages.rows import Segment
from protocol.messages.wraps import WrapSet
from server.store import damage, feed
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind
from server.store.generation import generation_of
from server.store.membership import read_log
from server.store.rows import read_segment
from server.store.wraps import read_wraps


def read_page(
    connection: Connection, caller: CallingDevice, after: int, mark: int | None = None, *, own_too: bool
) -> Page:
    """Return what the organisation of `caller` may read after `after`.

    A page ends before an entry that would make it larger than `PAGE_BODY_BYTES` or bring it above `MOST_ROWS` rows;
    the first entry always fits. What the calling device itself left there is passed over, unless `own_too`. What is
    damaged in the database is passed over, and its subject is in `left_out`. Raises Refusal `sync.cursor_ahead` unless
    this feed gave out `after`, with `mark` where it is told.
    """
    feed.require_known(connection, caller.organisation, after, mark)
    end = feed.length(connection, caller.organisation)
    entries = feed.read(connection, caller.organisation, after, end, None if own_too else caller.device)
    found = _Found(after)
    whole = all(_take(connection, caller, found, *numbered) for numbered in entries)
    cursor = end if whole and len(entries) < MOST_ROWS else found.cursor
    head = PageHead(
        logs=tuple(found.logs.values()),
        wraps=tuple(found.wraps),
        cursor=cursor,
        more=cursor < end,
        generation=generation_of(connection),
        mark=feed.mark_of(connection, caller.organisation, cursor),
        left_out=tuple(found.left_out),
    )
    return Page(head, tuple(found.segments))


@dataclass(slots=True)
class _Found:
    """What a page is made of, up to the entry `cursor`."""

    cursor: int
    octets: int = 0
    rows: int = 0
    wraps: list[WrapSet] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    logs: dict[str, MembershipLog] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)

    def add(self, entry: FeedEntry, content: WrapSet | Segment | MembershipLog | None) -> None:
        if isinstance(content, WrapSet):
            self.wraps.append(content)
        elif isinstance(content, Segment):
            self.segments.append(content)
        elif isinstance(content, MembershipLog):
            self.logs[entry.subject] = content
        else:
            self.left_out.append(entry.subject)


def _take(connection: Connection, caller: CallingDevice, found: _Found, position: int, entry: FeedEntry) -> bool:
    """Add an entry to a page; False when there is no room for it."""
    if found.octets and found.octets + entry.octets > PAGE_BODY_BYTES:
        return False
    here = (caller.organisation, position)
    content = damage.read_or_mark(connection, here, entry, partial(_read, connection, caller, entry))
    count = len(content.rows) if isinstance(content, Segment) else 0
    if found.rows and found.rows + count > MOST_ROWS:
        return False
    if content is not None or damage.is_missing(connection, *here):
        found.add(entry, content)
    found.rows += count
    found.octets += entry.octets
    found.cursor = position
    return True


def _read(connection: Connection, caller: CallingDevice, entry: FeedEntry) -> WrapSet | Segment | MembershipLog:
    if entry.kind is FeedKind.ROWS:
        return damage.require_whole(entry, read_segment(connection, entry))
    if entry.kind is FeedKind.WRAPS:
        return damage.require_same(entry, read_wraps(connection, caller.organisation, entry))
    return read_log(connection, caller.organisation, entry.subject)
