"""Whether everything in a vault is whole: what is known to be broken, and a check of all of it. Store thread only.

Nothing is changed. A check goes in small pieces, so that an answer given meanwhile need not wait for the whole.
"""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.records import Journal
from desktop.records.maintenance.verification import REPAIRED, IntegrityReport, Verification
from desktop.services.caseload.summary import SUMMARISE
from protocol.identifiers import DossierId

PIECE = 500
"""Rows looked at in one piece, and one dossier more."""

_PATIENT = frozenset({REPAIRED, "records.row_gap"})
"""Set aside and nothing to worry about: replaced by a good copy, or waiting for what comes before it."""


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a check is: `done` of `total` rows; `report` once there is nothing left to look at."""

    done: int
    total: int
    report: IntegrityReport | None


class Checkup:
    """Looks after the journal of an open vault."""

    def __init__(self, journal: Journal, piece: int = PIECE) -> None:
        self._journal = journal
        self._piece = piece
        self._running: Verification | None = None

    def begin(self) -> Looked:
        """Start anew, and drop a check that was under way."""
        self._running = self._journal.verification(SUMMARISE)
        return Looked(0, 1, None)

    def step(self) -> Looked:
        """Look at the next piece. Raises EnvironmentProblem when the disk fails."""
        running = self._running or self._journal.verification(SUMMARISE)
        end = running.done + self._piece
        more = running.step()
        while more and running.done < end:
            more = running.step()
        self._running = running if more else None
        return Looked(min(running.done, running.total), running.total, None if more else running.report)

    def whole(self, tell: Callable[[Looked], None]) -> IntegrityReport:
        """Check everything at once, telling how far it is; for a command line."""
        looked = self.begin()
        while looked.report is None:
            looked = self.step()
            tell(looked)
        return looked.report

    def troubled(self) -> tuple[DossierId, ...]:
        """Return the cases of which something is known to be set aside: they were opened, or rows came in that broke.

        A whole check finds the others.
        """
        concerned = {item.dossier for item in self._journal.known_quarantine() if item.code not in _PATIENT}
        return tuple(sorted(concerned))

    def unfinished(self) -> int:
        """Return how many steps that were begun can never be completed: what was kept of them is damaged."""
        return len(self._journal.intentions.damaged())

    def trouble_in(self, dossier: DossierId) -> str:
        """Return the code of what is wrong with a case, blank when nothing is."""
        codes = (item.code for item in self._journal.quarantined(dossier) if item.code not in _PATIENT)
        return next(codes, "")


def can_be_fetched(report: IntegrityReport) -> bool:
    """Tell whether the server may have a good copy of something in `report`."""
    return any(finding.table in {"events", "dossier_keys"} for finding in report.findings)
