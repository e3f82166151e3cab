"""The two pages of a bundle that was opened and not taken in yet: what is on the stick, and the words to compare."""

from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue
from desktop.ui.attachments.attachment_texts import size_text
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.surfaces.card import Divider
from desktop.ui.kit.typography.text import Text
from desktop.ui.stick.reading_flow import OpenedBundle
from desktop.ui.stick.sheet_parts import WordBoxes, add_fact, add_heading
from protocol.identifiers import case_number


class OpenedBook(BookFrame):
    """`accept` and `refuse` decide; `cases` goes on once it was read in."""

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self._fill_pages()

    def show_bundle(self, bundle: OpenedBundle) -> None:
        """Show who a bundle is from and for, and ask about the words."""
        text, card = self._texts.text, bundle.card
        self._show_facts(bundle)
        self._note.set_text(text("You see the name and the answers only after reading in."))
        self._question.set_text(text("Does {organisation} have the same words?", organisation=card.sender_name))
        self._how.set_text(text("Call them. Do not read the words aloud yourself: let them begin."))
        self.words.show()
        self.words.show_words(card.words, text("Words to compare"))
        self._show_decision(undecided=True)

    def show_end(self, heading: str, sentences: str) -> None:
        """Show what reading came to."""
        self._question.set_text(heading)
        self._how.set_text(sentences)
        self._note.set_text("")
        self.words.hide()
        self._show_decision(undecided=False)

    def _fill_pages(self) -> None:
        theme, text = self._theme, self._texts.text
        first, second = self.first, self.second
        whole = Chip(theme, text("The seal is whole"), "good", "shield")
        add_heading(first, Text(theme, text("On this stick"), Role.CARD), whole)
        self._facts = QVBoxLayout()
        self._facts.setSpacing(Space.MEDIUM)
        nest(first, self._facts)
        first.addWidget(Divider(theme))
        self._note = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        first.addWidget(self._note)
        first.addStretch(1)
        self._question = Text(theme, role=Role.CARD)
        self._how = Text(theme, role=Role.BODY, tone=Tone.SOFT)
        self.words = WordBoxes(theme, "stick_import.words")
        self.accept = Button(
            theme, text("Yes, read in and make the receipt"), "stick_import.accept", kind="primary", icon="check"
        )
        self.refuse = Button(theme, text("No, stop"), "stick_import.refuse", icon="close")
        self.cases = Button(theme, text("To the received cases"), "stick_import.cases", kind="primary", icon="inbox")
        decide = FlowRow((self.accept, self.refuse, self.cases), gap=theme.px(Space.MEDIUM))
        for part in (self._question, self._how, self.words):
            second.addWidget(part)
        second.addWidget(decide)
        after = text("Reading in changes nothing on the stick, but that the receipt comes with it.")
        self._after = Text(theme, after, Role.SMALL, tone=Tone.SOFT)
        second.addWidget(self._after)
        second.addStretch(1)

    def _show_facts(self, bundle: OpenedBundle) -> None:
        theme, texts, card = self._theme, self._texts, bundle.card
        contents = bundle.reading.contents
        clear(self._facts)
        add_fact(theme, self._facts, "home", texts.text("From {organisation}", organisation=card.sender_name))
        add_fact(theme, self._facts, "lock", texts.text("For {organisation}", organisation=card.recipient_name))
        numbers = ", ".join(case_number(dossier) for dossier in contents.dossiers[:3])
        cases = texts.plural("{n} case", "{n} cases", len(contents.dossiers))
        add_fact(theme, self._facts, "document", f"{cases}, {numbers}")
        attachments = texts.plural("{n} attachment", "{n} attachments", contents.attachments)
        add_fact(theme, self._facts, "clip", attachments, size_text(card.size, texts))

    def _show_decision(self, *, undecided: bool) -> None:
        for part in (self.accept, self.refuse, self._after):
            part.setVisible(undecided)
        self.cases.setVisible(not undecided)
