"""The sheet that opens below the card to write a note, or what a translation should say."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.help.shortcuts import add_shortcut
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.steady import steady
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text

_LINES = 3


class WritingPanel(Card):
    """Hidden until `ask`. `written` carries the purpose and the text, `closed` the purpose when a person closed it.

    What is put away is not kept in the record; it stands there again when the panel opens for the same place.
    """

    written = Signal(str, str)
    closed = Signal(str)

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__(theme, padding=Space.WIDE)
        self._theme, self._words = theme, words
        self._purpose = self._place = ""
        self._aside: dict[tuple[str, str], str] = {}
        self._title = Text(theme, role=Role.STRONG)
        self._about = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._field = QPlainTextEdit()
        self._field.setObjectName("interview.writing")
        self._field.setAcceptDrops(False)  # a file dropped here is an attachment, not its path typed
        self._field.setTabChangesFocus(True)
        steady(self._field)
        self._keep = Button(theme, words.text("Keep"), "interview.writing.keep", icon="check")
        self._away = Button(theme, words.text("Put away"), "interview.writing.close", kind="quiet")
        self._keep.clicked.connect(self.keep)
        self._away.clicked.connect(self._put_away)
        add_shortcut(self, "interview.writing", self._put_away, Qt.ShortcutContext.WidgetWithChildrenShortcut)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(self._away)
        buttons.addWidget(self._keep)
        for widget in (self._title, self._about, self._field):
            self.body.addWidget(widget)
        nest(self.body, buttons)
        self.set_top("primary")
        theme.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    def ask(self, purpose: str, title: str, about: str, text: str, place: str) -> None:
        """Open at `place` with `text` to go on from, or what was put away there; `about` says who will read it."""
        self._purpose, self._place = purpose, place
        text = self._aside.pop((purpose, place), text)
        self._title.set_text(title)
        self._about.set_text(about)
        self._field.setAccessibleName(title)
        self._field.setPlainText(text)
        self.show()
        self._field.setFocus()

    def keep(self) -> None:
        """Hand over what was written, when the panel is open, and close it."""
        if self.isHidden():
            return
        focused = self.focusWidget()
        was_here = focused is not None and self.isAncestorOf(focused)
        self.hide()
        self.written.emit(self._purpose, self._field.toPlainText().strip())
        if was_here:
            self.closed.emit(self._purpose)

    def _put_away(self) -> None:
        self._aside[self._purpose, self._place] = self._field.toPlainText()
        self.hide()
        self.closed.emit(self._purpose)

    def _restyle(self) -> None:
        font = self._theme.font(Role.BODY)
        self._field.setFont(font)
        self._field.setFixedHeight(QFontMetrics(font).lineSpacing() * _LINES + self._theme.px(24))
