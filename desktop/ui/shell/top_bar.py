"""The top bar: the product, where one is, who works, text size, second screen, and closing the vault.

Two shapes: at home (tabs of the home pages, the worker's name) and in a dossier (back, the person, tabs of the
dossier, what waits to be sent). Where not all fits beside each other, the bar gives up what is dispensable first, one
thing after the other, whatever the text size: icons of tabs, the words about what waits (the sign says them), the words
on the buttons around, the case number. Only where that is not enough the tabs become one menu.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button, IconButton
from desktop.ui.kit.controls.tab import Tab
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.surfaces.bar import Bar
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.one_line import OneLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.shell.pages import PageEntry, TabPlace

_TALL, _NAME, _SHORT_NAME = 60, 220, 110
_GIVEN_UP = ("icons", "waiting", "close", "back", "title", "number", "tabs", "menu")
"""What the bar can do without, the most dispensable first."""


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
        self._absent: frozenset[str] = frozenset()
        self._without: frozenset[str] = frozenset()
        self._product = Icon(theme, "mark", 24, Tone.PRIMARY)
        self._title = Text(theme, "Opmaat", Role.CARD, wrap=False)
        self._back = Button(theme, self._text("People"), "bar.back", kind="quiet", icon="arrow-left")
        self._rule = Divider(theme, vertical=True)
        self._person = OneLine(theme, role=Role.STRONG)
        self._number = Text(theme, role=Role.META, tone=Tone.SOFT, wrap=False)
        self._tabs = {entry.key: self._tab(entry) for entry in pages if entry.place in {"home", "dossier"}}
        self._menu_button = Button(theme, "", "bar.menu", icon="chevron-down", icon_after=True)
        self._sign = Icon(theme, "cloud", 20)
        self._sign.setObjectName("bar.sign")
        self._waiting = Text(theme, role=Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._who = OneLine(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._who.setObjectName("bar.who")
        self._size = IconButton(theme, "text-size", self._text("Text size"), "bar.size")
        self._screen = IconButton(theme, "screen", self._text("Second screen"), "bar.screen")
        self._close = Button(theme, self._text("Close"), "bar.close", icon="lock")
        self._lay_out()
        self._connect()

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

    def set_absent(self, keys: frozenset[str]) -> None:
        """Leave out the tabs called `keys`: they are not offered here, which is no news and so not greyed."""
        if keys != self._absent:
            self._absent = keys
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
        self._sign.setToolTip(text)
        self._sign.setAccessibleName(text)
        if text != self._waiting.plain():
            self._waiting.set_text(text)
            self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Take shape for what was said while nobody saw it."""
        super().showEvent(event)
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
        """Take the roomiest shape that fits; out of sight there is nothing to fit in yet."""
        if not self.isVisible():
            return
        for many in range(len(_GIVEN_UP) + 1):
            self._without = frozenset(_GIVEN_UP[:many])
            for name in (self._person, self._who):
                name.setMaximumWidth(self._theme.px(_SHORT_NAME if "tabs" in self._without else _NAME))
            self._take_shape()
            self._names.updateGeometry()
            self.row.invalidate()
            if self.row.sizeHint().width() <= self.width():
                return

    def _take_shape(self) -> None:
        home, without = self._place == "home", self._without
        here = {entry.key for entry in self._here()}
        for key, tab in self._tabs.items():
            tab.set_bare(bare="icons" in without)
            tab.setFixedHeight(self.height())
            tab.setChecked(key == self._current)
            tab.setVisible(key in here and "tabs" not in without)
        self._title.setVisible(home and "title" not in without)
        self.row.setStretch(self._before, 0 if home else 1)
        for widget in (self._back, self._rule, self._names):
            widget.setVisible(not home)
        both = self._person.sizeHint().height() + self._number.sizeHint().height()
        self._number.setVisible("number" not in without and both <= self.height())
        self._who.setVisible(home)
        self._sign.setVisible(not home and bool(self._waiting.plain()))
        self._waiting.setVisible(not home and "waiting" not in without)
        self._screen.setVisible(not home)
        self._name_button(self._back, "back", self._text("People"), self._text("Back to people"))
        self._name_button(self._close, "close", self._text("Close"), self._text("Close the vault"))
        self._show_menu_button()

    def _name_button(self, button: Button, part: str, words: str, meaning: str) -> None:
        button.set_text("" if part in self._without else words)
        button.setAccessibleName(meaning)
        button.setToolTip(meaning)

    def _show_menu_button(self) -> None:
        current = next((entry for entry in self._pages if entry.key == self._current), None)
        self._menu_button.setVisible("tabs" in self._without)
        if current is not None:
            words = self._text(current.label)
            self._name_button(self._menu_button, "menu", words, words)

    def _here(self) -> list[PageEntry]:
        """Return the pages with a tab here."""
        return [entry for entry in self._pages if entry.place == self._place and entry.key not in self._absent]

    def _offer_pages(self) -> None:
        menu = QMenu(self)
        for entry in self._here():
            menu.addAction(self._text(entry.label), partial(self._actions.go, entry.key))
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
