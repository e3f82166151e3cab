"""Rows that a former member wrote after it left: set aside where they came in before, and counted for who holds it."""

from collections import Counter
from collections.abc import Mapping

from desktop.records.dossiers import snapshots
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.dossiers.keyring import Keyring
from desktop.records.events.bodies import CaseViewed, KeyDropped
from desktop.records.events.fold import HiddenRow
from desktop.records.membership.admission import AFTER_HANDOVER
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from desktop.records.store.table_rows import SealedRow
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.stream_cuts import StreamCut

_NOTHING = StreamCut(0, b"")


def set_late_rows_aside(dossier: DossierId, store: Store, cache: DossierCache, membership: MembershipRecords) -> None:
    """Keep the rows beyond the cuts of a dossier apart. Raises EnvironmentProblem; then nothing changed."""
    state, writers = membership.of(dossier), membership.writers()
    if state is None or not state.cuts:
        return
    late = []
    for row in store.rows(dossier):
        cuts = state.cuts.get(writers[row.device]) if row.device in writers else None
        if cuts is not None and row.sequence > cuts.get(row.device, _NOTHING).sequence:
            late.append(row)
    if not late:
        return
    with store.atomic():
        for row in late:
            store.quarantine(row, AFTER_HANDOVER)
            store.remove_row(row.position)
        snapshots.forget(store, dossier)
    cache.forget(dossier)


def count_late_entries(
    dossier: DossierId, store: Store, keyring: Keyring, writers: Mapping[DeviceId, OrganisationId]
) -> Mapping[OrganisationId, int]:
    """Return how many entries of each former member are kept apart because it wrote them after it left.

    That a key was let go, and that somebody looked, are no entries, where the keys of before tell. `writers` are the
    organisations of devices, as verified.
    """
    late = (row for row, code in store.quarantined(dossier) if code == AFTER_HANDOVER and row.device in writers)
    return Counter(writers[row.device] for row in late if _is_entry(row, keyring))


def _is_entry(row: SealedRow, keyring: Keyring) -> bool:
    try:
        event = keyring.open(row)
    except UserError:
        return True
    return isinstance(event, HiddenRow) or not isinstance(event.body, KeyDropped | CaseViewed)
