"""How much each organisation stored, from sums that are kept as rows and pieces come in: nothing sealed is read."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from server.store.tables import MEMBERS, STREAMS


@dataclass(frozen=True, slots=True)
class StoredTotals:
    """By organisation: sealed rows, their bytes, and the bytes of sealed attachments."""

    rows: Counter[str]
    octets: Counter[str]
    attached: Counter[str]


def stored_totals(connection: Connection) -> StoredTotals:
    """Return what is stored; the time it takes grows with the number of dossiers, not with what is in them."""
    sums = (func.sum(STREAMS.c.last), func.sum(STREAMS.c.octets))
    written = connection.execute(select(STREAMS.c.organisation, *sums).group_by(STREAMS.c.organisation)).all()
    attached = select(MEMBERS.c.organisation, func.sum(MEMBERS.c.attached)).group_by(MEMBERS.c.organisation)
    return StoredTotals(
        rows=Counter({organisation: int(rows) for organisation, rows, _ in written}),
        octets=Counter({organisation: int(octets) for organisation, _, octets in written}),
        attached=Counter({organisation: int(octets) for organisation, octets in connection.execute(attached)}),
    )
