"""The pages of the interview over a real vault, on a screen that is not there (offscreen)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.bootstrap.opening import open_services
from desktop.i18n import language, load_catalogue
from desktop.kernel.changes import Changes
from desktop.records import Event, Status
from desktop.services.suite import Services
from desktop.ui.app import make_application
from desktop.ui.context import UiContext
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Scheme
from desktop.ui.executor import Executor
from desktop.ui.interview.interview_page import InterviewPage
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import Vault
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId
from tests.ui.inspection import publish_into
from tests.unit.records.cases import CONTEXT
from tests.unit.vault.people import enrolled_vault, still_clock

T = TypeVar("T")
W = TypeVar("W", bound=QWidget)


@dataclass(slots=True)
class Screen:
    """One open vault with its executor; pages are made on it. `close` ends its threads."""

    qtbot: QtBot
    vault: Vault
    executor: Executor
    services: Services
    context: UiContext
    went: list[tuple[str, str]] = field(default_factory=list)
    errors: list[OpmaatError] = field(default_factory=list)
    changes: list[Changes] = field(default_factory=list)

    def run(self, operation: Callable[[], T]) -> T:
        """Return what `operation` returns on the store thread."""
        results: list[T] = []
        failures: list[OpmaatError] = []
        self.executor.submit(operation, results.append, failures.append)
        self.qtbot.waitUntil(lambda: bool(results or failures), timeout=20_000)
        assert failures == []
        return results[0]

    def settle(self) -> None:
        """Wait until everything asked for has come home."""
        self.qtbot.waitUntil(lambda: self.executor.pending == 0, timeout=20_000)
        QApplication.processEvents()
        if self.executor.pending:
            self.settle()

    def show(self, page: W, size: tuple[int, int] = (1280, 740)) -> W:
        """Show `page` as a window of `size`."""
        self.qtbot.addWidget(page)
        page.resize(*size)
        page.show()
        page.activateWindow()
        self.settle()
        return page

    def new_dossier(self, name: str = "Selam", languages: tuple[str, ...] = ("ti", "en")) -> DossierId:
        """Return a new dossier."""
        return self.run(lambda: self.services.journal.create_dossier(name, languages, CONTEXT))

    def interview(self, dossier: DossierId, ref: str = "", size: tuple[int, int] = (1280, 740)) -> InterviewPage:
        """Return the interview page on `dossier`, at `ref` if given."""
        page = self.show(InterviewPage(self.context), size)
        page.show_dossier(dossier)
        if ref:
            page.show_part(ref)
        self.settle()
        return page

    def answer(self, dossier: DossierId, ref: str, value: str, status: Status = "given") -> None:
        """Give an answer past the screen."""
        self.run(lambda: self.services.interview.answer(dossier, ref, status, value))

    def events(self, dossier: DossierId) -> tuple[Event, ...]:
        """Return all events of `dossier`."""
        return self.run(lambda: self.services.journal.events(dossier))

    def close(self) -> None:
        """Close the vault and end the threads."""
        self.settle()
        self.run(self.services.close)
        self.executor.stop()


def open_screen(
    qtbot: QtBot, vault: Vault, content: Content, interface: str = "nl", scheme: Scheme = "light"
) -> Screen:
    """Return the screen of an open `vault`."""
    make_application()
    theme = Theme(language(interface), scheme)
    theme.apply()
    executor, clock = Executor(), still_clock()
    opened: list[Services] = []
    executor.submit(lambda: open_services(vault, content, clock), opened.append, _raise)
    qtbot.waitUntil(lambda: bool(opened), timeout=60_000)
    went: list[tuple[str, str]] = []
    errors: list[OpmaatError] = []
    changes: list[Changes] = []

    def navigate(page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        assert dossier is None or dossier
        went.append((page, part))

    context = UiContext(
        services=opened[0],
        executor=executor,
        catalogue=load_catalogue(interface, "app"),
        theme=theme,
        clock=clock,
        navigate=navigate,
        publish=publish_into(changes),
        report=errors.append,
    )
    return Screen(qtbot, vault, executor, opened[0], context, went, errors, changes)


def new_vault_at(root: Path) -> Vault:
    """Return an enrolled vault below `root`."""
    return enrolled_vault(root, create_organisation("azc Duinrand", "reception"), "Sanne de Wit")


def child(parent: QWidget, kind: type[W], name: str) -> W:
    """Return the visible descendant called `name`."""
    found = [widget for widget in parent.findChildren(kind, name) if widget.isVisible()]
    assert found, f"nothing visible is called {name}"
    return found[-1]


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is, else on `widget`."""
    QTest.keyClick(widget.focusWidget() or widget, key, modifier)


def _raise(error: OpmaatError) -> None:
    raise error
