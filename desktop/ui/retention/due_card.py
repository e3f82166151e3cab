"""One case that must be erased: why, what goes, what stays, and the confirmation by its case number, typed."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import Catalogue, format_date
from desktop.services.rights.retention import DueRow
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.chip import Chip
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from desktop.ui.retention.retention_texts import GOES, LABELS, STAYS, WHY, claimed_words


class DueCard(Card):
    """`erase` is emitted with what was typed; the page asks the service, which compares."""

    erase = Signal(str)

    def __init__(self, theme: Theme, texts: Catalogue, row: DueRow, name: str) -> None:
        super().__init__(theme, padding=Space.BLOCK)
        rule, text = row.term.rule, texts.text
        head = QHBoxLayout()
        head.setSpacing(Space.MEDIUM)
        head.addWidget(Text(theme, f"{row.name} · {row.number}", Role.CARD), 1)
        word, kind, icon = LABELS[rule.label]
        head.addWidget(Chip(theme, text(word), kind, icon), 0, Qt.AlignmentFlag.AlignTop)
        nest(self.body, head)
        self.body.addWidget(Text(theme, text(WHY[rule.key]), Role.BODY))
        source = text("Since {day} · {source}", day=format_date(row.term.day), source=rule.source)
        self.body.addWidget(Text(theme, source, Role.SMALL, tone=Tone.SOFT))
        claim = claimed_words(row, texts)
        if claim:
            self.body.addWidget(Text(theme, claim, Role.BODY, tone=Tone.ACCENT))
        for words in (GOES[rule.compartment], STAYS[rule.compartment]):
            self.body.addWidget(Text(theme, text(words), Role.BODY, tone=Tone.SOFT))
        if row.unsent:
            waits = text("Something of this case has not reached the server yet. Connect first, then erase.")
            self.body.addWidget(Text(theme, waits, Role.BODY, tone=Tone.ACCENT))
        self.typed = TextInput(theme, f"{name}.typed", text("Case number"), placeholder=row.number)
        hint = text("Erasing cannot be undone. Type the case number to confirm.")
        self.field = Field(theme, text("Case number"), self.typed, hint=hint)
        self.button = Button(theme, text("Erase for good"), f"{name}.erase", icon="trash", colour="wrong")
        self.button.clicked.connect(self._confirm)
        self.open_button = Button(theme, text("Erase…"), f"{name}.open", icon="trash")
        self.open_button.clicked.connect(self.ask)
        self.body.addWidget(self.field)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeading)
        self.field.hide()
        self.button.hide()

    def ask(self) -> None:
        """Ask for the case number."""
        self.open_button.hide()
        self.field.show()
        self.button.show()
        self.typed.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self.field.accept()
        self.erase.emit(self.typed.text())
