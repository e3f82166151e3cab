"""Offers: each step is a signed statement, and decides which organisation is in the dossier."""

from sqlalchemy import Connection, insert, select, update

from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.offers import NEXT, Offer, OfferStep, Statement, signer_of, subject_of
from server.refusals import Refusal
from server.store import devices, feed, members
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind
from server.store.members import FORMER, INVITED, OWNER
from server.store.rows import segments_of
from server.store.tables import OFFERS, STATEMENTS
from server.store.wraps import wraps_for

_OPEN = (OfferStep.OFFERED.value, OfferStep.RECEIVED.value)


def take_step(connection: Connection, caller: CallingDevice, statement: Statement) -> Offer:
    """Take the step that `statement` states, its signature already verified, and return all statements of the offer.

    Repeating the newest step changes nothing. Raises Refusal `offer.not_yours`, `offer.wrong_step` (detail `step`:
    where the offer is), `offer.already_open`, `offer.recipient_unknown`, `sync.not_member`, `sync.not_found`.
    """
    members.lock(connection, statement.dossier)
    offer = find_offer(connection, statement.offer)
    _require_signer(caller, statement)
    if offer is None:
        _open_offer(connection, caller, statement)
    elif subject_of(offer.statements[0]) != subject_of(statement):
        raise Refusal("offer.wrong_step", {"step": offer.step.value})
    elif offer.step == statement.step:
        return offer
    elif statement.step not in NEXT[offer.step]:
        raise Refusal("offer.wrong_step", {"step": offer.step.value})
    statements = (*(offer.statements if offer else ()), statement)
    _write(connection, statement, len(statements))
    _announce(connection, statement, _let_in_or_out(connection, statement))
    return Offer(statements=statements)


def find_offer(connection: Connection, offer: str) -> Offer | None:
    """Return an offer with all its statements, or None."""
    query = select(STATEMENTS.c.document).where(STATEMENTS.c.offer == offer).order_by(STATEMENTS.c.number)
    documents = connection.execute(query).scalars().all()
    if not documents:
        return None
    return Offer(statements=tuple(from_bytes(Statement, document) for document in documents))


def _require_signer(caller: CallingDevice, statement: Statement) -> None:
    if caller.organisation != signer_of(statement) or statement.device != caller.device:
        raise Refusal("offer.not_yours")


def _open_offer(connection: Connection, caller: CallingDevice, statement: Statement) -> None:
    if statement.step is not OfferStep.OFFERED:
        raise Refusal("sync.not_found")
    if members.standing_of(connection, caller.organisation, statement.dossier) != OWNER:
        raise Refusal("sync.not_member")
    if statement.recipient == statement.sender or not devices.organisation_known(connection, statement.recipient):
        raise Refusal("offer.recipient_unknown")
    busy = select(OFFERS.c.offer).where(OFFERS.c.dossier == statement.dossier, OFFERS.c.step.in_(_OPEN))
    if connection.execute(busy).first() is not None:
        raise Refusal("offer.already_open")
    connection.execute(
        insert(OFFERS).values(
            offer=statement.offer,
            dossier=statement.dossier,
            sender=statement.sender,
            recipient=statement.recipient,
            step=statement.step.value,
        )
    )


def _write(connection: Connection, statement: Statement, number: int) -> None:
    connection.execute(insert(STATEMENTS).values(offer=statement.offer, number=number, document=to_bytes(statement)))
    connection.execute(update(OFFERS).where(OFFERS.c.offer == statement.offer).values(step=statement.step.value))


def _let_in_or_out(connection: Connection, statement: Statement) -> tuple[FeedEntry, ...]:
    """Change who is in the dossier, and return what the recipient may read from now on."""
    if statement.step is OfferStep.OFFERED:
        members.set_standing(connection, statement.recipient, statement.dossier, INVITED)
        return (
            *wraps_for(connection, statement.recipient, statement.dossier),
            *segments_of(connection, statement.dossier),
        )
    if statement.step is OfferStep.ACCEPTED:
        members.set_standing(connection, statement.recipient, statement.dossier, OWNER)
        members.set_standing(connection, statement.sender, statement.dossier, FORMER)
    if statement.step in {OfferStep.RETURNED, OfferStep.WITHDRAWN}:
        members.set_standing(connection, statement.recipient, statement.dossier, FORMER)
    return ()


def _announce(connection: Connection, statement: Statement, history: tuple[FeedEntry, ...]) -> None:
    entry = FeedEntry(FeedKind.OFFER, statement.sender, statement.offer, statement.device, statement.step.value, 0)
    feed.append(connection, [(statement.sender, entry), *((statement.recipient, item) for item in (*history, entry))])
