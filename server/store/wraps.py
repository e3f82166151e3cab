"""Wrapped dossier keys, kept for their recipient until it is in the dossier, and ever after."""

import hashlib

from sqlalchemy import ColumnElement, Connection, func, insert, select

from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.wraps import WrapSet
from server.refusals import Refusal
from server.store import devices, feed, members
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind
from server.store.tables import WRAP_SETS


def store_wraps(connection: Connection, caller: CallingDevice, wraps: WrapSet, now: int) -> None:
    """Keep a set of wraps; repeating it changes nothing.

    Raises Refusal `sync.not_member` or `offer.recipient_unknown`.
    """
    standing = members.enter(connection, caller.organisation, wraps.dossier, now)
    if not members.may_wrap(standing):
        raise Refusal("sync.not_member")
    if not devices.organisation_known(connection, wraps.recipient):
        raise Refusal("offer.recipient_unknown")
    document = to_bytes(wraps)
    digest = digest_of(document)
    here = in_place(wraps.recipient, wraps.dossier, caller.device, digest)
    if connection.execute(select(WRAP_SETS.c.digest).where(*here)).first() is not None:
        return
    connection.execute(
        insert(WRAP_SETS).values(
            organisation=wraps.recipient,
            dossier=wraps.dossier,
            device=caller.device,
            digest=digest,
            number=members.next_number(connection, wraps.dossier),
            document=document,
        )
    )
    if wraps.recipient in members.readers_of(connection, wraps.dossier):
        entry = FeedEntry(FeedKind.WRAPS, caller.organisation, wraps.dossier, caller.device, digest, len(document))
        feed.append(connection, [(wraps.recipient, entry)])


def wraps_for(connection: Connection, recipient: str, dossier: str) -> tuple[FeedEntry, ...]:
    """Return a feed entry for every set of wraps of `dossier` for `recipient`, in the order in which they came."""
    query = (
        select(WRAP_SETS.c.device, WRAP_SETS.c.digest, func.length(WRAP_SETS.c.document))
        .where(WRAP_SETS.c.organisation == recipient, WRAP_SETS.c.dossier == dossier)
        .order_by(WRAP_SETS.c.number)
    )
    return tuple(
        FeedEntry(FeedKind.WRAPS, recipient, dossier, device, digest, octets)
        for device, digest, octets in connection.execute(query)
    )


def read_wraps(connection: Connection, recipient: str, entry: FeedEntry) -> WrapSet:
    """Return the set of wraps that a feed entry of `recipient` points to."""
    here = in_place(recipient, entry.subject, entry.device, entry.place)
    return from_bytes(WrapSet, connection.execute(select(WRAP_SETS.c.document).where(*here)).scalar_one())


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
