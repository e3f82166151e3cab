"""The window of the open vault: bar, banner, one page at a time, status line. It only navigates."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.services.sync.clock_check import ClockDoubt, ClockWarning
from desktop.services.sync.synchronise import SyncState
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Space
from desktop.ui.help.first_hint import FirstHint
from desktop.ui.help.hint_memory import HintMemory
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.banner import BannerKind
from desktop.ui.kit.surfaces.banner_list import BannerLine, BannerList
from desktop.ui.people.same_number import SameNumberNotice
from desktop.ui.shell.clock_texts import clock_text
from desktop.ui.shell.pages import (
    HasSecondScreen,
    KeepsHalfTyped,
    Leaves,
    NotesChanges,
    OpensAt,
    PageEntry,
    Refreshes,
    ShowsDossier,
    ShowsPart,
    TellsPart,
)
from desktop.ui.shell.shell_keys import ShellKeys, ShellPlace
from desktop.ui.shell.status_line import StatusLine, problem_text, state_icon, state_text
from desktop.ui.shell.top_bar import BarActions, TopBar
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId, case_number


@dataclass(frozen=True, slots=True)
class ShellActions:
    """What the shell asks of the application: another text size, closing the vault, a round with the server, hints."""

    set_size: Callable[[int], None]
    close: Callable[[], None]
    connect: Callable[[], None]
    hints: HintMemory


class Shell(QWidget):
    """Shows the pages of one open vault. Pages are made when they are first opened and kept until the vault closes.

    The context's `navigate`, `publish` and `report` must lead here: `navigate`, `publish`, `report`.
    """

    def __init__(self, context: UiContext, pages: Sequence[PageEntry], actions: ShellActions) -> None:
        super().__init__()
        self._context = context
        self._entries = {entry.key: entry for entry in pages}
        self._made: dict[str, QWidget] = {}
        self._dossier: DossierId | None = None
        self._current = ""
        self._absent: frozenset[str] = frozenset(each.key for each in pages if each.offered is not None)
        self._problem: str | None = None
        self._doubt: ClockDoubt | None = None
        bar_actions = BarActions(self._tab, actions.set_size, self._second_screen, actions.close)
        self._bar = TopBar(context.theme, context.catalogue, pages, bar_actions)
        self._bar.set_absent(self._absent)
        self._banners = BannerList(context.theme, context.text("Put this message away"))
        self._stack = QStackedWidget()
        self._status = StatusLine(context.theme, context.catalogue)
        self._status.connect_asked.connect(self._connect_again)
        self._status.notices_asked.connect(lambda: self.navigate("settings"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        around = QVBoxLayout()
        around.setContentsMargins(Space.EDGE, 0, Space.EDGE, 0)
        around.addWidget(self._banners)
        self._same_number = SameNumberNotice(context)
        around.addWidget(self._same_number)
        self._hint = FirstHint(context.theme, context.catalogue, actions.hints)
        around.addWidget(self._hint)
        nest(column, around)
        column.addWidget(self._stack, 1)
        column.addWidget(self._status)
        self._connect = actions.connect
        self._keys = ShellKeys(context, self, self._find_place, self._nth, actions.close)

    @property
    def current(self) -> str:
        """The key of the page shown."""
        return self._current

    @property
    def dossier(self) -> DossierId | None:
        """The dossier in hand, None at home."""
        return self._dossier

    @property
    def part(self) -> str:
        """At which part of the page one is, as `navigate` takes it; empty where the page has none."""
        page: object = self._made.get(self._current)
        return page.part if isinstance(page, TellsPart) else ""

    def page(self, key: str) -> QWidget:
        """Return the page `key`, made if it was not yet."""
        if key not in self._made:
            page = self._entries[key].make(self._context)
            self._made[key] = page
            self._stack.addWidget(page)
        return self._made[key]

    def navigate(self, page: str, dossier: DossierId | None = None, *, part: str = "") -> None:
        """Open `page`, for a dossier where it has one, at `part` where it can."""
        self._leave()
        widget = self.page(page)
        self._current = page
        if self._entries[page].place in {"home", "aside"}:
            self._go_home()
        elif dossier is not None:
            self._enter(dossier)
        self._same_number.show_dossier(self._dossier)
        self._hint.show_page(page)
        self._load(widget, part)
        self._stack.setCurrentWidget(widget)
        if widget.focusProxy() is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self._bar.mark(page)
        self._status.setVisible(self._dossier is None)
        self._keys.follow()

    def _load(self, page: object, part: str) -> None:
        if part and isinstance(page, OpensAt) and self._dossier is not None:
            page.open_at(self._dossier, part)
            return
        if isinstance(page, ShowsDossier) and self._dossier is not None:
            page.show_dossier(self._dossier)
        elif isinstance(page, Refreshes):
            page.refresh(Changes())
        if part and isinstance(page, ShowsPart):
            page.show_part(part)

    def publish(self, changes: Changes, *, by: object = None) -> None:
        """Tell the page in sight what changed; the others load when they are shown, and at most note it until then.

        The page `by` shows it already.
        """
        if not changes:
            return
        page: object = self._made.get(self._current)
        if page is not by and isinstance(page, Refreshes):
            page.refresh(changes)
        self._note(changes, besides=page)
        self._same_number.refresh(changes)
        if Aspect.CASELOAD in changes.aspects and self._dossier is not None:
            self._name_person(self._dossier)

    def report(self, error: OpmaatError) -> None:
        """Show an error in the banner, in the words of the interface language."""
        self._tell("error", "wrong", text_for(error, self._context.catalogue))

    def show_notice(self, kind: str, text: str) -> None:
        """Show a message in the banner: kind `good`, `asks` or `neutral`."""
        self._tell("notice", "good" if kind == "good" else "asks" if kind == "asks" else "neutral", text)

    def suggest(self, text: str, link: str, on_link: Callable[[], None]) -> None:
        """Show a suggestion with a link, below what else is being said."""
        self._banners.show_line(f"suggestion {text}", BannerLine("neutral", text, link, on_link))

    def show_sync(self, state: SyncState) -> None:
        """Say what waits to be sent, and once in the banner what keeps the server from taking it, or a wrong clock.

        That the server is out of reach is normal and only changes the status line.
        """
        said = problem_text(state, self._context.catalogue)
        if said and state.problem != self._problem:
            self._tell("exchange", "asks", said)
        self._problem = state.problem
        self._doubt_clock(state.clock)
        self._status.show_state(state)
        self._bar.show_waiting(state_icon(state), state_text(state, self._context.catalogue))

    def _doubt_clock(self, warning: ClockWarning | None) -> None:
        doubt = None if warning is None else warning.doubt
        if warning is not None and doubt is not self._doubt:
            self._tell("clock", "asks", clock_text(warning, self._context.catalogue))
        self._doubt = doubt

    def half_typed(self) -> dict[str, str]:
        """Return what the pages keep of what was typed, in sight or not."""
        pages = [page for page in self._made.values() if isinstance(page, KeepsHalfTyped)]
        return {name: text for page in pages for name, text in page.half_typed().items()}

    def _connect_again(self) -> None:
        """Ask the server, and say once more what keeps it from taking anything."""
        self._problem = None
        self._connect()

    def _tell(self, matter: str, kind: BannerKind, text: str) -> None:
        self._banners.show_line(matter, BannerLine(kind, text))

    def leave(self) -> None:
        """Let every page put away what it holds; before the vault closes."""
        for page in self._made.values():
            if isinstance(page, Leaves):
                page.leave()

    def _enter(self, dossier: DossierId) -> None:
        if dossier != self._dossier:
            self._bar.show_dossier("", case_number(dossier))
            self._look_over(dossier)
        self._dossier = dossier
        self._note(changed(Aspect.CASELOAD, dossier=dossier))
        self._name_person(dossier)
        audit = self._context.services.audit
        self._context.run(lambda: audit.viewed(dossier), lambda _written: None, self)

    def _note(self, changes: Changes, *, besides: object = None) -> None:
        for page in self._made.values():
            if page is not besides and isinstance(page, NotesChanges):
                page.note_changes(changes)

    def _look_over(self, dossier: DossierId) -> None:
        """Say in the banner where a part of this case is set aside, and what to do."""
        integrity_check = self._context.services.integrity_check

        def known(code: str) -> None:
            if code and self._dossier == dossier:
                self._tell("case", "asks", text_for(UserError(code), self._context.catalogue))

        self._context.run(lambda: integrity_check.damage_in(dossier), known, self)

    def _go_home(self) -> None:
        self._dossier = None
        services = self._context.services
        self._bar.show_home(f"{services.person} · {services.organisation}")

    def _name_person(self, dossier: DossierId) -> None:
        services = self._context.services
        asked = [entry for entry in self._entries.values() if entry.offered is not None]

        def found() -> tuple[PersonRow, frozenset[str]]:
            absent = (each.key for each in asked if each.offered and not each.offered(services, dossier))
            return services.caseload.person(dossier), frozenset(absent)

        def named(shown: tuple[PersonRow, frozenset[str]]) -> None:
            if self._dossier == dossier:
                row, self._absent = shown
                self._bar.set_absent(self._absent)
                self._bar.show_dossier(row.name, row.number)

        self._context.run(found, named, self)

    def _leave(self) -> None:
        self._banners.show_lines({})
        page: object = self._made.get(self._current)
        if isinstance(page, Leaves):
            page.leave()

    def _tab(self, key: str) -> None:
        keeps = self._entries[key].place == "dossier"
        self.navigate(key, self._dossier if keeps else None)

    def _second_screen(self) -> None:
        page: object = self._made.get(self._current)
        if isinstance(page, HasSecondScreen):
            page.toggle_second_screen()
        elif self._dossier is not None:
            interview = self.page("interview")
            self.navigate("interview", self._dossier)
            if isinstance(interview, HasSecondScreen):
                interview.toggle_second_screen()

    def _find_place(self) -> ShellPlace:
        return ShellPlace(self._entries[self._current], self._made.get(self._current), self._dossier)

    def _nth(self, number: int) -> None:
        place = "home" if self._dossier is None else "dossier"
        entries = self._entries.values()
        keys = [each.key for each in entries if each.place == place and each.key not in self._absent]
        if number <= len(keys):
            self._tab(keys[number - 1])
