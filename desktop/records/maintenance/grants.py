"""The grants of keys that lie in the journal to be sent, each sealed with the vault's secret over keys.

One whose bytes were changed is set aside as a damaged key is: it is not sent, stands in the way of nothing, and a check
of the file names it.
"""

from collections.abc import Iterator

from desktop.records.store.database import Store
from desktop.vault import key_rotation as rotation
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DossierId


def _associated_data(dossier: DossierId) -> bytes:
    """Return the associated data of a grant kept in the journal."""
    return b"grant\0" + bytes.fromhex(dossier)


def open_grant(vault: Vault, dossier: DossierId, sealed: object) -> bytes | None:
    """Return a grant as it is sent; None where its bytes were changed."""
    if not isinstance(sealed, bytes):
        return None
    try:
        return rotation.open_grant(vault, _associated_data(dossier), sealed)
    except UserError:
        return None


def seal_grant(vault: Vault, dossier: DossierId, grant: bytes) -> bytes:
    """Return a grant as it is kept in the journal."""
    return rotation.seal_grant(vault, _associated_data(dossier), grant)


def seal_grants_again(store: Store, vault: Vault) -> None:
    """Seal every grant with the vault's newest secret. Call inside `atomic`."""
    for position, dossier, grant in _grants(store, vault):
        if dossier is not None and grant is not None:
            again = seal_grant(vault, dossier, grant)
            store.run("update wraps set blob = ? where id = ?", [again, position])


def damaged_grants(store: Store, vault: Vault) -> tuple[int, ...]:
    """Return the ids of the rows of `wraps` whose bytes were changed."""
    return tuple(position for position, _dossier, grant in _grants(store, vault) if grant is None)


def _grants(store: Store, vault: Vault) -> Iterator[tuple[int, DossierId | None, bytes | None]]:
    for position, dossier, sealed in store.run("select id, dossier, blob from wraps order by id"):
        known = DossierId(dossier.hex()) if isinstance(dossier, bytes) else None
        yield position, known, None if known is None else open_grant(vault, known, sealed)
