"""Reading a bundle from a stick, step by step over the threads, so that answers are stored meanwhile."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from desktop.services.backups.backup_file import Cancelled
from desktop.services.bundles.bundle_files import gather, parts_beside, read_part_front
from desktop.services.bundles.incoming_bundles import BundleCard, BundleRead
from desktop.services.bundles.reading import BundleReading
from desktop.ui.context import UiContext
from desktop.ui.executor import WorkerThread
from desktop.ui.stick.hundredths import Hundredths
from desktop.vault.file.bundle_container import PartFile
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class OpenedBundle:
    """A bundle that is whole and open, of which nothing was taken in yet; `path` is the file a person chose."""

    path: Path
    card: BundleCard
    reading: BundleReading

    @property
    def dossiers(self) -> tuple[DossierId, ...]:
        """Return the cases in it."""
        return self.reading.contents.dossiers


class ReadingFlow(QObject):
    """One bundle at a time. `moved` tells how far it is, in hundredths.

    `opened` carries an `OpenedBundle`, `missing` the card and the numbers of the parts to come, `done` what reading
    came to, `failed` the error.
    """

    moved = Signal(int)
    opened = Signal(object)
    missing = Signal(object, object)
    done = Signal(object)
    failed = Signal(object)

    def __init__(self, context: UiContext, owner: QObject) -> None:
        super().__init__(owner)
        self._context = context
        self._incoming = context.services.bundles.incoming
        self._stop = Cancelled("bundle.cancelled")
        self._progress = Hundredths(self.moved.emit)

    def open(self, path: Path) -> None:
        """Look at the bundle of which the file at `path` is a part, and gather the parts beside it."""
        self._stop = Cancelled("bundle.cancelled")
        self._progress.begin()

        def judge(front: PartFile) -> None:
            look = partial(self._incoming.judge, front)
            self._context.run(look, lambda card: self._gather(path, card), self, on_error=self._fail)

        look_first = partial(read_part_front, path)
        self._context.run(look_first, judge, self, on_error=self._fail, thread=WorkerThread.FILES)

    def take_in(self, bundle: OpenedBundle) -> None:
        """Take in what is in an opened bundle."""
        self._progress.begin()
        self._step(bundle)

    def leave(self, bundle: OpenedBundle) -> None:
        """Close a bundle without taking anything in."""
        bundle.reading.parts.close()
        self._incoming.leave(bundle.card)

    def stop(self) -> None:
        """Stop as soon as may be; what was taken in stays, and reading it again does the rest."""
        self._stop.wanted = True

    def _gather(self, path: Path, card: BundleCard) -> None:
        folder = self._incoming.staging(card)

        def copy() -> tuple[int, ...]:
            return gather(parts_beside(path, card.front), folder, self._progress.reach, self._stop)

        def gathered(missing: tuple[int, ...]) -> None:
            if missing:
                self.missing.emit(card, missing)
                return
            begin = partial(self._incoming.begin_reading, card)
            self._context.run(
                begin, lambda reading: self.opened.emit(OpenedBundle(path, card, reading)), self, on_error=self._fail
            )

        self._context.run(copy, gathered, self, on_error=self._fail, thread=WorkerThread.FILES)

    def _step(self, bundle: OpenedBundle) -> None:
        reading = bundle.reading
        if reading.complete:
            finish = partial(self._incoming.finish_reading, bundle.card, reading)
            self._context.run(finish, self._finish, self, on_error=self._fail)
            return
        self._progress.reach(reading.done, reading.total)

        def step() -> BundleReading:
            if self._stop.wanted:
                reading.parts.close()
            self._stop.require_going_on()
            return self._incoming.step_reading(reading)

        self._context.run(step, lambda _reading: self._step(bundle), self, on_error=self._fail)

    def _finish(self, read: BundleRead) -> None:
        self._context.publish(read.changes)
        self.done.emit(read)

    def _fail(self, error: OpmaatError) -> None:
        self.failed.emit(error)
