"""The top bar: the product, where one is, who works, text size, second screen, and closing the vault.

Two shapes: at home (tabs of the home pages, the worker's name) and in a dossier (back, the person, tabs of the
dossier, what waits to be sent). Where the words do not fit beside each other the tabs lose their icons; where that is
not enough, from 150 % text size, and on a narrow window, they become one menu.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.controls.tab import Tab
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.surfaces.bar import Bar
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.shell.pages import PageEntry, TabPlace

_TALL = 60
_NARROW = 1120
_COMPACT_SCALE = 1.3


@dataclass(frozen=True, slots=True)
class BarActions:
    """What the bar asks of the shell."""

    go: Callable[[str], None]
    set_size: Callable[[int], None]
    second_screen: Callable[[], None]
    close: Callable[[], None]


class TopBar(Bar):
    """One bar for all pages; `show_home` and `show_dossier` switch its shape, `mark` the current tab."""

    def __init__(self, theme: Theme, catalogue: Catalogue, pages: Sequence[PageEntry], actions: BarActions) -> None:
        super().__init__(theme, _TALL, line_below=True)
        self._catalogue, self._pages, self._actions = catalogue, pages, actions
        self._place: TabPlace = "home"
        self._sizes: tuple[int, ...] = (100, 125, 150, 175, 200)
        self._current = ""
        self._compact = False
        self._product = Icon(theme, "mark", 24, Tone.PRIMARY)
        self._title = Text(theme, "Opmaat", Role.CARD, wrap=False)
        self._back = Button(theme, self._text("People"), "bar.back", kind="quiet", icon="arrow-left")
        self._rule = Divider(theme, vertical=True)
        self._person = Text(theme, role=Role.STRONG, wrap=False)
        self._number = Text(theme, role=Role.META, tone=Tone.SOFT, wrap=False)
        self._tabs = {entry.key: self._tab(entry) for entry in pages if entry.place != "hidden"}
        self._menu_button = Button(theme, "", "bar.menu", icon="chevron-down", icon_after=True)
        self._sign = Icon(theme, "cloud", 20)
        self._waiting = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._who = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._size = IconButton(theme, "text-size", self._text("Text size"), "bar.size")
        self._screen = IconButton(theme, "screen", self._text("Second screen"), "bar.screen")
        self._close = Button(theme, self._text("Close"), "bar.close", icon="lock")
        self._lay_out()
        self._connect()
        self._arrange()

    def show_home(self, worker: str) -> None:
        """Take the shape of the home pages."""
        self._place = "home"
        self._who.set_text(worker)
        self._arrange()

    def show_dossier(self, person: str, number: str) -> None:
        """Take the shape of a dossier of `person` with case `number`."""
        self._place = "dossier"
        self._person.set_text(person)
        self._number.set_text(number)
        self._arrange()

    def mark(self, key: str) -> None:
        """Show `key` as the current page."""
        self._current = key
        if key in self._tabs:
            self._tabs[key].setChecked(True)
        self._arrange()

    def show_waiting(self, icon: str, text: str) -> None:
        """Say in a few words what waits to be sent."""
        self._sign.set_icon(icon)
        if text != self._waiting.plain():
            self._waiting.set_text(text)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the tabs into a menu when there is no room for them."""
        super().resizeEvent(event)
        self._arrange()

    def _lay_out(self) -> None:
        row = self.row
        row.addWidget(self._product)
        row.addWidget(self._title)
        row.addWidget(self._back)
        self._rule.setFixedHeight(28)
        row.addWidget(self._rule)
        names = QWidget()
        column = QVBoxLayout(names)
        column.setContentsMargins(Space.HAIR, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._person)
        column.addWidget(self._number)
        column.addStretch(1)
        self._names = names
        row.addWidget(names)
        self._before = row.count()
        row.addStretch(1)
        for tab in self._tabs.values():
            row.addWidget(tab, 0, Qt.AlignmentFlag.AlignBottom)
            row.setSpacing(Space.SMALL)
        row.addWidget(self._menu_button)
        row.addStretch(1)
        for widget in (self._sign, self._waiting, self._who, self._size, self._screen, self._close):
            row.addWidget(widget)

    def _connect(self) -> None:
        self._back.clicked.connect(lambda: self._actions.go("people"))
        self._size.clicked.connect(self._offer_sizes)
        self._screen.clicked.connect(self._actions.second_screen)
        self._close.clicked.connect(self._actions.close)
        self._menu_button.clicked.connect(self._offer_pages)

    def _tab(self, entry: PageEntry) -> Tab:
        tab = Tab(self._theme, self._text(entry.label), entry.icon, f"bar.{entry.key}")
        tab.setAutoExclusive(False)
        tab.clicked.connect(lambda: self._actions.go(entry.key))
        return tab

    def _arrange(self) -> None:
        """Take the roomiest shape that fits: tabs with icons, tabs of words, one menu."""
        small = self._theme.scale > _COMPACT_SCALE or self.width() < _NARROW
        for bare, compact in ((False, small), (True, small), (True, True)):
            for tab in self._tabs.values():
                tab.set_bare(bare=bare)
            self._compact = compact
            self._take_shape()
            self.row.invalidate()
            if self.row.totalMinimumSize().width() <= self.width():
                return

    def _take_shape(self) -> None:
        home = self._place == "home"
        here = {entry.key for entry in self._pages if entry.place == self._place}
        for key, tab in self._tabs.items():
            tab.setFixedHeight(self.height())
            tab.setChecked(key == self._current)
            tab.setVisible(key in here and not self._compact)
        self._title.setVisible(home and not self._compact)
        self.row.setStretch(self._before, 0 if home else 1)
        for widget in (self._back, self._rule, self._names):
            widget.setVisible(not home)
        self._back.set_text("" if self._compact else self._text("People"))
        self._back.setAccessibleName(self._text("Back to people"))
        self._number.setVisible(not self._compact)
        self._who.setVisible(home and not self._compact)
        self._sign.setVisible(not home and bool(self._waiting.plain()))
        self._waiting.setVisible(not home)
        self._screen.setVisible(not home and not self._compact)
        self._close.set_text("" if self._compact else self._text("Close"))
        self._close.setAccessibleName(self._text("Close the vault"))
        self._close.setToolTip(self._text("Close the vault"))
        self._show_menu_button()

    def _show_menu_button(self) -> None:
        current = next((entry for entry in self._pages if entry.key == self._current), None)
        self._menu_button.setVisible(self._compact)
        if current is not None:
            self._menu_button.set_text(self._text(current.label))

    def _offer_pages(self) -> None:
        menu = QMenu(self)
        for entry in self._pages:
            if entry.place == self._place:
                menu.addAction(self._text(entry.label), partial(self._actions.go, entry.key))
        if self._place == "dossier":
            menu.addAction(self._text("Second screen"), self._actions.second_screen)
        self._open(menu, self._menu_button)

    def _offer_sizes(self) -> None:
        menu = QMenu(self)
        for percent in self._sizes:
            action = menu.addAction(f"{percent} %", partial(self._actions.set_size, percent))
            action.setCheckable(True)
            action.setChecked(round(self._theme.scale * 100) == percent)
        self._open(menu, self._size)

    def _open(self, menu: QMenu, below: QWidget) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(below.mapToGlobal(below.rect().bottomLeft()))

    def _text(self, msgid: str) -> str:
        return self._catalogue.text(msgid)
