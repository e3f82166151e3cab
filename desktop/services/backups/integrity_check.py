"""Whether everything in a vault is whole: what is known to be broken, and a check of all of it. Store thread only.

Nothing is changed. A check goes in small steps, so that an answer given meanwhile need not wait for the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from desktop.records import CLAIM_VOID, Journal
from desktop.records.maintenance.verification import REPAIRED, IntegrityReport, Verification
from desktop.services.caseload.summary import SUMMARISE
from protocol.identifiers import DossierId

ROWS_PER_STEP = 500
"""Rows read in one step, and one dossier more."""

_PATIENT = frozenset({REPAIRED, "records.row_gap"})
"""Set aside and nothing to worry about: replaced by a good copy, or waiting for what comes before it."""


@dataclass(frozen=True, slots=True)
class CheckProgress:
    """How far a check is: `done` of `total` rows; `report` once there is nothing left to look at."""

    done: int
    total: int
    report: IntegrityReport | None


class IntegrityCheck:
    """Looks after the journal of an open vault."""

    def __init__(self, journal: Journal, rows_per_step: int = ROWS_PER_STEP) -> None:
        self._journal = journal
        self._rows_per_step = rows_per_step
        self._running: Verification | None = None

    def begin(self) -> CheckProgress:
        """Start anew, and drop a check that was under way."""
        self._running = self._journal.verification(SUMMARISE)
        return CheckProgress(0, 1, None)

    def step(self) -> CheckProgress:
        """Look at the next rows. Raises EnvironmentProblem when the disk fails."""
        running = self._running or self._journal.verification(SUMMARISE)
        end = running.done + self._rows_per_step
        more = running.step()
        while more and running.done < end:
            more = running.step()
        self._running = running if more else None
        return CheckProgress(min(running.done, running.total), running.total, None if more else running.report)

    def whole(self, tell: Callable[[CheckProgress], None]) -> IntegrityReport:
        """Check everything at once, telling how far it is; for a command line."""
        progress = self.begin()
        while progress.report is None:
            progress = self.step()
            tell(progress)
        return progress.report

    def damaged_cases(self) -> tuple[DossierId, ...]:
        """Return the cases of which something is known to be set aside: they were opened, or rows came in that broke.

        A whole check finds the others.
        """
        return self._cases(lambda code: code not in {*_PATIENT, CLAIM_VOID})

    def untrue_cases(self) -> tuple[DossierId, ...]:
        """Return the cases in which somebody claims to have seen what is not so, of those opened since the vault was.

        What comes in is opened; a whole check finds the others.
        """
        return self._cases(lambda code: code == CLAIM_VOID)

    def unfinished(self) -> int:
        """Return how many steps that were begun can never be completed: what was kept of them is damaged."""
        return len(self._journal.intentions.damaged())

    def damage_in(self, dossier: DossierId) -> str:
        """Return the code of what is wrong with a case, blank when nothing is; of claims, the void ones first."""
        aside = (item.code for item in self._journal.quarantined(dossier) if item.code not in _PATIENT)
        claims = (claim.code for claim in self._journal.doubtful_claims(dossier))
        return next(chain(aside, claims), "")

    def _cases(self, wanted: Callable[[str], bool]) -> tuple[DossierId, ...]:
        return tuple(sorted({item.dossier for item in self._journal.known_quarantine() if wanted(item.code)}))


def can_be_fetched(report: IntegrityReport) -> bool:
    """Tell whether the server may have a good copy of something in `report`."""
    tables = {"events", "dossier_keys"}
    return any(finding.table in tables and finding.code != CLAIM_VOID for finding in report.findings)
