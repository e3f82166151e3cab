"""The backups a vault made: sealed in its vault file, so that an erasure can name and reach them. Store thread only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum, auto
from pathlib import Path

from desktop.kernel.files import open_file
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.file.backup_container import read_metadata
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem, UserError
from protocol.times import time_text

_NOTE = "backups"
_DAMAGED = "vault.damaged"


class BackupPresence(Enum):
    """Whether a backup lies at a place. UNKNOWN: its folder is away, or what lies there cannot be read."""

    THERE = auto()
    GONE = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup this vault made: where it lay, when it was made, until when it is kept, and whether it is there now."""

    id: str
    path: Path
    made: datetime
    expires: datetime
    reachable: bool

    def to_json(self) -> JsonValue:
        """Return the stored form."""
        return {
            "expires": time_text(self.expires),
            "id": self.id,
            "made": time_text(self.made),
            "path": str(self.path),
        }


class KnownBackups:
    """The list of an open vault. Methods raise EnvironmentProblem when the vault file cannot be written."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def list(self) -> tuple[Backup, ...]:
        """Return every backup that is not known to be gone; looks whether the files are there."""
        return tuple(
            replace(each, reachable=find_presence(each.path, each.id) is BackupPresence.THERE) for each in self.stored()
        )

    def stored(self) -> tuple[Backup, ...]:
        """Return the same without looking: none of them counts as reachable."""
        kept = self._vault.get(_NOTE)
        items = kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
        return tuple(_parse_backup(JsonFields(item, _DAMAGED)) for item in items)

    def add(self, backup: Backup) -> None:
        """Remember one more."""
        self._write((*self.stored(), backup))

    def remove(self, backup: str) -> None:
        """Remember one no longer; nothing is written when it was not in the list."""
        known = self.stored()
        left = tuple(each for each in known if each.id != backup)
        if left != known:
            self._write(left)

    def _write(self, backups: Sequence[Backup]) -> None:
        self._vault.put(_NOTE, [each.to_json() for each in backups])


def find_presence(path: Path, backup: str) -> BackupPresence:
    """Return whether this very backup lies at `path`; GONE only where its folder is there to be looked into."""
    try:
        with open_file(path) as stream:
            return BackupPresence.THERE if read_metadata(stream).backup == backup else BackupPresence.GONE
    except UserError:
        return BackupPresence.UNKNOWN
    except EnvironmentProblem as problem:
        is_missing = problem.code == "files.not_found" and path.parent.is_dir()
        return BackupPresence.GONE if is_missing else BackupPresence.UNKNOWN


def _parse_backup(fields: JsonFields) -> Backup:
    identifier, path = fields.identifier("id"), Path(fields.text("path"))
    found = Backup(identifier, path, fields.moment("made"), fields.moment("expires"), reachable=False)
    fields.finish()
    return found
