"""Which keys of dossiers are wrapped for the newest wrapping key of the organisation, and which are not yet.

Nothing is noted before the first renewal: all there is was wrapped for the first card. What is not noted afterwards is
wrapped once more by whichever laptop of the organisation comes to it first; the others see so in their feed. So nothing
has to be remembered of a run that was cut off, and a key that a partner still wraps for the older card is found too.
"""

from collections.abc import Iterable, Iterator

from desktop.records.dossiers.keyring import DossierKey, Keyring
from desktop.records.events.bodies import COMPARTMENTS, CORE
from desktop.records.store.database import Store
from desktop.records.store.table_rows import KeyGrant, SealedKey
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import is_for_newest_key
from desktop.vault.vault import Vault
from protocol.certificates import MUNICIPALITY, OrganisationCard
from protocol.identifiers import DossierId

_FIRST_VERSION = 1
_COLUMNS = "key.dossier, key.compartment, key.epoch, key.mark, key.sealed"
_BEHIND = """
from dossier_keys as key left join wrapped_keys as wrapped
    on key.dossier = wrapped.dossier and key.compartment = wrapped.compartment
    and key.epoch = wrapped.epoch and key.mark = wrapped.mark
where typeof(key.dossier) = 'blob' and typeof(key.epoch) = 'integer' and typeof(key.mark) = 'blob'
    and typeof(key.sealed) = 'blob' and key.compartment in (?, ?) and coalesce(wrapped.version, 1) < ?
"""
_COUNT = f"select count(*) {_BEHIND}"
_NEXT = f"select {_COLUMNS} {_BEHIND} order by key.dossier < ?, key.dossier limit ?"


def shared_compartments(card: OrganisationCard) -> tuple[str, ...]:
    """Return the compartments whose keys every laptop of an organisation gets."""
    return COMPARTMENTS if card.kind == MUNICIPALITY else (CORE,)


class WrappedKeys:
    """The keys of one vault. Same thread and same failures as `Journal`."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault
        self._counted: tuple[int, int] | None = None

    def note(self, dossier: DossierId, keys: Iterable[DossierKey | SealedKey]) -> None:
        """Remember that these are wrapped for the newest card. Call inside `atomic`."""
        self._counted = None
        version = self._vault.membership.card.version
        if version == _FIRST_VERSION:
            return
        for key in keys:
            values = (bytes.fromhex(dossier), key.compartment, key.epoch, key.key_id, version)
            self._store.run("insert or replace into wrapped_keys values (?, ?, ?, ?, ?)", values)

    def note_received(self, grant: KeyGrant, key: DossierKey) -> bool:
        """Remember that `key`, which came in as `grant`, is wrapped for the newest card, and tell whether it is.

        Call inside `atomic`.
        """
        self._counted = None
        if self._vault.membership.card.version == _FIRST_VERSION:
            return True
        info = WrapInfo(grant.dossier, grant.compartment, grant.epoch, grant.recipient)
        if newest := is_for_newest_key(self._vault, info, grant.blob):
            self.note(grant.dossier, [key])
        return newest

    def count_behind(self) -> int:
        """Return how many keys are still to be wrapped for the newest card."""
        if self._vault.organisation_id is None:
            return 0
        card = self._vault.membership.card
        if self._counted is None or self._counted[0] != card.version:
            (number,) = self._store.run(_COUNT, self._asked(card))[0] if card.version > _FIRST_VERSION else (0,)
            self._counted = (card.version, number)
        return self._counted[1]

    def behind(self, most: int) -> Iterator[tuple[DossierId, SealedKey, DossierKey | None]]:
        """Give at most `most` keys that are behind, None for one whose bytes were changed.

        Each laptop begins elsewhere, so that they do not all do the same work.
        """
        card, start = self._vault.membership.card, bytes.fromhex(self._vault.device.id)
        for dossier, *values in self._store.run(_NEXT, (*self._asked(card), start, most)):
            sealed = SealedKey(DossierId(dossier.hex()), *values)
            opened = tuple(Keyring.load(self._vault, sealed.dossier, [sealed]))
            yield sealed.dossier, sealed, opened[0] if opened else None

    def _asked(self, card: OrganisationCard) -> tuple[object, ...]:
        shared = shared_compartments(card)
        return (shared[0], shared[-1], card.version)
