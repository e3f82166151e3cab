"""The two pages of a case that goes over on a stick: what lies on it here, and what they do with it there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.services.bundles.bundles import StickView
from desktop.services.dossier.step_age import STUCK_DAYS
from desktop.ui.attachments.attachment_texts import size_text
from desktop.ui.common_texts import first_name
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.handover.handover_texts import short_name
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.hundredths import PARTS
from desktop.ui.stick.sheet_parts import WordBoxes, add_fact, add_heading, add_step
from desktop.ui.stick.stick_texts import bundle_files


class SendingBook(BookFrame):
    """Here and there; `write` puts the case on a stick, `stop_button` stops what is under way."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.meter = Meter(theme, "stick.progress")
        self._fill_pages()

    def show_view(self, view: StickView) -> None:
        """Show how far the case is."""
        text, name = self._texts.text, short_name(view.partner_name)
        self._here.set_text(text("Here, at {organisation}", organisation=view.own_name))
        self._there.set_text(text("There, at {organisation}", organisation=name))
        self._show_facts(view, name)
        self._show_there(view)
        for part in (self._proven, self._heading, self.words):
            part.setVisible(view.entry is not None)
        if view.entry is not None:
            self.words.show_words(view.entry.words, text("Words to compare"))

    def show_write(self, *, again: bool, more: bool) -> None:
        """Say what the button does: write for the first time, `again`, or the parts that are left (`more`)."""
        text = self._texts.text
        words = text("On to the next stick") if more else text("On a stick again") if again else ""
        self.write.set_text(words or text("Put it on a stick"))
        self.write.set_kind("plain" if again else "primary")

    def show_running(self, *, running: bool) -> None:
        """Show that something is under way, and how to stop it."""
        self.write.setEnabled(not running)
        self.stop_button.setVisible(running)
        self.meter.setVisible(running)
        self.show_move(0)

    def show_move(self, part: int) -> None:
        """Show how far it is, in hundredths."""
        self.meter.show_level(part / PARTS, "primary", self._texts.text("Busy with the stick: {part} %", part=part))

    def _fill_pages(self) -> None:
        theme, text = self._theme, self._texts.text
        self._here = Text(theme, role=Role.CARD)
        self._proven = Chip(theme, text("Read back and whole"), "good", "check-circle")
        self._facts, self._steps = QVBoxLayout(), QVBoxLayout()
        self._heading = Text(theme, text("Words to compare"), Role.STRONG)
        self.words = WordBoxes(theme, "stick.words")
        self.write = Button(theme, "", "stick.write", icon="usb")
        self.stop_button = Button(theme, text("Stop"), "stick.stop", icon="close")
        self._there = Text(theme, role=Role.CARD)
        self._promise = QVBoxLayout()
        for rows in (self._facts, self._steps, self._promise):
            rows.setSpacing(Space.MEDIUM)
        first, second = self.first, self.second
        add_heading(first, self._here, self._proven)
        nest(first, self._facts)
        for part in (Divider(theme), self._heading, self.words, self.meter):
            first.addWidget(part)
        for button in (self.write, self.stop_button):
            first.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        first.addStretch(1)
        second.addWidget(self._there)
        nest(second, self._steps)
        second.addWidget(Divider(theme))
        nest(second, self._promise)
        second.addStretch(1)

    def _show_facts(self, view: StickView, name: str) -> None:
        theme, texts = self._theme, self._texts
        clear(self._facts)
        add_fact(theme, self._facts, "document", texts.text("The case of {name}", name=first_name(view.name)))
        count = texts.plural("{n} attachment", "{n} attachments", view.attachments)
        add_fact(theme, self._facts, "clip", count)
        if view.entry is not None:
            add_fact(theme, self._facts, "usb", bundle_files(view.entry, texts), size_text(view.entry.size, texts))
        add_fact(theme, self._facts, "lock", texts.text("Only {organisation} can open it", organisation=name))

    def _show_there(self, view: StickView) -> None:
        theme, text = self._theme, self._texts.text
        clear(self._steps)
        clear(self._promise)
        steps = (
            text("Put the stick in a laptop with Opmaat."),
            text("Choose “Received cases”, then “Read in from a stick”."),
            text("Call {organisation}. Are the four words the same?", organisation=view.own_name),
            text("Put the receipt on the stick, and give it back."),
        )
        for number, words in enumerate(steps, 1):
            add_step(theme, self._steps, number, words)
        add_fact(
            theme,
            self._promise,
            "clock",
            text("After {days} days without a receipt Opmaat asks you to call.", days=STUCK_DAYS),
        )
        add_fact(theme, self._promise, "shield", text("Stick lost? Nobody else can read what is on it."))
