"""Which organisations are in a dossier.

    owner    made it, or accepted it; reads, writes, wraps keys and may offer it
    invited  it is offered to; reads, writes and wraps from the moment of the offer
    former   was one of these; may still push what its laptops had waiting, and reads nothing new

Locks: whoever changes members or adds rows holds the lock of the dossier, so that no row slips past a new reader.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from server.refusals import Refusal
from server.store.bulk_sql import insert_missing, put_all
from server.store.engine import insert_once
from server.store.tables import DOSSIERS, MEMBERS

OWNER = "owner"
INVITED = "invited"
FORMER = "former"
_READERS = (OWNER, INVITED)


class Entered(NamedTuple):
    """A dossier that is locked: the last number of its counter, and the standing of the organisation that asked."""

    number: int
    standing: str | None


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


def enter_all(connection: Connection, organisation: str, dossiers: Sequence[str], now: int) -> dict[str, Entered]:
    """Do what `enter` does for many dossiers, and return each in the order of their names, with its standing or None.

    They are locked in that order, so that two transactions never wait for each other.
    """
    names = sorted(dossiers)
    made = insert_missing(connection, DOSSIERS, [{"dossier": name, "last_number": 0, "created": now} for name in names])
    new = [{"organisation": organisation, "dossier": name, "standing": OWNER} for name in names if name in made]
    put_all(connection, MEMBERS, new)
    locked = (
        select(DOSSIERS.c.dossier, DOSSIERS.c.last_number)
        .where(DOSSIERS.c.dossier.in_(names))
        .order_by(DOSSIERS.c.dossier)
        .with_for_update()
    )
    numbers = dict(connection.execute(locked).all())
    query = select(MEMBERS.c.dossier, MEMBERS.c.standing)
    here = query.where(MEMBERS.c.organisation == organisation, MEMBERS.c.dossier.in_(names))
    standings = dict(connection.execute(here).all())
    return {name: Entered(numbers[name], standings.get(name)) for name in names}


def lock(connection: Connection, dossier: str) -> None:
    """Let other transactions on `dossier` wait until this one ends; SQLite runs one at a time anyway."""
    connection.execute(select(DOSSIERS.c.dossier).where(DOSSIERS.c.dossier == dossier).with_for_update())


def next_number(connection: Connection, dossier: str) -> int:
    """Return the next number of the counter of `dossier`: what has a higher number came later."""
    counted = update(DOSSIERS).where(DOSSIERS.c.dossier == dossier).values(last_number=DOSSIERS.c.last_number + 1)
    number: int = connection.execute(counted.returning(DOSSIERS.c.last_number)).scalar_one()
    return number


def count_on(connection: Connection, numbers: Mapping[str, int]) -> None:
    """Bring the counters of dossiers that are locked to `numbers`."""
    if not numbers:
        return
    counted = update(DOSSIERS).where(DOSSIERS.c.dossier == bindparam("name")).values(last_number=bindparam("number"))
    connection.execute(counted, [{"name": name, "number": number} for name, number in numbers.items()])


def count_attached(connection: Connection, organisation: str, dossier: str, octets: int) -> None:
    """Add `octets` to the pieces that `organisation` sent to `dossier`, in which it is."""
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    connection.execute(update(MEMBERS).where(*here).values(attached=MEMBERS.c.attached + octets))


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


def readers_of_all(connection: Connection, dossiers: Sequence[str]) -> Mapping[str, Sequence[str]]:
    """Return what `readers_of` returns, for many dossiers."""
    query = select(MEMBERS.c.dossier, MEMBERS.c.organisation).where(
        MEMBERS.c.dossier.in_(dossiers), MEMBERS.c.standing.in_(_READERS)
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for dossier, organisation in connection.execute(query.order_by(MEMBERS.c.organisation)):
        found[dossier].append(organisation)
    return found


def may_read(standing: str) -> bool:
    """Tell whether an organisation of this standing gets what is in the dossier."""
    return standing in _READERS


def may_wrap(standing: str) -> bool:
    """Tell whether an organisation of this standing may hand out keys."""
    return standing in _READERS
