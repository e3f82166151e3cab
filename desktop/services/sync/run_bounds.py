"""When a run of rounds comes to nothing: a server without an end, or one that never stays the same. Pure."""

from desktop.sync.incoming import VerifiedPage
from protocol.errors import EnvironmentProblem

MOST_EMPTY_PAGES = 200
"""Pages in a row that announce more and hold nothing; 200 full pages of own rows are 100,000 entries."""

MOST_STARTS = 2
"""How often a run may begin again because the server came back from a backup."""


class RunBounds:
    """Counts what a run does in vain. What it reached by then is kept; the next run comes after a pause.

    `reads_on` tells that a run goes on, after a round that read.
    """

    def __init__(self) -> None:
        self._empty = self._starts = 0
        self.reads_on = False

    def note(self, page: VerifiedPage, *, restored: bool) -> None:
        """Count a page. Raises EnvironmentProblem `sync.no_progress` when this is one too many."""
        empty = page.more and not (page.wraps or page.rows or page.refused or page.logs)
        self._empty = self._empty + 1 if empty else 0
        self._starts += restored
        self.reads_on = not restored
        if self._empty > MOST_EMPTY_PAGES or self._starts > MOST_STARTS:
            self.end()
            raise EnvironmentProblem("sync.no_progress")

    def end(self) -> None:
        """Begin to count anew, at the end of a run."""
        self._empty = self._starts = 0
        self.reads_on = False
