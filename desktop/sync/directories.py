"""The directory of this device's organisation: fetched, verified, kept in the vault for use without a network."""

from desktop.kernel.canonical import canonical_bytes, parse_canonical
from desktop.kernel.errors import UserError
from desktop.kernel.ids import OrganisationId
from desktop.sync.client import Client
from desktop.vault.trust import Directory, OrganisationCard, verify_directory
from desktop.vault.vault import Vault

_NOTE = "sync.directory"


def kept_directory(vault: Vault) -> Directory | None:
    """Return the directory kept last, or None. Store thread.

    Raises UserError `vault.no_organisation`.
    """
    kept = vault.get(_NOTE)
    root = vault.belonging.card.root
    return None if kept is None else verify_directory(canonical_bytes(kept), root)


def fetch_directory(client: Client, own: OrganisationCard, kept: Directory | None) -> bytes | None:
    """Return the newest directory when it is newer than the one kept, else None. Network thread.

    Raises UserError `trust.directory_old` when the server shows an older one than was kept: that would bring a revoked
    device back; `trust.not_signed` or `trust.document_damaged` when the root did not sign it.
    """
    data = client.directory(own.id)
    newest = verify_directory(data, own.root, 0 if kept is None else kept.version)
    return None if kept is not None and newest.version == kept.version else data


def keep_directory(vault: Vault, data: bytes) -> Directory:
    """Keep a directory that `fetch_directory` returned, and return it. Store thread.

    Raises UserError as `fetch_directory`: what is kept is verified once more, against what is kept by then.
    """
    kept = kept_directory(vault)
    directory = verify_directory(data, vault.belonging.card.root, 0 if kept is None else kept.version)
    vault.put(_NOTE, parse_canonical(data))
    return directory


def roots_of(own: OrganisationCard, directory: Directory | None) -> dict[OrganisationId, bytes]:
    """Return the root key of every organisation that our own root vouches for."""
    known = () if directory is None else directory.organisations
    return {**{card.id: card.root for card in known}, own.id: own.root}


def partner(directory: Directory | None, organisation: OrganisationId) -> OrganisationCard:
    """Return the card of another organisation; raises UserError `trust.organisation_unknown`."""
    if directory is None:
        raise UserError("trust.organisation_unknown")
    return directory.card(organisation)
