"""Which start page is on screen: the vaults, the first start, joining, the recovery key, help of the organisation.

Only the pages that the program may begin with are imported at its start.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget

from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.start.first_page import FirstPage
from desktop.ui.start.frame import StartContext, StartFrame
from protocol.errors import OpmaatError

if TYPE_CHECKING:
    from desktop.services.accounts.accounts import Account
    from desktop.ui.help.help_slip import HelpSlip


class StartStack(QStackedWidget):
    """One start page at a time, made anew each time, so that nothing typed stays behind."""

    def __init__(self, make_context: Callable[["StartStack"], StartContext]) -> None:
        super().__init__()
        self._make_context = make_context
        self.context = make_context(self)
        self._where = "start"
        self._notice = ""
        self._slip: HelpSlip | None = None
        add_shortcut(self, "everywhere.help", self._help)

    def forget(self) -> None:
        """Throw the page away, with what was typed or shown on it: a vault is open now."""
        page = self.currentWidget()
        if self._slip is not None:
            self._slip.put_away()
        if page is not None:
            self.removeWidget(page)
            page.deleteLater()

    def _help(self) -> None:
        """Say what one can do before a vault is open."""
        if self._slip is None:
            from desktop.ui.help.help_slip import HelpSlip

            self._slip = HelpSlip(self.context.theme, self.context.catalogue, self)
        self._slip.open_at("start", self.context.catalogue.text("Before the vault is open"))

    def notify_next(self, text: str) -> None:
        """Say something on the next page that is shown."""
        self._notice = text

    def again(self) -> None:
        """Show the same page in the language and look of now; where none is shown, the next one is."""
        self.context = self._make_context(self)
        if self._slip is not None:
            self._slip.deleteLater()
            self._slip = None
        if self.currentWidget() is not None:
            self.go(self._where)

    def go(self, where: str) -> None:
        """Show `start` (the vaults, or the first start), `join`, `restore`, `recover:<vault>` or `escrow:<vault>`."""
        self._where = where
        if where == "restore":
            from desktop.ui.start.restore_page import RestorePage

            self._place(RestorePage(self.context))
            return
        if where == "join":
            from desktop.ui.start.join_page import JoinPage

            self._place(JoinPage(self.context))
            return
        services = self.context.services

        def found(accounts: "tuple[Account, ...]") -> None:
            if self._where == where:
                self._show_accounts(accounts)

        self.context.executor.submit(services.list_accounts, found, self.report, owner=self)

    def show_words(
        self, sheet: Callable[[], bytes], words: tuple[str, ...], on_done: Callable[[], None], *, helped: bool
    ) -> None:
        """Show the words of a new recovery key; `helped` says that the organisation can help as well."""
        from desktop.ui.start.recovery_words_page import RecoveryWordsPage

        self._place(RecoveryWordsPage(self.context, sheet, words, on_done, helped=helped))

    def report(self, error: OpmaatError) -> None:
        """Show an error on the page in sight."""
        page = self.currentWidget()
        if not isinstance(page, StartFrame):
            page = FirstPage(self.context)
            self._place(page)
        page.report(error)

    def _show_accounts(self, accounts: "tuple[Account, ...]") -> None:
        kind, _, vault = self._where.partition(":")
        account = next((each for each in accounts if each.vault == vault), None)
        if kind == "recover" and account is not None:
            from desktop.ui.start.recover_page import RecoverPage

            self._place(RecoverPage(self.context, account))
        elif kind == "escrow" and account is not None:
            from desktop.ui.start.escrow_page import EscrowPage

            self._place(EscrowPage(self.context, account))
        elif accounts:
            from desktop.ui.start.unlock_page import UnlockPage

            self._place(UnlockPage(self.context, accounts))
        else:
            self._place(FirstPage(self.context))

    def _place(self, page: StartFrame) -> None:
        old = self.currentWidget()
        self.addWidget(page)
        self.setCurrentWidget(page)
        if old is not None:
            self.removeWidget(old)
            old.hide()
            old.deleteLater()
        page.begin()
        if self._notice:
            page.show_notice(self._notice)
            self._notice = ""
