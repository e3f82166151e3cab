"""The backups of one vault: making them while the app runs, knowing where they lie, and reminding of them.

A backup is made in three steps on two threads, so that nobody waits for a slow stick:

    prepare  store thread   note where it will lie; a consistent copy of the journal beside it
    write    files thread   seal it into one file, read that back and open everything in it
    keep     store thread   it takes the place of the older one there; or `forget` when it failed

Failure policy: whatever fails leaves the journal untouched and the older backup at that place as it was; what a crash
leaves behind is removed at the next opening. Every backup has a day on which it ends (our proposal: 30 days), because
what is erased must leave the backups as well. One past that day is deleted once a newer one is kept, never before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.kernel.files import environment_problems, opened_file, private_directory
from desktop.records import Journal
from desktop.records.maintenance.copies import IntegritySummary
from desktop.services.backups.backup_file import Cancelled, Progress, clear, crypto_erase, write_backup
from desktop.vault.crypto.codec import Fields
from desktop.vault.file.backup_container import BackupMetadata, read_metadata
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import new_id
from protocol.times import Clock, time_text

KEPT_DAYS = 30
"""Days a backup is kept: our proposal, the same as for a copy of an accepted case (domain research, table of risks)."""
REMIND_DAYS = 7
SUFFIX = ".opmaatbackup"

_NOTE = "backups"
_REMIND = "backups.remind"
_WORK = "backup-work"
_DAMAGED = "vault.damaged"


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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A copy of the journal that waits to be sealed."""

    metadata: BackupMetadata
    path: Path
    work: Path


@dataclass(frozen=True, slots=True)
class BackupState:
    """What the settings screen shows: the backups known, the newest first, and whether it is time for another."""

    backups: tuple[Backup, ...]
    overdue: bool
    remind_days: int

    @property
    def last(self) -> datetime | None:
        """Return when the newest one was made."""
        return self.backups[0].made if self.backups else None


class Backups:
    """See the module. `practice` tells that nothing here is worth a reminder."""

    def __init__(self, journal: Journal, vault: Vault, clock: Clock, *, practice: bool = False) -> None:
        self._journal = journal
        self._vault = vault
        self._clock = clock
        self._practice = practice

    def state(self) -> BackupState:
        """Return the backups known here. Store thread; looks whether the files are there."""
        known = tuple(sorted(self._known(), key=lambda each: each.made, reverse=True))
        kept = self._vault.get(_REMIND)
        days = kept if isinstance(kept, int) else REMIND_DAYS
        return BackupState(known, self._is_overdue(known, days), days)

    def remind_after(self, days: int) -> BackupState:
        """Remind after `days` days without a backup; 0 means never."""
        self._vault.put(_REMIND, max(days, 0))
        return self.state()

    def file_name(self) -> str:
        """Return the name suggested for the file: the day, and nobody's name."""
        return f"opmaat-{self._clock.now().astimezone().date().isoformat()}{SUFFIX}"

    def prepare(self, path: Path) -> Prepared:
        """Copy the journal as it is at this moment, for a backup at `path`. Store thread.

        It is remembered before it is written: a backup nobody knows of could not be reached by an erasure.
        Raises UserError `backup.inside` for a place in the folder it is a backup of.
        """
        if path.resolve().is_relative_to(self._vault.directory.resolve()):
            raise UserError("backup.inside")
        parts, made = self._vault.for_backup().metadata, self._clock.now().replace(microsecond=0)
        metadata = BackupMetadata(
            new_id(), parts.vault, parts.person, parts.organisation, made, made + timedelta(days=KEPT_DAYS)
        )
        work = private_directory(self._vault.directory / f"{_WORK}-{metadata.backup}")
        prepared = Prepared(metadata, path.resolve(), work)
        try:
            self._journal.copy_to(work)
            self._keep(
                [*self._known(), Backup(metadata.backup, prepared.path, made, metadata.expires, reachable=False)]
            )
        except OpmaatError:
            clear(work)
            raise
        return prepared

    def write(self, prepared: Prepared, progress: Progress, stop: Cancelled) -> IntegritySummary:
        """Write the backup and prove it. Any thread. Raises UserError `backup.cancelled`, EnvironmentProblem."""
        try:
            return write_backup(prepared.path, self._vault, prepared.metadata, prepared.work, progress, stop)
        finally:
            clear(prepared.work)

    def keep(self, prepared: Prepared) -> BackupState:
        """Let a backup that was written take the place of the older one there. Store thread."""
        gone = [each for each in self._known() if each.path == prepared.path and each.id != prepared.metadata.backup]
        self._keep([each for each in self._known() if each not in gone])
        for each in gone:
            self._journal.erasures.struck_in(each.id)
        self._tidy(prepared.metadata.backup)
        if any(stone.moment >= prepared.metadata.made for stone in self._journal.erasures.tombstones()):
            self.crypto_erase()
        return self.state()

    def forget(self, prepared: Prepared) -> BackupState:
        """Forget a backup that came to nothing. Store thread."""
        return self.destroyed(prepared.metadata.backup)

    def make(self, path: Path, progress: Progress, stop: Cancelled) -> IntegritySummary:
        """Do all three steps on the calling thread; for the command line and tests."""
        prepared = self.prepare(path)
        try:
            integrity_summary = self.write(prepared, progress, stop)
        except OpmaatError:
            self.forget(prepared)
            raise
        self.keep(prepared)
        return integrity_summary

    def current(self) -> tuple[str, ...]:
        """Return the ids of the backups in which something may lie that is erased now."""
        return tuple(each.id for each in self._known() if each.reachable or each.expires > self._clock.now())

    def crypto_erase(self) -> tuple[Backup, ...]:
        """Strike what was erased out of every backup that is there; return those that are not, and are still kept.

        Store thread. A backup that is out of reach is waited for until its day has passed.
        """
        unreached = []
        for each in self._known():
            if each.reachable and self._crypto_erase_in(each):
                self._journal.erasures.struck_in(each.id)
            elif each.expires <= self._clock.now():
                self.destroyed(each.id)
            else:
                unreached.append(each)
        wanted = {backup for stone in self._journal.erasures.tombstones() for backup in stone.backups}
        return tuple(each for each in unreached if each.id in wanted)

    def destroyed(self, backup: str) -> BackupState:
        """Take a person's word that this backup no longer exists anywhere."""
        self._keep([each for each in self._known() if each.id != backup])
        self._journal.erasures.struck_in(backup)
        return self.state()

    def _crypto_erase_in(self, backup: Backup) -> bool:
        try:
            crypto_erase(backup.path, self._vault, self._journal.erasures.is_erased)
        except OpmaatError:
            return False
        return True

    def _tidy(self, newest: str) -> None:
        """Delete reachable backups whose day has passed; the newest one is never among them."""
        for each in self._known():
            if each.reachable and each.id != newest and each.expires <= self._clock.now():
                try:
                    with environment_problems():
                        each.path.unlink()
                except EnvironmentProblem:
                    continue
                self.destroyed(each.id)

    def _is_overdue(self, known: Sequence[Backup], days: int) -> bool:
        if self._practice or days == 0:
            return False
        since = known[0].made if known else self._vault.for_backup().metadata.created
        return bool(self._journal.dossiers()) and self._clock.now() - since >= timedelta(days=days)

    def _known(self) -> tuple[Backup, ...]:
        kept = self._vault.get(_NOTE)
        items = kept if isinstance(kept, Sequence) and not isinstance(kept, str) else ()
        return tuple(_backup(Fields(item, _DAMAGED)) for item in items)

    def _keep(self, backups: Sequence[Backup]) -> None:
        self._vault.put(_NOTE, [each.to_json() for each in backups])


def clear_away(vault: Vault) -> None:
    """Remove what a backup that was cut off left beside the journal. Right after opening, before any is made."""
    for left in vault.directory.glob(f"{_WORK}-*"):
        clear(left)


def _backup(fields: Fields) -> Backup:
    identifier, path = fields.identifier("id"), Path(fields.text("path"))
    found = Backup(identifier, path, fields.moment("made"), fields.moment("expires"), _is_there(path, identifier))
    fields.finish()
    return found


def _is_there(path: Path, backup: str) -> bool:
    """Tell whether this very backup lies at `path`."""
    try:
        with opened_file(path) as stream:
            return read_metadata(stream).backup == backup
    except (UserError, EnvironmentProblem):
        return False
