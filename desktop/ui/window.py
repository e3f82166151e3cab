"""The one window: start pages until a vault is open, then the shell. Owns the look, the executor and the open vault.

Failure policy: closing finishes the operation under way, so nothing acknowledged is lost; a vault that could not be
opened leaves the start page with its message.
"""

from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QStackedWidget

from desktop.i18n.languages import language
from desktop.kernel.changes import Changes
from desktop.services.suite import AppServices, Services
from desktop.ui.appearance import ThemedWindow
from desktop.ui.executor import Executor
from desktop.ui.placement import USUAL
from desktop.ui.start.frame import StartContext
from desktop.ui.start.stack import StartStack
from desktop.ui.windows import close_other_windows
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId
from protocol.times import Clock

if TYPE_CHECKING:
    from desktop.services.accounts.own_vault import Draft
    from desktop.ui.context import UiContext
    from desktop.ui.lock.lock_controller import LockController
    from desktop.ui.lock.resume import ResumePoint
    from desktop.ui.shell.shell import Shell
    from desktop.ui.shell.sync_loop import SyncLoop
    from desktop.vault.vault import Vault

SMALLEST = QSize(900, 560)
_SCREENS = ("lock.lock_controller", "lock.resume", "settings.reminder", "shell.page_table", "shell.sync_loop")
_PAGES = ("people.people_page", "interview.interview_page")
_LIBRARIES = ("desktop.vault.crypto.calibration", "filelock", "babel.dates")
_SOON = (*(f"desktop.ui.{module}" for module in (*_SCREENS, *_PAGES)), *_LIBRARIES)
"""What an open vault and the screens after the start pages import, and what those import when they are used."""


class MainWindow(ThemedWindow):
    """See the module. `shell` is None while no vault is open; `start` holds the start pages."""

    def __init__(self, services: AppServices, clock: Clock, executor: Executor) -> None:
        super().__init__(services.preferences, executor)
        self._app, self._clock = services, clock
        self.setMinimumSize(SMALLEST)
        self.resize(USUAL)
        self._stack = QStackedWidget()
        self.setCentralWidget(self._stack)
        self.shell: Shell | None = None
        self._open: Services | None = None
        self._loop: SyncLoop | None = None
        self._lock_controller: LockController | None = None
        self._place: ResumePoint | None = None
        self.start = StartStack(self._start_context)
        self._stack.addWidget(self.start)
        self.start.go("start")

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

    def publish(self, changes: Changes, *, by: object = None) -> None:
        """Tell the pages, but for the page `by` that shows it already, and the synchronisation what changed."""
        if self.shell is not None:
            self.shell.publish(changes, by=by)
        if self._loop is not None:
            self._loop.note_changes(changes)

    def synchronise(self) -> None:
        """Begin a round of synchronisation now."""
        if self._loop is not None:
            self._loop.start()

    def get_ready(self) -> None:
        """Load what an open vault needs, on the store thread, while a person is still typing."""

        def load() -> None:
            self._app.get_ready()
            for module in _SOON:
                import_module(module)

        self.executor.submit(load, lambda _loaded: None, self.report)

    def lock(self) -> None:
        """Close the vault so that its owner goes on at the same place; a practice environment just closes."""
        if self.shell is not None and self._open is not None and not self._app.accounts.practising:
            from desktop.i18n.messages import text_for
            from desktop.ui.lock.resume import place_of

            self._place = place_of(self._open.own_vault, self.shell)
            self.start.notify_next(text_for(UserError("vault.locked"), self.catalogue))
        self.close_vault()

    def close_vault(self) -> None:
        """Close the open vault and go back to the start pages. The screens forget first, then the keys go.

        What is half typed is sealed in the vault; where the disk refuses, that is told and the keys go all the same.
        """
        draft, lock_controller = self._draft(), self._lock_controller
        opened = self._leave_vault()
        if opened is None:
            return

        def closed(_none: object) -> None:
            if lock_controller is not None:
                lock_controller.let_go()
            self.start.go("start")

        def failed(error: OpmaatError) -> None:
            closed(None)
            self.report(error)

        self.executor.submit(partial(self._close, opened, draft), closed, failed)

    def shut_down(self) -> None:
        """Close the vault and end the threads; the window is of no use afterwards."""
        draft, lock_controller = self._draft(), self._lock_controller
        opened = self._leave_vault()
        self.end_threads(self._app.end_practice if opened is None else partial(self._close, opened, draft))
        if lock_controller is not None:
            lock_controller.let_go()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let pages keep what is half typed before the window goes."""
        if self.shell is not None:
            self.shell.leave()
        super().closeEvent(event)

    def set_language(self, tag: str) -> None:
        """Show the interface in another language; pages are made anew, at the same place and with what was typed."""
        self.theme.set_language(language(tag))
        self.speak()
        self.keep_look(lambda preferences: preferences.set_language(tag))
        self.start.again()
        if self.shell is not None and self._open is not None:
            from desktop.ui.lock.resume import draft_of, go_back

            draft = draft_of(self.shell)
            go_back(*self._show_shell(self._open), draft)

    def _start_context(self, start: StartStack) -> StartContext:
        return StartContext(
            services=self._app,
            executor=self.executor,
            catalogue=self.catalogue,
            theme=self.theme,
            clock=self._clock,
            go=start.go,
            opened=self._finish_opening,
            opened_new=self._finish_new_vault,
            practise=self._practise,
            set_language=self.set_language,
        )

    def _finish_opening(self, vault: "Vault") -> None:
        self.executor.submit(partial(self._app.open, vault), self._enter, self.start.report)

    def _finish_new_vault(self, vault: "Vault", words: tuple[str, ...]) -> None:
        from desktop.vault.file.slots import SlotKind

        sheet = partial(self._app.recovery_sheet, vault.person, vault.organisation, words)
        self.start.show_words(
            sheet, words, lambda: self._finish_opening(vault), helped=SlotKind.ESCROW in vault.slot_kinds
        )

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
        from desktop.ui.lock.lock_controller import watch_over
        from desktop.ui.lock.resume import go_on
        from desktop.ui.settings.reminder import remind

        self._open = opened
        context, shell = self._show_shell(opened)
        self.start.forget()
        place, self._place = self._place, None
        go_on(context, shell, place)
        if not self._app.accounts.practising:
            remind(context, shell)
            self._lock_controller = watch_over(opened.own_vault, self.executor, self._clock, self.lock)

    def _draft(self) -> "Draft | None":
        if self.shell is None or self._app.accounts.practising:
            return None
        from desktop.ui.lock.resume import draft_of

        return draft_of(self.shell)

    def _show_shell(self, opened: Services) -> "tuple[UiContext, Shell]":
        from desktop.ui.context import UiContext
        from desktop.ui.settings.settings_page import AppearanceActions
        from desktop.ui.shell.page_table import page_table
        from desktop.ui.shell.shell import Shell, ShellActions
        from desktop.ui.shell.sync_loop import SyncLoop

        self._drop_shell()
        look = AppearanceActions(
            look=lambda: self._app.preferences.look,
            set_language=self.set_language,
            set_size=self.set_size,
            set_scheme=self.set_scheme,
            set_idle=self._set_idle,
            save_report=self._app.save_report,
        )
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
        self.shell = Shell(
            context, page_table(look), ShellActions(self.set_size, self.lock, self.synchronise, self.hints)
        )
        self._stack.addWidget(self.shell)
        self._stack.setCurrentWidget(self.shell)
        self._loop = SyncLoop(self.executor, opened.synchronise, self.shell.show_sync, self.publish)
        self._loop.start()
        return context, self.shell

    def _set_idle(self, minutes: int) -> None:
        if self._lock_controller is not None:
            self._lock_controller.set_minutes(minutes)

    def _leave_vault(self) -> Services | None:
        opened, self._open = self._open, None
        if self._lock_controller is not None:
            self._lock_controller.stop()
            self._lock_controller = None
        self._drop_shell()
        if opened is not None:
            close_other_windows(self)
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

    def _close(self, opened: Services, draft: "Draft | None") -> None:
        try:
            if draft is not None:
                opened.own_vault.keep_draft(draft)
        finally:
            opened.close()
            self._app.end_practice()
