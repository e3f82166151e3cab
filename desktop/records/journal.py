"""The journal of one vault: every answer durable when it is acknowledged, every view folded from sealed events.

One writing connection; used by one thread, the one that opened it (the store thread). When the disk fails, the coded
EnvironmentProblem reaches the caller, memory and disk stay as they were, and everything can still be read.
"""

import logging
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from desktop.kernel.changes import Changes
from desktop.kernel.log import warn
from desktop.records.attachments.attachment_transfers import AttachmentTransfers
from desktop.records.attachments.attachments import Attachments
from desktop.records.dossiers.claims import DoubtfulClaim
from desktop.records.dossiers.dossier_cache import ClockMonitor, DossierCache, OpenDossier
from desktop.records.dossiers.keyring import DossierKey, Keyring
from desktop.records.dossiers.late_rows import count_late_entries, set_late_rows_aside
from desktop.records.dossiers.revoked_rows import sort_anew
from desktop.records.dossiers.row_intake import RowAcceptance, RowJudges, accept
from desktop.records.dossiers.row_writer import AppendContext, ComposedRows
from desktop.records.dossiers.snapshots import Snapshots, Summariser
from desktop.records.dossiers.streams import Quarantine
from desktop.records.events.bodies import COMPARTMENTS, CORE, Body, DossierOpened, KeyDropped
from desktop.records.events.envelope import Event, EventContext
from desktop.records.events.fold import empty
from desktop.records.events.news import everything_changed
from desktop.records.events.view import DossierView
from desktop.records.key_access import KeyAccess
from desktop.records.maintenance.erasure import WHOLE, Erasures
from desktop.records.maintenance.erasure_reports import ErasureReports
from desktop.records.maintenance.verification import Verification
from desktop.records.membership.admission import keys_to_seal
from desktop.records.membership.known_certificates import KnownCertificates
from desktop.records.membership.membership_records import LogsAccepted, MembershipRecords
from desktop.records.outbox import Outbox
from desktop.records.passing_on import PassingOn
from desktop.records.store.database import FILE_NAME, Store, open_store
from desktop.records.store.intentions import Intentions
from desktop.records.store.table_rows import SealedRow
from desktop.vault.backup_restoring import is_certified
from desktop.vault.revocations import Revocations
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, new_id
from protocol.messages.membership import MembershipLog
from protocol.times import Clock

_log = logging.getLogger(__name__)


class Journal:
    """See the module. Methods raise EnvironmentProblem `records.…` for the disk, besides what they name themselves.

    Its parts: `revocations` (up to where devices are trusted), `membership` (who is in a dossier), `keys` (who reads),
    `outbox` (what the server lacks), `erasures` (when and why, not who) and `erasure_reports` of them, `attachments`,
    `transfers` (those on their way), `passing` (without a server), `intentions` (steps still to be completed).
    """

    def __init__(self, store: Store, vault: Vault, clock: Clock) -> None:
        self._store, self._vault, self._clock, self._device = store, vault, clock, vault.device.id
        certificates = KnownCertificates(store, vault)
        cache = self._cache = DossierCache(store, vault, certificates.subject)
        self._time = ClockMonitor(cache.last_reading())
        self.erasures, self.revocations = Erasures(store, vault), Revocations(vault)
        self.membership = MembershipRecords(
            store, vault, clock, cache.heads, lambda each: set_late_rows_aside(each, store, cache, self.membership)
        )
        self._judges = RowJudges(self.revocations, self.membership, certificates.subject)
        self.keys = KeyAccess(store, vault, cache, self.erasures, self.membership, self._use_new_keys)
        self.erasure_reports = ErasureReports(store, vault, self.membership, self.erasures)
        self.outbox = Outbox(store, self.keys, self.membership, self._device)
        self.attachments = Attachments(store, cache, self.append_all, self.membership.of)
        self.transfers = AttachmentTransfers(store, cache)
        self.passing = PassingOn(store, vault, cache, certificates)
        self.intentions = Intentions(store, vault)

    def close(self) -> None:
        """Drop every key and view and close the file. Call before `Vault.lock`."""
        self.attachments.forget_removed()
        self._cache.clear()
        self._store.close()

    @property
    def device(self) -> DeviceId:
        """Return the device whose rows this journal writes."""
        return self._device

    @property
    def clock_jumped_from(self) -> datetime | None:
        """Return the newest moment that the clock was behind when something was written since opening, None if never.

        It stays when the clock is put right; whoever asks compares it with the time.
        """
        return self._time.jumped_from

    def create_dossier(self, name: str, languages: Sequence[str], context: EventContext) -> DossierId:
        """Make a dossier with fresh keys for each compartment, wrapped for the own organisation where there is one."""
        dossier = DossierId(new_id())
        keys = [DossierKey.new(compartment, 1) for compartment in COMPARTMENTS]
        opened = OpenDossier(dossier, Keyring(keys), empty(dossier))
        composed = self._compose(opened, [DossierOpened(name, tuple(languages))], context, CORE)
        with self._store.atomic():
            if is_certified(self._vault):
                self.membership.begin(dossier, self._clock.now(), 1, [key.key_id.hex() for key in keys])
            self.keys.add_new(dossier, keys)
            composed.write(self._store)
        self._cache.add(opened)
        self._advance(opened, composed)
        return dossier

    def append(self, dossier: DossierId, body: Body, context: EventContext, compartment: str = CORE) -> Event:
        """Write one event; it is durable when this returns. Tell the worker of `Event.warnings`.

        Raises UserError `records.no_key`, `records.dossier_unknown`, or `records.stream_broken` when a broken row of
        this very device stands in the way: then the dossier can only be read until that row is fetched again.
        """
        opened = self._cache.require(dossier)
        composed = self._compose(opened, (body,), context, compartment)
        self._store.add_row_alone(*composed.rows)
        self._advance(opened, composed)
        return composed.events[0]

    def append_all(
        self,
        dossier: DossierId,
        bodies: Sequence[Body],
        context: EventContext,
        compartment: str = CORE,
        also: Callable[[], object] = tuple,
    ) -> tuple[Event, ...]:
        """Write events, then what `also` writes, in one transaction: all of it or none. Raises as `append`.

        `also` finds the events in place: a statement that it takes speaks for them.
        """
        opened = self._cache.require(dossier)
        composed = self._compose(opened, bodies, context, compartment)
        try:
            with self._store.atomic():
                composed.write(self._store)
                opened.advance_own(composed, self._device)
                also()
        except BaseException:
            self._cache.forget(dossier)
            raise
        self._note_time(opened, composed)
        return composed.events

    def dossiers(self) -> tuple[DossierId, ...]:
        """Return every dossier of which something is kept, the oldest here first."""
        return self._store.dossiers()

    def view(self, dossier: DossierId) -> DossierView:
        """Return a dossier as it stands. Raises UserError `records.dossier_unknown`."""
        return self._cache.require(dossier).view

    def summaries(self, summarise: Summariser) -> Mapping[DossierId, bytes]:
        """Return what `summarise` makes of each dossier whose core can be read here, the oldest here first.

        It takes a time that grows with the number of dossiers, not of events; see `snapshots`.
        """
        return Snapshots(self._store, self._vault).summaries(summarise, self._cache)

    def verification(self, summarise: Summariser) -> Verification:
        """Return a check of the whole file, to be carried out step by step."""
        return Verification(self._store, self._vault, summarise)

    def compartments(self, dossier: DossierId) -> frozenset[str]:
        """Return the compartments of a dossier this device has a key to."""
        return self._cache.require(dossier).keyring.compartments()

    def events(self, dossier: DossierId) -> tuple[Event, ...]:
        """Return every readable event of a dossier, in the order of time: the audit trail."""
        return self._cache.events(dossier)

    def history(self, dossier: DossierId) -> tuple[tuple[Event, ...], int]:
        """Return what `events` returns, and how many rows of the dossier there is no key to."""
        return self._cache.history(dossier)

    def quarantined(self, dossier: DossierId) -> tuple[Quarantine, ...]:
        """Return what of a dossier is kept but not used, and why."""
        aside = (
            Quarantine(dossier, row.device, row.sequence, 1, code) for row, code in self._store.quarantined(dossier)
        )
        return (*self._cache.open(dossier).broken.values(), *aside)

    def doubtful_claims(self, dossier: DossierId) -> tuple[DoubtfulClaim, ...]:
        """Return where an author says to have seen what is not here, or is another thing: that does not count."""
        return self._cache.open(dossier).claims.doubtful()

    def late_entries(self, dossier: DossierId) -> Mapping[OrganisationId, int]:
        """Return how many entries of each former member lie apart because it wrote them after it left."""
        return count_late_entries(dossier, self._store, self._cache.open(dossier).keyring, self.membership.writers)

    def known_quarantine(self) -> tuple[Quarantine, ...]:
        """Return what is set aside anywhere, and what is broken or untrue in dossiers opened since the vault was."""
        aside = (
            Quarantine(row.dossier, row.device, row.sequence, 1, code, (row.position,))
            for row, code in self._store.all_quarantined()
        )
        return (*self._cache.quarantined(), *aside)

    def accept_rows(
        self, rows: Iterable[SealedRow], writers: Mapping[DeviceId, OrganisationId] = MappingProxyType({})
    ) -> RowAcceptance:
        """Take in rows from elsewhere, in any order; see `row_intake`. Never raises for what is in them.

        `writers` are the organisations of their devices, as their certificates say; a device that is in none was this
        vault's own. Rows of a dossier that was erased here are left where they are.
        """
        came = tuple(rows)
        self.membership.writers.learn(writers)
        wanted = self.erasures.wanted({row.dossier for row in came})
        kept = [row for row in came if row.dossier in wanted]
        return accept(kept, self._cache, self._store, self._device, self._judges)

    def accept_logs(
        self, logs: Iterable[MembershipLog], revoked: Collection[DeviceId] = (), *, from_server: bool = True
    ) -> LogsAccepted:
        """Take in membership logs whose signatures are verified, and judge anew what lies here because of them.

        Logs of a dossier that was erased here are left where they are.
        """
        came = tuple(logs)
        wanted = self.erasures.wanted({DossierId(log.dossier) for log in came})
        kept = [log for log in came if log.dossier in wanted]
        result = self.membership.accept(kept, revoked, from_server=from_server)
        for dossier in result.grown:
            set_late_rows_aside(dossier, self._store, self._cache, self.membership)
        self.accept_rows(_set_aside(self._store, result.grown))
        return result

    def in_one_step(self) -> AbstractContextManager[None]:
        """Let all that is taken in inside be durable at its end, or none of it."""
        return self._store.atomic()

    def accept_revocation(self, data: bytes) -> Changes:
        """Judge by the document `data` about a revoked device from now on, in what is here already too.

        Raises UserError `trust.…` for one that the root of the own organisation did not sign.
        """
        device = self.revocations.learn(data)
        waiting, touched = sort_anew(device, self._store, self._cache, self.revocations)
        self.accept_rows(waiting)
        self.revocations.keep(data)
        return everything_changed(*touched)

    def erase(
        self,
        dossier: DossierId,
        reason: str,
        context: EventContext,
        compartment: str = WHOLE,
        backups: Sequence[str] = (),
    ) -> None:
        """Take a dossier or one compartment of it out of this file for good; see `erasure`.

        `reason` is the code of the rule; `backups` may hold it. Once begun, it is finished at the next opening even
        when this raises. Raises UserError `records.dossier_unknown`.
        """
        opened, moment = self._cache.require(dossier), self._clock.now()
        with self._store.atomic():
            if compartment == WHOLE:
                self.erasure_reports.begin(dossier, moment)
            else:
                self._compose(opened, [KeyDropped(compartment)], context, CORE).write(self._store)
            self.erasures.begin(dossier, compartment, reason, moment, backups)
        self._cache.forget(dossier)  # what was written is not in memory, and keys that go may not stay there
        self.finish_erasures()

    def finish_erasures(self) -> None:
        """Finish what a crash left half-way; does nothing otherwise."""
        for dossier in self.erasures.finish_all():
            self._cache.forget(dossier)
            self.membership.forget(dossier)

    def copy_to(self, directory: Path) -> None:
        """Write a consistent copy of the whole file to `directory`."""
        self._store.copy_to(directory / FILE_NAME)

    def _use_new_keys(self, dossiers: Collection[DossierId]) -> None:
        self.accept_rows(_set_aside(self._store, dossiers))
        self.attachments.want_missing(dossiers)

    def _compose(
        self, opened: OpenDossier, bodies: Sequence[Body], context: EventContext, compartment: str
    ) -> ComposedRows:
        if self._device in opened.broken:  # what followed the broken row would not be read again
            raise UserError("records.stream_broken")
        writer = opened.writer(compartment, self._device, keys_to_seal(self.membership.of(opened.id)))
        claims = opened.claims.news(self._device, writer.cipher, opened.view.seen)
        time, clock = self._time.stamp(self._clock.now(), opened.last_own)
        return writer.compose(opened.head(self._device), bodies, AppendContext(context, time, clock, claims))

    def _advance(self, opened: OpenDossier, composed: ComposedRows) -> None:
        opened.advance_own(composed, self._device)
        self._note_time(opened, composed)

    def _note_time(self, opened: OpenDossier, composed: ComposedRows) -> None:
        if composed.events:
            self._time.last = composed.events[-1].clock or opened.last_own


def _set_aside(store: Store, dossiers: Iterable[DossierId]) -> list[SealedRow]:
    """Return what is kept apart of some dossiers, to be judged anew."""
    return [row for dossier in dossiers for row, _code in store.quarantined(dossier)]


def open_journal(directory: Path, vault: Vault, clock: Clock) -> Journal:
    """Open or create the journal of `vault` in its directory.

    Raises EnvironmentProblem `records.damaged`, `records.newer_version`, `records.locked`, `records.disk_full`, ….
    """
    store = open_store(directory)
    try:
        journal = Journal(store, vault, clock)
        _finish_erasures(journal)
        journal.attachments.sweep()
    except BaseException:
        store.close()
        raise
    return journal


def _finish_erasures(journal: Journal) -> None:
    """Go on with what was begun. Whatever is in the way keeps nobody out: the next opening goes on."""
    try:
        journal.finish_erasures()
    except Exception as error:  # noqa: BLE001  # a record that cannot be opened is worse than an erasure that waits
        warn(_log, "records.erasure_waits", code=getattr(error, "code", type(error).__name__))
