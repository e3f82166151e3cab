"""Runs rounds of synchronisation: soon after something was written, and now and then; never in the way of work."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer

from desktop.kernel.changes import Aspect, Changes
from desktop.services.sync.round_parts import SyncRequest, SyncResponse
from desktop.services.sync.synchronise import SyncRound, SyncService, SyncState
from desktop.ui.executor import Executor, WorkerThread
from protocol.errors import OpmaatError

SOON_MILLISECONDS = 1_500
LATER_MILLISECONDS = 60_000
_LONGEST_WAIT = 8


class SyncLoop(QObject):
    """Alternates between the store and the network thread of the executor; one round at a time.

    A failure waits twice as long each time, up to eight minutes, and only changes the status line. `show` hears the
    state, `publish` what changed.
    """

    def __init__(
        self,
        executor: Executor,
        synchronise: SyncService,
        show: Callable[[SyncState], None],
        publish: Callable[[Changes], None],
    ) -> None:
        super().__init__()
        self._executor, self._synchronise = executor, synchronise
        self._show, self._publish = show, publish
        self._busy = self._again = self._stopped = False
        self._failures = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    @property
    def busy(self) -> bool:
        """Tell whether a round is under way."""
        return self._busy

    def start(self) -> None:
        """Begin a round now, or right after the one under way."""
        if self._stopped:
            return
        if self._busy:
            self._again = True
            return
        self._busy = True
        self._timer.stop()
        self._store(self._synchronise.prepare, self._exchange)

    def note_changes(self, changes: Changes) -> None:
        """Plan a round because something was written here; recount what waits."""
        if self._stopped or not changes or changes.aspects <= {Aspect.SYNC, Aspect.SETTINGS}:
            return
        self._count()
        if not self._failures:
            self._timer.start(SOON_MILLISECONDS)

    def stop(self) -> None:
        """Begin no more rounds; what is under way comes to nothing."""
        self._stopped = True
        self._timer.stop()

    def _exchange(self, out: SyncRequest | None) -> None:
        if out is None:
            self._busy = False
            self._count()
            return
        exchange = partial(self._synchronise.exchange, out)
        self._executor.submit(exchange, self._take, self._fail, thread=WorkerThread.NETWORK, owner=self)

    def _take(self, incoming: SyncResponse) -> None:
        if not self._stopped:
            self._store(partial(self._synchronise.apply_response, incoming), self._finish)

    def _finish(self, done: SyncRound) -> None:
        self._busy = False
        self._failures = 0
        self._tell(done.state)
        self._publish(done.changes)
        if done.again or self._again:
            self._again = False
            self.start()
        elif not self._stopped:
            self._timer.start(LATER_MILLISECONDS)

    def _fail(self, error: OpmaatError) -> None:
        self._busy = self._again = False
        self._failures += 1
        if self._stopped:
            return
        self._show_failure(error)
        self._timer.start(LATER_MILLISECONDS * min(2 ** (self._failures - 1), _LONGEST_WAIT))

    def _count(self) -> None:
        """Show what waits. It is no step of a round: where it fails, the round under way goes on."""
        self._executor.submit(self._synchronise.state, self._tell, self._show_failure, owner=self)

    def _show_failure(self, error: OpmaatError) -> None:
        self._executor.submit(partial(self._synchronise.failed, error), self._tell, lambda _error: None, owner=self)

    def _tell(self, state: SyncState) -> None:
        """Show the state, unless what showed it went with the vault while the round was under way."""
        if not self._stopped:
            self._show(state)

    def _store(self, operation: Callable[[], object], then: Callable[..., None]) -> None:
        self._executor.submit(operation, then, self._fail, owner=self)
