"""Above the card: the section, the conversation, and the switch of the second language."""

from functools import partial

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from desktop.i18n import Catalogue, language
from desktop.i18n.languages import DUTCH
from desktop.services.interview.page_parts import InterviewView, PartView, TalkView
from desktop.ui.design.icons import make_icon
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.interview.card.key_caps import KeyCap
from desktop.ui.interview.card.quiet import QuietButton
from desktop.ui.interview.conversation_sheet import MODES, ConversationSheet
from desktop.ui.interview.sections import count_of
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.typography.text import Text


class InterviewHeader(QWidget):
    """Title, conversation and language switch.

    `switched` carries the tag to switch to, `talk` the way the next conversation is interpreted and the number of the
    interpreter, `section` the path of the section chosen from the menu that replaces the list on a narrow screen.
    """

    switched = Signal(str)
    talk = Signal(str, str)
    section = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        self._parts: tuple[PartView, ...] = ()
        self._tags: tuple[str, ...] = ()
        self._current: TalkView | None = None
        self._title = Text(theme, role=Role.CARD, wrap=False)
        self._title.setObjectName("interview.title")
        self._menu = Button(theme, "", "interview.sections.menu", icon="half-circle")
        self._talk = QuietButton(theme, "interview.talk", role=Role.SMALL, colour="ink_2")
        self._second = Text(theme, words.text("Second language"), Role.SMALL, tone=Tone.SOFT, wrap=False)
        self._switch = Segmented(theme, "interview.language", words.text("Second language"), self.switched.emit)
        self._key = KeyCap(theme, "F2", words.text("Key for the next language: F2"))
        self._menu.clicked.connect(self._open_sections)
        self._talk.clicked.connect(self._ask_conversation)
        add_shortcut(self, "interview.language", self.next_language)
        add_shortcut(self, "interview.languages", self._list_languages)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        starts: tuple[QWidget, ...] = (self._title, self._menu, self._talk)
        ends: tuple[QWidget, ...] = (self._second, self._switch, self._key)
        for widget in starts:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in ends:
            row.addWidget(widget)
        self.set_narrow(narrow=False)

    def show_view(self, view: InterviewView) -> None:
        """Show section, conversation and languages as they stand."""
        self._parts = view.parts
        self._title.set_text(view.section.title, language(DUTCH))
        count = count_of(view.section, self._words)
        self._menu.set_text(f"{view.section.title}  {count}".strip())
        self._current = view.talk
        self._talk.set_words(self._describe_talk(view.talk))
        if view.languages != self._tags:
            self._tags = view.languages
            segments = [SegmentOption(tag, language(tag).own_name, language(tag)) for tag in view.languages]
            self._switch.set_segments(segments, view.language)
        self._switch.choose(view.language)

    def set_narrow(self, *, narrow: bool) -> None:
        """Replace the title by a menu of sections and leave out what does not fit."""
        self._title.setVisible(not narrow)
        self._menu.setVisible(narrow)
        self._talk.setVisible(not narrow)
        self._second.setVisible(not narrow)
        self._key.setVisible(not narrow)

    def next_language(self) -> None:
        """Ask for the next language of the dossier, the first one after the last."""
        if len(self._tags) > 1:
            at = self._tags.index(self._switch.chosen()) if self._switch.chosen() in self._tags else -1
            self.switched.emit(self._tags[(at + 1) % len(self._tags)])

    def _describe_talk(self, talk: TalkView | None) -> str:
        if talk is None:
            return self._words.text("Start the conversation")
        mode = "…" if talk.mode is None else self._words.text(MODES[talk.mode])
        if talk.interpreter:
            mode = self._words.text("{mode}, number {number}", mode=mode, number=talk.interpreter)
        return self._words.text("Conversation {n} · {mode}", n=talk.number, mode=mode)

    def _ask_conversation(self) -> None:
        sheet = ConversationSheet(self._theme, self._words, self, self._current)
        sheet.begun.connect(self.talk)
        sheet.open()

    def _list_languages(self) -> None:
        """Offer the languages of the case by name, the one in use ticked."""
        menu = QMenu(self)
        menu.addSection(self._words.text("Second language"))
        for tag in self._tags:
            action = menu.addAction(language(tag).own_name, partial(self.switched.emit, tag))
            action.setCheckable(True)
            action.setChecked(tag == self._switch.chosen())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._switch.mapToGlobal(QPoint(0, self._switch.height())))

    def _open_sections(self) -> None:
        menu = QMenu(self)
        for part in self._parts:
            menu.addSection(part.title)
            for section in part.sections:
                count = count_of(section, self._words)
                action = QAction(f"{section.title}  {count}".strip(), menu)
                sign = "check" if section.state == "done" else "circle"
                action.setIcon(make_icon(sign, self._theme.palette.primary, 18))
                action.triggered.connect(lambda _checked=False, path=section.path: self.section.emit(path))
                menu.addAction(action)
        menu.addSeparator()
        menu.addAction(self._describe_talk(self._current), self._ask_conversation)
        menu.popup(self._menu.mapToGlobal(QPoint(0, self._menu.height())))

    def minimumSizeHint(self) -> QSize:
        """Return no least width: what does not fit is left out by `set_narrow`."""
        return QSize(0, super().minimumSizeHint().height())
