"""The workbook of the own organisation: which version is here, and reading one from a stick."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.i18n import format_date
from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.services.content.content_service import WorkbookHere
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError


class WorkbookCard(Card):
    """Hidden in a practice environment."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("The workbook of your organisation"), Role.CARD))
        self.standing = Text(theme, role=Role.BODY)
        self.body.addWidget(self.standing)
        hint = text(
            "Routes, partners and the letterhead of plans come from it. It comes along when this laptop synchronises; "
            "without a network, read the file that your administrator gives you."
        )
        self.body.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        choose = Button(theme, text("Read from a file"), "workbook.file", icon="folder")
        choose.clicked.connect(self._ask)
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeading)
        self.saved = SavedLine(theme, "workbook.saved")
        self.body.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.refused = Text(theme, role=Role.BODY, tone=Tone.WRONG)
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.hide()
        self.look()

    def look(self) -> None:
        """Show which version is here."""
        content = self._context.services.content
        self._context.run(content.here, self._show, self)

    def read(self, path: Path) -> None:
        """Take in the file at `path`."""
        content = self._context.services.content
        self._context.run(lambda: content.read_file(path), self._taken, self, on_error=self._fail)

    def _ask(self) -> None:
        text = self._context.text
        path = ask_open(self, text("Choose the workbook"), text("Workbook") + " (*.opmaat-werkboek);;* (*)")
        if path is not None:
            self.read(path)

    def _show(self, here: WorkbookHere | None) -> None:
        self.setVisible(here is not None)
        if here is not None:
            self.standing.set_text(self._words(here))

    def _words(self, here: WorkbookHere) -> str:
        text = self._context.text
        words = text("There is none on this laptop yet. Ask your administrator to publish it.")
        if here.version and here.issued is not None:
            words = text(
                "{title}, version {version} of {day}: {routes} routes, {partners} partners.",
                title=here.title,
                version=str(here.version),
                day=format_date(here.issued.astimezone().date()),
                routes=str(here.routes),
                partners=str(here.partners),
            )
        if here.unusable:
            other = text(
                "Version {version} is here too, and is made for another version of Opmaat. Install the newest version.",
                version=str(here.unusable),
            )
            words = f"{words} {other}"
        return words

    def _taken(self, changes: Changes) -> None:
        self.refused.hide()
        self.saved.saved(self._context.text("The workbook was read in."))
        self.look()
        self._context.publish(changes)

    def _fail(self, error: OpmaatError) -> None:
        self.saved.clear()
        self.refused.set_text(text_for(error, self._context.catalogue))
        self.refused.show()
