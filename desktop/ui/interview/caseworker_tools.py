"""The quiet row below the card, for the caseworker only: later, note, wrong translation, source; and the saved line."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.interview.page_parts import CardView
from desktop.ui.design.icons import make_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Space
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.surfaces.saved import SavedLine

_SAVED = 170
"""Pixels at 100 % that the saved line needs once there is something to say."""

SOURCES = {
    "conversation": N_("Source: conversation"),
    "document": N_("Source: document"),
    "coa": N_("Source: reception centre"),
    "observation": N_("Source: observation"),
}


class CaseworkerTools(QWidget):
    """Five tools with words; where they do not fit, the last ones lie in a menu: the source first, then all but two.

    `later` carries whether the question is to be left for later, `source` where the answer comes from; `note` and
    `flag` ask for the panel to write in, `attach` for that of the attachments.
    """

    later = Signal(bool)
    note = Signal()
    flag = Signal()
    attach = Signal()
    source = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._later = self._tool(N_("Ask later"), "interview.later", "later")
        self._note = self._tool(N_("Note"), "interview.note", "note")
        self._attach = self._tool(N_("Attachments"), "interview.attach", "clip")
        self._flag = self._tool(N_("Translation is wrong"), "interview.flag", "flag")
        self._source = self._tool(N_("Source: conversation"), "interview.source", "chat")
        self._more = self._tool(N_("More"), "interview.more", "more")
        self.saved = SavedLine(theme, "interview.saved", ground="paper")
        self._later.setCheckable(True)
        self._later.clicked.connect(self.later)
        self._note.clicked.connect(self.note)
        self._flag.clicked.connect(self.flag)
        self._attach.clicked.connect(self.attach)
        self._source.clicked.connect(self._open_sources)
        self._more.clicked.connect(self._open_more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, Space.HAIR, 0)
        tools, air = (self._later, self._note, self._attach, self._flag, self._source, self._more), QWidget()
        column.addWidget(FlowRow((*tools, air, self.saved), grows=air, gap=0))
        self._room, self._narrow = 0, False
        self.fit(0, narrow=False)

    def show_step(self, step: CardView) -> None:
        """Show which tools have been used here."""
        words = self._words
        self._later.setChecked(step.later)
        self._later.set_text(words.text("Will be asked later") if step.later else words.text("Ask later"))
        self._mark(self._note, words.text("Note"), int(bool(step.note)))
        self._mark(self._attach, words.text("Attachments"), step.attachments)
        self._mark(self._flag, words.text("Translation is wrong"), int(step.flagged))
        self._source.set_text(words.text(SOURCES.get(step.source, SOURCES["conversation"])))
        self.fit(self._room, narrow=self._narrow)

    def fit(self, room: int, *, narrow: bool) -> None:
        """Fit in `room` pixels (0: any); `narrow` leaves two tools with words. The rest lies under "More"."""
        self._room, self._narrow = room, narrow
        every = (self._later, self._note, self._attach, self._flag, self._source)
        saved = max(self.saved.sizeHint().width(), self._theme.px(_SAVED))
        tight = bool(room) and sum(tool.sizeHint().width() for tool in every) + saved > room
        self._attach.setVisible(not narrow)
        self._flag.setVisible(not narrow)
        self._source.setVisible(not narrow and not tight)
        self._more.setVisible(narrow or tight)

    def focus_tool(self, purpose: str) -> None:
        """Put the focus on the tool for `purpose` (`note`, `flag`, `attach`), or on the menu it lies in."""
        tool = {"note": self._note, "flag": self._flag, "attach": self._attach}[purpose]
        (self._more if tool.isHidden() else tool).setFocus()

    def _mark(self, tool: Button, words: str, count: int) -> None:
        tool.setCheckable(True)
        tool.setChecked(count > 0)
        tool.set_text(f"{words} ({count})" if count else words)

    def _tool(self, msgid: str, name: str, icon: str) -> Button:
        return Button(self._theme, self._words.text(msgid), name, kind="quiet", icon=icon)

    def _open_sources(self) -> None:
        menu = QMenu(self)
        self._add_sources(menu)
        menu.popup(self._source.mapToGlobal(self._source.rect().bottomLeft()))

    def _open_more(self) -> None:
        menu = QMenu(self)
        hidden = (
            (self._attach, "clip", "Attachments", self.attach),
            (self._flag, "flag", "Translation is wrong", self.flag),
        )
        for tool, icon, msgid, asked in hidden:
            if tool.isHidden():
                action = QAction(self._icon(icon), self._words.text(msgid), menu)
                action.triggered.connect(asked)
                menu.addAction(action)
        menu.addSeparator()
        self._add_sources(menu)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _add_sources(self, menu: QMenu) -> None:
        for key, msgid in SOURCES.items():
            action = QAction(self._words.text(msgid), menu)
            action.setObjectName(f"interview.source.{key}")
            action.triggered.connect(lambda _checked=False, key=key: self.source.emit(key))
            menu.addAction(action)

    def _icon(self, name: str) -> QIcon:
        return make_icon(name, self._theme.palette.ink_2, 20)
