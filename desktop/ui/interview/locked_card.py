"""The card of a section this device has no key to: that something is there, and who may read it."""

from desktop.i18n import Catalogue
from desktop.ui.kit.card import Card
from desktop.ui.kit.icon import Icon
from desktop.ui.kit.text import Text
from desktop.ui.theme import Theme
from desktop.ui.tokens import Role, Space, Tone


class LockedCard(Card):
    """Says why nothing can be read here."""

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__(theme, padding=Space.PAGE)
        self.setObjectName("interview.locked")
        self.body.addWidget(Icon(theme, "lock", 32, Tone.SOFT))
        self.body.addWidget(Text(theme, words.text("Kept apart"), Role.QUESTION))
        about = words.text(
            "Health is asked under the responsibility of the municipality. This laptop has no key to these answers; "
            "the municipality reads them."
        )
        self.body.addWidget(Text(theme, about, Role.HINT, tone=Tone.SOFT))
