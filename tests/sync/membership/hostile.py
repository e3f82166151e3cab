"""What a hostile server does, by editing its database, and what hostile laptops say, made by hand."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Executable, delete, func, insert, select, update

from desktop.records.store.table_rows import KeyGrant
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import give
from protocol.certificates import OrganisationCard
from protocol.identifiers import DossierId
from protocol.membership.state import DossierMembership, membership_of
from protocol.messages.membership import MembershipBatch, MembershipStatement
from protocol.messages.message import from_bytes, to_bytes
from protocol.messages.wraps import Wrap, WrapBatch, WrapSet
from server.store import feed
from server.store.feed import FeedEntry, FeedKind
from server.store.tables import FEED, STATEMENTS, WRAP_SETS
from server.store.wraps import digest_of
from tests.sync.machines import Laptop, Office


def edit(office: Office, *statements: Executable) -> list[Any]:
    """Change the database of the server of `office`, and return the rows of the last statement."""

    def operation(connection: Connection) -> list[Any]:
        rows: list[Any] = []
        for statement in statements:
            result: Any = connection.execute(statement)
            rows = list(result) if result.returns_rows else []
        return rows

    store = office.administer()
    try:
        return store.run(operation)
    finally:
        store.close()


def grant(giver: Laptop, card: OrganisationCard, place: tuple[DossierId, str, int], key: bytes) -> WrapSet:
    """Return `key` wrapped by `giver` for the organisation of `card`; `place` is dossier, compartment and epoch."""
    dossier, compartment, epoch = place
    blob = give(giver.vault, WrapInfo(dossier, compartment, epoch, card.id), card, key)
    return WrapSet(dossier, card.id, (Wrap(compartment, epoch, blob),))


def slip_in(office: Office, giver: Laptop, wraps: WrapSet) -> None:
    """Put a grant in the feed of `office` although the server has to refuse it."""
    document = to_bytes(wraps)
    digest = digest_of(document)
    entry = FeedEntry(FeedKind.WRAPS, "f" * 32, wraps.dossier, giver.vault.device.id, digest, len(document))
    row = {
        "organisation": office.root.card.id,
        "dossier": wraps.dossier,
        "device": giver.vault.device.id,
        "digest": digest,
        "number": 999,
        "document": document,
    }
    edit(office, insert(WRAP_SETS).values(**row))
    _append(office, entry)


def grants_kept(office: Office, dossier: DossierId) -> tuple[KeyGrant, ...]:
    """Return every key that the server keeps for `office`."""
    mine = (WRAP_SETS.c.organisation == office.root.card.id, WRAP_SETS.c.dossier == dossier)
    kept = [from_bytes(WrapSet, document) for (document,) in edit(office, select(WRAP_SETS.c.document).where(*mine))]
    return tuple(
        KeyGrant(dossier, wrap.compartment, wrap.epoch, one.recipient, wrap.wrapped)
        for one in kept
        for wrap in one.wraps
    )


def withhold(office: Office, dossier: DossierId, compartment: str) -> list[tuple[str, str, bytes]]:
    """Leave a compartment out of what `office` is given; return device, name and bytes of what was there."""
    mine = (WRAP_SETS.c.organisation == office.root.card.id, WRAP_SETS.c.dossier == dossier)
    query = select(WRAP_SETS.c.device, WRAP_SETS.c.digest, WRAP_SETS.c.document).where(*mine)
    kept = [(device, digest, document) for device, digest, document in edit(office, query)]
    for _device, digest, document in kept:
        whole = from_bytes(WrapSet, document)
        left = tuple(each for each in whole.wraps if each.compartment != compartment)
        less = to_bytes(WrapSet(whole.dossier, whole.recipient, left))
        there, new = WRAP_SETS.c.digest == digest, digest_of(less)
        edit(
            office,
            update(WRAP_SETS).where(*mine, there).values(document=less, digest=new),
            update(FEED)
            .where(FEED.c.organisation == office.root.card.id, FEED.c.place == digest)
            .values(place=new, octets=len(less)),
        )
    return kept


def give_back(office: Office, dossier: DossierId, kept: Sequence[tuple[str, str, bytes]]) -> None:
    """Let `office` have at last what `withhold` took away."""
    for number, (device, digest, document) in enumerate(kept):
        row = {"organisation": office.root.card.id, "dossier": dossier, "device": device, "digest": digest}
        edit(office, insert(WRAP_SETS).values(**row, number=900 + number, document=document))
        _append(office, FeedEntry(FeedKind.WRAPS, "f" * 32, dossier, device, digest, len(document)))


def log_of(office: Office, dossier: DossierId) -> DossierMembership:
    """Return the log of a dossier as the server keeps it."""
    query = select(STATEMENTS.c.document).where(STATEMENTS.c.dossier == dossier).order_by(STATEMENTS.c.number)
    return membership_of(from_bytes(MembershipStatement, document) for (document,) in edit(office, query))


def rewrite(office: Office, dossier: DossierId, statements: Sequence[MembershipStatement]) -> None:
    """Let the server keep another log, and tell `office` of it."""
    rows = [
        {
            "dossier": dossier,
            "number": each.number,
            "step": each.step.value,
            "organisation": each.organisation,
            "recipient": each.recipient,
            "moment": int(each.moment.timestamp()),
            "document": to_bytes(each),
        }
        for each in statements
    ]
    edit(office, delete(STATEMENTS).where(STATEMENTS.c.dossier == dossier))
    edit(office, *(insert(STATEMENTS).values(**row) for row in rows))
    tell(office, dossier)


def tell(office: Office, dossier: DossierId) -> None:
    """Put the log of a dossier in the feed of `office` once more."""
    _append(office, FeedEntry(FeedKind.MEMBERSHIP, "f" * 32, dossier, "f" * 32, "1", 100))


def statements_kept(office: Office, dossier: DossierId) -> int:
    """Return how many statements about a dossier the server has."""
    ((count,),) = edit(office, select(func.count()).select_from(STATEMENTS).where(STATEMENTS.c.dossier == dossier))
    return int(count)


def say(speaker: Laptop, statement: MembershipStatement) -> list[str]:
    """Say a statement that was made by hand to the server, and return why it was refused."""
    answer = speaker.online().client.take_steps(MembershipBatch((statement,)))
    return [each.code for each in answer.refused]


def publish(giver: Laptop, wraps: WrapSet) -> list[str]:
    """Leave a grant with the server as an honest laptop does, and return why it was refused."""
    receipt = giver.online().client.publish(WrapBatch((wraps,)))
    return [each.code for each in receipt.refused]


def codes_of(laptop: Laptop) -> set[str]:
    """Synchronise, and return every code of what was refused."""
    return {code for each in laptop.once() for code in each.refused}


def _append(office: Office, entry: FeedEntry) -> None:
    store = office.administer()
    store.run(lambda connection: feed.append(connection, [(office.root.card.id, entry)]))
    store.close()
