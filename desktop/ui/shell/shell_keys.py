"""The keys of the window of the open vault: tabs, search, help, print, close."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from desktop.services.interview.review import ReviewItem
from desktop.ui.context import UiContext
from desktop.ui.help.help_slip import HelpSlip
from desktop.ui.help.shortcuts import add_numbered, add_shortcut
from desktop.ui.review.review_texts import page_to_open
from desktop.ui.shell.pages import Finds, PageEntry, Prints
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class ShellPlace:
    """Where one is: the entry of the page, the page itself, and the case in hand."""

    entry: PageEntry
    page: object
    dossier: DossierId | None


class ShellKeys(QObject):
    """Acts on the page that `place` tells; `go_to_tab` hears a number from 1, `close` that the vault must close."""

    def __init__(
        self,
        context: UiContext,
        host: QWidget,
        place: Callable[[], ShellPlace],
        go_to_tab: Callable[[int], None],
        close: Callable[[], None],
    ) -> None:
        super().__init__(host)
        self._context, self._host, self._find_place = context, host, place
        self.slip = HelpSlip(context.theme, context.catalogue, host, self._open_all_help)
        add_numbered(host, "everywhere.tabs", go_to_tab)
        add_shortcut(host, "everywhere.search", self._search)
        add_shortcut(host, "everywhere.help", self.help)
        add_shortcut(host, "everywhere.print", self._print)
        # closing works also while the newcomer's window is in front
        add_shortcut(host, "everywhere.lock", close, Qt.ShortcutContext.ApplicationShortcut)

    def help(self) -> None:
        """Show what one can do here, over the page."""
        here = self._find_place().entry
        self.slip.open_at(here.key, self._context.text(here.label))

    def follow(self) -> None:
        """Let help that is open be about the page one went to."""
        here = self._find_place().entry
        self.slip.follow(here.key, self._context.text(here.label))

    def _open_all_help(self) -> None:
        here = self._find_place()
        self.slip.put_away()
        self._context.navigate("help", here.dossier, part=here.entry.key)

    def _print(self) -> None:
        page = self._find_place().page
        if isinstance(page, Prints):
            page.print_out()

    def _search(self) -> None:
        """Search where the page has a field for it; else the case in hand, from any of its pages."""
        here = self._find_place()
        if isinstance(here.page, Finds):
            here.page.start_search()
        elif here.dossier is not None:
            from desktop.ui.review.find_sheet import FindSheet

            FindSheet(self._context, self._host, here.dossier, self._go_to).open()

    def _go_to(self, item: ReviewItem) -> None:
        self._context.navigate(page_to_open(item), self._find_place().dossier, part=item.ref)
