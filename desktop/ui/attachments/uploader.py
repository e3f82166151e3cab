"""Brings files into a case, one after another: read and cleaned on the files' thread, sealed in steps on the store's.

Between two steps anything else may be kept, so answering goes on. Failure policy: a file that is refused is told and
the next one goes on; when the disk fails the file leaves nothing, and is told. `cancel` drops what waits and leaves
nothing of the file under way.
"""

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop.services.interview.attachments import CleanedFile, Upload
from desktop.ui.attachments.sources import AttachmentSource
from desktop.ui.context import UiContext
from desktop.ui.executor import WorkerThread
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class _Waiting:
    dossier: DossierId
    ref: str
    source: AttachmentSource


class Uploader(QObject):
    """See the module.

    `progressed` carries the file's name, what is done and how much there is (0 while it is read); `added` the finished
    `Upload` and the codes of warnings; `refused` the name and the error; `idle` says that nothing is under way.
    """

    progressed = Signal(str, int, int)
    added = Signal(object, object)
    refused = Signal(str, object)
    idle = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__()
        self._context = context
        self._service = context.services.attachments
        self._queue: deque[_Waiting] = deque()
        self._now: _Waiting | None = None
        self._warnings: tuple[str, ...] = ()
        self._stop = False

    @property
    def busy(self) -> bool:
        """Tell whether a file is under way."""
        return self._now is not None

    def add(self, dossier: DossierId, ref: str, sources: list[AttachmentSource]) -> None:
        """Attach `sources`, after what is under way."""
        self._queue += [_Waiting(dossier, ref, source) for source in sources]
        if not self.busy:
            self._next()

    def cancel(self) -> None:
        """Stop: what waits is dropped, and nothing of the file under way is kept."""
        self._queue.clear()
        self._stop = self.busy

    def _next(self) -> None:
        self._now, self._stop, self._warnings = None, False, ()
        if not self._queue:
            self.idle.emit()
            return
        self._now = waiting = self._queue.popleft()
        self.progressed.emit(waiting.source.name, 0, 0)
        self._context.run(waiting.source.read, self._begin, self, on_error=self._skip, thread=WorkerThread.FILES)

    def _begin(self, incoming: CleanedFile) -> None:
        waiting = self._now
        if waiting is None or self._stop:
            self._next()
            return
        self._warnings = incoming.warnings
        self._context.run(
            lambda: self._service.begin(waiting.dossier, waiting.ref, incoming),
            self._continue,
            self,
            on_error=self._skip,
        )

    def _continue(self, upload: Upload) -> None:
        if upload.row_id:
            self.added.emit(upload, self._warnings)
            self._next()
        elif self._stop:
            self._context.run(lambda: self._service.cancel(upload), lambda _nothing: self._next(), self)
        else:
            self.progressed.emit("" if self._now is None else self._now.source.name, upload.done, upload.total)
            self._context.run(lambda: self._service.step(upload), self._continue, self, on_error=self._skip)

    def _skip(self, error: OpmaatError) -> None:
        self.refused.emit("" if self._now is None else self._now.source.name, error)
        self._next()
