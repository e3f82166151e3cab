"""What DUO receives of the decision, in plain words, and the file that brings it there."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import Catalogue, isolate
from desktop.i18n.mark import N_
from desktop.i18n.messages import text_for
from desktop.services.pip.duo_words import DuoLine, duo_lines
from desktop.services.pip.pip_parts import PipView
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.typography.text import Text
from protocol.errors import UserError

_LABELS: Mapping[str, str] = {
    "dated": N_("Date of the decision"),
    "route": N_("Route"),
    "level": N_("Level"),
    "hours": N_("Estimated hours of the B1 route"),
    "school": N_("May finish a course first"),
    "literacy": N_("Literacy lessons"),
}
_WORDS: Mapping[tuple[str, str], str] = {
    ("route", "B"): N_("B1 route"),
    ("route", "O"): N_("education route"),
    ("route", "Z"): N_("self-reliance route"),
    ("school", "true"): N_("Yes"),
    ("school", "false"): N_("No"),
    ("literacy", "A"): N_("learns to read and write"),
    ("literacy", "AA"): N_("reads another script"),
    ("literacy", "NVT"): N_("not needed"),
}


class DuoCard(Card):
    """`save_asked` asks for the file of the decision that was issued last."""

    save_asked = Signal()

    def __init__(self, theme: Theme, texts: Catalogue) -> None:
        super().__init__(theme)
        self._texts = texts
        self.body.addWidget(Text(theme, texts.text("What DUO receives"), Role.CARD))
        self._hint = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self.body.addWidget(self._hint)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(Space.SMALL)
        nest(self.body, self._lines)
        self.save = Button(theme, texts.text("Save for DUO"), "pip.duo.save", icon="download")
        self.save.clicked.connect(self.save_asked)
        self.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeading)
        self._notes = QVBoxLayout()
        self._notes.setSpacing(Space.SMALL)
        nest(self.body, self._notes)

    def show_view(self, view: PipView) -> None:
        """Show the six fields, and what else DUO would take or not."""
        text = self._texts.text
        clear(self._lines)
        clear(self._notes)
        self._hint.set_text(
            text(
                "Nothing else about the person goes along. The file is sent where your municipality has its connection."
            )
            if view.message is not None
            else text("The decision needs a route and a date first.")
        )
        for line in () if view.message is None else duo_lines(view.message):
            self._lines.addWidget(Text(self._theme, self._sentence(line)))
        for code in view.duo_notes:
            words = text_for(UserError(code), self._texts)
            self._notes.addWidget(Text(self._theme, words, Role.SMALL, tone=Tone.SOFT))
        if not view.issued:
            self.save.disable(text("First issue the decision."))
        elif not view.has_bsn:
            self.save.disable(text("The citizen service number (BSN) is not known. Ask it in the talk."))
        else:
            self.save.enable()

    def _sentence(self, line: DuoLine) -> str:
        text = self._texts.text
        words = _WORDS.get((line.key, line.value))
        said = text(words) if words else line.value or text("goes not along")
        return f"{text(_LABELS[line.key])}: {isolate(said)}"
