"""Forgetting a dossier that organisations erased: who may still read it, what goes, and removing that in small steps.

    recorded   one transaction: nothing of the dossier is taken, given or in any feed any more
    removed    rows, pieces, keys and statements, some at a time
    blanked    the entries of feeds that pointed to them, some at a time

Between two steps the process may end: `complete` goes on. Rows and pieces go only when no organisation is left that may
read them and did not erase them itself; until then what goes are the keys and entries of those that erased.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, Connection, Table, delete, func, select, true, update

from protocol.errors import UserError
from server.store.bulk_sql import count_rows
from server.store.engine import ServerStore, insert_once
from server.store.feed import BLANK
from server.store.keeping import batches
from server.store.keeping.erasures import end_reading, erased_by
from server.store.members import FORMER, INVITED, OWNER, lock
from server.store.tables import (
    DAMAGED,
    DOSSIERS,
    ERASURES,
    FEED,
    FORGETTINGS,
    MEMBERS,
    ORGANISATIONS,
    PIECES,
    READING_ENDS,
    ROWS,
    SEGMENTS,
    STATEMENTS,
    STREAMS,
    WRAP_SETS,
)

_FEED_AT_ONCE = 20_000
_BY_ORGANISATION = (ROWS, SEGMENTS, STREAMS, WRAP_SETS)


@dataclass(frozen=True, slots=True)
class ForgettingPlan:
    """What forgetting a dossier comes to. `erased` are the organisations that erased it, with when they said so.

    `members` hold it or are offered it and did not erase it: for them all stays. `waiting` left it too lately, with
    when their term is over. `rows`, `octets` (sealed), `attached` (bytes of pieces) and `wraps` are what goes: of the
    whole dossier where `is_whole`, else the wraps of those that erased it.
    """

    dossier: str
    erased: Mapping[str, int]
    members: tuple[str, ...]
    waiting: Mapping[str, int]
    rows: int = 0
    octets: int = 0
    attached: int = 0
    wraps: int = 0

    @property
    def is_whole(self) -> bool:
        """Tell whether nobody is left for whom the dossier is kept."""
        return not self.members and not self.waiting


def erased_dossiers(connection: Connection, until: int | None = None) -> tuple[str, ...]:
    """Return the dossiers that some organisation erased, by `until` where it is said, and that are not forgotten."""
    here = DOSSIERS.c.dossier == ERASURES.c.dossier
    said = true() if until is None else ERASURES.c.stored <= until
    query = select(ERASURES.c.dossier).distinct().join(DOSSIERS, here).where(DOSSIERS.c.forgotten.is_(None), said)
    return tuple(connection.execute(query.order_by(ERASURES.c.dossier)).scalars())


def plan(connection: Connection, dossier: str, left_by: int, term: int) -> ForgettingPlan:
    """Return what forgetting `dossier` comes to, where who left it after `left_by` may still read it for `term` more.

    Both are seconds, the first since 1970. Raises UserError `server.dossier_unknown` where nobody erased the dossier,
    or where it is forgotten.
    """
    if dossier not in erased_dossiers(connection):
        raise UserError("server.dossier_unknown")
    said = select(ERASURES.c.organisation, ERASURES.c.stored).where(ERASURES.c.dossier == dossier)
    erased = dict(connection.execute(said.order_by(ERASURES.c.organisation)).all())
    query = select(MEMBERS.c.organisation, MEMBERS.c.standing, MEMBERS.c.changed).where(MEMBERS.c.dossier == dossier)
    others = [row for row in connection.execute(query.order_by(MEMBERS.c.organisation)) if row[0] not in erased]
    members = tuple(organisation for organisation, standing, _ in others if standing in {OWNER, INVITED})
    waiting = {
        organisation: changed + term
        for organisation, standing, changed in others
        if standing == FORMER and changed > left_by
    }
    return _counted(connection, ForgettingPlan(dossier, erased, members, waiting))


def forget(store: ServerStore, dossier: str, left_by: int, term: int, now: int) -> ForgettingPlan:
    """Carry out what `plan` says of `dossier` at this moment, and return it. Raises as `plan`.

    What is left of a dossier that went is its number, when it went, and the signed erasures.
    """

    def record(connection: Connection) -> ForgettingPlan:
        lock(connection, dossier)
        planned = plan(connection, dossier, left_by, term)
        if planned.is_whole:
            _record(connection, dossier, now)
        else:
            recipients = WRAP_SETS.c.organisation.in_(planned.erased)
            connection.execute(delete(WRAP_SETS).where(recipients, WRAP_SETS.c.dossier == dossier))
        return planned

    planned = store.run(record)
    complete(store)
    return planned


def complete(store: ServerStore) -> int:
    """Finish what was begun, in this process or in one that ended; return how many rows of tables were removed."""
    removed = batches.repeat(store, _remove_some)
    for organisation in store.run(_feeds_to_blank):
        _blank_feed(store, organisation)
    return removed


def end_access(connection: Connection, organisation: str, dossier: str) -> None:
    """Take from `organisation` what it may still read of `dossier`: its keys, and all that is in its feed by now."""
    end_reading(connection, organisation, dossier)
    here = (WRAP_SETS.c.organisation == organisation, WRAP_SETS.c.dossier == dossier)
    connection.execute(delete(WRAP_SETS).where(*here))


def _record(connection: Connection, dossier: str, now: int) -> None:
    connection.execute(update(DOSSIERS).where(DOSSIERS.c.dossier == dossier).values(forgotten=now))
    insert_once(connection, FORGETTINGS, {"dossier": dossier})
    readers = select(MEMBERS.c.organisation).where(MEMBERS.c.dossier == dossier)
    ended = erased_by(connection, dossier)  # their feeds end before the word that it was erased
    for organisation in connection.execute(readers.order_by(MEMBERS.c.organisation)).scalars().all():
        if organisation not in ended:
            end_reading(connection, organisation, dossier)


def _counted(connection: Connection, planned: ForgettingPlan) -> ForgettingPlan:
    dossier = planned.dossier
    if not planned.is_whole:
        recipients = WRAP_SETS.c.organisation.in_(planned.erased)
        wraps = count_rows(connection, WRAP_SETS, recipients, WRAP_SETS.c.dossier == dossier)
        return ForgettingPlan(dossier, planned.erased, planned.members, planned.waiting, wraps=wraps)
    sums = select(func.coalesce(func.sum(STREAMS.c.last), 0), func.coalesce(func.sum(STREAMS.c.octets), 0))
    rows, octets = connection.execute(sums.where(*_of(STREAMS, dossier))).one()
    attached = select(func.coalesce(func.sum(MEMBERS.c.attached), 0)).where(MEMBERS.c.dossier == dossier)
    return ForgettingPlan(
        dossier,
        planned.erased,
        planned.members,
        planned.waiting,
        rows=int(rows),
        octets=int(octets),
        attached=int(connection.execute(attached).scalar_one()),
        wraps=count_rows(connection, WRAP_SETS, *_of(WRAP_SETS, dossier)),
    )


def _of(table: Table, dossier: str) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions for what is about `dossier` in a table that is keyed by organisation first."""
    return table.c.organisation.in_(select(ORGANISATIONS.c.organisation)), table.c.dossier == dossier


def _remove_some(connection: Connection) -> int:
    """Remove some of the first dossier that is being forgotten; nothing is left of it when there was none to remove."""
    dossier = connection.execute(select(FORGETTINGS.c.dossier).order_by(FORGETTINGS.c.dossier).limit(1)).scalar()
    if dossier is None:
        return 0
    for table in _BY_ORGANISATION:
        if removed := batches.remove_some(connection, table, batches.AT_ONCE, *_of(table, dossier)):
            return removed
    if removed := batches.remove_some(connection, PIECES, batches.PIECES_AT_ONCE, PIECES.c.dossier == dossier):
        return removed
    removed = 1  # the intention itself
    for table, column in ((STATEMENTS, "dossier"), (MEMBERS, "dossier"), (DAMAGED, "subject")):
        removed += connection.execute(delete(table).where(table.c[column] == dossier)).rowcount
    connection.execute(delete(FORGETTINGS).where(FORGETTINGS.c.dossier == dossier))
    return removed


def _feeds_to_blank(connection: Connection) -> tuple[str, ...]:
    query = select(READING_ENDS.c.organisation).distinct().order_by(READING_ENDS.c.organisation)
    return tuple(connection.execute(query).scalars())


def _blank_feed(store: ServerStore, organisation: str) -> None:
    """Blank every entry of one feed that is read no further, then forget that it had to be done."""
    ends = store.run(lambda connection: _ends_of(connection, organisation))
    last = max(ends.values(), default=0)
    for first in range(1, last + 1, _FEED_AT_ONCE):
        store.run(partial(_blank_some, organisation=organisation, first=first))
    for dossier, position in ends.items():
        store.run(partial(_blanked, organisation=organisation, dossier=dossier, position=position))


def _ends_of(connection: Connection, organisation: str) -> dict[str, int]:
    query = select(READING_ENDS.c.dossier, READING_ENDS.c.position).where(READING_ENDS.c.organisation == organisation)
    return dict(connection.execute(query).all())


def _blank_some(connection: Connection, organisation: str, first: int) -> None:
    ended = select(READING_ENDS.c.position).where(
        READING_ENDS.c.organisation == organisation,
        READING_ENDS.c.dossier == FEED.c.subject,
        READING_ENDS.c.position >= FEED.c.position,
    )
    part = (FEED.c.organisation == organisation, FEED.c.position.between(first, first + _FEED_AT_ONCE - 1))
    nothing = {"kind": BLANK, "author": "", "subject": "", "device": "", "place": "", "octets": 0}
    connection.execute(update(FEED).where(*part, ended.exists()).values(**nothing))


def _blanked(connection: Connection, organisation: str, dossier: str, position: int) -> None:
    here = (READING_ENDS.c.organisation == organisation, READING_ENDS.c.dossier == dossier)
    connection.execute(delete(READING_ENDS).where(*here, READING_ENDS.c.position == position))
