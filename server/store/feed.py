"""The numbered feed of each organisation: what it may read, in the order in which it became so.

The numbers of a feed are given out under a lock on the organisation, so they become visible in their own order: a
reader that has seen number n never misses a lower one.
"""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from protocol.limits import MOST_ROWS
from server.refusals import Refusal
from server.store.bulk_sql import insert_all
from server.store.tables import FEED, ORGANISATIONS, READING_ENDS

_LARGEST_MARK = 2**53 - 1
BLANK = "gone"
"""The kind of an entry that points to nothing any more; its number and its mark stay, because laptops know them."""


class FeedKind(StrEnum):
    """What an entry points to."""

    WRAPS = "wraps"
    ROWS = "rows"
    MEMBERSHIP = "membership"
    ERASURE = "erasure"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """One item: who made it, which dossier it is about (`subject`), where it is stored, how large it is."""

    kind: FeedKind
    author: str
    subject: str
    device: str
    place: str
    octets: int


@dataclass(frozen=True, slots=True)
class FeedPart:
    """The entries of one feed from number `first` to `last`, without what the device `without` left there.

    Without those either that are blank, and those of dossiers that are read no further.
    """

    organisation: str
    first: int
    last: int
    without: str | None = None

    def conditions(self, kind: FeedKind | None = None) -> tuple[ColumnElement[bool], ...]:
        """Return the conditions on FEED that hold for the entries of this part, of one `kind` where it is said."""
        ended = select(READING_ENDS.c.position).where(
            READING_ENDS.c.organisation == FEED.c.organisation,
            READING_ENDS.c.dossier == FEED.c.subject,
            READING_ENDS.c.position >= FEED.c.position,
        )
        others = or_(FEED.c.device != self.without, FEED.c.kind == FeedKind.MEMBERSHIP.value)
        return (
            FEED.c.organisation == self.organisation,
            FEED.c.position.between(self.first, self.last),
            FEED.c.kind != BLANK,
            ~ended.exists(),
            *(() if self.without is None else (others,)),
            *(() if kind is None else (FEED.c.kind == kind.value,)),
        )


class FeedEnd(NamedTuple):
    """The last number given out in a feed, and the mark of the entry at the cursor that was asked about."""

    position: int
    mark_of_cursor: int


def append(connection: Connection, items: Iterable[tuple[str, FeedEntry]]) -> None:
    """Append each entry to the feed of its organisation, keeping their order."""
    by_reader: dict[str, list[FeedEntry]] = defaultdict(list)
    for organisation, entry in items:
        by_reader[organisation].append(entry)
    for organisation in sorted(by_reader):  # always in this order: two transactions never wait for each other
        _append_to(connection, organisation, by_reader[organisation])


def read(connection: Connection, part: FeedPart) -> tuple[tuple[int, FeedEntry], ...]:
    """Return the entries of a part of a feed with their numbers, at most MOST_ROWS."""
    query = (
        select(FEED.c.position, FEED.c.kind, FEED.c.author, FEED.c.subject, FEED.c.device, FEED.c.place, FEED.c.octets)
        .where(*part.conditions())
        .order_by(FEED.c.position)
        .limit(MOST_ROWS)
    )
    return tuple((row[0], FeedEntry(FeedKind(row[1]), *row[2:])) for row in connection.execute(query))


def mark_of(connection: Connection, organisation: str, position: int) -> int:
    """Return the mark of the entry `position`; 0 before the first entry, and of those of before there were marks."""
    query = select(FEED.c.mark).where(FEED.c.organisation == organisation, FEED.c.position == position)
    return connection.execute(query).scalar_one_or_none() or 0


def require_known(connection: Connection, organisation: str, cursor: int, mark: int | None) -> FeedEnd:
    """Return where this feed ends; refuse a cursor that it never gave out, because the database was put back since.

    A database that came back gives old numbers out again, each with another mark. Raises Refusal `sync.cursor_ahead`
    (detail `end`: the last number of this feed) beyond the end, and where `mark` is not the one of entry `cursor`.
    """
    here = and_(FEED.c.organisation == ORGANISATIONS.c.organisation, FEED.c.position == cursor)
    query = select(ORGANISATIONS.c.feed_position, FEED.c.mark).join_from(ORGANISATIONS, FEED, here, isouter=True)
    position, found = connection.execute(query.where(ORGANISATIONS.c.organisation == organisation)).one()
    end = FeedEnd(position, found or 0)
    if cursor > end.position or mark not in {None, end.mark_of_cursor}:
        raise Refusal("sync.cursor_ahead", {"end": str(end.position)})
    return end


def _append_to(connection: Connection, organisation: str, entries: list[FeedEntry]) -> None:
    counted = (
        update(ORGANISATIONS)
        .where(ORGANISATIONS.c.organisation == organisation)
        .values(feed_position=ORGANISATIONS.c.feed_position + len(entries))
        .returning(ORGANISATIONS.c.feed_position)
    )
    last = connection.execute(counted).scalar_one()
    mark = 1 + secrets.randbelow(_LARGEST_MARK)
    insert_all(
        connection,
        FEED,
        [
            (organisation, position, *_entry_values(entry), mark)
            for position, entry in enumerate(entries, last - len(entries) + 1)
        ],
    )


def _entry_values(entry: FeedEntry) -> tuple[object, ...]:
    return entry.kind.value, entry.author, entry.subject, entry.device, entry.place, entry.octets
