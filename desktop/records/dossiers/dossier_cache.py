"""The dossiers that are open in memory: keys, stream heads and view, read from disk when first asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from desktop.kernel import collector
from desktop.records.dossiers.claims import Claims, TakenRow
from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.row_writer import ComposedRows, RowWriter
from desktop.records.dossiers.streams import ChainHead, Quarantine, Replay, replay
from desktop.records.events.envelope import Event
from desktop.records.events.fold import empty, fold, fold_all
from desktop.records.events.view import DossierView
from desktop.records.store.database import Store
from desktop.records.store.memory import StoreMemory
from desktop.records.store.table_rows import SealedRow
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId
from protocol.messages.stream_cuts import StreamCut

_JUMP = timedelta(minutes=5)
_START = ChainHead()


@dataclass(slots=True, repr=False)
class OpenDossier:
    """One dossier in memory.

    `last_own` is the time of this device's last event in it, or None; `writers` are kept by compartment; `claims` is
    what its events say to have seen.
    """

    id: DossierId
    keyring: Keyring
    view: DossierView
    heads: dict[DeviceId, ChainHead] = field(default_factory=dict)
    broken: dict[DeviceId, Quarantine] = field(default_factory=dict)
    last_own: datetime | None = None
    writers: dict[str, RowWriter] = field(default_factory=dict)
    claims: Claims = field(default_factory=Claims)

    def head(self, device: DeviceId) -> ChainHead:
        """Return the last good row of a device's stream."""
        return self.heads.get(device, _START)

    def writer(self, compartment: str, device: DeviceId, named: Mapping[int, frozenset[str]] | None) -> RowWriter:
        """Return what writes rows of this device in `compartment`, under the newest of the keys `named` by epoch.

        Raises UserError `records.no_key`.
        """
        kept, key = self.writers.get(compartment), self.keyring.to_seal(compartment, named)
        cipher = self.keyring.cipher_of(key)
        if kept is None or kept.cipher is not cipher:
            kept = self.writers[compartment] = RowWriter.make(self.id, compartment, key.epoch, device, cipher)
        return kept

    def advance_own(self, composed: ComposedRows, own: DeviceId) -> None:
        """Move on past rows of this device that are now on disk.

        A claim about one of them was made before it was written, so it does not hold.
        """
        events = composed.events
        for event, digest in zip(events, composed.digests, strict=True):
            self.claims.take_row(own, event, composed.cipher, digest)
        self.claims.settle()
        self.view = fold(self.view, events[0]) if len(events) == 1 else fold_all(self.view, events)
        self.heads[own] = composed.head
        if events:
            self.last_own = events[-1].time

    def advance(
        self,
        rows: Sequence[TakenRow],
        heads: Mapping[DeviceId, ChainHead],
        own: DeviceId,
        aside: Sequence[SealedRow],
    ) -> bool:
        """Move on past rows that are now on disk; tell whether all of the dossier is to be read anew instead.

        `aside` are the rows of the dossier that are set aside.
        """
        for row in rows:
            self.claims.take_row(*row)
        if self.claims.settle(lambda: aside):
            return True
        self.view = fold_all(self.view, (row.found for row in rows))
        self.heads.update(heads)
        for row in reversed(rows):
            if isinstance(row.found, Event) and row.device == own:
                self.last_own = row.found.time
                break
        return False


@dataclass(slots=True)
class ClockMonitor:
    """Notices a clock that jumped back. `last` is what the machine's clock said at the last event written.

    `jumped_from` is the newest moment that it stood before when it jumped, None where it has not since it was opened.
    """

    last: datetime | None = None
    jumped_from: datetime | None = None

    def stamp(self, now: datetime, last_own: datetime | None) -> tuple[datetime, datetime | None]:
        """Return the time of an event, never before `last_own`, and what the clock said where it cannot be right."""
        time = now if last_own is None else max(now, last_own)
        before = time if self.last is None else max(time, self.last)
        if before - now <= _JUMP:
            return time, None
        self.jumped_from = before if self.jumped_from is None else max(before, self.jumped_from)
        return time, now


class DossierCache:
    """Opens dossiers and keeps them open until `forget` or `clear`, or until something that was written is undone."""

    def __init__(self, store: Store, vault: Vault, subject_of: Callable[[DeviceId], str]) -> None:
        """`subject_of` says who works with a device by its certificate, blank where none is known."""
        self._store = store
        self._vault = vault
        self._subject_of = subject_of
        self._open = StoreMemory[DossierId, OpenDossier](store)

    def add(self, dossier: OpenDossier) -> None:
        """Keep a dossier that was made just now."""
        self._open.kept[dossier.id] = dossier

    def forget(self, dossier: DossierId) -> None:
        """Read this dossier from disk again when it is asked for next."""
        self._open.kept.pop(dossier, None)

    def all_open(self) -> tuple[OpenDossier, ...]:
        """Return the dossiers that are open now."""
        return tuple(self._open.kept.values())

    def clear(self) -> None:
        """Drop every key and view."""
        self._open.kept.clear()

    def open(self, dossier: DossierId) -> OpenDossier:
        """Return a dossier; one of which nothing is kept is empty. Raises EnvironmentProblem."""
        kept = self._open.kept
        if dossier not in kept:
            kept[dossier] = self._load(dossier)
        return kept[dossier]

    def require(self, dossier: DossierId) -> OpenDossier:
        """Return a dossier of which something is kept. Raises UserError `records.dossier_unknown`."""
        opened = self.open(dossier)
        if not opened.heads and not opened.broken and not opened.keyring.compartments():
            self.forget(dossier)
            raise UserError("records.dossier_unknown")
        return opened

    def heads(self, dossier: DossierId) -> Mapping[DeviceId, StreamCut]:
        """Return the last good row of every stream of a dossier."""
        return {device: StreamCut(*head) for device, head in self.open(dossier).heads.items()}

    def is_open(self, dossier: DossierId) -> bool:
        """Tell whether a dossier is open."""
        return dossier in self._open.kept

    def quarantined(self) -> tuple[Quarantine, ...]:
        """Return what was found broken in the dossiers that are open, and the claims in them that do not hold."""
        broken = (item for dossier in self._open.kept.values() for item in dossier.broken.values())
        untrue = (
            Quarantine(dossier.id, each.device, each.sequence, 1, each.code)
            for dossier in self._open.kept.values()
            for each in dossier.claims.void()
        )
        return (*broken, *untrue)

    def peek(self, dossier: DossierId) -> OpenDossier:
        """Return what `open` returns, without keeping it open."""
        return self._open.kept.get(dossier) or self._load(dossier)

    def events(self, dossier: DossierId) -> tuple[Event, ...]:
        """Return every readable event of a dossier, in the order of time."""
        return self.history(dossier)[0]

    @collector.pause_collection()
    def history(self, dossier: DossierId) -> tuple[tuple[Event, ...], int]:
        """Return every readable event in the order of time, and how many rows there is no key to."""
        keyring = Keyring.load(self._vault, dossier, self._store.keys(dossier))
        events = list(replay(dossier, self._store.stored_rows(dossier), keyring, self._replay_of(dossier)))
        readable = [event for event in events if isinstance(event, Event)]
        in_time = sorted(readable, key=lambda event: event.order)
        return tuple(in_time), len(events) - len(readable)

    def last_reading(self) -> datetime | None:
        """Return what the clock said when this device last wrote, or None where that cannot be read."""
        row = self._store.last_written_by(self._vault.device.id)
        if row is None:
            return None
        try:
            found = Keyring.load(self._vault, row.dossier, self._store.keys(row.dossier)).open(row).found
        except UserError:
            return None
        return (found.clock or found.time) if isinstance(found, Event) else None

    @collector.pause_collection()
    def _load(self, dossier: DossierId) -> OpenDossier:
        keyring = Keyring.load(self._vault, dossier, self._store.keys(dossier))
        result = self._replay_of(dossier)
        view = fold_all(empty(dossier), replay(dossier, self._store.stored_rows(dossier), keyring, result))
        own = result.last.get(self._vault.device.id)
        last_own = None if own is None else own.time
        return OpenDossier(dossier, keyring, view, result.heads, result.broken, last_own, claims=result.claims)

    def _replay_of(self, dossier: DossierId) -> Replay:
        return Replay(lambda: [row for row, _code in self._store.quarantined(dossier)], self._subject_of)
