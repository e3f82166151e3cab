"""Checking a whole journal: every row opens, every chain is unbroken, what is derived agrees with a fold from scratch.

Reads only. It goes dossier by dossier, so that other work of the store thread can come in between, and trusts nothing
that is in memory. What is set aside or does not fit is named by table, row and code.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from desktop.kernel.ids import DeviceId, DossierId
from desktop.records.fold import empty, fold_all
from desktop.records.keyring import Keyring
from desktop.records.shelf import OpenDossier
from desktop.records.snapshots import DAMAGED, Snapshots, Summarise, opened
from desktop.records.store import Store
from desktop.records.streams import replay
from desktop.records.verifying_pieces import damaged_contents
from desktop.vault.vault import Vault

REPAIRED = "records.row_repaired"
_WAITS = "records.row_gap"
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it should be: `rows` are the ids in `table`; `device` and `sequence` name the first.

    Harmless are a `REPAIRED` row, whose good copy is used, and a row that came in before those it follows.
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
        return self.code == REPAIRED or (self.table == "quarantine" and self.code == _WAITS)


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at: counts of dossiers, of rows read, of those without a key (`hidden`) or of a later version.

    `snapshots` counts those that agree with a fold, `stale` those that will be made anew when next asked for;
    `contents` counts the contents of attachments that were read.
    """

    dossiers: int = 0
    events: int = 0
    hidden: int = 0
    newer: int = 0
    snapshots: int = 0
    stale: int = 0
    contents: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether all is as it should be."""
        return all(finding.harmless for finding in self.findings)


@dataclass(slots=True)
class Verification:
    """One check. Call `step` until it returns False, then look at `report`; `done` of `total` rows are read."""

    store: Store
    vault: Vault
    summarise: Summarise
    done: int = 0
    total: int = 1
    report: Report = field(default_factory=Report)
    _work: Iterator[None] | None = None

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
        snapshots = Snapshots(self.store, self.vault)
        kept, states = snapshots.kept(), snapshots.states(self.summarise.version)
        for dossier in self.store.dossiers():
            read, summary = self._dossier(dossier)
            snapshot, state = kept.get(dossier), states.get(dossier)
            if summary is not None and snapshot is not None and state is not None:
                self._compare(dossier, snapshot.state == state[0], opened(dossier, snapshot, *state), summary)
            yield
            for code, rows in damaged_contents(self.store, read):
                self.report = replace(self.report, contents=self.report.contents + 1)
                if code:
                    self._find(Finding("pieces", code, rows, dossier))
                yield

    def _file(self) -> None:
        lines = self.store.integrity(_MOST_LINES)
        if lines:
            self._find(Finding("journal.db", "records.damaged"))
        for row, code in self.store.all_aside():
            self._find(Finding("quarantine", code, (row.position,), row.dossier, row.device, row.sequence))
        lost = self.store.strays()
        if lost:
            self._find(Finding("events", "records.row_damaged", lost))

    def _dossier(self, dossier: DossierId) -> tuple[OpenDossier, bytes | None]:
        """Read one dossier from disk and return it, with its summary as folded from scratch.

        No summary where it cannot be read, or where a part is quarantined: then its snapshot may well know more.
        """
        keyring = Keyring.load(self.vault, dossier, self.store.keys(dossier))
        for key in keyring.damaged:
            self._find(Finding("dossier_keys", "records.key_damaged", (), dossier, None, key.epoch))
        result = replay(dossier, self.store.stored_rows(dossier), keyring)
        for broken in result.broken.values():
            self._find(Finding("events", broken.code, broken.positions, dossier, broken.device, broken.sequence))
        view = fold_all(empty(dossier), result.events)
        quarantined = sum(broken.count for broken in result.broken.values())
        self.done += len(result.events) + quarantined
        self.report = replace(
            self.report,
            dossiers=self.report.dossiers + 1,
            events=self.report.events + len(result.events) + quarantined,
            hidden=self.report.hidden + sum(view.hidden.values()),
            newer=self.report.newer + view.newer,
        )
        summary = self.summarise.summary(view) if view.seen and not result.broken else None
        return OpenDossier(dossier, keyring, view), summary

    def _compare(self, dossier: DossierId, fresh: bool, kept: bytes | None, folded: bytes) -> None:  # noqa: FBT001
        if not fresh:
            self.report = replace(self.report, stale=self.report.stale + 1)
        elif kept != folded:
            self._find(Finding("snapshots", DAMAGED, (), dossier))
        else:
            self.report = replace(self.report, snapshots=self.report.snapshots + 1)

    def _find(self, finding: Finding) -> None:
        self.report = replace(self.report, findings=(*self.report.findings, finding))
