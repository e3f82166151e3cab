"""Passphrase and recovery key are both lost: ask the organisation on the left page, open with its answer opposite."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n.languages import DUTCH, language
from desktop.i18n.messages import text_for
from desktop.services.accounts.accounts import Account
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput, TextInput
from desktop.ui.kit.controls.file_dialogs import ask_open, ask_save
from desktop.ui.kit.controls.strength import StrengthMeter
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from desktop.vault.vault import Vault
from protocol.errors import OpmaatError

REQUEST_NAME = "hulpvraag.opmaat-request"
_FIELDS = {"escrow.wrong_code": "code", "vault.passphrase_too_short": "passphrase"}


class EscrowPage(StartFrame):
    """The request can be saved again and again; nothing is used up before an answer opens the vault."""

    def __init__(self, context: StartContext, account: Account) -> None:
        super().__init__(context)
        self._account = account
        self._answer: Path | None = None
        self._fields: dict[str, Field] = {}
        book = BookFrame(context.theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        self._fill_first(book)
        self._fill_second(book)

    def begin(self) -> None:
        """Put the keyboard on saving the request."""
        self._save_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def save_request(self, path: Path) -> None:
        """Write the request to `path` and show its fingerprint."""
        self.clear_report()
        accounts, vault = self.context.services.accounts, self._account.vault
        executor = self.context.executor
        executor.submit(lambda: accounts.save_request(vault, path), self._finish_saving, self.report, owner=self)

    def use_answer(self, path: Path) -> None:
        """Take the answer file at `path`."""
        self.clear_report()
        self._answer = path
        self._chosen.set_text(self.context.text("The answer has been chosen. Now type its code."))
        self._chosen.show()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_first(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.first.addWidget(Text(theme, text("Ask your organisation for help"), Role.PAGE))
        sentence = text(
            "Save a request and send the file to your administrator. Then telephone: "
            "they ask for the fingerprint below, to be sure that it is you."
        )
        book.first.addWidget(Text(theme, sentence, Role.BODY, tone=Tone.SOFT))
        self._save_button = Button(theme, text("Save the request"), "escrow.save", icon="download")
        self._save_button.clicked.connect(self._ask_save)
        book.first.addWidget(self._save_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._fingerprint_label = Text(theme, text("Fingerprint of the request"), Role.SMALL, tone=Tone.SOFT)
        self._fingerprint = Text(theme, "", Role.CARD, language=language(DUTCH))  # letters and digits, left to right
        self._fingerprint.setObjectName("escrow.fingerprint")
        self._fingerprint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for widget in (self._fingerprint_label, self._fingerprint):
            book.first.addWidget(widget)
            widget.hide()
        book.first.addStretch(1)

    def _fill_second(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.second.addWidget(Text(theme, text("Open with the answer"), Role.PAGE))
        hint = text("Your administrator sends a file and tells you a code by telephone.")
        book.second.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        file = Button(theme, text("Choose the file"), "escrow.file", icon="folder")
        file.clicked.connect(self._ask_answer)
        book.second.addWidget(file, 0, Qt.AlignmentFlag.AlignLeading)
        self._chosen = Text(theme, "", Role.SMALL, tone=Tone.GOOD)
        self._chosen.setObjectName("escrow.chosen")
        self._chosen.hide()
        self._code = TextInput(theme, "escrow.code", text("Code"), placeholder="7K3Q-22JD-9MXA")
        self._fields["code"] = Field(theme, text("Code"), self._code, hint=text("Three groups of four characters."))
        self._passphrase = PassphraseInput(
            theme, "escrow.passphrase", text("New passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._fields["passphrase"] = Field(
            theme, text("New passphrase"), self._passphrase, hint=text("A sentence of four words or more.")
        )
        about = (self._account.person, self._account.organisation)
        meter = StrengthMeter(theme, self.context.catalogue, self._passphrase, lambda: about)
        for widget in (self._chosen, self._fields["code"], self._fields["passphrase"], meter):
            book.second.addWidget(widget)
        book.second.addStretch(1)
        nest(book.second, self._buttons())

    def _buttons(self) -> QHBoxLayout:
        text = self.context.text("Open vault")
        self._open_button = Button(self.context.theme, text, "escrow.open", kind="primary", icon="key")
        self._open_button.clicked.connect(self._open)
        return self.last_row("escrow.back", self._open_button)

    def _ask_save(self) -> None:
        text = self.context.text
        path = ask_save(self, text("Save the request"), REQUEST_NAME, text("Request") + " (*.opmaat-request)")
        if path is not None:
            self.save_request(path)

    def _finish_saving(self, fingerprint: str) -> None:
        self._fingerprint.set_text(fingerprint)
        self._fingerprint_label.show()
        self._fingerprint.show()

    def _ask_answer(self) -> None:
        text = self.context.text
        path = ask_open(self, text("Choose the answer"), text("Answer") + " (*.opmaat-answer);;* (*)")
        if path is not None:
            self.use_answer(path)

    def _open(self) -> None:
        self.clear_report()
        for field in self._fields.values():
            field.accept()
        if self._answer is None:
            self._fields["code"].refuse(self.context.text("First choose the file with the answer."))
            return
        path, code, passphrase = self._answer, self._code.text(), self._passphrase.text()
        accounts, vault = self.context.services.accounts, self._account.vault
        self._open_button.disable(self.context.text("The vault is being opened."))
        executor = self.context.executor
        executor.submit(
            lambda: accounts.open_answer(vault, path, code, passphrase),
            self._finish_opening,
            self._fail,
            owner=self,
        )

    def _finish_opening(self, vault: Vault) -> None:
        self._passphrase.clear()
        self._code.clear()
        self.context.opened(vault)

    def _fail(self, error: OpmaatError) -> None:
        self._open_button.enable()
        field = self._fields.get(_FIELDS.get(error.code, ""))
        if field is None:
            self.report(error)
        else:
            field.refuse(text_for(error, self.context.catalogue))
