"""Which vaults lie on this machine: public headers and what lies beside them; nothing is opened."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop.vault.file.container import FILE_NAME, read_vault_file
from desktop.vault.file.unlock_throttle import UnlockAttempts
from protocol.errors import OpmaatError
from protocol.identifiers import VaultId, is_id


@dataclass(frozen=True, slots=True)
class VaultInfo:
    """One vault on this machine. `problem` is the code of a file that cannot be opened.

    `slot_kinds` are the kinds of slot it opens with, `attempts` how often it did not.
    """

    vault: VaultId
    directory: Path
    person: str
    organisation: str
    attempts: UnlockAttempts
    slot_kinds: frozenset[int] = frozenset()
    problem: str | None = None

    @property
    def last_opened(self) -> datetime | None:
        """When it was opened last, as far as that was kept."""
        return self.attempts.opened


def list_vaults(root: Path) -> tuple[VaultInfo, ...]:
    """Return every vault under `root`, the one opened last first. Reads public headers only; opens nothing."""
    if not root.is_dir():
        return ()
    found = [_card(path) for path in sorted(root.iterdir()) if is_id(path.name) and (path / FILE_NAME).is_file()]
    return tuple(sorted(found, key=lambda card: -card.last_opened.timestamp() if card.last_opened else 0.0))


def _card(directory: Path) -> VaultInfo:
    attempts = UnlockAttempts.load(directory)
    try:
        container = read_vault_file(directory)
    except OpmaatError as error:
        return VaultInfo(VaultId(directory.name), directory, "", "", attempts, problem=error.code)
    metadata, slot_kinds = container.metadata, frozenset(slot.kind for slot in container.slots)
    return VaultInfo(metadata.vault, directory, metadata.person, metadata.organisation, attempts, slot_kinds)
