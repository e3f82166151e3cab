"""The card of a section this device has no key to: that something is there, and who may read it."""

from desktop.i18n import Catalogue
from desktop.services.dossier.closed import ClosedPart
from desktop.ui.closed_texts import closed_sentence
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text


class LockedCard(Card):
    """Says why nothing can be read here."""

    def __init__(self, theme: Theme, words: Catalogue) -> None:
        super().__init__(theme, padding=Space.PAGE)
        self._words = words
        self.setObjectName("interview.locked")
        self.body.addWidget(Icon(theme, "lock", 32, Tone.SOFT))
        self.body.addWidget(Text(theme, words.text("Kept apart"), Role.QUESTION))
        about = words.text("Health is asked under the responsibility of the municipality.")
        self.body.addWidget(Text(theme, about, Role.HINT, tone=Tone.SOFT))
        self._sentence = Text(theme, "", Role.HINT, tone=Tone.SOFT)
        self._sentence.setObjectName("interview.closed")
        self.body.addWidget(self._sentence)

    def show_closed(self, part: ClosedPart | None) -> None:
        """Say what is there and who reads it; nothing where everything may be read here."""
        self._sentence.set_text("" if part is None else closed_sentence(self._words, part))
