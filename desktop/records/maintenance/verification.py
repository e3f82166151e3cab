"""Checking a whole journal: every row opens, every chain is unbroken, what is derived agrees with a fold from scratch.

Reads only. It goes dossier by dossier, so that other work of the store thread can come in between, and trusts nothing
that is in memory. What is set aside or does not fit is named by table, row and code.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import cast

from desktop.kernel import collector
from desktop.records.dossiers.claims import CLAIM_WAITS, DoubtfulClaim
from desktop.records.dossiers.dossier_cache import OpenDossier
from desktop.records.dossiers.keyring import Keyring
from desktop.records.dossiers.snapshots import DAMAGED, Snapshots, Summariser, open_snapshot, state_of
from desktop.records.dossiers.streams import Replay, replay
from desktop.records.events.bodies import CORE
from desktop.records.events.fold import empty, fold_all
from desktop.records.events.view import DossierView
from desktop.records.maintenance.grants import damaged_grants
from desktop.records.maintenance.log_verification import CheckedLog, LogVerification
from desktop.records.maintenance.piece_verification import damaged_contents
from desktop.records.membership.known_certificates import KnownCertificates
from desktop.records.store.database import Store
from desktop.records.store.intentions import Intentions
from desktop.records.store.table_rows import CHECKSUM_BYTES, StoredRow, StreamEnd
from desktop.vault.vault import Vault
from protocol.identifiers import DeviceId, DossierId

INTENTION_DAMAGED = "records.intention_damaged"
REPAIRED = "records.row_repaired"
_WAITS = "records.row_gap"
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class IntegrityFinding:
    """Something that is not as it should be: `rows` are the ids in `table`; `device` and `sequence` name the first.

    Harmless are a `REPAIRED` row, whose good copy is used, and what came in before the rows that it follows or names.
    """

    table: str
    code: str
    rows: tuple[int, ...] = ()
    dossier: DossierId | None = None
    device: DeviceId | None = None
    sequence: int = 0

    @property
    def harmless(self) -> bool:
        """Tell whether nothing need be done."""
        return self.code in {REPAIRED, CLAIM_WAITS} or (self.table == "quarantine" and self.code == _WAITS)


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What was looked at: counts of dossiers, of rows read, of those without a key (`hidden`) or of a later version.

    `snapshots` counts those that agree with a fold, `stale` those that will be made anew when next asked for;
    `contents` counts the contents of attachments that were read, `statements` what was said about who is in a case;
    `unproven` those of them by a device whose certificate is not here.
    """

    dossiers: int = 0
    events: int = 0
    hidden: int = 0
    newer: int = 0
    snapshots: int = 0
    stale: int = 0
    contents: int = 0
    statements: int = 0
    unproven: int = 0
    findings: tuple[IntegrityFinding, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether all is as it should be."""
        return all(finding.harmless for finding in self.findings)


@dataclass(slots=True)
class Verification:
    """One check. Call `step` until it returns False, then look at `report`; `done` of `total` rows are read."""

    store: Store
    vault: Vault
    summarise: Summariser
    done: int = 0
    total: int = 1
    report: IntegrityReport = field(default_factory=IntegrityReport)
    _work: Iterator[None] | None = None
    _certificates: KnownCertificates = field(init=False)

    def __post_init__(self) -> None:
        self._certificates = KnownCertificates(self.store, self.vault)

    def step(self) -> bool:
        """Do some of the work and tell whether there is more. Raises EnvironmentProblem when the disk fails."""
        if self._work is None:
            self._work = self._steps()
        for _ in self._work:
            return True
        return False

    def _steps(self) -> Iterator[None]:
        self.total = max(1, self.store.count_rows())
        yield
        self._file()
        yield
        for log in LogVerification(self.store, self.vault, self._certificates).logs():
            self._log(log)
            yield
        for dossier in self.store.dossiers():
            read = self._dossier(dossier)
            yield
            for code, rows in damaged_contents(self.store, read):
                self.report = replace(self.report, contents=self.report.contents + 1)
                if code:
                    self._find(IntegrityFinding("pieces", code, rows, dossier))
                yield

    def _file(self) -> None:
        lines = self.store.integrity(_MOST_LINES)
        if lines:
            self._find(IntegrityFinding("journal.db", "records.damaged"))
        for row, code in self.store.all_quarantined():
            self._find(IntegrityFinding("quarantine", code, (row.position,), row.dossier, row.device, row.sequence))
        damaged = damaged_grants(self.store, self.vault)
        if damaged:
            self._find(IntegrityFinding("wraps", "records.key_damaged", damaged))
        stuck = Intentions(self.store, self.vault).damaged()
        if stuck:
            self._find(IntegrityFinding("cursors", INTENTION_DAMAGED, stuck))
        lost = self.store.unassignable_rows()
        if lost:
            self._find(IntegrityFinding("events", "records.row_damaged", lost))

    def _log(self, log: CheckedLog) -> None:
        statements, unproven = self.report.statements + log.good, self.report.unproven + log.unproven
        self.report = replace(self.report, statements=statements, unproven=unproven)
        if log.damage is not None:
            damage = log.damage
            self._find(
                IntegrityFinding("statements", damage.code, damage.rows, log.dossier, damage.device, damage.number)
            )

    @collector.pause_collection()
    def _dossier(self, dossier: DossierId) -> OpenDossier:
        """Read one dossier from disk, check its snapshot against a fold from scratch, and return it."""
        keys = self.store.keys(dossier)
        keyring = Keyring.load(self.vault, dossier, keys)
        for key in keyring.damaged:
            self._find(IntegrityFinding("dossier_keys", "records.key_damaged", (), dossier, None, key.epoch))
        result = Replay(lambda: [row for row, _code in self.store.quarantined(dossier)], self._certificates.subject)
        rows = self.store.stored_rows(dossier)
        view = fold_all(empty(dossier), replay(dossier, rows, keyring, result))
        for broken in result.broken.values():
            self._find(
                IntegrityFinding("events", broken.code, broken.positions, dossier, broken.device, broken.sequence)
            )
        self._name_claims(dossier, result.claims.doubtful(), rows)
        quarantined = sum(broken.count for broken in result.broken.values())
        self.done += result.count + quarantined
        self.report = replace(
            self.report,
            dossiers=self.report.dossiers + 1,
            events=self.report.events + result.count + quarantined,
            hidden=self.report.hidden + sum(view.hidden.values()),
            newer=self.report.newer + view.newer,
        )
        if CORE in keyring.compartments() and not result.broken:
            self._compare(view, keyring, state_of(self.summarise.version, _ends(dossier, result), keys))
        return OpenDossier(dossier, keyring, view)

    def _name_claims(self, dossier: DossierId, doubtful: Iterable[DoubtfulClaim], rows: Iterable[StoredRow]) -> None:
        """Name every event whose author says to have seen what is not here, or is another thing."""
        for each in doubtful:
            place = (bytes.fromhex(each.device), each.sequence)
            ids = tuple(cast("int", row[6]) for row in rows if (row[2], row[3]) == place)
            self._find(IntegrityFinding("events", each.code, ids, dossier, each.device, each.sequence))

    def _compare(self, view: DossierView, keyring: Keyring, state: bytes) -> None:
        """Check a snapshot. Where a part of the dossier is quarantined it may well know more, and is left alone."""
        snapshot = Snapshots(self.store, self.vault).of(view.id)
        if snapshot is None or snapshot.state != state:
            self.report = replace(self.report, stale=self.report.stale + (snapshot is not None))
        elif open_snapshot(view.id, snapshot, state, keyring.newest(CORE).key) != self.summarise.summary(view):
            self._find(IntegrityFinding("snapshots", DAMAGED, (), view.id))
        else:
            self.report = replace(self.report, snapshots=self.report.snapshots + 1)

    def _find(self, finding: IntegrityFinding) -> None:
        self.report = replace(self.report, findings=(*self.report.findings, finding))


def _ends(dossier: DossierId, read: Replay) -> list[StreamEnd]:
    return [
        StreamEnd(dossier, 0, bytes.fromhex(device), head.sequence, head.digest[:CHECKSUM_BYTES])
        for device, head in read.heads.items()
    ]
