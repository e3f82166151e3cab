"""Handovers that wait for somebody: the one place where the page reads how far they are.

Everything the page says of a handover it says from `OpenHandover`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import Connection, func, select

from protocol.messages.membership import MembershipStep
from server.store.tables import STATEMENTS

WaitsFor = Literal["fetching", "deciding"]
"""What the recipient has still to do: fetch what was sent, or accept or return what was fetched."""

_WAITS_FOR: dict[str, WaitsFor] = {MembershipStep.OFFERED.value: "fetching", MembershipStep.RECEIVED.value: "deciding"}


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """A handover that is neither accepted nor returned nor withdrawn.

    `dossier`, `sender` and `recipient` are identifiers. `since` is when the laptop of the newest step says that it took
    it, or None where that is no moment.
    """

    dossier: str
    sender: str
    recipient: str
    waits_for: WaitsFor
    since: datetime | None


def open_handovers(connection: Connection) -> Sequence[OpenHandover]:
    """Return every handover that waits for its recipient, in no order."""
    last = select(STATEMENTS.c.dossier, func.max(STATEMENTS.c.number).label("number")).group_by(STATEMENTS.c.dossier)
    fresh_keys = STATEMENTS.c.step == MembershipStep.RENEWED.value
    newest, offer = last.where(~fresh_keys).subquery(), STATEMENTS.alias()
    here = (STATEMENTS.c.dossier == newest.c.dossier) & (STATEMENTS.c.number == newest.c.number)
    offered = (offer.c.dossier == STATEMENTS.c.dossier, offer.c.step == MembershipStep.OFFERED.value)
    sender = select(offer.c.organisation).where(*offered).order_by(offer.c.number.desc()).limit(1)
    query = (
        select(STATEMENTS, sender.scalar_subquery().label("sender"))
        .join(newest, here)
        .where(STATEMENTS.c.step.in_(_WAITS_FOR))
    )
    return [
        OpenHandover(row.dossier, row.sender, row.recipient, _WAITS_FOR[row.step], _moment(row.moment))
        for row in connection.execute(query)
    ]


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
