"""What goes by itself once its term passed. Why each term is what it is: docs/adr/0036-erasing-reaches-the-server.md.

Never the rows or pieces of a dossier that an organisation holds or is offered and did not erase itself: from these a
new laptop of that organisation learns the case, and they may be the last copy.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from sqlalchemy import ColumnElement, Connection, Table, select, tuple_, update

from server.store.bulk_sql import count_rows
from server.store.engine import ServerStore
from server.store.keeping import batches
from server.store.keeping.forgetting import ForgettingPlan, complete, end_access, erased_dossiers, forget, plan
from server.store.members import FORMER, GONE
from server.store.tables import DAMAGED, DEVICES, MEMBERS, NONCES, RENEWALS

_DAY = 24 * 3600
_ACCESSES_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class RetentionTerms:
    """In days: how long an erased dossier stays, a former member may fetch what it once had, a mended mark is kept."""

    erased: int = 30
    former: int = 90
    mended: int = 30

    def left_by(self, now: int) -> int:
        """Return until when an organisation must have left a dossier for its term to be over at `now`."""
        return now - self.former * _DAY


@dataclass(frozen=True, slots=True)
class RetentionReport:
    """What goes, or went: counts only. `kept` are erased dossiers that stay for others, `octets` all sealed bytes."""

    forgotten: int
    kept: int
    rows: int
    octets: int
    wraps: int
    accesses: int
    renewals: int
    nonces: int
    marks: int


def preview(store: ServerStore, terms: RetentionTerms, now: int) -> RetentionReport:
    """Return what `carry_out` would remove at `now`; changes nothing."""
    plans = store.run(lambda connection: _plans(connection, terms, now))
    accesses = store.run(lambda connection: count_rows(connection, MEMBERS, *_former(terms, now)))
    return _report(plans, accesses, {table.name: _count(store, table, where) for table, where in _tails(terms, now)})


def carry_out(store: ServerStore, terms: RetentionTerms, now: int) -> RetentionReport:
    """Remove what has no term left at `now`, in small steps; twice, or after an end half-way, comes to the same."""
    complete(store)
    due = store.run(lambda connection: erased_dossiers(connection, now - terms.erased * _DAY))
    plans = [forget(store, dossier, terms.left_by(now), terms.former * _DAY, now) for dossier in due]
    accesses = batches.repeat(store, partial(_end_accesses, terms=terms, now=now))
    complete(store)
    removed = {table.name: batches.repeat(store, _remover(table, where)) for table, where in _tails(terms, now)}
    return _report(plans, accesses, removed)


def _plans(connection: Connection, terms: RetentionTerms, now: int) -> list[ForgettingPlan]:
    due = erased_dossiers(connection, now - terms.erased * _DAY)
    return [plan(connection, dossier, terms.left_by(now), terms.former * _DAY) for dossier in due]


def _former(terms: RetentionTerms, now: int) -> tuple[ColumnElement[bool], ...]:
    return MEMBERS.c.standing == FORMER, MEMBERS.c.changed <= terms.left_by(now)


def _end_accesses(connection: Connection, terms: RetentionTerms, now: int) -> int:
    key = (MEMBERS.c.organisation, MEMBERS.c.dossier)
    found = connection.execute(select(*key).where(*_former(terms, now)).limit(_ACCESSES_AT_ONCE)).all()
    for organisation, dossier in found:
        end_access(connection, organisation, dossier)
    ended = tuple_(*key).in_([tuple(each) for each in found])
    connection.execute(update(MEMBERS).where(ended).values(standing=GONE, changed=now))
    return len(found)


def _tails(terms: RetentionTerms, now: int) -> Iterator[tuple[Table, ColumnElement[bool]]]:
    """Return what goes of tables that are not about a dossier."""
    revoked = select(DEVICES.c.device).where(DEVICES.c.revoked.is_not(None))
    yield RENEWALS, RENEWALS.c.device.in_(revoked)
    yield NONCES, NONCES.c.expires < now
    yield DAMAGED, DAMAGED.c.mended < now - terms.mended * _DAY


def _remover(table: Table, where: ColumnElement[bool]) -> Callable[[Connection], int]:
    return lambda connection: batches.remove_some(connection, table, batches.AT_ONCE, where)


def _count(store: ServerStore, table: Table, where: ColumnElement[bool]) -> int:
    return store.run(lambda connection: count_rows(connection, table, where))


def _report(plans: list[ForgettingPlan], accesses: int, removed: dict[str, int]) -> RetentionReport:
    return RetentionReport(
        forgotten=sum(planned.is_whole for planned in plans),
        kept=sum(not planned.is_whole for planned in plans),
        rows=sum(planned.rows for planned in plans),
        octets=sum(planned.octets + planned.attached for planned in plans),
        wraps=sum(planned.wraps for planned in plans),
        accesses=accesses,
        renewals=removed[RENEWALS.name],
        nonces=removed[NONCES.name],
        marks=removed[DAMAGED.name],
    )
