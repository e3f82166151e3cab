"""An invented region on a server: organisations, devices and handovers with a past, to look at the page with."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, insert

from desktop.vault.trust.organisation import create_organisation
from protocol.canonical import canonical_bytes
from protocol.identifiers import new_id
from protocol.messages.membership import MembershipStep
from protocol.times import SystemClock
from server.admin import organisations
from server.passphrases import hash_passphrase
from server.store.administration.administrators import add_administrator
from server.store.administration.backups import remember_backup
from server.store.engine import ServerStore
from server.store.schema import migrate
from server.store.tables import DEVICES, DOSSIERS, STATEMENTS, STREAMS
from tests.named_chains import named_chain

NAME = "regio-beheer"
PASSPHRASE = "vijf losse woorden bij elkaar"
CHEAP_COST = 10
REGION = (
    ("azc Duinrand", "reception"),
    ("azc Meerzicht", "reception"),
    ("Waterrijk", "municipality"),
    ("Heideveld", "municipality"),
)
_PEOPLE = ("Anna de Boer", "Karim Jansen", "Fleur Bakker", "Sanne Visser", "Dawit Haile")
_DAY = 86400


def new_administrator(database: str, name: str = NAME, passphrase: str = PASSPHRASE) -> None:
    """Make an account whose passphrase is quick to compare."""
    store = _opened(database)
    store.run(lambda connection: add_administrator(connection, name, hash_passphrase(passphrase, CHEAP_COST), 0))
    store.close()


def invent_region(database: str) -> None:
    """Fill the database of a server with four organisations and what happened between them."""
    store = _opened(database)
    now = SystemClock().now()
    made = [create_organisation(name, kind) for name, kind in REGION]
    for root in made:
        organisations.register(store, root, SystemClock())
    ids = [root.card.id for root in made]

    def operation(connection: Connection) -> None:
        for at, (owner, days, revoked) in enumerate(
            (
                (1, 21, None),
                (2, 5, None),
                (0, 1, None),
                (2, 0, None),
                (3, 17, 12),
                (0, 44, None),
                (3, 0, None),
                (0, 0, None),
            )
        ):
            add_device(
                connection,
                ids[owner],
                now - timedelta(days=days),
                None if revoked is None else now - timedelta(days=revoked),
                at,
            )
        for sender, recipient, step, days in (
            (0, 3, MembershipStep.OFFERED, 8),
            (0, 2, MembershipStep.RECEIVED, 5),
            (1, 3, MembershipStep.OFFERED, 4),
            (1, 2, MembershipStep.OFFERED, 1),
            (0, 2, MembershipStep.RECEIVED, 0),
        ):
            add_handover(connection, (ids[sender], ids[recipient]), step, now - timedelta(days=days))
        remember_backup(connection, int(now.timestamp()) - _DAY // 3)

    store.run(operation)
    store.close()


def add_device(
    connection: Connection, organisation: str, seen: datetime, revoked: datetime | None, number: int
) -> None:
    """Add a device that was here last at `seen`."""
    device = new_id()
    connection.execute(
        insert(DEVICES).values(
            device=device,
            organisation=organisation,
            invitation=new_id(),
            key=bytes([number]) * 32,
            chain=canonical_bytes(named_chain(_PEOPLE[number % len(_PEOPLE)]).to_json()),
            enrolled=int(seen.timestamp()) - 60 * _DAY,
            revoked=None if revoked is None else int(revoked.timestamp()),
            seen=int(seen.timestamp()),
        )
    )
    connection.execute(
        insert(STREAMS).values(
            organisation=organisation, dossier=new_id(), device=device, last=4, octets=6_000 + number * 675
        )
    )


def add_handover(connection: Connection, ends: tuple[str, str], step: MembershipStep, since: datetime) -> str:
    """Add a handover whose newest step was taken at `since`; returns the identifier of its dossier."""
    dossier = new_id()
    sender, recipient = ends
    steps = [MembershipStep.OFFERED] if step is MembershipStep.OFFERED else [MembershipStep.OFFERED, step]
    connection.execute(insert(DOSSIERS).values(dossier=dossier, last_number=0, created=0))
    for number, each in enumerate(steps, 2):
        connection.execute(
            insert(STATEMENTS).values(
                dossier=dossier,
                number=number,
                step=each.value,
                organisation=sender if each is MembershipStep.OFFERED else recipient,
                recipient=recipient,
                moment=int(since.timestamp()),
                document=b"",
            )
        )
    return dossier


def _opened(database: str) -> ServerStore:
    store = ServerStore(database)
    migrate(store)
    return store
