"""What a worker does with the own vault while it is open: the ways to open it, and when it locks by itself.

Called on the store thread only. Errors of the vault pass through with their code (`vault.…`, `escrow.…`). Everything
that changes a way to open the vault asks for the passphrase again, so that nobody does it at a screen left open.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop.vault.slots import SlotKind
from desktop.vault.vault import Vault

IDLE_CHOICES = (5, 10, 15, 30)
"""Minutes without a key or a mouse, after which the vault locks."""

IDLE_USUAL = 10
_NOTE = "lock"


@dataclass(frozen=True, slots=True)
class Ways:
    """With what this vault opens; `escrow_offered` tells whether the organisation has a key for helping out."""

    passphrase: bool
    recovery: bool
    escrow: bool
    escrow_offered: bool


@dataclass(frozen=True, slots=True)
class Failures:
    """How often somebody tried a wrong passphrase or recovery key before this opening, and when that was last."""

    count: int
    last: datetime | None


class OwnVault:
    """The open vault of the worker at this laptop."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    @property
    def failures(self) -> Failures:
        """What was tried in vain since the vault last opened. Constant, so any thread may ask."""
        return Failures(self._vault.failed_attempts, self._vault.last_failed)

    def ways(self) -> Ways:
        """Return with what this vault opens."""
        kinds = self._vault.ways
        return Ways(
            passphrase=SlotKind.PASSPHRASE in kinds,
            recovery=SlotKind.RECOVERY in kinds,
            escrow=SlotKind.ESCROW in kinds,
            escrow_offered=self._vault.escrow_key is not None,
        )

    def change_passphrase(self, current: str, new: str) -> None:
        """Replace the passphrase, or set one; `current` may be the recovery words where there is none.

        Raises UserError `vault.wrong_passphrase`, `vault.wait` or `vault.passphrase_too_short`.
        """
        self._vault.change_passphrase(current, new)

    def renew_recovery_key(self, current: str) -> tuple[str, ...]:
        """Return the words of a new recovery key, to be shown once; the old sheet opens nothing any more."""
        self._vault.confirm(current)
        return self._vault.renew_recovery_key()

    def set_escrow(self, current: str) -> None:
        """Let the administrator of the organisation help when passphrase and recovery key are lost."""
        self._vault.confirm(current)
        self._vault.set_escrow()

    def remove(self, kind: SlotKind, current: str) -> None:
        """Take one way to open the vault away. Raises UserError `vault.last_slot` for the last of one's own."""
        self._vault.confirm(current)
        self._vault.remove(kind)

    def idle_minutes(self) -> int:
        """Return after how many minutes without use the vault locks."""
        kept = self._vault.get(_NOTE)
        return kept if isinstance(kept, int) and kept in IDLE_CHOICES else IDLE_USUAL

    def set_idle_minutes(self, minutes: int) -> None:
        """Keep after how many minutes it locks, sealed in this vault; a number not offered means the usual."""
        self._vault.put(_NOTE, minutes if minutes in IDLE_CHOICES else IDLE_USUAL)
