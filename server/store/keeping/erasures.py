"""What organisations say that they erased: kept, told to their other laptops, and the end of what they give and get."""

from collections.abc import Mapping

from sqlalchemy import Connection, and_, delete, exists, select, update

from protocol.messages.erasure import ErasureBatch, ErasureStatement, erasure_message
from protocol.messages.membership import MembershipStep
from protocol.messages.message import to_bytes
from server.refusals import Refusal
from server.store import devices, feed, members
from server.store.bulk_sql import put_all
from server.store.calling_device import CallingDevice
from server.store.engine import insert_once
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.tables import ERASURES, FEED, MEMBERS, ORGANISATIONS, READING_ENDS, STATEMENTS


def keep_erasures(
    connection: Connection, caller: CallingDevice, batch: ErasureBatch, now: int
) -> tuple[tuple[int, str], ...]:
    """Keep what can be kept of `batch`; return the place and the code of each that is refused.

    Codes: `membership.not_yours` also for the signature of a revoked device, `sync.signature_wrong`, `sync.not_member`.
    """
    refused: list[tuple[int, str]] = []
    for place, statement in sorted(enumerate(batch.statements), key=lambda numbered: numbered[1].dossier):
        try:
            with connection.begin_nested():
                _keep(connection, caller, statement, now)
        except Refusal as refusal:
            refused.append((place, refusal.code))
    return tuple(refused)


def erased_by(connection: Connection, dossier: str) -> frozenset[str]:
    """Return the organisations that erased `dossier`."""
    query = select(ERASURES.c.organisation).where(ERASURES.c.dossier == dossier)
    return frozenset(connection.execute(query).scalars())


def lift_erasure(connection: Connection, organisation: str, dossier: str) -> None:
    """Let `organisation` have `dossier` again, because it is offered to it; what it had before stays away."""
    here = (ERASURES.c.organisation == organisation, ERASURES.c.dossier == dossier)
    connection.execute(delete(ERASURES).where(*here))


def end_reading(connection: Connection, organisation: str, dossier: str) -> None:
    """Let nothing of `dossier` that is in the feed of `organisation` be read any more, from this transaction on.

    Where the dossier is offered to it again, it gets all of it anew.
    """
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    connection.execute(update(MEMBERS).where(*here).values(given=0))
    end = select(ORGANISATIONS.c.feed_position).where(ORGANISATIONS.c.organisation == organisation)
    position = connection.execute(end).scalar_one()
    put_all(connection, READING_ENDS, [{"organisation": organisation, "dossier": dossier, "position": position}])


def erasures_in(connection: Connection, part: FeedPart) -> Mapping[int, bytes]:
    """Return, by the number of the entry, the bytes of every erasure that counts and is in a part of a feed."""
    pointed_to = and_(ERASURES.c.organisation == FEED.c.organisation, ERASURES.c.dossier == FEED.c.subject)
    query = select(FEED.c.position, ERASURES.c.document).join_from(FEED, ERASURES, pointed_to)
    return dict(connection.execute(query.where(*part.conditions(FeedKind.ERASURE))).all())


def _keep(connection: Connection, caller: CallingDevice, statement: ErasureStatement, now: int) -> None:
    said = (statement.organisation, statement.device)
    devices.require_author(connection, caller, said, erasure_message(statement), statement.signature)
    organisation, dossier = caller.organisation, statement.dossier
    members.lock(connection, dossier)
    standing = members.standing_of(connection, organisation, dossier)
    if standing is None:
        raise Refusal("sync.not_member", {"dossier": dossier})
    if standing == members.ERASED or _was_offered_since(connection, statement):
        return
    document = to_bytes(statement)
    place = {"dossier": dossier, "organisation": organisation}
    insert_once(connection, ERASURES, {**place, "device": statement.device, "stored": now, "document": document})
    members.set_standing(connection, organisation, dossier, members.ERASED, now)
    end_reading(connection, organisation, dossier)
    entry = FeedEntry(FeedKind.ERASURE, organisation, dossier, statement.device, "", len(document))
    feed.append(connection, [(organisation, entry)])


def _was_offered_since(connection: Connection, statement: ErasureStatement) -> bool:
    later = (
        STATEMENTS.c.dossier == statement.dossier,
        STATEMENTS.c.number > statement.number,
        STATEMENTS.c.step == MembershipStep.OFFERED.value,
        STATEMENTS.c.recipient == statement.organisation,
    )
    return bool(connection.execute(select(exists().where(*later))).scalar_one())
