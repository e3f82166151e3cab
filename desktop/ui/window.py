"""The one window: start pages until a vault is open, then the shell. Owns the look, the executor and the open vault.

Failure policy: closing finishes the operation under way, so nothing acknowledged is lost; a vault that could not be
opened leaves the start page with its message.
"""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget

from desktop.i18n.catalogue import Catalogue, load_catalogue
from desktop.i18n.languages import language
from desktop.kernel.changes import Changes
from desktop.kernel.clock import Clock
from desktop.kernel.errors import OpmaatError, UserError
from desktop.kernel.ids import DossierId
from desktop.services.preferences import Preferences
from desktop.services.suite import AppServices, Services
from desktop.ui.executor import Executor
from desktop.ui.icons import make_icon
from desktop.ui.kit.focus import FocusRing
from desktop.ui.start.frame import StartContext
from desktop.ui.start.stack import StartStack
from desktop.ui.theme import Theme
from desktop.ui.tokens import LIGHT
from desktop.vault.vault import Vault

if TYPE_CHECKING:
    from desktop.ui.shell import Shell
    from desktop.ui.sync_loop import SyncLoop

_SMALLEST = QSize(900, 640)
_USUAL = QSize(1280, 800)


class MainWindow(QMainWindow):
    """See the module. `shell` is None while no vault is open; `start` holds the start pages."""

    def __init__(self, services: AppServices, clock: Clock, executor: Executor) -> None:
        super().__init__()
        self._app, self._clock, self.executor = services, clock, executor
        look = services.preferences.look
        self.theme = Theme(language(look.language), look.scheme, look.size / 100)
        self.theme.apply()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            self._ring = FocusRing(self.theme, application)
        self.setWindowTitle("Opmaat")
        self.setWindowIcon(_window_icon())
        self.setMinimumSize(_SMALLEST)
        self.resize(_USUAL)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.shell: Shell | None = None
        self._open: Services | None = None
        self._loop: SyncLoop | None = None
        self.start = StartStack(self._start_context)
        self._stack.addWidget(self.start)
        self.start.go("start")

    @property
    def catalogue(self) -> Catalogue:
        """The interface texts of now; the English msgids where the catalogue of a language cannot be read."""
        try:
            return load_catalogue(self.theme.language.tag, "app")
        except OpmaatError:
            return load_catalogue("en", "app")

    @property
    def is_open(self) -> bool:
        """Tell whether a vault is open and its pages are on screen."""
        return self.shell is not None

    @property
    def services(self) -> Services | None:
        """The use cases of the open vault, for the store thread only; None while no vault is open."""
        return self._open

    def report(self, error: OpmaatError) -> None:
        """Show an error where the person is looking."""
        if self.shell is not None:
            self.shell.report(error)
        else:
            self.start.report(error)

    def navigate(self, page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        """Open a page of the open vault. Raises UserError `vault.locked` while none is open."""
        if self.shell is None:
            raise UserError("vault.locked")
        self.shell.navigate(page, dossier, part=part)

    def publish(self, changes: Changes) -> None:
        """Tell the pages and the synchronisation what changed."""
        if self.shell is not None:
            self.shell.publish(changes)
        if self._loop is not None:
            self._loop.heard(changes)

    def synchronise(self) -> None:
        """Begin a round of synchronisation now."""
        if self._loop is not None:
            self._loop.start()

    def get_ready(self) -> None:
        """Load what an open vault needs, on the store thread, while a person is still typing."""
        self.executor.submit(self._app.get_ready, lambda _loaded: None, self.report)

    def close_vault(self) -> None:
        """Close the open vault and go back to the start pages."""
        opened = self._leave_vault()
        if opened is not None:
            self.executor.submit(partial(self._close, opened), lambda _none: self.start.go("start"), self.report)

    def shut_down(self) -> None:
        """Close the vault and end the threads; the window is of no use afterwards."""
        opened = self._leave_vault()
        self.executor.stop(self._app.accounts.end_practice if opened is None else partial(self._close, opened))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let pages keep what is half typed before the window goes."""
        if self.shell is not None:
            self.shell.leave()
        super().closeEvent(event)

    def set_language(self, tag: str) -> None:
        """Show the interface in another language; pages are made anew, at the same place."""
        self.theme.set_language(language(tag))
        self._keep(lambda preferences: preferences.set_language(tag))
        self.start.again()
        if self.shell is not None and self._open is not None:
            page, dossier = self.shell.current, self.shell.dossier
            self._show_shell(self._open)
            self.shell.navigate(page, dossier)

    def set_size(self, percent: int) -> None:
        """Set the text size in percent."""
        self.theme.set_scale(percent / 100)
        self._keep(lambda preferences: preferences.set_size(percent))

    def set_scheme(self, scheme: str) -> None:
        """Switch between `light` and `dark`."""
        wanted = "dark" if scheme == "dark" else "light"
        self.theme.set_scheme("dark" if scheme == "dark" else "light")
        self._keep(lambda preferences: preferences.set_scheme("dark" if wanted == "dark" else "light"))

    def _keep(self, change: Callable[[Preferences], Changes]) -> None:
        preferences = self._app.preferences
        self.executor.submit(lambda: change(preferences), self.publish, self.report)

    def _start_context(self, start: StartStack) -> StartContext:
        return StartContext(
            services=self._app,
            executor=self.executor,
            catalogue=self.catalogue,
            theme=self.theme,
            clock=self._clock,
            go=start.go,
            opened=self._opened,
            opened_new=self._opened_new,
            practise=self._practise,
            set_language=self.set_language,
        )

    def _opened(self, vault: Vault) -> None:
        self.executor.submit(partial(self._app.open, vault), self._enter, self.start.report)

    def _opened_new(self, vault: Vault, words: tuple[str, ...]) -> None:
        sheet = partial(self._app.recovery_sheet, vault.person, vault.organisation, words)
        self.start.show_words(sheet, words, lambda: self._opened(vault))

    def _practise(self) -> None:
        text = self.catalogue.text
        person, organisation = text("Practitioner"), text("Practice location")
        services = self._app

        def begin() -> Services:
            opened = services.open(services.accounts.practise(person, organisation))
            opened.fill_practice()
            return opened

        self.executor.submit(begin, self._enter, self.start.report)

    def _enter(self, opened: Services) -> None:
        self._open = opened
        self._show_shell(opened)
        if self.shell is not None:
            self.shell.navigate("people")

    def _show_shell(self, opened: Services) -> None:
        from desktop.ui.context import UiContext
        from desktop.ui.page_table import page_table
        from desktop.ui.settings.page import LookActions
        from desktop.ui.shell import Shell, ShellActions
        from desktop.ui.sync_loop import SyncLoop

        self._drop_shell()
        look = LookActions(lambda: self._app.preferences.look, self.set_language, self.set_size, self.set_scheme)
        context = UiContext(
            services=opened,
            executor=self.executor,
            catalogue=self.catalogue,
            theme=self.theme,
            clock=self._clock,
            navigate=self.navigate,
            publish=self.publish,
            report=self.report,
        )
        self.shell = Shell(context, page_table(look), ShellActions(self.set_size, self.close_vault, self.synchronise))
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self._loop = SyncLoop(self.executor, opened.synchronise, self.shell.show_sync, self.publish)
        self._loop.start()

    def _leave_vault(self) -> Services | None:
        opened, self._open = self._open, None
        if self.shell is not None:
            self.shell.leave()
        self._drop_shell()
        return opened

    def _drop_shell(self) -> None:
        if self._loop is not None:
            self._loop.stop()
            self._loop = None
        if self.shell is not None:
            self.shell.leave()
            self._stack.setCurrentWidget(self.start)
            self._stack.removeWidget(self.shell)
            self.shell.hide()
            self.shell.deleteLater()
            self.shell = None

    def _close(self, opened: Services) -> None:
        opened.close()
        self._app.accounts.end_practice()


def _window_icon() -> QIcon:
    side = 128
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.drawPixmap(12, 12, make_icon("mark", LIGHT.primary, side - 24).pixmap(side - 24, side - 24))
    painter.end()
    return QIcon(pixmap)
