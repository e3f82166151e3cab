"""Screens over real use cases without threads: what is asked is done at once, so a test reads from top to bottom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QWidget

from desktop.i18n import load_catalogue
from desktop.i18n.languages import language
from desktop.kernel.changes import Changes
from desktop.ui.boundary import attempt
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.executor import Executor, Task, WorkerThread
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from tests.ui.inspection import publish_into, rest
from tests.unit.services.plan_world import Laptop

T = TypeVar("T")


class StillExecutor(Executor):
    """Does the work on the calling thread, and delivers before `submit` returns."""

    def submit(
        self,
        operation: Callable[[], T],
        on_done: Callable[[T], None],
        on_error: Callable[[OpmaatError], None],
        *,
        thread: WorkerThread = WorkerThread.STORE,
        owner: QObject | None = None,
    ) -> Task:
        """Do it now."""
        del thread, owner
        result = attempt(operation)
        if isinstance(result, OpmaatError):
            on_error(result)
        else:
            on_done(result)
        return Task(operation, lambda _result: None)


@dataclass(slots=True)
class Stage:
    """A context for pages, and what they asked of the shell."""

    context: UiContext
    executor: StillExecutor
    visits: list[tuple[str, DossierId | None, str]] = field(default_factory=list)
    news: list[Changes] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def close(self) -> None:
        """End the executor's threads."""
        self.executor.stop()


def make_stage(laptop: Laptop, scheme: str = "light", scale: float = 1.0, interface: str = "en") -> Stage:
    """Return a stage over the use cases of `laptop`, in the interface language `interface`."""
    theme = Theme(language(interface), "dark" if scheme == "dark" else "light", scale)
    theme.apply()
    visits: list[tuple[str, DossierId | None, str]] = []
    news: list[Changes] = []
    errors: list[str] = []

    def navigate(page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        visits.append((page, dossier, part))

    executor = StillExecutor()
    context = UiContext(
        services=laptop.services,
        executor=executor,
        catalogue=load_catalogue(interface, "app"),
        theme=theme,
        clock=laptop.clock,
        navigate=navigate,
        publish=publish_into(news),
        report=lambda error: errors.append(error.code),
    )
    return Stage(context, executor, visits, news, errors)


def hold(page: QWidget, width: int = 1280, height: int = 740) -> QMainWindow:
    """Return a shown window around `page`, at rest."""
    window = QMainWindow()
    window.setCentralWidget(page)
    window.resize(width, height)
    window.show()
    rest()
    return window


def let_go(window: QMainWindow) -> None:
    """Close a window and all in it."""
    window.close()
    window.deleteLater()
    rest()
