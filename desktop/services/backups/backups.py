"""The backups of one vault: making them while the app runs, knowing where they lie, and reminding of them.

A backup is made in three steps on two threads, so that nobody waits for a slow stick:

    prepare  store thread   record the intention and the place; a consistent copy of the journal beside it
    write    files thread   seal it into one file, read that back and open everything in it
    keep     store thread   it takes the place of the older one there; or `forget` when it failed

Failure policy: whatever fails leaves the journal untouched and the older backup at that place as it was. Writing,
deleting and forgetting a backup are recorded intentions (`records.store.intentions`); `settle` completes at the next
opening what an error or a crash cut short, and removes what it left behind.

Every backup has a day on which it ends (our proposal: 30 days), because what is erased must leave the backups as well.
One past that day is deleted once a newer one is kept, never before. A backup counts as destroyed only when this program
deleted or replaced its file, or when a person says so: one that is away or cannot be written is waited for.
"""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import part_of, private_directory, remove_file
from desktop.records import Intention, Journal
from desktop.records.maintenance.copies import IntegritySummary
from desktop.services.backups.backup_file import Cancelled, Progress, crypto_erase, remove_work_folder, write_backup
from desktop.services.backups.known_backups import Backup, BackupPresence, KnownBackups, find_presence
from desktop.services.dossier.completion import Complete, Completion
from desktop.vault.crypto.codec import JsonFields
from desktop.vault.file.backup_container import BackupMetadata
from desktop.vault.vault import Vault
from protocol.canonical import JsonValue
from protocol.errors import EnvironmentProblem, OpmaatError, UserError
from protocol.identifiers import new_id
from protocol.times import Clock

KEPT_DAYS = 30
"""Days a backup is kept: our proposal, the same as for a copy of an accepted case (domain research, table of risks)."""
REMIND_DAYS = 7
SUFFIX = ".opmaatbackup"

_REMIND = "backups.remind"
_WORK = "backup-work"
_DAMAGED = "vault.damaged"
_WRITE, _DELETE, _FORGET = "backup.write", "backup.delete", "backup.forget"
"""Kinds of intention."""


@dataclass(frozen=True, slots=True)
class PreparedBackup:
    """A copy of the journal that waits to be sealed, and the recorded intention to do so."""

    metadata: BackupMetadata
    path: Path
    work: Path
    intention: Intention


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
        self._known = KnownBackups(vault)
        self._steps: Mapping[str, Complete] = {
            _WRITE: self._settle_written,
            _DELETE: self._delete_file,
            _FORGET: self._forget,
        }

    def settle(self) -> Changes:
        """Complete what an error or a crash cut short. Right after opening, before any backup is made.

        Never raises an OpmaatError; what cannot be completed yet, such as a stick that is away, stays pending.
        """
        for left in self._vault.directory.glob(f"{_WORK}-*"):
            remove_work_folder(left)
        return Completion(self._journal.intentions, self._steps).complete()

    def state(self) -> BackupState:
        """Return the backups known here. Store thread; looks whether the files are there."""
        known = tuple(sorted(self._known.list(), key=lambda each: each.made, reverse=True))
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

    def prepare(self, path: Path) -> PreparedBackup:
        """Copy the journal as it is at this moment, for a backup at `path`. Store thread.

        It is remembered before it is written: a backup nobody knows of could not be reached by an erasure.
        Raises UserError `backup.inside` for a place in the folder it is a backup of, EnvironmentProblem
        `files.not_found` for a folder that is not there.
        """
        if path.resolve().is_relative_to(self._vault.directory.resolve()):
            raise UserError("backup.inside")
        if not path.parent.is_dir():
            raise EnvironmentProblem("files.not_found")
        parts, made = self._vault.for_backup().metadata, self._clock.now().replace(microsecond=0)
        metadata = BackupMetadata(
            new_id(), parts.vault, parts.person, parts.organisation, made, made + timedelta(days=KEPT_DAYS)
        )
        place = path.resolve()
        work = private_directory(self._vault.directory / f"{_WORK}-{metadata.backup}")
        with ExitStack() as undo:
            undo.callback(remove_work_folder, work)
            self._journal.copy_to(work)
            replaced = self._list_replaced(place)
            intention = Intention(_WRITE, {**self._locate(metadata.backup, place), "replaces": replaced})
            self._journal.intentions.begin(intention)
            self._known.add(Backup(metadata.backup, place, made, metadata.expires, reachable=False))
            undo.pop_all()
        return PreparedBackup(metadata, place, work, intention)

    def write(self, prepared: PreparedBackup, progress: Progress, stop: Cancelled) -> IntegritySummary:
        """Write the backup and prove it. Any thread. Raises UserError `backup.cancelled`, EnvironmentProblem."""
        try:
            return write_backup(prepared.path, self._vault, prepared.metadata, prepared.work, progress, stop)
        finally:
            remove_work_folder(prepared.work)

    def keep(self, prepared: PreparedBackup) -> BackupState:
        """Let a backup that was written take the place of the older one there. Store thread."""
        self._carry_out(prepared.intention)
        if any(stone.moment >= prepared.metadata.made for stone in self._journal.erasures.tombstones()):
            self.crypto_erase()
        return self.state()

    def forget(self, prepared: PreparedBackup) -> BackupState:
        """Forget a backup that came to nothing, and what is left of its file. Store thread.

        Where the stick was pulled out it cannot be told what lies on it: the backup then stays in the list.
        """
        with suppress(OpmaatError):  # stays pending
            self._carry_out(prepared.intention)
        return self.state()

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
        """Return the ids of the backups in which something may lie that is erased now: all that are not gone."""
        return tuple(each.id for each in self._known.stored())

    def crypto_erase(self) -> tuple[Backup, ...]:
        """Overwrite the keys of what was erased in every backup that is there; return those still to be reached.

        Store thread. One that is away, or cannot be written, is waited for until a person says that it was destroyed.
        """
        unreached = []
        for each in self._known.list():
            if each.reachable and self._crypto_erase_in(each):
                self._journal.erasures.confirm_erased_in(each.id)
            else:
                unreached.append(each)
        wanted = {backup for stone in self._journal.erasures.tombstones() for backup in stone.backups}
        return tuple(each for each in unreached if each.id in wanted)

    def confirm_destroyed(self, backup: str) -> BackupState:
        """Take a person's word that this backup no longer exists anywhere."""
        self._carry_out(Intention(_FORGET, {"backup": backup}))
        return self.state()

    def _crypto_erase_in(self, backup: Backup) -> bool:
        try:
            crypto_erase(backup.path, self._vault, self._journal.erasures.is_erased)
        except OpmaatError:
            return False
        return True

    def _locate(self, backup: str, path: Path) -> dict[str, JsonValue]:
        """Return the value of an intention about a backup at a place of this device."""
        return {"backup": backup, "device": self._vault.device.id, "path": str(path)}

    def _list_replaced(self, path: Path) -> list[JsonValue]:
        """Return the backups that a new one at `path` replaces; known only before it is written."""
        return [each.id for each in self._known.list() if each.reachable and each.path == path]

    def _find(self, value: JsonValue) -> tuple[str, Path, BackupPresence] | None:
        """Return which backup an intention is about, where, and whether it is there; None for a disk of another device.

        Raises EnvironmentProblem `files.not_found` while its folder is away.
        """
        fields = JsonFields(value, _DAMAGED)
        backup, path = fields.text("backup"), Path(fields.text("path"))
        if fields.text("device") != self._vault.device.id:  # a restored copy knows nothing of that disk
            return None
        presence = find_presence(path, backup)
        if presence is BackupPresence.UNKNOWN:
            raise EnvironmentProblem("files.not_found")
        return backup, path, presence

    def _carry_out(self, intention: Intention) -> None:
        """Record an intention and complete it; what fails stays pending and is raised."""
        self._journal.intentions.begin(intention)
        self._steps[intention.kind](intention.value)
        self._journal.intentions.finish(intention)

    def _settle_written(self, value: JsonValue) -> Changes:
        """Complete the making of a backup: it is whole and replaces the older ones there, or it came to nothing."""
        found = self._find(value)
        if found is None:
            return Changes()
        backup, path, presence = found
        if presence is BackupPresence.GONE:
            remove_file(part_of(path))
            return self._forget({"backup": backup})
        for replaced in JsonFields(value, _DAMAGED).items("replaces"):
            self._forget({"backup": replaced})
        self._delete_expired(backup)
        return changed(Aspect.SETTINGS)

    def _delete_expired(self, newest: str) -> None:
        """Delete reachable backups whose day has passed; the newest one is never among them."""
        for each in self._known.list():
            if each.reachable and each.id != newest and each.expires <= self._clock.now():
                intention = Intention(_DELETE, self._locate(each.id, each.path))
                self._journal.intentions.begin(intention)
                with suppress(EnvironmentProblem):  # a stick that cannot be written now; stays pending
                    self._delete_file(intention.value)
                    self._journal.intentions.finish(intention)

    def _delete_file(self, value: JsonValue) -> Changes:
        found = self._find(value)
        if found is None:
            return Changes()
        backup, path, presence = found
        if presence is BackupPresence.THERE:
            remove_file(path)
        return self._forget({"backup": backup})

    def _forget(self, value: JsonValue) -> Changes:
        """Wait for a backup no longer, then know it no longer: a tombstone never waits for one that nobody can name."""
        backup = JsonFields(value, _DAMAGED).text("backup")
        self._journal.erasures.confirm_erased_in(backup)
        self._known.remove(backup)
        return changed(Aspect.SETTINGS)

    def _is_overdue(self, known: Sequence[Backup], days: int) -> bool:
        if self._practice or days == 0:
            return False
        since = known[0].made if known else self._vault.for_backup().metadata.created
        return bool(self._journal.dossiers()) and self._clock.now() - since >= timedelta(days=days)
