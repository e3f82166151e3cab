"""What every page is given: the services, the executor, the texts, the look, and ways to reach the shell."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject

from desktop.i18n.catalogue import Catalogue
from desktop.kernel.changes import Changes
from desktop.services.suite import Services
from desktop.ui.design.theme import Theme
from desktop.ui.executor import Executor, Task, WorkerThread
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from protocol.times import Clock

T = TypeVar("T")


class Navigate(Protocol):
    """Opens another page."""

    def __call__(self, page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        """Open `page`, for a dossier where it has one, at `part` (a question address, a goal) where that helps."""
        ...


class Publish(Protocol):
    """Tells the pages what changed: the one in sight loads it, the others note it until they are shown."""

    def __call__(self, changes: Changes, *, by: object = None) -> None:
        """Tell `changes` to all but the page `by`, which shows them already."""
        ...


@dataclass(frozen=True, slots=True)
class UiContext:
    """Everything a page may use. `catalogue` holds the interface texts of the caseworker.

    `publish` tells the pages what changed; `report` shows an error in the banner of the shell.
    """

    services: Services
    executor: Executor
    catalogue: Catalogue
    theme: Theme
    clock: Clock
    navigate: Navigate
    publish: Publish
    report: Callable[[OpmaatError], None]

    def run(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], None],
        owner: QObject,
        *,
        on_error: Callable[[OpmaatError], None] | None = None,
        thread: WorkerThread = WorkerThread.STORE,
    ) -> Task:
        """Run `operation` off this thread and bring its result to `on_done`, errors to `on_error` or the banner."""
        return self.executor.submit(operation, on_done, on_error or self.report, thread=thread, owner=owner)

    def text(self, msgid: str, **values: str | int) -> str:
        """Return the interface text `msgid` in the language of the caseworker."""
        return self.catalogue.text(msgid, **values)
