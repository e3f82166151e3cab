"""The membership log of every dossier: signed statements in a chain, which decide who reads and writes here.

The server folds a log with the code of the laptops and takes no step they would not believe. The lock of the dossier is
held, so that no row slips past a new reader.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, delete, exists, insert, select

from protocol.errors import UserError
from protocol.identifiers import OrganisationId
from protocol.membership.state import DossierMembership, begin_membership, membership_of, visible_to
from protocol.messages.membership import (
    MembershipBatch,
    MembershipLog,
    MembershipStatement,
    MembershipStep,
    statement_message,
)
from protocol.messages.message import from_bytes, to_bytes
from server.refusals import Refusal
from server.store import devices, feed, members
from server.store.calling_device import CallingDevice
from server.store.feed import FeedEntry, FeedKind, FeedPart
from server.store.keeping.erasures import erased_by, lift_erasure
from server.store.members import ERASED, FORMER, INVITED, OWNER
from server.store.rows import segments_of
from server.store.tables import DAMAGED, FEED, STATEMENTS
from server.store.wraps import wraps_for

_BEGINNINGS = frozenset({MembershipStep.CREATED})


def take_steps(
    connection: Connection, caller: CallingDevice, batch: MembershipBatch, now: int
) -> tuple[tuple[MembershipLog, ...], tuple[tuple[int, str], ...]]:
    """Take what can be taken of `batch`; return the logs that came of it, and the place and code of each refusal."""
    logs: dict[str, MembershipLog] = {}
    refused: list[tuple[int, str]] = []
    for place, statement in sorted(enumerate(batch.statements), key=lambda numbered: numbered[1].dossier):
        try:
            with connection.begin_nested():
                logs[statement.dossier] = take_step(connection, caller, statement, now)
        except Refusal as refusal:
            refused.append((place, refusal.code))
    return tuple(logs.values()), tuple(refused)


def take_step(connection: Connection, caller: CallingDevice, statement: MembershipStatement, now: int) -> MembershipLog:
    """Take the step that `statement` states, and return the whole log.

    Any device of an organisation may bring what another one of it signed: a restored copy says what the laptop before
    it left unsaid. Repeating a statement that is in the log changes nothing. Raises Refusal `membership.not_yours` also
    for the signature of a revoked device, `sync.signature_wrong`, `membership.wrong_step` (detail `step`: where the log
    is), `membership.gap` (detail `expected`: the next number), `membership.forked`, `membership.recipient_unknown`,
    `sync.not_member`, `sync.dossier_erased`.
    """
    said = (statement.organisation, statement.device)
    devices.require_author(connection, caller, said, statement_message(statement), statement.signature)
    if statement.step in _BEGINNINGS:
        members.enter(connection, caller.organisation, statement.dossier, now)
    else:
        members.lock(connection, statement.dossier)
        if members.standing_of(connection, caller.organisation, statement.dossier) == ERASED:
            raise Refusal("sync.dossier_erased", {"dossier": statement.dossier})
    known = _statements_of(connection, statement)
    if statement not in known:
        before = _state_of(known)
        after = _state_after(before, statement)
        own = statement.recipient == caller.organisation
        if not own and not devices.organisation_known(connection, statement.recipient):
            raise Refusal("membership.recipient_unknown")
        _write(connection, statement)
        known = (*known, statement)
        _announce(connection, known, (before, after), now)
    return MembershipLog(visible_to(OrganisationId(caller.organisation), known))


def statements_in(connection: Connection, part: FeedPart) -> Mapping[str, Sequence[bytes]]:
    """Return, by dossier, the bytes of every statement of the logs that a part of a feed points to."""
    subjects = select(FEED.c.subject).where(*part.conditions(FeedKind.MEMBERSHIP))
    query = select(STATEMENTS.c.dossier, STATEMENTS.c.document).where(STATEMENTS.c.dossier.in_(subjects))
    found: defaultdict[str, list[bytes]] = defaultdict(list)
    for dossier, document in connection.execute(query.order_by(STATEMENTS.c.dossier, STATEMENTS.c.number)).all():
        found[dossier].append(document)
    return found


def read_log(documents: Sequence[bytes], reader: str) -> MembershipLog:
    """Return the log in `documents` as far as it concerns `reader`: where it goes after that is not its business.

    Raises UserError where it is damaged or empty.
    """
    if not documents:
        raise UserError("sync.message_broken", {"what": "statements"})
    statements = tuple(from_bytes(MembershipStatement, document) for document in documents)
    return MembershipLog(visible_to(OrganisationId(reader), statements))


def _statements_of(connection: Connection, again: MembershipStatement) -> tuple[MembershipStatement, ...]:
    """Return the statements that are here; `again` takes the place of its own damaged copy."""
    query = select(STATEMENTS.c.number, STATEMENTS.c.document).where(STATEMENTS.c.dossier == again.dossier)
    known: list[MembershipStatement] = []
    for number, document in connection.execute(query.order_by(STATEMENTS.c.number)):
        try:
            known.append(from_bytes(MembershipStatement, document))
        except UserError:
            if number != again.number:
                raise
            connection.execute(
                delete(STATEMENTS).where(STATEMENTS.c.dossier == again.dossier, STATEMENTS.c.number == number)
            )
            _write(connection, again)
            known.append(again)
    return tuple(known)


def _state_of(known: tuple[MembershipStatement, ...]) -> DossierMembership | None:
    return membership_of(known) if known else None


def _state_after(before: DossierMembership | None, statement: MembershipStatement) -> DossierMembership:
    try:
        return begin_membership(statement) if before is None else before.after(statement)
    except UserError as error:
        expected = 1 if before is None else len(before.statements) + 1
        details = {"expected": str(expected)} if error.code == "membership.gap" else error.details
        raise Refusal(error.code, dict(details)) from None


def _write(connection: Connection, statement: MembershipStatement) -> None:
    connection.execute(
        insert(STATEMENTS).values(
            dossier=statement.dossier,
            number=statement.number,
            step=statement.step.value,
            organisation=statement.organisation,
            recipient=statement.recipient,
            moment=int(statement.moment.timestamp()),
            document=to_bytes(statement),
        )
    )


def _announce(
    connection: Connection,
    log: tuple[MembershipStatement, ...],
    states: tuple[DossierMembership | None, DossierMembership],
    now: int,
) -> None:
    """Change who is in the dossier, tell everybody who was or is, and give a new reader what it lacks of before.

    Who erased the dossier is out of it until it is offered to them again.
    """
    before, after = states
    statement = log[-1]
    octets = sum(len(to_bytes(each)) for each in log)
    standing = dict.fromkeys(before.members if before else (), FORMER)
    standing |= dict.fromkeys(after.members, INVITED) | {after.holder: OWNER}
    if statement.step is MembershipStep.OFFERED:
        lift_erasure(connection, statement.recipient, statement.dossier)
    for organisation in erased_by(connection, statement.dossier):
        standing.pop(OrganisationId(organisation), None)
    for organisation, word in sorted(standing.items()):
        members.set_standing(connection, organisation, statement.dossier, word, now)
        if word == FORMER:
            members.note_leaving(connection, organisation, statement.dossier)
    place = (statement.dossier, statement.device, str(statement.number))
    entry = FeedEntry(FeedKind.MEMBERSHIP, statement.organisation, *place, octets)
    items = [(organisation, entry) for organisation in sorted(standing)]
    if statement.step is MembershipStep.OFFERED:
        reader = statement.recipient
        lacking = _lacking(connection, reader, statement.dossier)
        items += [(reader, each) for each in ((*lacking, entry) if lacking else ())]
    feed.append(connection, items)


def _lacking(connection: Connection, reader: str, dossier: str) -> tuple[FeedEntry, ...]:
    """Return entries for what came to `dossier` since `reader` left it; all of it where it never was inside.

    All of it also where it erased the dossier, where its term was over, and where something it read was damaged.
    """
    damaged = exists().where(DAMAGED.c.organisation == reader, DAMAGED.c.subject == dossier)
    again = connection.execute(select(damaged)).scalar_one()
    after = 0 if again else members.given_to(connection, reader, dossier)
    return (*wraps_for(connection, reader, dossier, after), *segments_of(connection, dossier, after))
