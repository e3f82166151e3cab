"""Rows that a former member wrote after it left: set aside where they came in before, and counted for who holds it."""

from collections import Counter
from collections.abc import Mapping

from desktop.records.dossiers import snapshots
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.dossiers.keyring import Keyring
from desktop.records.events.bodies import CaseViewed, KeyDropped
from desktop.records.events.fold import HiddenRow
from desktop.records.membership.admission import AFTER_HANDOVER, code_of_row
from desktop.records.membership.known_writers import KnownWriters
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from desktop.records.store.table_rows import SealedRow
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.messages.stream_cuts import StreamCut


def set_late_rows_aside(dossier: DossierId, store: Store, cache: DossierCache, membership: MembershipRecords) -> None:
    """Keep the rows that the log leaves no room for apart. Raises EnvironmentProblem; then nothing changed."""
    state, writers = membership.of(dossier), membership.writers.all()
    if state is None:
        return
    found = store.run("select distinct device from events where dossier = ?", [bytes.fromhex(dossier)])
    devices = {DeviceId(device.hex()) for (device,) in found if isinstance(device, bytes)}
    outside = {each: writers[each] for each in devices if each in writers and writers[each] not in state.members}
    if not outside:
        return
    codes = (
        (row, code_of_row(state, outside.get(row.device), (row.device, row.sequence), _is_chained))
        for row in store.rows(dossier)
    )
    late = [(row, code) for row, code in codes if code is not None]
    if not late:
        return
    with store.atomic():
        for row, code in late:
            store.quarantine(row, code)
            store.remove_row(row.position)
        snapshots.forget(store, dossier)
    cache.forget(dossier)


def _is_chained(_device: DeviceId, _cut: StreamCut) -> bool:
    """Tell that a row that came in followed its stream."""
    return True


def count_late_entries(
    dossier: DossierId, store: Store, keyring: Keyring, writers: KnownWriters
) -> Mapping[OrganisationId, int]:
    """Return how many entries of each former member are kept apart because it wrote them after it left.

    That a key was let go, and that somebody looked, are no entries, where the keys of before tell.
    """
    known = writers.all()
    late = (row for row, code in store.quarantined(dossier) if code == AFTER_HANDOVER and row.device in known)
    return Counter(known[row.device] for row in late if _is_entry(row, keyring))


def _is_entry(row: SealedRow, keyring: Keyring) -> bool:
    try:
        event = keyring.open(row).found
    except UserError:
        return True
    return isinstance(event, HiddenRow) or not isinstance(event.body, KeyDropped | CaseViewed)
