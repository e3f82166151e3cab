"""Events of a device that says to have seen whatever it likes, sealed and chained by the code of the product."""

from collections.abc import Mapping, Sequence

from desktop.records import Body, Event, EventContext, Journal, SealedRow
from desktop.records.dossiers.row_writer import AppendContext
from desktop.records.events.bodies import CORE
from desktop.records.events.envelope import Claim, claimed_digest
from desktop.vault.crypto.sealing import row_digest
from protocol.identifiers import DeviceId, DossierId

MADE_UP = claimed_digest(b"a row that nobody ever wrote")


def write_claiming(
    journal: Journal, dossier: DossierId, body: Body, context: EventContext, claims: Mapping[DeviceId, Claim]
) -> Event:
    """Write an event whose author says to have seen `claims`, and nothing else."""
    opened = journal._cache.require(dossier)
    device = journal.device
    composed = opened.writer(CORE, device, None).compose(
        opened.head(device), [body], AppendContext(context, journal._clock.now(), None, claims)
    )
    with journal._store.atomic():
        composed.write(journal._store)
    journal._advance(opened, composed)
    return composed.events[0]


def claim_to(row: SealedRow) -> Claim:
    """Return what somebody who has `row` can say to have seen."""
    return Claim(row.sequence, claimed_digest(row_digest(row.header, row.sealed)))


def stream_of(rows: Sequence[SealedRow], device: DeviceId) -> dict[int, SealedRow]:
    """Return the rows of one device by number."""
    return {row.sequence: row for row in rows if row.device == device}
