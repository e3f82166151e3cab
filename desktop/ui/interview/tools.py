"""The quiet row below the card, for the caseworker only: later, note, wrong translation, source; and the saved line."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.i18n import N_, Catalogue
from desktop.services.interview_parts import Step
from desktop.ui.icons import make_icon
from desktop.ui.kit.button import Button
from desktop.ui.kit.saved import SavedLine
from desktop.ui.theme import Theme
from desktop.ui.tokens import Space

SOURCES = {
    "conversation": N_("Source: conversation"),
    "document": N_("Source: document"),
    "coa": N_("Source: reception centre"),
    "observation": N_("Source: observation"),
}


class Tools(QWidget):
    """Four tools with words; narrow, two with words and the rest in a menu.

    `later` carries whether the question is to be left for later, `source` where the answer comes from; `note` and
    `flag` ask for the panel to write in.
    """

    later = Signal(bool)
    note = Signal()
    flag = Signal()
    source = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._later = self._tool(N_("Ask later"), "interview.later", "later")
        self._note = self._tool(N_("Note"), "interview.note", "note")
        self._flag = self._tool(N_("Translation is wrong"), "interview.flag", "flag")
        self._source = self._tool(N_("Source: conversation"), "interview.source", "chat")
        self._more = self._tool(N_("More"), "interview.more", "more")
        self.saved = SavedLine(theme, "interview.saved")
        self._later.setCheckable(True)
        self._later.clicked.connect(self.later)
        self._note.clicked.connect(self.note)
        self._flag.clicked.connect(self.flag)
        self._source.clicked.connect(self._open_sources)
        self._more.clicked.connect(self._open_more)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, Space.HAIR, 0)
        row.setSpacing(0)
        for tool in (self._later, self._note, self._flag, self._source, self._more):
            row.addWidget(tool)
        row.addStretch(1)
        row.addWidget(self.saved)
        self.set_narrow(narrow=False)

    def show_step(self, step: Step) -> None:
        """Show which tools have been used here."""
        words = self._words
        self._later.setChecked(step.later)
        self._later.set_text(words.text("Will be asked later") if step.later else words.text("Ask later"))
        self._mark(self._note, words.text("Note"), used=bool(step.note))
        self._mark(self._flag, words.text("Translation is wrong"), used=step.flagged)
        self._source.set_text(words.text(SOURCES.get(step.source, SOURCES["conversation"])))

    def set_narrow(self, *, narrow: bool) -> None:
        """Leave two tools with words and put the rest under "More"."""
        self._flag.setVisible(not narrow)
        self._source.setVisible(not narrow)
        self._more.setVisible(narrow)

    def _mark(self, tool: Button, words: str, *, used: bool) -> None:
        tool.setCheckable(True)
        tool.setChecked(used)
        tool.set_text(f"{words} (1)" if used else words)

    def _tool(self, msgid: str, name: str, icon: str) -> Button:
        return Button(self._theme, self._words.text(msgid), name, kind="quiet", icon=icon)

    def _open_sources(self) -> None:
        menu = QMenu(self)
        self._add_sources(menu)
        menu.popup(self._source.mapToGlobal(self._source.rect().bottomLeft()))

    def _open_more(self) -> None:
        menu = QMenu(self)
        flag = QAction(self._icon("flag"), self._words.text("Translation is wrong"), menu)
        flag.triggered.connect(self.flag)
        menu.addAction(flag)
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
