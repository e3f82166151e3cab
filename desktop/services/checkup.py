"""Checking whether everything in a vault is whole, for a settings screen or a command line. Store thread only.

Nothing is changed. The work goes in small steps, so that an answer given meanwhile need not wait for the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records import Journal, Quarantine
from desktop.records.verifying import Report, Verification
from desktop.services.caseload_summary import SUMMARISE


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a check is: `done` of `total` rows; `report` once there is nothing left to look at."""

    done: int
    total: int
    report: Report | None


class Checkup:
    """Checks the journal of an open vault."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._running: Verification | None = None

    def begin(self) -> Looked:
        """Start anew, and drop a check that was under way."""
        self._running = self._journal.verification(SUMMARISE)
        return Looked(0, 1, None)

    def step(self) -> Looked:
        """Look at one dossier more. Raises EnvironmentProblem when the disk fails."""
        running = self._running or self._journal.verification(SUMMARISE)
        more = running.step()
        self._running = running if more else None
        return Looked(min(running.done, running.total), running.total, None if more else running.report)

    def whole(self, tell: Callable[[Looked], None]) -> Report:
        """Check everything at once, telling how far it is; for a command line."""
        looked = self.begin()
        while looked.report is None:
            looked = self.step()
            tell(looked)
        return looked.report

    def quarantined(self) -> tuple[Quarantine, ...]:
        """Return what of the dossiers opened since the vault was is kept but not used, and what was set aside."""
        return self._journal.known_quarantine()
