"""The key of the organisation, for a laptop that reaches no server: its own file out, the file with keys in.

After a new key came it goes on with the cases by itself, a few at a time, and counts down.
"""

from pathlib import Path

from PySide6.QtCore import Qt

from desktop.i18n.messages import text_for
from desktop.kernel.changes import Changes
from desktop.services.accounts.organisation_keys import KeysHere
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.file_dialogs import ask_open, ask_save
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError

LAPTOP_NAME = "laptop.opmaat-laptop"


class KeysCard(Card):
    """Hidden in a practice environment."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        self._left: int | None = None
        theme, text = context.theme, context.text
        self.body.addWidget(Text(theme, text("The key of your organisation"), Role.CARD))
        self.standing = Text(theme, role=Role.BODY)
        self.body.addWidget(self.standing)
        hint = text(
            "After a theft your administrator gives all laptops a new key. It comes along when this laptop "
            "synchronises. Without a network: save the file of this laptop, give it to your administrator, and read "
            "the file with keys that you get back."
        )
        self.body.addWidget(Text(theme, hint, Role.SMALL, tone=Tone.SOFT))
        save = Button(theme, text("Save the file of this laptop"), "keys.own", icon="download")
        save.clicked.connect(self._ask_own)
        self.body.addWidget(save, 0, Qt.AlignmentFlag.AlignLeading)
        choose = Button(theme, text("Read the file with keys"), "keys.file", icon="folder")
        choose.clicked.connect(self._ask_file)
        self.body.addWidget(choose, 0, Qt.AlignmentFlag.AlignLeading)
        self.saved = SavedLine(theme, "keys.saved")
        self.body.addWidget(self.saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.refused = Text(theme, role=Role.BODY, tone=Tone.WRONG)
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.hide()
        self.look()

    def look(self) -> None:
        """Show which key is here and what is left to be done for it."""
        self._context.run(self._context.services.organisation_keys.here, self._show, self)

    def save_own(self, path: Path) -> None:
        """Write the file of this laptop to `path`."""
        keys, done = self._context.services.organisation_keys, self._context.text("The file of this laptop was saved.")
        self.refused.hide()
        self._context.run(lambda: keys.write_own(path), lambda _none: self.saved.saved(done), self, on_error=self._fail)

    def read(self, path: Path) -> None:
        """Take in the file with keys at `path`, and go on with the cases."""
        keys = self._context.services.organisation_keys
        self._context.run(lambda: keys.read_file(path), self._taken, self, on_error=self._fail)

    def _ask_own(self) -> None:
        text = self._context.text
        path = ask_save(
            self, text("Save the file of this laptop"), LAPTOP_NAME, text("File of a laptop") + " (*.opmaat-laptop)"
        )
        if path is not None:
            self.save_own(path)

    def _ask_file(self) -> None:
        text = self._context.text
        path = ask_open(
            self, text("Read the file with keys"), text("Keys of your organisation") + " (*.opmaat-keys);;* (*)"
        )
        if path is not None:
            self.read(path)

    def _show(self, here: KeysHere | None) -> None:
        self.setVisible(here is not None)
        if here is None:
            return
        context = self._context
        words = context.text("Version {version} is here.", version=str(here.version))
        if here.left:
            left = context.catalogue.plural(
                "{n} key or case is still to be renewed; you can just go on working.",
                "{n} keys and cases are still to be renewed; you can just go on working.",
                here.left,
            )
            words = f"{words} {left}"
        self.standing.set_text(words)
        moved, self._left = self._left is None or here.left < self._left, here.left
        if here.left and moved:
            context.run(context.services.organisation_keys.step, self._stepped, self, on_error=self._fail)

    def _stepped(self, changes: Changes) -> None:
        self._context.publish(changes)
        self.look()

    def _taken(self, changes: Changes) -> None:
        self.refused.hide()
        self._left = None
        self.saved.saved(self._context.text("The keys were read in."))
        self._context.publish(changes)
        self.look()

    def _fail(self, error: OpmaatError) -> None:
        self.saved.clear()
        self.refused.set_text(text_for(error, self._context.catalogue))
        self.refused.show()
