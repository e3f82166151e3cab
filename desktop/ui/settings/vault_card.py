"""The card about the own vault: another passphrase."""

from PySide6.QtCore import Qt, Signal

from desktop.i18n.messages import text_for
from desktop.services.accounts.own_vault import UnlockMethods
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput
from desktop.ui.kit.controls.strength import StrengthMeter
from desktop.ui.kit.surfaces.card import Card
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.unlock_methods_card import AT_THE_FIELD, PRESENT, WORDS
from protocol.errors import OpmaatError


class VaultSettingsCard(Card):
    """Changes the passphrase; the present one is asked, so that nobody does it at a screen left open.

    `changed` says that the ways to open the vault may be others now.
    """

    changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        theme, text = context.theme, context.text
        services = context.services
        self.body.addWidget(Text(theme, text("Your vault"), Role.CARD))
        whose = f"{services.person} · {services.organisation}"
        self.body.addWidget(Text(theme, whose, Role.BODY, tone=Tone.SOFT))
        show = text("Show what I type")
        self._current = PassphraseInput(
            theme, "settings.current", text("Present passphrase"), show, height=Target.FIELD
        )
        self._new = PassphraseInput(theme, "settings.new", text("New passphrase"), show, height=Target.FIELD)
        self._current_field = Field(theme, text("Present passphrase"), self._current)
        self._new_field = Field(
            theme, text("New passphrase"), self._new, hint=text("A sentence of four words or more.")
        )
        self._button = Button(theme, text("Change passphrase"), "settings.passphrase", icon="key")
        self._button.clicked.connect(self._change)
        self._saved = SavedLine(theme, "settings.saved")
        for widget in (self._current_field, self._new_field):
            self.body.addWidget(widget)
        about = (services.person, services.organisation)
        self.body.addWidget(StrengthMeter(theme, context.catalogue, self._new, lambda: about))
        self.body.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.look()

    def look(self) -> None:
        """Ask for what there is to confirm with: the passphrase, or the words where none is set."""
        self._context.run(self._context.services.own_vault.unlock_methods, self._show, self)

    def _show(self, ways: UnlockMethods) -> None:
        self._current_field.label.set_text(self._context.text(PRESENT if ways.passphrase else WORDS))

    def _change(self) -> None:
        self._current_field.accept()
        self._new_field.accept()
        self._saved.busy(self._context.text("Changing the passphrase…"))
        current, new = self._current.text(), self._new.text()
        vault = self._context.services.own_vault
        self._context.run(
            lambda: vault.change_passphrase(current, new),
            lambda _none: self._on_change(),
            self,
            on_error=self._fail,
        )

    def _on_change(self) -> None:
        self._current.clear()
        self._new.clear()
        self._saved.saved(self._context.text("Your passphrase has been changed."))
        self.changed.emit()

    def _fail(self, error: OpmaatError) -> None:
        self._saved.clear()
        sentence = text_for(error, self._context.catalogue)
        if error.code in AT_THE_FIELD or error.code.startswith("vault.recovery"):
            self._current_field.refuse(sentence)
        elif error.code == "vault.passphrase_too_short":
            self._new_field.refuse(sentence)
        else:
            self._context.report(error)
