"""Who may read a dossier: giving its keys to organisations, taking keys in, starting an epoch, letting a key go."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records.dossiers.dossier_cache import Shelf
from desktop.records.dossiers.keyring import DossierKey
from desktop.records.events.bodies import COMPARTMENTS, CORE
from desktop.records.maintenance.erasure import Erasures, grant_bound
from desktop.records.store.database import Store
from desktop.records.store.table_rows import Wrap
from desktop.vault.backup_restoring import is_certified
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import give, receive
from desktop.vault.key_rotation import open_grant, seal_grant
from desktop.vault.trust.certificates import MUNICIPALITY, Directory, OrganisationCard
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId

_ASPECTS = (
    *(Aspect.ANSWERS, Aspect.CASELOAD, Aspect.CONFLICTS, Aspect.PLAN, Aspect.HANDOVER),
    Aspect.ATTACHMENTS,
)


@dataclass(frozen=True, slots=True)
class KeyAcceptance:
    """What became of wraps: pages to refresh, and the wraps that were refused, each with its code."""

    changes: Changes = field(default_factory=Changes)
    refused: tuple[tuple[Wrap, str], ...] = ()


class Custody:
    """The keys of all dossiers of this vault."""

    def __init__(self, store: Store, vault: Vault, shelf: Shelf) -> None:
        self._store = store
        self._erasures = Erasures(store, vault)
        self._vault = vault
        self._shelf = shelf

    def keep_new(self, dossier: DossierId, keys: Iterable[DossierKey]) -> None:
        """Keep fresh keys, and wrap for the own organisation what its other devices may read. Call inside `atomic`.

        A reception location keeps the health compartment on this device only, on behalf of the municipality.
        """
        kept = tuple(keys)
        for key in kept:
            self._store.add_key(key.sealed(self._vault, dossier))
        if is_certified(self._vault):
            own = self._vault.belonging.card
            shared = COMPARTMENTS if own.kind == MUNICIPALITY else (CORE,)
            self.add_wraps(self._wraps(dossier, [own], [key for key in kept if key.compartment in shared]))

    def export(
        self, dossier: DossierId, recipients: Sequence[OrganisationCard], compartments: Sequence[str], first: int = 1
    ) -> tuple[Wrap, ...]:
        """Return the keys to `compartments`, from epoch `first` on, for each recipient.

        Raises UserError `records.no_key` when one of the compartments cannot be read here.
        """
        keyring = self._shelf.open(dossier).keyring
        if not set(compartments) <= keyring.compartments():
            raise UserError("records.no_key")
        keys = [key for key in keyring if key.compartment in compartments and key.epoch >= first]
        return self._wraps(dossier, recipients, keys)

    def add_wraps(self, wraps: Iterable[Wrap]) -> None:
        """Keep wraps to be sent. Call inside `atomic`."""
        for wrap in wraps:
            self._store.add_wrap(replace(wrap, blob=seal_grant(self._vault, grant_bound(wrap.dossier), wrap.blob)))

    def waiting(self, after: int, limit: int) -> tuple[Wrap, ...]:
        """Return at most `limit` wraps above position `after`, as they are sent."""
        return tuple(
            replace(wrap, blob=open_grant(self._vault, grant_bound(wrap.dossier), wrap.blob))
            for wrap in self._store.wraps(after, limit)
        )

    def give_again(self, dossier: DossierId) -> None:
        """Wrap for the own organisation what this device can read, as `keep_new` does. Call inside `atomic`."""
        held = tuple(self._shelf.open(dossier).keyring)
        own = self._vault.belonging.card
        shared = COMPARTMENTS if own.kind == MUNICIPALITY else (CORE,)
        self.add_wraps(self._wraps(dossier, [own], [key for key in held if key.compartment in shared]))

    def take_in(self, wraps: Iterable[Wrap], directory: Directory | None) -> KeyAcceptance:
        """Keep the keys in `wraps` that were given by devices of this organisation or of one in `directory`."""
        roots, revoked = self._trusted(directory)
        refused: list[tuple[Wrap, str]] = []
        keys: list[tuple[DossierId, DossierKey]] = []
        for wrap in wraps:
            try:
                keys.append((wrap.dossier, self._open(wrap, roots, revoked)))
            except UserError as error:
                refused.append((wrap, error.code))
        with self._store.atomic():
            for dossier, key in keys:
                self._store.add_key(key.sealed(self._vault, dossier))
        changes = Changes()
        for dossier, _ in keys:
            self._shelf.forget(dossier)
            changes |= changed(*_ASPECTS, dossier=dossier)
        return KeyAcceptance(changes, tuple(refused))

    def next_epoch(self, dossier: DossierId) -> tuple[DossierKey, ...]:
        """Return fresh keys, one epoch on, for each compartment this device can read."""
        held = tuple(self._shelf.open(dossier).keyring)
        epoch = 1 + max((key.epoch for key in held), default=0)
        return tuple(DossierKey.new(name, epoch) for name in sorted({key.compartment for key in held}))

    def _wraps(
        self, dossier: DossierId, recipients: Sequence[OrganisationCard], keys: Sequence[DossierKey]
    ) -> tuple[Wrap, ...]:
        return tuple(
            Wrap(
                dossier,
                key.compartment,
                key.epoch,
                card.id,
                give(self._vault, WrapInfo(dossier, key.compartment, key.epoch, card.id), card, key.key),
            )
            for card in recipients
            for key in keys
        )

    def _trusted(self, directory: Directory | None) -> tuple[dict[OrganisationId, bytes], tuple[DeviceId, ...]]:
        own = self._vault.belonging.card
        known = () if directory is None else directory.organisations
        return {**{card.id: card.root for card in known}, own.id: own.root}, (
            () if directory is None else directory.revoked
        )

    def _open(self, wrap: Wrap, roots: dict[OrganisationId, bytes], revoked: tuple[DeviceId, ...]) -> DossierKey:
        if self._erasures.is_erased(wrap.dossier, wrap.compartment):
            raise UserError("records.erased")
        if wrap.recipient != self._vault.organisation_id:
            raise UserError("trust.wrap_damaged")
        info = WrapInfo(wrap.dossier, wrap.compartment, wrap.epoch, wrap.recipient)
        return DossierKey(wrap.compartment, wrap.epoch, receive(self._vault, info, wrap.blob, roots, revoked))
