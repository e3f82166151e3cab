"""How strong a passphrase is, shown while it is chosen: a bar of four parts, a word and one sentence of advice."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.i18n.mark import N_
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.field import PassphraseInput
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.typography.text import Text
from desktop.vault.crypto.passphrase_strength import ENOUGH, judge

_PAUSE_MILLISECONDS = 150
_PARTS = 4
_WORDS = (
    N_("Very easy to guess"),
    N_("Easy to guess"),
    N_("Not strong yet"),
    N_("Strong"),
    N_("Very strong"),
)
_ADVICE = {
    "more_words": N_("Add one or two words that do not belong together."),
    "keyboard": N_("Keys in a row are easy to guess. Use words instead."),
    "repeats": N_("Repeating a word or a sign hardly helps. Use other words."),
    "sequences": N_("Rows such as abc or 1234 are easy to guess. Use words instead."),
    "dates": N_("Years and dates are easy to guess. Use words instead."),
    "common": N_("Many people use this one. Make up a sentence of your own."),
    "single_word": N_("One word is easy to guess. Use a sentence of four words or more."),
    "names": N_("Names are easy to guess. Use words that do not belong together."),
}


class StrengthMeter(QWidget):
    """Below a passphrase that is being chosen. It advises and never blocks; nothing typed is kept here.

    `about` tells what others know of the person: names, which make a passphrase easier to guess.
    """

    def __init__(
        self, theme: Theme, catalogue: Catalogue, source: PassphraseInput, about: Callable[[], Sequence[str]]
    ) -> None:
        super().__init__()
        self._catalogue, self._source, self._about = catalogue, source, about
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._show)
        self._bar = Meter(theme, f"{source.input.objectName()}.strength")
        self._word = Text(theme, role=Role.SMALL)
        self._word.setObjectName(f"{source.input.objectName()}.strength.word")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._bar)
        column.addWidget(self._word)
        source.input.textChanged.connect(self._pause.start)
        self._show()

    def words(self) -> str:
        """Return the sentence shown, empty while nothing is typed."""
        return self._word.plain()

    def _show(self) -> None:
        typed = self._source.text()
        self.setVisible(bool(typed))
        if not typed:
            self._word.set_text("")
            return
        found, text = judge(typed, self._about()), self._catalogue.text
        advice = f". {text(_ADVICE[found.advice])}" if found.advice in _ADVICE else ""
        sentence = text(_WORDS[found.score]) + advice
        tone = Tone.GOOD if found.score >= ENOUGH else Tone.ACCENT
        colour = "good" if tone is Tone.GOOD else "accent_mark"
        self._bar.show_level(max(1, found.score) / _PARTS, colour, sentence, parts=_PARTS)
        self._word.set_tone(tone)
        self._word.set_text(sentence)
