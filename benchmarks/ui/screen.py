"""The program in a window, driven from outside: the practice environment with the real executor, vault and journal."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtWidgets import QAbstractButton

from benchmarks.ui.bare_form import paint
from benchmarks.ui.beats import Beats
from desktop.bootstrap import Config, build
from desktop.records.events.envelope import EventContext
from desktop.services.suite import Services
from desktop.ui.app import build_window, make_application
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId

_CHOICE = "interview.choice."


class Screen:
    """The practice environment in a window, with `more` people besides those it begins with.

    `cache` holds the interview as it was read at an earlier start, as it does at every start but the first.
    """

    def __init__(self, folder: Path, cache: Path, more: int = 0) -> None:
        make_application()
        config = Config(folder, cache)
        self.window: MainWindow = build_window(build(config), config.clock)
        self.window.show()
        self.settle()
        self.more = more
        self.beats = Beats()

    @property
    def services(self) -> Services:
        """The use cases of the open vault."""
        if self.window.services is None:
            raise LookupError
        return self.window.services

    def get_ready(self) -> None:
        """Load what is loaded behind the first window."""
        self.window.get_ready()
        self.settle()

    def practise(self) -> None:
        """Go to the people of the practice environment."""
        self.press("first.practise")

    def fill(self) -> None:
        """Add the other people, and come back to the list of them."""
        context, journal = EventContext("Meting", "ti", interpreter=True), self.services.journal

        def add() -> None:
            for number in range(self.more):
                journal.create_dossier(f"Meting {number}", ("ti", "nl"), context)

        self.window.executor.submit(add, lambda _none: None, self.window.report)
        self.settle()

    def first(self) -> DossierId:
        """Return the first person of the list."""
        found: list[DossierId] = []
        self.window.executor.submit(
            lambda: self.services.caseload.people().people[0].dossier, found.append, self.window.report
        )
        self.settle()
        return found[0]

    def press(self, name: str) -> None:
        """Press a button and wait until everything came home and was painted."""
        self.button(name).click()
        self.settle()

    def button(self, name: str) -> QAbstractButton:
        """Return the button in sight whose name begins with `name`."""
        return next(each for each in self._buttons() if each.objectName().startswith(name))

    def names(self, prefix: str) -> list[str]:
        """Return the names of the buttons in sight that begin with `prefix`."""
        return [each.objectName() for each in self._buttons() if each.objectName().startswith(prefix)]

    def open(self, page: str, dossier: DossierId | None = None, part: str = "") -> None:
        """Go to a page and wait as `press` does."""
        self.window.navigate(page, dossier, part=part)
        self.settle()

    def go_to_a_choice(self) -> list[str]:
        """Go on in the interview until a question with choices is in sight, and return the names of its choices."""
        while len(found := self.names(_CHOICE)) <= 1:
            self.press("interview.next")
        return found

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Let the program run until `condition` holds and it was painted; waiting takes no processor time."""
        while not condition():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        paint()

    def settle(self) -> None:
        """Wait until everything that was asked came home and was painted."""
        self.wait_until(lambda: not self.window.executor.pending)

    def close(self) -> None:
        """Close the vault and the window."""
        self.window.shut_down()
        self.window.close()

    def _buttons(self) -> list[QAbstractButton]:
        return [each for each in self.window.findChildren(QAbstractButton) if each.isVisible()]
