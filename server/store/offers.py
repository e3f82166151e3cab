"""Offers: each step is a signed statement, and decides which organisation is in the dossier."""

from sqlalchemy import Connection, insert, select, update

from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.offers import NEXT, TAKEN_BY_SENDER, Offer, OfferStep, Statement, subject_of
from server.problems import Refusal
from server.store import devices, feed, members
from server.store.caller import Caller
from server.store.feed import FeedEntry, FeedKind
from server.store.members import FORMER, INVITED, OWNER
from server.store.rows import segments_of
from server.store.tables import OFFERS, STATEMENTS
from server.store.wraps import wraps_for

_OPEN = (OfferStep.OFFERED.value, OfferStep.RECEIVED.value)


def take_step(connection: Connection, caller: Caller, said: Statement) -> Offer:
    """Take the step that `said` states, its signature already verified, and return all statements of the offer.

    Repeating the newest step changes nothing. Raises Refusal `offer.not_yours`, `offer.wrong_step` (detail `step`:
    where the offer is), `offer.already_open`, `offer.recipient_unknown`, `sync.not_member`, `sync.not_found`.
    """
    members.lock(connection, said.dossier)
    offer = find_offer(connection, said.offer)
    _require_speaker(caller, said)
    if offer is None:
        _open_offer(connection, caller, said)
    elif subject_of(offer.statements[0]) != subject_of(said):
        raise Refusal("offer.wrong_step", {"step": offer.step.value})
    elif offer.step == said.step:
        return offer
    elif said.step not in NEXT[offer.step]:
        raise Refusal("offer.wrong_step", {"step": offer.step.value})
    statements = (*(offer.statements if offer else ()), said)
    _write(connection, said, len(statements))
    _announce(connection, said, _let_in_or_out(connection, said))
    return Offer(statements=statements)


def find_offer(connection: Connection, offer: str) -> Offer | None:
    """Return an offer with all its statements, or None."""
    query = select(STATEMENTS.c.document).where(STATEMENTS.c.offer == offer).order_by(STATEMENTS.c.number)
    documents = connection.execute(query).scalars().all()
    if not documents:
        return None
    return Offer(statements=tuple(from_bytes(Statement, document) for document in documents))


def _require_speaker(caller: Caller, said: Statement) -> None:
    speaker = said.sender if said.step in TAKEN_BY_SENDER else said.recipient
    if caller.organisation != speaker or said.device != caller.device:
        raise Refusal("offer.not_yours")


def _open_offer(connection: Connection, caller: Caller, said: Statement) -> None:
    if said.step is not OfferStep.OFFERED:
        raise Refusal("sync.not_found")
    if members.standing_of(connection, caller.organisation, said.dossier) != OWNER:
        raise Refusal("sync.not_member")
    if said.recipient == said.sender or not devices.organisation_known(connection, said.recipient):
        raise Refusal("offer.recipient_unknown")
    busy = select(OFFERS.c.offer).where(OFFERS.c.dossier == said.dossier, OFFERS.c.step.in_(_OPEN))
    if connection.execute(busy).first() is not None:
        raise Refusal("offer.already_open")
    connection.execute(
        insert(OFFERS).values(
            offer=said.offer,
            dossier=said.dossier,
            sender=said.sender,
            recipient=said.recipient,
            step=said.step.value,
        )
    )


def _write(connection: Connection, said: Statement, number: int) -> None:
    connection.execute(insert(STATEMENTS).values(offer=said.offer, number=number, document=to_bytes(said)))
    connection.execute(update(OFFERS).where(OFFERS.c.offer == said.offer).values(step=said.step.value))


def _let_in_or_out(connection: Connection, said: Statement) -> tuple[FeedEntry, ...]:
    """Change who is in the dossier, and return what the recipient may read from now on."""
    if said.step is OfferStep.OFFERED:
        members.set_standing(connection, said.recipient, said.dossier, INVITED)
        return (*wraps_for(connection, said.recipient, said.dossier), *segments_of(connection, said.dossier))
    if said.step is OfferStep.ACCEPTED:
        members.set_standing(connection, said.recipient, said.dossier, OWNER)
        members.set_standing(connection, said.sender, said.dossier, FORMER)
    if said.step in {OfferStep.RETURNED, OfferStep.WITHDRAWN}:
        members.set_standing(connection, said.recipient, said.dossier, FORMER)
    return ()


def _announce(connection: Connection, said: Statement, history: tuple[FeedEntry, ...]) -> None:
    entry = FeedEntry(FeedKind.OFFER, said.sender, said.offer, said.device, said.step.value, 0)
    feed.append(connection, [(said.sender, entry), *((said.recipient, item) for item in (*history, entry))])
