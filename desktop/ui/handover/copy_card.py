"""The card for a person's own copy: everything recorded about them, on paper and for machines, not sealed."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.kernel.ids import DossierId
from desktop.services.own_copy import CopyMade
from desktop.ui.context import UiContext
from desktop.ui.kit.button import Button
from desktop.ui.kit.card import Card
from desktop.ui.kit.files import ask_save
from desktop.ui.kit.saved import SavedLine
from desktop.ui.kit.text import Text
from desktop.ui.tokens import Role, Tone


class CopyCard(Card):
    """The right of access (AVG art. 15): a person may have it at any moment."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._dossier: DossierId | None = None
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("The person's own copy"), Role.CARD))
        hint = text("Everything that was recorded, in Dutch and the own language. A person may always ask for it.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        warning = text("The copy is not sealed: whoever has the file can read everything. Give it to nobody else.")
        self.body.addWidget(Text(theme, warning, Role.BODY, tone=Tone.ACCENT))
        self.button = Button(theme, text("Save the copy"), "copy.save", icon="download")
        self.button.clicked.connect(self._ask)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self._saved = SavedLine(theme, "copy.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)

    def show_dossier(self, dossier: DossierId) -> None:
        """Be about `dossier`."""
        if dossier != self._dossier:
            self._saved.clear()
        self._dossier = dossier

    def save(self, path: Path) -> None:
        """Write the copy to `path`, and its JSON beside it."""
        dossier, service = self._dossier, self._context.services.own_copy
        if dossier is None:
            return
        self._saved.busy(self._context.text("The copy is being made…"))
        self._context.run(lambda: service.make(dossier, path), self._made, self)

    def _made(self, made: CopyMade) -> None:
        self._saved.saved(self._context.text("Saved, not sealed: PDF and JSON."))
        self._context.publish(made.changes)

    def _ask(self) -> None:
        dossier = self._dossier
        if dossier is None:
            return
        name = self._context.services.own_copy.file_name(dossier)
        path = ask_save(self, self._context.text("Save the copy"), name, "PDF (*.pdf)")
        if path is not None:
            self.save(path)
