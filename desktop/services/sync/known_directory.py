"""Whom this laptop knows: the directory last seen, kept sealed in the vault. Called on the store thread only."""

from collections.abc import Mapping

from desktop.vault.last_read import LastRead
from desktop.vault.revocations import DIRECTORY_NOTE, kept_directory
from desktop.vault.vault import Vault
from protocol.canonical import parse_canonical
from protocol.certificates import OrganisationCard
from protocol.directory import Directory, verify_directory
from protocol.errors import UserError
from protocol.identifiers import OrganisationId


class KnownDirectory:
    """The directory last seen of one vault."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault
        self._directory = LastRead(lambda: vault.get(DIRECTORY_NOTE), lambda _note: kept_directory(vault))

    @property
    def own(self) -> OrganisationId | None:
        """Return the organisation of this vault, None for one without."""
        return self._vault.organisation_id

    def directory(self) -> Directory | None:
        """Return the directory last seen, verified when read; None when there is none or it no longer holds."""
        return self._directory.value()

    def organisations(self) -> tuple[OrganisationCard, ...]:
        """Return the organisations the directory vouches for; none before the first synchronisation."""
        directory = self.directory()
        return () if directory is None else directory.organisations

    def card(self, organisation: OrganisationId) -> OrganisationCard:
        """Return the card of `organisation`. Raises UserError `trust.organisation_unknown`."""
        directory = self.directory()
        if directory is None:
            raise UserError("trust.organisation_unknown")
        return directory.card(organisation)

    def name(self, organisation: OrganisationId) -> str:
        """Return what the directory calls `organisation`; the start of its id where it does not know it."""
        names = (card.name for card in self.organisations() if card.id == organisation)
        return next(names, organisation[:8])

    def keep(self, data: bytes) -> Directory:
        """Keep the directory in `data` as it was signed, unless a newer one is kept; return the newest.

        A server that came back from a backup gives an older one: that is no reason to stop, and never one to forget
        which devices were revoked since. Raises UserError `trust.…` for a directory that is not ours.
        """
        kept = self.directory()
        newest = newest_of(kept, verify_directory(data, self._vault.membership.card.root))
        if newest is not kept:
            self._vault.put(DIRECTORY_NOTE, parse_canonical(data))
        return newest

    def roots(self) -> Mapping[OrganisationId, bytes]:
        """Return the root keys this laptop believes: its own organisation's and those of the directory."""
        return roots_of(self.directory(), self._vault)


def newest_of(kept: Directory | None, given: Directory) -> Directory:
    """Return `given` when it is newer than what was kept, else `kept`."""
    return given if kept is None or given.version > kept.version else kept


def roots_of(directory: Directory | None, vault: Vault) -> Mapping[OrganisationId, bytes]:
    """Return the roots of `directory` and the own one."""
    own = vault.membership.card
    known = () if directory is None else directory.organisations
    return {**{card.id: card.root for card in known}, own.id: own.root}
