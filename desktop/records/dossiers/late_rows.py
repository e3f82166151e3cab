"""Rows that a former member wrote after it left and that came in before its leaving was known here."""

from desktop.records.dossiers import snapshots
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.membership.admission import AFTER_HANDOVER
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from protocol.identifiers import DossierId
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
