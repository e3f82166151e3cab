"""To which organisation the devices of others belong that wrote here, as their certificates say."""

from collections.abc import Mapping

from desktop.records.membership.statement_table import StatementTable
from desktop.records.store.database import Store
from desktop.records.store.memory import StoreMemory
from desktop.vault.vault import Vault
from protocol.identifiers import DeviceId, OrganisationId


class KnownWriters:
    """See the module. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, vault: Vault, table: StatementTable) -> None:
        self._store = store
        self._vault = vault
        self._table = table
        self._memory = StoreMemory[None, Mapping[DeviceId, OrganisationId]](store)

    def all(self) -> Mapping[DeviceId, OrganisationId]:
        """Return the organisations of the devices of others that wrote here."""
        kept = self._memory.kept
        if None not in kept:
            kept[None] = self._table.writers()
        return kept[None]

    def organisation_of(self, device: DeviceId) -> OrganisationId | None:
        """Return of which organisation a device is; None for a vault of nobody's own rows."""
        return self.all().get(device, self._vault.organisation_id)

    def learn(self, writers: Mapping[DeviceId, OrganisationId]) -> None:
        """Remember to which organisations devices belong, as verified; those of the own one need not be kept."""
        own, known = self._vault.organisation_id, self.all()
        news = {device: each for device, each in writers.items() if each != own and known.get(device) != each}
        if news:
            with self._store.atomic():
                self._table.add_writers(news.items())
            self._memory.kept[None] = {**known, **news}
