"""The card that leads to help: all keys, version and licences, reporting a problem."""

from PySide6.QtCore import Qt

from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class HelpCard(Card):
    """Leads to the page about Opmaat, and back here."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Help"), Role.CARD))
        hint = text("All keys, version, licences and how to report a problem. F1 explains the page you are at.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        button = Button(theme, text("All keys, and about Opmaat"), "settings.help", icon="book")
        button.clicked.connect(lambda: context.navigate("help", part="settings"))
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
