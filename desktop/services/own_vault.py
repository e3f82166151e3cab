"""What a worker does with the own vault while it is open: another passphrase, a new recovery key.

Called on the store thread only. Errors of the vault pass through with their code (`vault.…`).
"""

from desktop.vault.vault import Vault


class OwnVault:
    """The open vault of the worker at this laptop."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace the passphrase. Raises UserError `vault.wrong_passphrase` or `vault.passphrase_too_short`."""
        self._vault.change_passphrase(current, new)

    def renew_recovery_key(self) -> tuple[str, ...]:
        """Return the words of a new recovery key, to be shown once; the old sheet opens nothing any more."""
        return self._vault.renew_recovery_key()
