"""Who may read a dossier: giving its keys to organisations, taking keys in, starting an epoch, letting a key go."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace

from desktop.kernel.changes import Changes
from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.dossiers.keyring import DossierKey
from desktop.records.events.bodies import COMPARTMENTS, CORE
from desktop.records.events.news import everything_changed
from desktop.records.maintenance.aged_keys import AgedKeys
from desktop.records.maintenance.erasure import Erasures
from desktop.records.maintenance.grants import open_grant, seal_grant
from desktop.records.maintenance.wrapped_keys import WrappedKeys, shared_compartments
from desktop.records.membership.admission import code_of_key, is_entitled_again
from desktop.records.membership.given_keys import GivenKeys
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from desktop.records.store.table_rows import KeyGrant
from desktop.vault.backup_restoring import is_certified
from desktop.vault.crypto.wrapping import WrapInfo
from desktop.vault.key_grants import KeyReceiver, give
from desktop.vault.vault import Vault
from protocol.certificates import OrganisationCard
from protocol.directory import Directory
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId


@dataclass(frozen=True, slots=True)
class KeyAcceptance:
    """What became of wraps: pages to refresh, and the wraps that were refused, each with its code."""

    changes: Changes = field(default_factory=Changes)
    refused: tuple[tuple[KeyGrant, str], ...] = ()


class KeyAccess:
    """The keys of all dossiers of this vault. Same thread and same failures as `Journal`.

    `on_keys` is called with the dossiers to which keys came in, once they are durable. `wrapped` says which keys are
    wrapped for the newest wrapping key of the organisation, `given` which went to others, `aged` which a former
    wrapping key opens.
    """

    def __init__(
        self,
        store: Store,
        vault: Vault,
        cache: DossierCache,
        erasures: Erasures,
        membership: MembershipRecords,
        on_keys: Callable[[Collection[DossierId]], None],
    ) -> None:
        self._store = store
        self._erasures = erasures
        self._membership = membership
        self._vault = vault
        self._cache = cache
        self._on_keys = on_keys
        self.wrapped = WrappedKeys(store, vault)
        self.given = GivenKeys(store, vault, membership)
        membership.make_keys = self.begin_epoch
        self.aged = AgedKeys(store, vault, membership)

    def readable(self, compartment: str) -> frozenset[DossierId]:
        """Return the dossiers of which this device has a key to `compartment`, without opening them."""
        return frozenset(key.dossier for key in self._store.all_keys() if key.compartment == compartment)

    def export_wraps(
        self,
        dossier: DossierId,
        recipients: Sequence[OrganisationCard],
        compartments: Sequence[str] = (CORE,),
        since: int = 1,
    ) -> tuple[KeyGrant, ...]:
        """Wrap the keys to `compartments` for members of a dossier, keep the wraps to be sent, and return them.

        Those of an epoch before `since` are left out.

        Raises UserError `records.no_key`, `records.not_member` for a recipient that is not in the dossier,
        `records.dossier_unknown`, `vault.no_organisation`, or a code of `trust` for a recipient's card.
        """
        keyring = self._cache.require(dossier).keyring
        self._require_members(dossier, recipients)
        if not set(compartments) <= keyring.compartments():
            raise UserError("records.no_key")
        keys = [key for key in keyring if key.compartment in compartments and key.epoch >= since]
        wraps = self._wrap(dossier, recipients, keys)
        with self._store.atomic():
            self._add_wraps(wraps)
        return wraps

    def import_wraps(self, wraps: Iterable[KeyGrant], directory: Directory | None = None) -> KeyAcceptance:
        """Take in keys for this organisation, given by its own devices or those of organisations in `directory`.

        Never raises for what is in them; raises UserError `vault.no_organisation`.
        """
        receiver = KeyReceiver(self._vault, *self._trusted(directory))
        refused: list[tuple[KeyGrant, str]] = []
        keys: list[tuple[KeyGrant, DossierKey]] = []
        for wrap in wraps:
            try:
                keys.append((wrap, self._open(wrap, receiver)))
            except UserError as error:
                refused.append((wrap, error.code))
        with self._store.atomic():
            for wrap, key in keys:
                self._erasures.lift(wrap.dossier, key.compartment)
                self._store.add_key(key.sealed(self._vault, wrap.dossier))
                if not self.wrapped.note_received(wrap, key):
                    self.aged.note(wrap.dossier, key.epoch)
        changes = everything_changed(*(wrap.dossier for wrap, _key in keys))
        for dossier in changes.dossiers:
            self._cache.forget(dossier)
        self._on_keys(changes.dossiers)
        return KeyAcceptance(changes, tuple(refused))

    def begin_epoch(self, dossier: DossierId, epoch: int) -> tuple[str, ...]:
        """Make keys of `epoch` for each compartment that can be read here, and return their ids. Call inside `atomic`.

        Who was not in the dossier before reads no further with those it has. Raises UserError `records.no_key` when
        this device can read nothing of the dossier.
        """
        held = self._cache.require(dossier).keyring.compartments()
        if not held:
            raise UserError("records.no_key")
        keys = [DossierKey.new(name, epoch) for name in sorted(held)]
        self.add_new(dossier, keys)
        self._cache.forget(dossier)
        return tuple(key.key_id.hex() for key in keys)

    def withdraw_wraps(self, dossier: DossierId, recipient: OrganisationId) -> None:
        """Send no key to `recipient` that was not sent yet. Call inside `atomic`."""
        here = [bytes.fromhex(dossier), bytes.fromhex(recipient)]
        self._store.run("delete from wraps where dossier = ? and recipient = ?", here)

    def ids_of(self, dossier: DossierId, epoch: int) -> tuple[str, ...]:
        """Return the ids of the keys kept of `epoch`; opens none of them."""
        return tuple(key.key_id.hex() for key in self._store.keys(dossier) if key.epoch == epoch)

    def newest_epoch(self, dossier: DossierId) -> int:
        """Return the highest epoch of the keys kept to the core of a dossier, 0 without any; opens none of them."""
        return max((key.epoch for key in self._store.keys(dossier) if key.compartment == CORE), default=0)

    def give_again(self) -> None:
        """Wrap every core key for the own organisation anew, by this device: after a restored copy joined again."""
        with self._store.atomic():
            for dossier in self._store.dossiers():
                self._share_within_organisation(dossier, self._cache.open(dossier).keyring)

    def share_with_colleagues(self, dossiers: Iterable[DossierId]) -> None:
        """Wrap for the own organisation what its other devices may read and what this device did not wrap yet.

        The keys that colleagues made are among it: they can be passed on without a server.
        """
        own = self._vault.membership.card
        with self._store.atomic():
            for dossier in dossiers:
                given = Counter((each.compartment, each.epoch) for each in self._store.wraps_for(dossier, own.id))
                held = tuple(self._cache.open(dossier).keyring)
                places = Counter((key.compartment, key.epoch) for key in held)
                keys = [key for key in held if places[key.compartment, key.epoch] > given[key.compartment, key.epoch]]
                self._share_within_organisation(dossier, keys)

    def wrap_again(self, most: int) -> None:
        """Wrap at most `most` keys for a wrapping key that the organisation got since. Nothing to do is harmless."""
        if not self.wrapped.count_behind():
            return
        with self._store.atomic():
            for dossier, sealed, key in self.wrapped.behind(most):
                self._share_within_organisation(dossier, () if key is None else (key,))
                self.wrapped.note(dossier, [sealed])

    def add_new(self, dossier: DossierId, keys: Iterable[DossierKey]) -> None:
        """Keep fresh keys, and wrap for the own organisation what its other devices may read. Call inside `atomic`.

        A reception location keeps the health compartment on this device only, on behalf of the municipality.
        """
        kept = tuple(keys)
        for key in kept:
            self._store.add_key(key.sealed(self._vault, dossier))
        if is_certified(self._vault):
            self._share_within_organisation(dossier, kept)

    def wraps_after(self, position: int, limit: int) -> tuple[KeyGrant, ...]:
        """Return at most `limit` wraps above `position` that may be sent, as they are sent.

        One whose bytes were changed is made again where it is for the own organisation, and left out otherwise; empty
        only where none is left that is good and may go, however many others lie in between.
        """
        while kept := self._store.wraps(position, limit):
            opened = (
                (each, open_grant(self._vault, each.dossier, each.blob) or self._grant_again(each))
                for each in self.given.free_to_go(kept)
            )
            good = tuple(replace(wrap, blob=grant) for wrap, grant in opened if grant)
            if good:
                return good
            position = kept[-1].position
        return ()

    def _grant_again(self, wrap: KeyGrant) -> bytes | None:
        if not is_certified(self._vault) or wrap.recipient != self._vault.organisation_id:
            return None
        keyring = self._cache.open(wrap.dossier).keyring
        keys = [key for key in keyring if (key.compartment, key.epoch) == (wrap.compartment, wrap.epoch)]
        return self._wrap(wrap.dossier, [self._vault.membership.card], keys)[0].blob if len(keys) == 1 else None

    def _share_within_organisation(self, dossier: DossierId, keys: Iterable[DossierKey]) -> None:
        own = self._vault.membership.card
        shared = [key for key in keys if key.compartment in shared_compartments(own)]
        self._add_wraps(self._wrap(dossier, [own], shared))
        self.wrapped.note(dossier, shared)

    def _add_wraps(self, wraps: Iterable[KeyGrant]) -> None:
        for wrap in wraps:
            self._store.add_wrap(replace(wrap, blob=seal_grant(self._vault, wrap.dossier, wrap.blob)))

    def _wrap(
        self, dossier: DossierId, recipients: Sequence[OrganisationCard], keys: Sequence[DossierKey]
    ) -> tuple[KeyGrant, ...]:
        return tuple(
            KeyGrant(
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
        own = self._vault.membership.card
        known = () if directory is None else directory.organisations
        return {**{card.id: card.root for card in known}, own.id: own.root}, (
            () if directory is None else directory.revoked
        )

    def _open(self, wrap: KeyGrant, receiver: KeyReceiver) -> DossierKey:
        own, state = self._vault.organisation_id, self._membership.of(wrap.dossier)
        if self._erasures.is_erased(wrap.dossier, wrap.compartment) and (
            self._erasures.is_erased(wrap.dossier) or not is_entitled_again(state, own)
        ):
            raise UserError("records.erased")
        if wrap.recipient != self._vault.organisation_id:
            raise UserError("trust.wrap_damaged")
        if wrap.compartment not in COMPARTMENTS:
            raise UserError("records.compartment_unknown")
        info = WrapInfo(wrap.dossier, wrap.compartment, wrap.epoch, wrap.recipient)
        given = receiver.receive(info, wrap.blob)
        code = code_of_key(state, given.giver, wrap.epoch, own)
        if code is not None:
            raise UserError(code)
        return DossierKey(wrap.compartment, wrap.epoch, given.key)

    def _require_members(self, dossier: DossierId, recipients: Sequence[OrganisationCard]) -> None:
        state, own = self._membership.of(dossier), self._vault.organisation_id
        members = frozenset({own} if state is None else state.members)
        if not members.issuperset(card.id for card in recipients):
            raise UserError("records.not_member")
