"""The next talk about the progress: when, with whom, where, and which of how many."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n import Catalogue
from desktop.plan.progress.progress import TalkLine
from desktop.services.progress.progress_parts import ProgressView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.progress.progress_texts import short_day, talk_count

_SOON = 14
"""Days before a talk from which it is marked."""


class NextCard(Card):
    """`asked` carries the entry of the talk to change or say more about; blank plans a new one."""

    asked = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.chip = Chip(theme, "")
        title = Text(theme, texts.text("Next talk"), Role.CARD)
        self.body.addWidget(FlowRow((title, self.chip), grows=title, gap=Space.MEDIUM))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)

    def show_view(self, view: ProgressView) -> None:
        """Show the next talk of `view`, and planned ones of which nobody said yet how they went."""
        talks, today, texts = view.progress.talks, view.progress.today, self._texts
        clear(self._lines)
        for waiting in talks.waiting:
            words = texts.text("Was the talk of {day} held?", day=self._when(waiting, view))
            self._link(words, waiting.entry, "question", shown=view.follows)
        coming = talks.next
        if coming is None or coming.day is None:
            self.chip.set_state(texts.text("No talk planned yet"), "asks", "calendar")
            self._add_line("chat", talk_count(talks, talks.next_number, texts))
            self._link(texts.text("Plan the talk"), "", "plus", shown=view.follows)
            return
        soon = (coming.day - today).days <= _SOON
        self.chip.set_state(self._when(coming, view), "asks" if soon else "neutral", "calendar")
        self._add_line("people", coming.talk.present)
        self._add_line("globe", coming.talk.place)
        self._add_line("chat", talk_count(talks, coming.talk.number, texts))
        self._link(texts.text("Change or record this talk"), coming.entry, "pencil", shown=view.follows)

    def _when(self, line: TalkLine, view: ProgressView) -> str:
        day = short_day(line.day, view.progress.today, self._texts.language.tag)
        _date, _t, clock = line.talk.moment.partition("T")
        return f"{day} · {clock}" if clock else day

    def _add_line(self, icon: str, words: str) -> None:
        if not words.strip():
            return
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(Icon(self._theme, icon, 18), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self._theme, words, Role.BODY, tone=Tone.INK), 1)
        nest(self._lines, row)

    def _link(self, words: str, entry: str, icon: str, *, shown: bool) -> None:
        if shown:
            button = Button(self._theme, words, f"progress.talk.{entry or 'new'}", kind="link", icon=icon)
            button.clicked.connect(lambda: self.asked.emit(entry))
            self._lines.addWidget(FlowRow((button,)))
