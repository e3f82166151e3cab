"""Which organisations are in a dossier.

    owner    made it, or accepted it; reads, writes, wraps keys and may offer it
    invited  it is offered to; reads, writes and wraps from the moment of the offer
    former   was one of these; may still push what its laptops had waiting, and reads nothing new

Locks: whoever changes members or adds rows holds the lock of the dossier, so that no row slips past a new reader.
"""

from sqlalchemy import Connection, insert, select, update

from server.refusals import Refusal
from server.store.engine import insert_once
from server.store.tables import DOSSIERS, MEMBERS

OWNER = "owner"
INVITED = "invited"
FORMER = "former"
_READERS = (OWNER, INVITED)


def enter(connection: Connection, organisation: str, dossier: str, now: int) -> str:
    """Lock `dossier`, made for `organisation` when nobody had it, and return the organisation's standing.

    Raises Refusal `sync.not_member`.
    """
    if insert_once(connection, DOSSIERS, {"dossier": dossier, "last_number": 0, "created": now}):
        set_standing(connection, organisation, dossier, OWNER)
    lock(connection, dossier)
    standing = standing_of(connection, organisation, dossier)
    if standing is None:
        raise Refusal("sync.not_member", {"dossier": dossier})
    return standing


def lock(connection: Connection, dossier: str) -> None:
    """Let other transactions on `dossier` wait until this one ends; SQLite runs one at a time anyway."""
    connection.execute(select(DOSSIERS.c.dossier).where(DOSSIERS.c.dossier == dossier).with_for_update())


def next_number(connection: Connection, dossier: str) -> int:
    """Return the next number of the counter of `dossier`: what has a higher number came later."""
    counted = update(DOSSIERS).where(DOSSIERS.c.dossier == dossier).values(last_number=DOSSIERS.c.last_number + 1)
    number: int = connection.execute(counted.returning(DOSSIERS.c.last_number)).scalar_one()
    return number


def standing_of(connection: Connection, organisation: str, dossier: str) -> str | None:
    """Return the standing of `organisation` in `dossier`, or None."""
    query = select(MEMBERS.c.standing).where(MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    return connection.execute(query).scalar_one_or_none()


def set_standing(connection: Connection, organisation: str, dossier: str, standing: str) -> None:
    """Give `organisation` its standing in `dossier`."""
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    if connection.execute(update(MEMBERS).where(*here).values(standing=standing)).rowcount == 0:
        connection.execute(insert(MEMBERS).values(organisation=organisation, dossier=dossier, standing=standing))


def readers_of(connection: Connection, dossier: str) -> tuple[str, ...]:
    """Return the organisations that get what is new in `dossier`."""
    query = select(MEMBERS.c.organisation).where(MEMBERS.c.dossier == dossier, MEMBERS.c.standing.in_(_READERS))
    return tuple(connection.execute(query.order_by(MEMBERS.c.organisation)).scalars())


def may_read(standing: str) -> bool:
    """Tell whether an organisation of this standing gets what is in the dossier."""
    return standing in _READERS


def may_wrap(standing: str) -> bool:
    """Tell whether an organisation of this standing may hand out keys."""
    return standing in _READERS
