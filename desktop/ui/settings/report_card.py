"""The card for when something went wrong: a report for the administrator that holds codes and places only.

What interpreters said about translations is saved here too, for the translators.
"""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt

from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_folder, ask_save
from desktop.ui.kit.surfaces.card import Card, Divider
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
        self._add_remarks()

    def _add_remarks(self) -> None:
        theme, text = self._context.theme, self._context.text
        self.body.addWidget(Divider(theme))
        hint = text(
            "What interpreters said about translations, for the translators: one file a language. Without answers, "
            "figures or names; read it through before you send it."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        button = Button(theme, text("Save the remarks on translations"), "report.remarks", icon="flag")
        button.clicked.connect(self._ask_folder)
        self.body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        self._remarks = SavedLine(theme, "report.remarks.saved")
        self.body.addWidget(self._remarks, 0, Qt.AlignmentFlag.AlignLeading)

    def save_remarks(self, folder: Path) -> None:
        """Write what was said about translations to `folder`, one file a language."""
        remarks = self._context.services.translation_remarks
        self._context.run(lambda: remarks.save(folder), self._tell_remarks, self)

    def _tell_remarks(self, saved: tuple[Path, ...]) -> None:
        text, names = self._context.text, ", ".join(path.name for path in saved)
        self._remarks.saved(
            text("Saved in the folder: {files}", files=names)
            if saved
            else text("Nobody has said anything about a translation yet.")
        )

    def _ask_folder(self) -> None:
        folder = ask_folder(self, self._context.text("Save the remarks on translations"))
        if folder is not None:
            self.save_remarks(folder)

    def save(self, path: Path) -> None:
        """Write the report to `path`."""
        save = self._save
        done = self._context.text("The report has been saved.")
        self._context.run(lambda: save(path), lambda _none: self._saved.saved(done), self)

    def _ask(self) -> None:
        path = ask_save(self, self._context.text("Save the report"), REPORT_NAME, "TXT (*.txt)")
        if path is not None:
            self.save(path)
