"""The card about the ways to open the own vault: passphrase, recovery key on paper, help of the organisation."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.i18n.mark import N_
from desktop.i18n.messages import text_for
from desktop.services.accounts.own_vault import UnlockMethods
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.layout.flow import FlowRow
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.new_recovery_words import NewRecoveryWords
from desktop.vault.file.slots import SlotKind
from protocol.errors import OpmaatError

PRESENT, WORDS = N_("Present passphrase"), N_("The words of your recovery key")
"""With what a change is confirmed: where no passphrase is set, the words on paper."""

AT_THE_FIELD = frozenset({"vault.wrong_passphrase", "vault.wrong_recovery_key", "vault.wait"})


class UnlockMethodsCard(Card):
    """Each change asks for the passphrase, so that nobody does it at a screen left open. The last own way stays.

    `changed` says that the ways to open the vault may be others now.
    """

    changed = Signal()

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme, padding=Space.BLOCK)
        self._context = context
        theme, text = context.theme, context.text
        self._rows: dict[SlotKind, _WayRow] = {}
        self.body.addWidget(Text(theme, text("Ways to open your vault"), Role.CARD))
        hint = text("Keep at least two: without any of them nobody can open it, not even your administrator.")
        self.body.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._current = PassphraseInput(
            theme, "ways.current", text("Present passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._field = Field(
            theme, text("Present passphrase"), self._current, hint=text("Needed for each change below.")
        )
        self.body.addWidget(self._field)
        self._row(SlotKind.PASSPHRASE, "key", text("Passphrase"))
        self._row(SlotKind.RECOVERY, "printer", text("Recovery key on paper"))
        self._row(SlotKind.ESCROW, "handshake", text("Help of your organisation"))
        self._words = NewRecoveryWords(context)
        self.body.addWidget(self._words)
        self._saved = SavedLine(theme, "ways.saved")
        self.body.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignLeading)
        self.look()

    def look(self) -> None:
        """Show which ways there are now."""
        vault = self._context.services.own_vault
        self._context.run(vault.unlock_methods, self._show, self)

    def _row(self, kind: SlotKind, icon: str, title: str) -> None:
        row = _WayRow(self._context, kind, icon, title)
        row.make.clicked.connect(lambda: self._make(kind))
        row.remove.clicked.connect(lambda: self._remove(kind))
        self._rows[kind] = row
        self.body.addWidget(Divider(self._context.theme))
        nest(self.body, row)

    def _show(self, ways: UnlockMethods) -> None:
        text = self._context.text
        own = ways.passphrase + ways.recovery
        self._field.label.set_text(text(PRESENT if ways.passphrase else WORDS))
        self._rows[SlotKind.PASSPHRASE].show_state(
            text("Set. You change it above.") if ways.passphrase else text("Not set. You set one above."),
            make="",
            remove=ways.passphrase and own > 1,
        )
        self._rows[SlotKind.RECOVERY].show_state(
            text("There is a sheet. A new one makes the old one worthless.")
            if ways.recovery
            else text("There is none."),
            make=text("Make a new sheet"),
            remove=ways.recovery and own > 1,
        )
        sentence = text("Your administrator can help when you have lost both. They never see your passphrase.")
        if not ways.escrow:
            sentence = text("Off. When you lose both, what is only on this laptop is lost.")
        self._rows[SlotKind.ESCROW].show_state(
            sentence, make=text("Turn on") if ways.escrow_offered and not ways.escrow else "", remove=ways.escrow
        )

    def _make(self, kind: SlotKind) -> None:
        current, vault = self._current.text(), self._context.services.own_vault
        if kind is SlotKind.ESCROW:
            self._change(lambda: vault.set_escrow(current), lambda _none: self._done())
        else:
            self._change(lambda: vault.renew_recovery_key(current), self._show_words)

    def _remove(self, kind: SlotKind) -> None:
        current, vault = self._current.text(), self._context.services.own_vault
        self._change(lambda: vault.remove(kind, current), lambda _none: self._done())

    def _change(self, operation: Callable[[], object], on_done: Callable[[object], None]) -> None:
        self._field.accept()
        self._saved.busy(self._context.text("Changing your vault…"))
        self._context.run(operation, on_done, self, on_error=self._fail)

    def _show_words(self, words: object) -> None:
        if isinstance(words, tuple):
            self._words.show_words(words)
        self._done()

    def _done(self) -> None:
        self._current.clear()
        self._saved.saved(self._context.text("Your vault has been changed."))
        self.look()
        self.changed.emit()

    def _fail(self, error: OpmaatError) -> None:
        self._saved.clear()
        if error.code in AT_THE_FIELD or error.code.startswith("vault.recovery"):
            self._field.refuse(text_for(error, self._context.catalogue))
            self._current.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._context.report(error)


class _WayRow(QHBoxLayout):
    """One way: its icon and title, whether it is there, and what can be done about it."""

    def __init__(self, context: UiContext, kind: SlotKind, icon: str, title: str) -> None:
        super().__init__()
        theme, name = context.theme, kind.name.lower()
        self.setSpacing(Space.MEDIUM)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(theme, title, Role.STRONG))
        self._state = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._state.setObjectName(f"ways.{name}.state")
        words.addWidget(self._state)
        self.make = Button(theme, context.text("Make a new sheet"), f"ways.{name}.make")
        remove = context.text("Remove")
        self.remove = Button(theme, remove, f"ways.{name}.remove", kind="text", icon="trash")
        self.remove.setAccessibleName(f"{remove}: {title}")
        self.addWidget(Icon(theme, icon, 22), 0, Qt.AlignmentFlag.AlignTop)
        nest(self, words, 1)
        words.addWidget(FlowRow((self.make, self.remove), gap=Space.MEDIUM))

    def show_state(self, sentence: str, *, make: str, remove: bool) -> None:
        """Say how it stands; `make` is empty where there is nothing to make."""
        self._state.set_text(sentence)
        self.make.set_text(make)
        self.make.setVisible(bool(make))
        self.remove.setVisible(remove)
