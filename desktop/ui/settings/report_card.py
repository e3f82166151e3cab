"""The card for when something went wrong: a report for the administrator that holds codes and places only."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_save
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text

REPORT_NAME = "opmaat-storing.txt"


class ReportCard(Card):
    """Saves the report; nothing is ever sent by itself."""

    def __init__(self, context: UiContext, save: Callable[[Path], None]) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context, self._save = context, save
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("When something goes wrong"), Role.CARD))
        hint = text("The report holds codes, versions and times: no names, no answers, no file names. Nothing is sent.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        button = Button(theme, text("Save the report"), "report.save", icon="download")
        button.clicked.connect(self._ask)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._saved = SavedLine(theme, "report.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)

    def save(self, path: Path) -> None:
        """Write the report to `path`."""
        save = self._save
        done = self._context.text("The report has been saved.")
        self._context.run(lambda: save(path), lambda _none: self._saved.saved(done), self)

    def _ask(self) -> None:
        path = ask_save(self, self._context.text("Save the report"), REPORT_NAME, "TXT (*.txt)")
        if path is not None:
            self.save(path)
