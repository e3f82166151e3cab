"""What a worker does with the own vault while it is open: the ways to open it, and when it locks by itself.

Called on the store thread only. Errors of the vault pass through with their code (`vault.…`, `escrow.…`). Everything
that changes a way to open the vault asks for the passphrase again, so that nobody does it at a screen left open.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from desktop.services.accounts.recovery_sheet import make_recovery_sheet
from desktop.vault.file.contents import HALF_TYPED
from desktop.vault.file.slots import SlotKind
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId, is_id
from protocol.times import Clock

IDLE_CHOICES = (5, 10, 15, 30)
"""Minutes without a key or a mouse, after which the vault locks."""

IDLE_USUAL = 10
_NOTE = "lock"


@dataclass(frozen=True, slots=True)
class UnlockMethods:
    """With what this vault opens; `escrow_offered` tells whether the organisation has a key for helping out."""

    passphrase: bool
    recovery: bool
    escrow: bool
    escrow_offered: bool


@dataclass(frozen=True, slots=True)
class FailedUnlocks:
    """How often somebody tried a wrong passphrase or recovery key before this opening, and when that was last."""

    count: int
    last: datetime | None


@dataclass(frozen=True, slots=True, repr=False)
class Draft:
    """What was half typed when the vault locked: page, dossier and part of the page, and texts by name of the field."""

    page: str
    dossier: DossierId | None
    part: str
    texts: Mapping[str, str]

    def to_json(self) -> JsonValue:
        """Return the form in which it is sealed; null for one without texts."""
        if not self.texts:
            return None
        return {"dossier": self.dossier, "page": self.page, "part": self.part, "texts": dict(self.texts)}

    @classmethod
    def from_json(cls, value: JsonValue) -> Self | None:
        """Return what `to_json` gave, or None for anything else: a draft of another version is not shown."""
        if not isinstance(value, Mapping):
            return None
        page, part, dossier, texts = (value.get(name) for name in ("page", "part", "dossier", "texts"))
        if not (isinstance(page, str) and isinstance(part, str) and isinstance(texts, Mapping)):
            return None
        about = DossierId(dossier) if isinstance(dossier, str) and is_id(dossier) else None
        return cls(page, about, part, {name: text for name, text in texts.items() if isinstance(text, str)})


class OwnVault:
    """The open vault of the worker at this laptop."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        self._vault = vault
        self._clock = clock
        self.vault_id = vault.id

    @property
    def failures(self) -> FailedUnlocks:
        """What was tried in vain since the vault last opened. Constant, so any thread may ask."""
        return FailedUnlocks(self._vault.failed_attempts, self._vault.last_failed)

    def unlock_methods(self) -> UnlockMethods:
        """Return with what this vault opens."""
        kinds = self._vault.slot_kinds
        return UnlockMethods(
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

    def recovery_sheet(self, words: tuple[str, ...]) -> bytes:
        """Return the PDF of a recovery key, to be printed."""
        return make_recovery_sheet(self._vault.person, self._vault.organisation, words, self._clock)

    def set_escrow(self, current: str) -> None:
        """Let the administrator of the organisation help when passphrase and recovery key are lost."""
        self._vault.confirm(current)
        self._vault.set_escrow()

    def remove(self, kind: SlotKind, current: str) -> None:
        """Take one way to open the vault away. Raises UserError `vault.last_slot` for the last of one's own."""
        self._vault.confirm(current)
        self._vault.remove(kind)

    def keep_draft(self, draft: Draft) -> None:
        """Keep, sealed in the vault, what was half typed when it locked; an empty one takes the last away."""
        if draft.texts or self._vault.get(HALF_TYPED) is not None:
            self._vault.put(HALF_TYPED, draft.to_json())

    def take_draft(self) -> Draft | None:
        """Return what was half typed when the vault locked last, and keep it no longer."""
        kept = self._vault.get(HALF_TYPED)
        if kept is None:
            return None
        with suppress(EnvironmentProblem):  # a full disk shows it once more next time; it must not hide it now
            self._vault.put(HALF_TYPED, None)
        return Draft.from_json(kept)

    def idle_minutes(self) -> int:
        """Return after how many minutes without use the vault locks."""
        kept = self._vault.get(_NOTE)
        return kept if isinstance(kept, int) and kept in IDLE_CHOICES else IDLE_USUAL

    def set_idle_minutes(self, minutes: int) -> None:
        """Keep after how many minutes it locks, sealed in this vault; a number not offered means the usual."""
        self._vault.put(_NOTE, minutes if minutes in IDLE_CHOICES else IDLE_USUAL)
