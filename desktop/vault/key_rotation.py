"""A second lock on the keys of dossiers, with a secret that is thrown away when something is erased.

Deleting a key from a file leaves copies in places no program reaches: an old write-ahead log, a copy somebody made. So
every key lies sealed under a secret too that only the vault file holds. After an erasure what remains is sealed under a
fresh secret, and the old one is gone with the old vault file: older copies of the journal open nothing any more, not
even for who has the passphrase, unless the old vault file was copied as well. Bytes: docs/formats/vault.md.
"""

from collections.abc import Callable

from desktop.kernel.files import overwrite_replaced
from desktop.vault.crypto.sealing import new_key, open_sealed, seal
from desktop.vault.crypto.stretching import KEY_BYTES
from desktop.vault.file.container import FILE_NAME
from desktop.vault.vault import Vault
from protocol.encoding import from_base64, to_base64
from protocol.errors import UserError

NOTE = "keys.secret"
NEXT = "keys.next"

_BROKEN = "vault.seal_broken"
_GRANT = b"{"


def seal_key(vault: Vault, associated_data: bytes, key: bytes) -> bytes:
    """Return `key` sealed for the journal; a vault that never had a secret seals it once, as version 1 always did."""
    secrets = _secrets(vault)
    return vault.seal(associated_data, seal(secrets[0], key, associated_data) if secrets else key)


def open_key(vault: Vault, associated_data: bytes, sealed: bytes) -> bytes:
    """Return what `seal_key` sealed. Raises UserError `vault.seal_broken`, also for a secret that was thrown away."""
    return make_key_opener(vault)(associated_data, sealed)


def make_key_opener(vault: Vault) -> Callable[[bytes, bytes], bytes]:
    """Return `open_key` for many keys at once: the secrets are read once. Let it go before the vault locks."""
    secrets = _secrets(vault)

    def open_one(associated_data: bytes, sealed: bytes) -> bytes:
        inner = vault.open_sealed(associated_data, sealed)
        return inner if len(inner) == KEY_BYTES else _open_inner(secrets, associated_data, inner)

    return open_one


def seal_grant(vault: Vault, associated_data: bytes, grant: bytes) -> bytes:
    """Return a grant sealed for the journal: the organisation's own private key would open it otherwise."""
    return seal_key(vault, associated_data, grant) if _secrets(vault) else grant


def open_grant(vault: Vault, associated_data: bytes, kept: bytes) -> bytes:
    """Return what `seal_grant` sealed, or a grant as it was kept before there was a secret.

    One sealed grant in 256 begins with the same sign as a grant does, so opening it is tried first.
    """
    try:
        return open_key(vault, associated_data, kept)
    except UserError:
        if kept.startswith(_GRANT):
            return kept
        raise


def begin(vault: Vault) -> None:
    """Make the next secret, with which everything is sealed from now on; `finish` when nothing needs the old one."""
    if not is_under_way(vault):
        _put(vault, NEXT, to_base64(new_key()))


def is_under_way(vault: Vault) -> bool:
    """Tell whether a change of secret was begun and not finished."""
    return vault.get(NEXT) is not None


def finish(vault: Vault) -> None:
    """Throw the old secret away, and overwrite the vault file it lay in. Does nothing when none is under way."""
    if is_under_way(vault):
        _put(vault, NOTE, vault.get(NEXT))
        _put(vault, NEXT, None)


def _put(vault: Vault, name: str, value: object) -> None:
    with overwrite_replaced(vault.directory / FILE_NAME):
        vault.put(name, value if isinstance(value, str) else None)


def _secrets(vault: Vault) -> tuple[bytes, ...]:
    found = (vault.get(NEXT), vault.get(NOTE))
    return tuple(from_base64(each, "vault.damaged") for each in found if isinstance(each, str))


def _open_inner(secrets: tuple[bytes, ...], associated_data: bytes, inner: bytes) -> bytes:
    for secret in secrets:
        try:
            return open_sealed(secret, inner, associated_data, _BROKEN)
        except UserError:
            continue
    raise UserError(_BROKEN)
