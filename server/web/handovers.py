"""Handovers that wait for somebody: the one place where the page reads how far they are.

Everything the page says of a handover it says from `OpenHandover`.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, select

from protocol.errors import UserError
from protocol.messages.message import from_bytes
from protocol.messages.offers import OfferStep, Statement
from server.store.tables import OFFERS, STATEMENTS

WaitsFor = Literal["fetching", "deciding"]
"""What the recipient has still to do: fetch what was sent, or accept or return what was fetched."""

_WAITS_FOR: dict[str, WaitsFor] = {OfferStep.OFFERED.value: "fetching", OfferStep.RECEIVED.value: "deciding"}


@dataclass(frozen=True, slots=True)
class OpenHandover:
    """A handover that is neither accepted nor returned nor withdrawn.

    `dossier`, `sender` and `recipient` are identifiers. `since` is when the laptop of the newest step says that it took
    it, or None where that cannot be read.
    """

    dossier: str
    sender: str
    recipient: str
    waits_for: WaitsFor
    since: datetime | None


def open_handovers(connection: Connection) -> Sequence[OpenHandover]:
    """Return every handover that waits for its recipient, in no order."""
    offers = select(OFFERS).where(OFFERS.c.step.in_(_WAITS_FOR))
    said = (
        select(STATEMENTS.c.offer, STATEMENTS.c.document)
        .join(OFFERS, OFFERS.c.offer == STATEMENTS.c.offer)
        .where(OFFERS.c.step.in_(_WAITS_FOR))
        .order_by(STATEMENTS.c.number)
    )
    newest: defaultdict[str, bytes] = defaultdict(bytes, {row.offer: row.document for row in connection.execute(said)})
    return [
        OpenHandover(row.dossier, row.sender, row.recipient, _WAITS_FOR[row.step], _moment(newest[row.offer]))
        for row in connection.execute(offers)
    ]


def _moment(document: bytes) -> datetime | None:
    try:
        return from_bytes(Statement, bytes(document)).moment
    except UserError:
        return None
