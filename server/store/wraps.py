"""Wrapped dossier keys, kept for their recipient until it is in the dossier, and ever after."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, and_, func, select

from protocol.messages.message import to_bytes
from protocol.messages.wraps import WrapBatch
from server.store import devices, feed, members
from server.store.bulk_sql import insert_all
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.tables import FEED, WRAP_SETS


def store_wraps(
    connection: Connection, caller: CallingDevice, batch: WrapBatch, now: int
) -> tuple[tuple[int, str], ...]:
    """Keep sets of wraps; repeating them changes nothing. Return the place and the code of each that is refused.

    Codes: `sync.not_member`, `sync.dossier_erased` or `membership.recipient_unknown`. The number of SQL statements does
    not grow with that of the sets.
    """
    entered = members.enter_all(connection, caller.organisation, [*{each.dossier for each in batch.sets}], now)
    known = devices.organisations_known(connection, {each.recipient for each in batch.sets})
    refused: list[tuple[int, str]] = []
    wanted: dict[tuple[str, str, str], bytes] = {}
    for place, each in enumerate(batch.sets):
        standing = entered[each.dossier].standing
        if standing == members.ERASED:
            refused.append((place, "sync.dossier_erased"))
        elif standing is None or not members.may_wrap(standing):
            refused.append((place, "sync.not_member"))
        elif each.recipient not in known:
            refused.append((place, "membership.recipient_unknown"))
        else:
            document = to_bytes(each)
            wanted[each.recipient, each.dossier, digest_of(document)] = document
    _keep(connection, caller, wanted, {dossier: number for dossier, (number, _) in entered.items()})
    return tuple(refused)


def _keep(
    connection: Connection,
    caller: CallingDevice,
    wanted: Mapping[tuple[str, str, str], bytes],
    numbers: dict[str, int],
) -> None:
    """Write what is new of `wanted`, by recipient, dossier and digest, and tell those recipients that may read."""
    here = select(WRAP_SETS.c.organisation, WRAP_SETS.c.dossier, WRAP_SETS.c.digest).where(
        WRAP_SETS.c.device == caller.device,
        WRAP_SETS.c.organisation.in_({recipient for recipient, _, _ in wanted}),
        WRAP_SETS.c.dossier.in_({dossier for _, dossier, _ in wanted}),
    )
    stored = {tuple(row) for row in connection.execute(here)} if wanted else set()
    rows: list[tuple[object, ...]] = []
    news: list[tuple[str, FeedEntry]] = []
    fresh = {place: document for place, document in wanted.items() if place not in stored}
    readers = members.readers_of_all(connection, [*{dossier for _, dossier, _ in fresh}])
    for (recipient, dossier, digest), document in fresh.items():
        numbers[dossier] += 1
        rows.append((recipient, dossier, caller.device, digest, numbers[dossier], document))
        if recipient in readers[dossier]:
            entry = FeedEntry(FeedKind.WRAPS, caller.organisation, dossier, caller.device, digest, len(document))
            news.append((recipient, entry))
    insert_all(connection, WRAP_SETS, rows)
    members.count_on(connection, {dossier: numbers[dossier] for _, dossier, _ in fresh})
    feed.append(connection, news)


def wraps_for(connection: Connection, recipient: str, dossier: str, after: int) -> tuple[FeedEntry, ...]:
    """Return a feed entry for every set of wraps of `dossier` for `recipient` beyond the number `after`, in order."""
    query = (
        select(WRAP_SETS.c.device, WRAP_SETS.c.digest, func.length(WRAP_SETS.c.document))
        .where(WRAP_SETS.c.organisation == recipient, WRAP_SETS.c.dossier == dossier, WRAP_SETS.c.number > after)
        .order_by(WRAP_SETS.c.number)
    )
    return tuple(
        FeedEntry(FeedKind.WRAPS, recipient, dossier, device, digest, octets)
        for device, digest, octets in connection.execute(query)
    )


def documents_in(connection: Connection, part: FeedPart) -> Mapping[int, bytes]:
    """Return, by the number of the entry, the bytes of every set of wraps that a part of a feed points to."""
    pointed_to = and_(
        WRAP_SETS.c.organisation == FEED.c.organisation,
        WRAP_SETS.c.dossier == FEED.c.subject,
        WRAP_SETS.c.device == FEED.c.device,
        WRAP_SETS.c.digest == FEED.c.place,
    )
    query = select(FEED.c.position, WRAP_SETS.c.document).join_from(FEED, WRAP_SETS, pointed_to)
    return dict(connection.execute(query.where(*part.conditions(FeedKind.WRAPS))).all())


def digest_of(document: bytes) -> str:
    """Return the name of a set of wraps by its bytes."""
    return hashlib.sha256(document).hexdigest()


def in_place(recipient: str, dossier: str, device: str, digest: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that hold for the one set of wraps that `device` left there."""
    return (
        WRAP_SETS.c.organisation == recipient,
        WRAP_SETS.c.dossier == dossier,
        WRAP_SETS.c.device == device,
        WRAP_SETS.c.digest == digest,
    )
