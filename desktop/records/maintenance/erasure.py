"""Taking a dossier, or one compartment of it, out of the journal for good, and remembering that and why.

Two phases, so that a crash anywhere leaves either everything or an erasure that the next opening finishes: first the
intention is made durable, then rows and keys go, the secret over all keys is changed (`key_rotation`), the file is
written anew without free pages, and last the intention becomes a tombstone. A tombstone says when and why; who it was
about is only a hash of the random dossier id, by which rows that come in again are turned away.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.snapshots import forget
from desktop.records.maintenance.grants import seal_grants_again
from desktop.records.store.database import Store
from desktop.vault import key_rotation as rotation
from desktop.vault.vault import Vault
from protocol.canonical import canonical_bytes
from protocol.identifiers import DossierId
from protocol.times import time_text

WHOLE = ""
"""In the place of a compartment: the whole dossier."""

_COLUMNS = "mark, compartment, reason, moment, backups, dossier"
_KEPT = frozenset({"erasures"})


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is left of something erased. `reason` is the code of the rule; `dossier_hash` is that of its id.

    `backups` are the backups in which it may still lie, because their files were out of reach. `done` is False while
    the disk was in the way: the next opening goes on.
    """

    dossier_hash: bytes
    compartment: str
    reason: str
    moment: datetime
    backups: tuple[str, ...]
    done: bool = True


def hash_of(dossier: DossierId) -> bytes:
    """Return the hash by which an erased dossier is known again."""
    return hashlib.sha256(b"opmaat/erased/1\0" + bytes.fromhex(dossier)).digest()


class Erasures:
    """The erasures of one journal. Methods raise EnvironmentProblem `records.…` when the disk is in the way."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def begin(
        self, dossier: DossierId, compartment: str, reason: str, moment: datetime, backups: Sequence[str]
    ) -> None:
        """Make the intention durable. Call inside `atomic`."""
        values = [
            hash_of(dossier),
            compartment,
            reason,
            time_text(moment),
            canonical_bytes(tuple(backups)).decode(),
            bytes.fromhex(dossier),
        ]
        self._store.run(f"insert or replace into erasures ({_COLUMNS}) values (?, ?, ?, ?, ?, ?)", values)  # noqa: S608

    def finish_all(self) -> tuple[DossierId, ...]:
        """Carry out every intention, also one a crash left behind, and return the dossiers concerned."""
        begun = self._store.run("select dossier, compartment from erasures where dossier is not null")
        if not begun and not rotation.is_under_way(self._vault):
            if self._store.run("select 1 from erasures limit 1"):
                self._store.wipe_log()  # the last step of an earlier one, where a crash came before it
            return ()
        with self._store.atomic():
            for dossier, compartment in begun:
                self._remove(dossier, compartment)
        self._change_secret()
        self._store.rewrite()
        with self._store.atomic():
            self._store.run("update erasures set dossier = null")
        self._store.wipe_log()
        return tuple(DossierId(dossier.hex()) for dossier, _ in begun)

    def tombstones(self) -> tuple[Tombstone, ...]:
        """Return what was erased, the newest first."""
        rows = self._store.run(
            "select mark, compartment, reason, moment, backups, dossier is null from erasures order by moment desc"
        )
        return tuple(
            Tombstone(mark, compartment, reason, datetime.fromisoformat(moment), tuple(json.loads(backups)), bool(done))
            for mark, compartment, reason, moment, backups, done in rows
        )

    def confirm_erased_in(self, backup: str) -> None:
        """Remember that nothing erased lies in `backup` any more."""
        with self._store.atomic():
            for stone in self.tombstones():
                left = [each for each in stone.backups if each != backup]
                self._store.run(
                    "update erasures set backups = ? where mark = ? and compartment = ?",
                    [canonical_bytes(left).decode(), stone.dossier_hash, stone.compartment],
                )

    def is_erased(self, dossier: DossierId, compartment: str = WHOLE) -> bool:
        """Tell whether the dossier, or this compartment of it, was erased here."""
        found = self._store.run(
            "select 1 from erasures where mark = ? and compartment in (?, ?)", [hash_of(dossier), WHOLE, compartment]
        )
        return bool(found)

    def lift(self, dossier: DossierId, compartment: str) -> None:
        """Forget that a compartment was erased, because a key to it came back. Call inside `atomic`."""
        here = [hash_of(dossier), compartment]
        self._store.run("delete from erasures where mark = ? and compartment = ? and dossier is null", here)

    def wanted(self, dossiers: Iterable[DossierId]) -> frozenset[DossierId]:
        """Return those of `dossiers` that were not erased here."""
        gone = {mark for (mark,) in self._store.run("select mark from erasures where compartment = ?", [WHOLE])}
        return frozenset(each for each in dossiers if not gone or hash_of(each) not in gone)

    def _remove(self, dossier: bytes, compartment: str) -> None:
        for table in self._tables_with("dossier"):
            if compartment == WHOLE:
                self._store.run(f"delete from {table} where dossier = ?", [dossier])  # noqa: S608  # from the schema
        if compartment == WHOLE:
            self._store.forget_cursors(DossierId(dossier.hex()))
        else:
            self._store.remove_keys(DossierId(dossier.hex()), compartment)
            forget(self._store, DossierId(dossier.hex()))

    def _tables_with(self, column: str) -> tuple[str, ...]:
        found = []
        for table in self._store.tables():
            columns = {name for (name,) in self._store.run("select name from pragma_table_info(?)", [table])}
            if column in columns and table not in _KEPT:
                found.append(table)
        return tuple(found)

    def _change_secret(self) -> None:
        rotation.begin(self._vault)
        with self._store.atomic():
            for (dossier,) in self._store.run("select distinct dossier from dossier_keys"):
                if isinstance(dossier, bytes):
                    self._seal_keys_again(DossierId(dossier.hex()))
            seal_grants_again(self._store, self._vault)
        self._store.wipe_log()
        rotation.finish(self._vault)

    def _seal_keys_again(self, dossier: DossierId) -> None:
        for key in Keyring.load(self._vault, dossier, self._store.keys(dossier)):
            self._store.add_key(key.sealed(self._vault, dossier))
