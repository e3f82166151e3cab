"""The card that saves the audit trail: who did what, when, to which case, and never an answer."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text

TRAIL_NAME = "opmaat-logboek.csv"
_FILTERS = "CSV (*.csv);;JSON (*.json)"


class TrailCard(Card):
    """Saves the trail of every case in this vault."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("Who did what, and when"), Role.CARD))
        hint = text(
            "For an audit: who did what to which case, and when; opening a case too. Case numbers and names of "
            "colleagues are in it, no answers."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        button = Button(theme, text("Save the trail"), "trail.save", icon="download")
        button.clicked.connect(self._ask)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._saved = SavedLine(theme, "trail.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)

    def save(self, path: Path) -> None:
        """Write the trail to `path`, as CSV or JSON by its name."""
        audit = self._context.services.audit
        self._context.run(lambda: audit.save(path), self._done, self)

    def _done(self, count: int) -> None:
        self._saved.saved(self._context.catalogue.plural("Saved: {n} line.", "Saved: {n} lines.", count))

    def _ask(self) -> None:
        path = ask_save(self, self._context.text("Save the trail"), TRAIL_NAME, _FILTERS)
        if path is not None:
            self.save(path)
