"""One page of a feed, made of what its entries point to."""

from sqlalchemy import Connection

from protocol.limits import MOST_ROWS, PAGE_BODY_BYTES
from protocol.messages.feed import Page
from protocol.messages.offers import Offer
from protocol.messages.rows import Segment
from protocol.messages.wraps import WrapSet
from server.store import feed
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind
from server.store.generation import generation_of
from server.store.offers import find_offer
from server.store.rows import read_segment
from server.store.wraps import read_wraps


def read_page(
    connection: Connection, caller: CallingDevice, after: int, mark: int | None = None, *, own_too: bool
) -> Page:
    """Return what the organisation of `caller` may read after `after`.

    A page ends before an entry that would make it larger than `PAGE_BODY_BYTES` or bring it above `MOST_ROWS` rows;
    the first entry always fits. Rows of the calling device itself are passed over, unless `own_too`. Raises Refusal
    `sync.cursor_ahead` unless this feed gave out `after`, with `mark` where it is told.
    """
    feed.require_known(connection, caller.organisation, after, mark)
    wraps: list[WrapSet] = []
    segments: list[Segment] = []
    offers: dict[str, Offer] = {}
    cursor, octets, rows = after, 0, 0
    for position, entry in feed.read(connection, caller.organisation, after):
        if octets and octets + entry.octets > PAGE_BODY_BYTES:
            break
        if entry.kind is FeedKind.ROWS and (own_too or entry.device != caller.device):
            segment = read_segment(connection, entry)
            if rows and rows + len(segment.rows) > MOST_ROWS:
                break
            segments.append(segment)
            rows += len(segment.rows)
            octets += entry.octets
        elif entry.kind is FeedKind.WRAPS:
            wraps.append(read_wraps(connection, caller.organisation, entry))
            octets += entry.octets
        elif entry.kind is FeedKind.OFFER:
            _add_offer(connection, entry, offers)
        cursor = position
    more = cursor < feed.length(connection, caller.organisation)
    return Page(
        wraps=tuple(wraps),
        segments=tuple(segments),
        offers=tuple(offers.values()),
        cursor=cursor,
        more=more,
        generation=generation_of(connection),
        mark=feed.mark_of(connection, caller.organisation, cursor),
    )


def _add_offer(connection: Connection, entry: FeedEntry, offers: dict[str, Offer]) -> None:
    offer = find_offer(connection, entry.subject)
    if offer is not None:
        offers[entry.subject] = offer
