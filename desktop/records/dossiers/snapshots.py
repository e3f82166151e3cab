"""Sealed summaries of dossiers, so that a list of people opens without folding every event. Never authoritative.

A snapshot is sealed with a key to the core of its dossier, so it is gone when the keys are; it is bound to the dossier,
to the last row of every stream and to the keys at hand. One that is stale, damaged or missing is made anew from the
events. Bytes: docs/formats/journal.md.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from desktop.records.dossiers.dossier_cache import DossierCache
from desktop.records.dossiers.keyring import Keyring
from desktop.records.events.bodies import CORE
from desktop.records.events.view import DossierView
from desktop.records.store.database import KEYS, STREAMS, Store
from desktop.records.store.table_rows import SealedKey, StreamEnd
from desktop.vault.crypto.codec import sized
from desktop.vault.crypto.sealing import open_sealed, seal
from desktop.vault.key_rotation import make_key_opener
from desktop.vault.vault import Vault
from protocol.errors import EnvironmentProblem, UserError
from protocol.identifiers import DossierId

DAMAGED = "records.snapshot_damaged"
_SNAPSHOTS = "select dossier, state, sealed from snapshots"
READ = (_SNAPSHOTS, KEYS, STREAMS)
"""The rows a list of people is made of; for measuring."""


@dataclass(frozen=True, slots=True)
class Summariser:
    """How a view becomes the bytes of a snapshot; another `version` makes every earlier snapshot stale."""

    version: int
    summary: Callable[[DossierView], bytes]


@dataclass(frozen=True, slots=True, repr=False)
class Snapshot:
    """What is kept: `state` says of which rows and keys it was made."""

    state: bytes
    sealed: bytes


class Snapshots:
    """The snapshots of one journal."""

    def __init__(self, store: Store, vault: Vault) -> None:
        self._store = store
        self._vault = vault

    def summaries(self, summarise: Summariser, cache: DossierCache) -> Mapping[DossierId, bytes]:
        """Return the summary of every dossier this device has a key to, the oldest here first.

        What had to be made anew is kept for the next time, unless the disk fails.
        """
        kept, known = self.read_all(), self.states(summarise.version)
        found: dict[DossierId, bytes] = {}
        fresh: dict[DossierId, Snapshot] = {}
        for dossier, (state, key) in known.items():
            snapshot = kept.get(dossier)
            summary = None if cache.is_open(dossier) else open_snapshot(dossier, snapshot, state, key)
            if summary is None:
                summary = summarise.summary(cache.peek(dossier).view)
                if snapshot is None or open_snapshot(dossier, snapshot, state, key) != summary:
                    fresh[dossier] = Snapshot(state, seal(key, summary, _associated_data(dossier, state)))
            found[dossier] = summary
        self._keep(fresh, [dossier for dossier in kept if dossier not in known])
        return found

    def read_all(self) -> Mapping[DossierId, Snapshot]:
        """Return what is kept, as it is."""
        rows = self._store.run(_SNAPSHOTS)
        good = (row for row in rows if all(isinstance(value, bytes) for value in row))
        return {DossierId(dossier.hex()): Snapshot(state, sealed) for dossier, state, sealed in good}

    def of(self, dossier: DossierId) -> Snapshot | None:
        """Return the snapshot of a dossier, as it is; None where there is none, or nothing like one."""
        rows = self._store.run("select state, sealed from snapshots where dossier = ?", [bytes.fromhex(dossier)])
        good = [
            Snapshot(state, sealed) for state, sealed in rows if isinstance(state, bytes) and isinstance(sealed, bytes)
        ]
        return good[0] if good else None

    def states(self, version: int) -> Mapping[DossierId, tuple[bytes, bytes]]:
        """Return, per dossier with a key to its core, the state of a fresh snapshot and the key that seals it."""
        keys: dict[DossierId, list[SealedKey]] = {}
        for key in self._store.all_keys():
            keys.setdefault(key.dossier, []).append(key)
        streams: dict[DossierId, list[StreamEnd]] = {}
        for stream in sorted(self._store.streams(), key=lambda stream: stream.first):
            streams.setdefault(stream.dossier, []).append(stream)
        found, opens = {}, make_key_opener(self._vault)
        for dossier, ends in streams.items():
            held = keys.get(dossier, [])
            keyring = Keyring.open_all(opens, dossier, (key for key in held if key.compartment == CORE))
            if CORE in keyring.compartments():
                found[dossier] = (state_of(version, ends, held), keyring.newest(CORE).key)
        return found

    def _keep(self, fresh: Mapping[DossierId, Snapshot], orphans: Iterable[DossierId]) -> None:
        """Write what is new and remove what nothing belongs to; a disk that fails costs time at the next start only."""
        gone = [bytes.fromhex(dossier) for dossier in orphans]
        if not fresh and not gone:
            return
        try:
            with self._store.atomic():
                for dossier in gone:
                    self._store.run("delete from snapshots where dossier = ?", [dossier])
                for name, snapshot in fresh.items():
                    values = [bytes.fromhex(name), snapshot.state, snapshot.sealed]
                    self._store.run(
                        "insert or replace into snapshots (dossier, state, sealed) values (?, ?, ?)", values
                    )
        except EnvironmentProblem:
            return


def forget(store: Store, dossier: DossierId) -> None:
    """Remove the snapshot of a dossier whose rows or keys changed in another way than by growing. Inside `atomic`."""
    store.run("delete from snapshots where dossier = ?", [bytes.fromhex(dossier)])


def open_snapshot(dossier: DossierId, snapshot: Snapshot | None, state: bytes, key: bytes) -> bytes | None:
    """Return the summary in a snapshot, or None where it is missing, stale or damaged."""
    if snapshot is None or snapshot.state != state:
        return None
    try:
        return open_sealed(key, snapshot.sealed, _associated_data(dossier, state), DAMAGED)
    except UserError:
        return None


def state_of(version: int, streams: Iterable[StreamEnd], keys: Iterable[SealedKey]) -> bytes:
    """Return what says of which rows and keys a snapshot was made."""
    ends = sorted(_bytes(end.device) + _number(end.sequence, 8) + _bytes(end.checksum) for end in streams)
    marks = sorted(sized(key.compartment.encode("utf-8"), 1) + _number(key.epoch, 4) + key.key_id for key in keys)
    parts = (_number(version, 2), _number(len(ends), 4), *ends, *marks)
    return hashlib.sha256(b"opmaat/snapshot-state/1\0" + b"".join(parts)).digest()


def _number(value: object, size: int) -> bytes:
    possible = isinstance(value, int) and 0 <= value < 1 << 8 * size
    return cast("int", value).to_bytes(size, "big") if possible else b""


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def _associated_data(dossier: DossierId, state: bytes) -> bytes:
    return b"opmaat/snapshot/1\0" + bytes.fromhex(dossier) + state
