"""Which organisations are in a dossier.

    owner    made it, or accepted it; reads, writes, wraps keys and may offer it
    invited  it is offered to; reads, writes and wraps from the moment of the offer
    former   was one of these; may still push what its laptops had waiting, and reads nothing new
    gone     was one of these long ago: as former, and nothing of before is in its feed any more
    erased   said that it erased the dossier; nothing is taken from it and nothing given, until it is offered again

Locks: whoever changes members or adds rows holds the lock of the dossier, so that no row slips past a new reader.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, outerjoin, select, update

from server.refusals import Refusal
from server.store.bulk_sql import insert_missing, put_all
from server.store.engine import insert_once
from server.store.tables import DOSSIERS, MEMBERS

OWNER = "owner"
INVITED = "invited"
FORMER = "former"
GONE = "gone"
ERASED = "erased"
_READERS = (OWNER, INVITED)


class Entered(NamedTuple):
    """A dossier that is locked: the last number of its counter, and the standing of the organisation that asked.

    Where the dossier was forgotten, that is `erased` for everybody.
    """

    number: int
    standing: str | None


def enter(connection: Connection, organisation: str, dossier: str, now: int) -> str:
    """Lock `dossier`, made for `organisation` when nobody had it, and return the organisation's standing.

    Raises Refusal `sync.not_member`, `sync.dossier_erased`.
    """
    if insert_once(connection, DOSSIERS, {"dossier": dossier, "last_number": 0, "created": now}):
        owner = {"organisation": organisation, "dossier": dossier, "standing": OWNER, "changed": now}
        put_all(connection, MEMBERS, [owner])
        return OWNER
    lock(connection, dossier)
    return require_inside(dossier, standing_of(connection, organisation, dossier))


def require_inside(dossier: str, standing: str | None) -> str:
    """Return the `standing` of an organisation that may send something about `dossier`.

    Raises Refusal `sync.not_member`, or `sync.dossier_erased` for one that erased it, and where it was forgotten.
    """
    if standing is None:
        raise Refusal("sync.not_member", {"dossier": dossier})
    if standing == ERASED:
        raise Refusal("sync.dossier_erased", {"dossier": dossier})
    return standing


def enter_all(connection: Connection, organisation: str, dossiers: Sequence[str], now: int) -> dict[str, Entered]:
    """Do what `enter` does for many dossiers, and return each in the order of their names, with its standing or None.

    They are locked in that order, so that two transactions never wait for each other.
    """
    names = sorted(dossiers)
    made = insert_missing(connection, DOSSIERS, [{"dossier": name, "last_number": 0, "created": now} for name in names])
    owned = {"organisation": organisation, "standing": OWNER, "changed": now}
    new = [{**owned, "dossier": name} for name in names if name in made]
    put_all(connection, MEMBERS, new)
    locked = (
        select(DOSSIERS.c.dossier, DOSSIERS.c.last_number, DOSSIERS.c.forgotten)
        .where(DOSSIERS.c.dossier.in_(names))
        .order_by(DOSSIERS.c.dossier)
        .with_for_update()
    )
    known = {dossier: (number, forgotten) for dossier, number, forgotten in connection.execute(locked)}
    query = select(MEMBERS.c.dossier, MEMBERS.c.standing)
    here = query.where(MEMBERS.c.organisation == organisation, MEMBERS.c.dossier.in_(names))
    standings = dict(connection.execute(here).all())
    return {
        name: Entered(number, standings.get(name) if forgotten is None else ERASED)
        for name, (number, forgotten) in known.items()
    }


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
    """Return the standing of `organisation` in `dossier`, or None; `erased` for everybody where it was forgotten."""
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == DOSSIERS.c.dossier)
    query = select(DOSSIERS.c.forgotten, MEMBERS.c.standing).select_from(outerjoin(DOSSIERS, MEMBERS, and_(*here)))
    found = connection.execute(query.where(DOSSIERS.c.dossier == dossier)).first()
    if found is None:
        return None
    forgotten, standing = found
    return standing if forgotten is None else ERASED


def set_standing(connection: Connection, organisation: str, dossier: str, standing: str, now: int) -> None:
    """Give `organisation` its standing in `dossier`, from `now` on where it had another one."""
    known = select(MEMBERS.c.standing).where(MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    if connection.execute(known).scalar_one_or_none() != standing:
        values = {"organisation": organisation, "dossier": dossier, "standing": standing, "changed": now}
        put_all(connection, MEMBERS, [values])


def note_leaving(connection: Connection, organisation: str, dossier: str) -> None:
    """Remember that `organisation`, which leaves `dossier`, has all that came to it in its feed."""
    now = select(DOSSIERS.c.last_number).where(DOSSIERS.c.dossier == dossier).scalar_subquery()
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    connection.execute(update(MEMBERS).where(*here).values(given=now))


def given_to(connection: Connection, organisation: str, dossier: str) -> int:
    """Return up to which number of its counter `organisation` has `dossier` in its feed from an earlier time in it."""
    here = (MEMBERS.c.organisation == organisation, MEMBERS.c.dossier == dossier)
    return connection.execute(select(MEMBERS.c.given).where(*here)).scalar_one_or_none() or 0


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
