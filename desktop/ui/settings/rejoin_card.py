"""The card of a restored copy: join the organisation again, with a new invitation and its code."""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.surfaces.card import Card, show
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError


class RejoinCard(Card):
    """Hidden where nothing needs to be done."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        self._path: Path | None = None
        theme, text = context.theme, context.text
        self.set_top("accent_mark")
        self.body.addWidget(Text(theme, text("This vault came out of a backup"), Role.CARD))
        hint = text(
            "You can go on working; what you write stays on this laptop. Ask your administrator for a new invitation, "
            "and join your organisation again with it. Let the old laptop be withdrawn only after everything was sent."
        )
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        choose = Button(theme, text("Choose the file"), "rejoin.file", icon="folder")
        choose.clicked.connect(self._ask)
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeading)
        self.code = TextInput(theme, "rejoin.code", text("Code"), placeholder="7K3Q-22JD-9MXA")
        self.field = Field(theme, text("Code"), self.code, hint=text("Three groups of four characters."))
        self.body.addWidget(self.field)
        self.button = Button(theme, text("Join again"), "rejoin.join", kind="primary", icon="key")
        self.button.clicked.connect(self._join)
        self.body.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeading)
        self._saved = SavedLine(theme, "rejoin.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()
        rejoining = context.services.rejoining
        context.run(lambda: rejoining.needed, lambda needed: show(self, shown=needed), self)

    def use_invitation(self, path: Path) -> None:
        """Take the invitation in the file at `path`."""
        self._path = path
        self._saved.busy(self._context.text("The invitation was chosen. Type its code."))

    def _ask(self) -> None:
        text = self._context.text
        path = ask_open(
            self, text("Choose the invitation"), text("Invitation") + " (*.opmaat-invitation *.json);;* (*)"
        )
        if path is not None:
            self.use_invitation(path)

    def _join(self) -> None:
        path, code, rejoining = self._path, self.code.text(), self._context.services.rejoining
        if path is None:
            self._ask()
            return
        self.field.accept()
        self._context.run(lambda: rejoining.rejoin(path, code), self._finish_joining, self, on_error=self._fail)

    def _finish_joining(self, changes: Changes) -> None:
        self.code.clear()
        self._saved.saved(self._context.text("This laptop belongs to your organisation again."))
        self.button.disable(self._context.text("This laptop belongs to your organisation again."))
        self._context.publish(changes)

    def _fail(self, error: OpmaatError) -> None:
        self._saved.clear()
        self.field.refuse(text_for(error, self._context.catalogue))
