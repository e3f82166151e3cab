"""Rows of a device that was revoked: those beyond its cut are set aside, those that wait may come in by now."""

from collections.abc import Iterator

from desktop.records.dossiers import snapshots
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.store.database import Store
from desktop.records.store.table_rows import SealedRow
from desktop.vault.revocations import AFTER, UNKNOWN, Revocations
from protocol.identifiers import DeviceId, DossierId

_AT_ONCE = 500


def sort_anew(
    device: DeviceId, store: Store, cache: DossierCache, revocations: Revocations
) -> tuple[tuple[SealedRow, ...], frozenset[DossierId]]:
    """Set aside what came in before the cut was known; return what may come in by now, and every dossier touched.

    Raises EnvironmentProblem for the disk; then nothing changed.
    """
    with store.atomic():
        late = [row for row in _rows_of(device, store) if revocations.code_of(row.header, row.sealed) is not None]
        for row in late:
            store.quarantine(row, AFTER)
            store.remove_row(row.position)
        waiting = [row for row, code in store.all_quarantined() if row.device == device and code == UNKNOWN]
        for row in waiting:
            store.release(row.position)
        touched = frozenset(row.dossier for row in late)
        for dossier in touched:
            snapshots.forget(store, dossier)
    for dossier in touched:
        cache.forget(dossier)
    return tuple(waiting), touched | {row.dossier for row in waiting}


def _rows_of(device: DeviceId, store: Store) -> Iterator[SealedRow]:
    after = 0
    while rows := store.rows_written_by(device, after, _AT_ONCE):
        yield from rows
        after = rows[-1].position
