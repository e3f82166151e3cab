"""Putting a bundle on a stick, step by step over the threads, so that answers are stored meanwhile."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from desktop.services.backups.backup_file import Cancelled
from desktop.services.bundles.bundle_files import PartsWritten, room_on
from desktop.services.bundles.bundle_log import BundleEntry
from desktop.services.bundles.making import BundleMaking
from desktop.services.bundles.sealed_bundle import SealedBundle
from desktop.ui.context import UiContext
from desktop.ui.executor import WorkerThread
from desktop.ui.stick.hundredths import Hundredths
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId, OrganisationId

T = TypeVar("T")


class WritingFlow(QObject):
    """One bundle at a time. `moved` tells how far it is, in hundredths; the others how it ended.

    `done` carries the entry of the log, and the sealed bundle with the parts that are left to be written.
    """

    moved = Signal(int)
    done = Signal(object, object)
    failed = Signal(object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._outgoing = context.services.bundles.outgoing
        self._stop = Cancelled("bundle.cancelled")
        self._progress = Hundredths(self.moved.emit)

    def start(self, recipient: OrganisationId, dossiers: Sequence[DossierId], folder: Path) -> None:
        """Make a bundle of `dossiers` for `recipient` and write it to `folder`."""
        self._begin_telling()

        def begin(room: int) -> None:
            make = partial(self._outgoing.begin, recipient, dossiers)
            self._run(make, lambda making: self._step(making, folder, room))

        self._context.run(partial(room_on, folder), begin, self, on_error=self._fail, thread=WorkerThread.FILES)

    def go_on(self, sealed: SealedBundle, folder: Path) -> None:
        """Write the parts that are left to another stick."""
        self._begin_telling()
        self._write(sealed, folder)

    def stop(self) -> None:
        """Stop as soon as may be; nothing stays on the stick."""
        self._stop.wanted = True

    def _begin_telling(self) -> None:
        self._stop = Cancelled("bundle.cancelled")
        self._progress.begin()

    def _step(self, making: BundleMaking, folder: Path, room: int) -> None:
        if making.complete:
            self._seal(making, folder, room)
            return
        self._progress.reach(making.done, 2 * making.total)

        def step() -> BundleMaking:
            self._stop.require_going_on()
            return self._outgoing.step(making)

        self._run(step, lambda more: self._step(more, folder, room), making)

    def _seal(self, making: BundleMaking, folder: Path, room: int) -> None:
        seal = partial(self._outgoing.seal, making, room)
        self._run(seal, lambda sealed: self._write(sealed, folder, making), making, WorkerThread.FILES)

    def _write(self, sealed: SealedBundle, folder: Path, making: BundleMaking | None = None) -> None:
        def tell(done: int, total: int) -> None:
            self._progress.reach(total + done, 2 * total)

        write = partial(self._outgoing.write, sealed, folder, tell, self._stop)
        self._run(write, lambda written: self._keep(sealed, written), making, WorkerThread.FILES)

    def _keep(self, sealed: SealedBundle, written: PartsWritten) -> None:
        def kept(entry: BundleEntry) -> None:
            self.done.emit(entry, sealed.with_left(written.left))

        self._run(partial(self._outgoing.keep, sealed, written), kept)

    def _run(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], None],
        making: BundleMaking | None = None,
        thread: WorkerThread = WorkerThread.STORE,
    ) -> None:
        """Do one step of it; when it raises, nothing of `making` is left."""
        failed = partial(self._fail, making=making)
        self._context.run(operation, on_done, self, on_error=failed, thread=thread)

    def _fail(self, error: OpmaatError, making: BundleMaking | None = None) -> None:
        if making is not None:
            self._outgoing.cancel(making)
        self.failed.emit(error)
