"""Entries of a feed whose content is damaged in the database: marked, passed over and told, never in the way.

They come back when the device that wrote them sends them again, which every laptop does after `restored`.
"""

import hashlib
import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select, update
from sqlalchemy.exc import NoResultFound

from protocol.errors import UserError
from protocol.messages.message import to_bytes
from protocol.messages.rows import Batch, Segment
from protocol.messages.wraps import WrapSet
from protocol.signatures import SIGNATURE_BYTES
from server.log import note
from server.store import feed, members
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.feed import FeedEntry, FeedKind
from server.store.tables import DAMAGED, ROWS, SEGMENTS, STREAMS, WRAP_SETS

_LOGGER = logging.getLogger(__name__)
_DIGEST_BYTES = 32
_Content = TypeVar("_Content")


def read_or_mark(
    connection: Connection, place: tuple[str, int], entry: FeedEntry, read: Callable[[], _Content]
) -> _Content | None:
    """Return what `read` finds, or None for what is damaged, which is then marked at `place` (organisation, number)."""
    try:
        return read()
    except (NoResultFound, UserError, ValueError, TypeError):
        _mark(connection, place, entry)
        return None


def require_whole(entry: FeedEntry, segment: Segment) -> Segment:
    """Return `segment`; raises ValueError when the rows or their fixed parts are not all there."""
    sizes = [len(row.previous) == _DIGEST_BYTES and isinstance(row.sealed, bytes) for row in segment.rows]
    if not sizes or not all(sizes) or segment.last != int(entry.place) or len(segment.signature) != SIGNATURE_BYTES:
        raise ValueError(entry.kind)
    return segment


def require_same(entry: FeedEntry, wraps: WrapSet) -> WrapSet:
    """Return `wraps`; raises ValueError when it is not what the entry names."""
    if hashlib.sha256(to_bytes(wraps)).hexdigest() != entry.place:
        raise ValueError(entry.kind)
    return wraps


def is_missing(connection: Connection, organisation: str, position: int) -> bool:
    """Tell whether the entry is marked and has not come again."""
    here = (DAMAGED.c.organisation == organisation, DAMAGED.c.position == position, DAMAGED.c.mended.is_(None))
    return connection.execute(select(DAMAGED.c.position).where(*here)).first() is not None


def count(connection: Connection) -> int:
    """Return how many entries are damaged and have not come again."""
    found: int = connection.execute(
        select(func.count()).select_from(DAMAGED).where(DAMAGED.c.mended.is_(None))
    ).scalar_one()
    return found


def mend_rows(connection: Connection, caller: CallingDevice, batch: Batch, now: int) -> None:
    """Put rows that came again in the place of damaged ones, and their segments in the feeds once more.

    Only in places that are marked, so that nothing that is whole is ever written over. The signatures of the batch are
    verified already.
    """
    for segment in batch.segments:
        for last in _damaged_ends(connection, caller, segment):
            _mend(connection, caller, segment, last)
            here = (*_marks(caller, segment.dossier, FeedKind.ROWS), DAMAGED.c.place == str(last))
            connection.execute(update(DAMAGED).where(*here).values(mended=now))


def forget_broken_wraps(connection: Connection, caller: CallingDevice, wraps: WrapSet, now: int) -> None:
    """Make room for a set of wraps that came again and whose stored copy is marked as damaged."""
    digest = hashlib.sha256(to_bytes(wraps)).hexdigest()
    here = (*_marks(caller, wraps.dossier, FeedKind.WRAPS), DAMAGED.c.place == digest)
    if connection.execute(select(DAMAGED.c.position).where(*here)).first() is None:
        return
    connection.execute(
        delete(WRAP_SETS).where(
            WRAP_SETS.c.organisation == wraps.recipient,
            WRAP_SETS.c.dossier == wraps.dossier,
            WRAP_SETS.c.device == caller.device,
            WRAP_SETS.c.digest == digest,
        )
    )
    connection.execute(update(DAMAGED).where(*here).values(mended=now))


def _mark(connection: Connection, place: tuple[str, int], entry: FeedEntry) -> None:
    organisation, position = place
    values: dict[str, object] = {
        "organisation": organisation,
        "position": position,
        "kind": entry.kind.value,
        "subject": entry.subject,
        "device": entry.device,
        "place": entry.place,
    }
    if insert_once(connection, DAMAGED, values):
        note(_LOGGER, "entry.damaged", kind=entry.kind.value, subject=entry.subject, device=entry.device)


def _marks(caller: CallingDevice, dossier: str, kind: FeedKind) -> tuple[ColumnElement[bool], ...]:
    return (
        DAMAGED.c.device == caller.device,
        DAMAGED.c.subject == dossier,
        DAMAGED.c.kind == kind.value,
        DAMAGED.c.mended.is_(None),
    )


def _damaged_ends(connection: Connection, caller: CallingDevice, segment: Segment) -> list[int]:
    """Return the last sequence of each damaged segment that ends within `segment`."""
    query = select(DAMAGED.c.place).where(*_marks(caller, segment.dossier, FeedKind.ROWS)).distinct()
    ends = sorted(int(place) for place in connection.execute(query).scalars())
    return [last for last in ends if segment.first <= last <= segment.last]


def _mend(connection: Connection, caller: CallingDevice, segment: Segment, last: int) -> None:
    ours = {"organisation": caller.organisation, "dossier": segment.dossier, "device": caller.device}
    before = select(func.coalesce(func.max(SEGMENTS.c.last), 0)).where(*_in(SEGMENTS, ours), SEGMENTS.c.last < last)
    first = max(connection.execute(before).scalar_one() + 1, segment.first)
    known = connection.execute(select(STREAMS.c.last).where(*_in(STREAMS, ours))).scalar_one()
    connection.execute(delete(ROWS).where(*_in(ROWS, ours), ROWS.c.sequence.between(first, last)))
    rows = segment.rows[first - segment.first : last - segment.first + 1]
    values = [
        {
            **ours,
            "sequence": first + at,
            "compartment": row.compartment,
            "epoch": row.epoch,
            "previous": row.previous,
            "sealed": row.sealed,
        }
        for at, row in enumerate(rows)
    ]
    connection.execute(insert(ROWS), values)
    if segment.last <= known:  # else the rest is new: it is stored, and told, as always
        _tell_again(connection, ours, segment)


def _tell_again(connection: Connection, ours: dict[str, str], segment: Segment) -> None:
    connection.execute(delete(SEGMENTS).where(*_in(SEGMENTS, ours), SEGMENTS.c.last == segment.last))
    octets = sum(len(row.sealed) for row in segment.rows)
    connection.execute(
        insert(SEGMENTS).values(
            **ours,
            last=segment.last,
            first=segment.first,
            octets=octets,
            signature=segment.signature,
            number=members.next_number(connection, segment.dossier),
            stored=0,
        )
    )
    entry = FeedEntry(FeedKind.ROWS, ours["organisation"], segment.dossier, segment.device, str(segment.last), octets)
    feed.append(connection, [(reader, entry) for reader in members.readers_of(connection, segment.dossier)])


def _in(table: Table, ours: dict[str, str]) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == value for name, value in ours.items())
