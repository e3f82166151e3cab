"""Opening a vault with the recovery key on paper, and choosing a new passphrase."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.i18n.messages import text_for
from desktop.services.accounts.accounts import Account
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput
from desktop.ui.kit.controls.strength import StrengthMeter
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.steady import steady
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from desktop.vault.vault import Vault
from protocol.errors import OpmaatError


class RecoverPage(StartFrame):
    """The words on the left page, the new passphrase on the right one."""

    def __init__(self, context: StartContext, account: Account) -> None:
        super().__init__(context)
        self._account = account
        theme, text = context.theme, context.text
        book = BookFrame(theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        book.first.addWidget(Text(theme, text("The words on your sheet"), Role.PAGE))
        hint = text("Type all words with spaces between them. The first four letters of a word are enough.")
        book.first.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._words = QPlainTextEdit()
        self._words.setObjectName("recover.words")
        self._words.setAccessibleName(text("Recovery words"))
        self._words.setTabChangesFocus(True)
        steady(self._words)
        self._words.setMinimumHeight(theme.px(140))
        self._words_field = Field(theme, text("Recovery words"), self._words)
        book.first.addWidget(self._words_field)
        book.second.addWidget(Text(theme, text("A new passphrase for {name}", name=account.person), Role.PAGE))
        hint = text("A sentence of four words or more.")
        book.second.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._passphrase = PassphraseInput(
            theme, "recover.passphrase", text("New passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._passphrase_field = Field(theme, text("New passphrase"), self._passphrase)
        book.second.addWidget(self._passphrase_field)
        about = (account.person, account.organisation)
        book.second.addWidget(StrengthMeter(theme, context.catalogue, self._passphrase, lambda: about))
        book.second.addStretch(1)
        nest(book.second, self._buttons())

    def begin(self) -> None:
        """Put the keyboard in the words."""
        self._words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QHBoxLayout:
        text = self.context.text("Open vault")
        self._open_button = Button(self.context.theme, text, "recover.open", kind="primary", icon="key")
        self._open_button.clicked.connect(self._open)
        return self.last_row("recover.back", self._open_button)

    def _open(self) -> None:
        self.clear_report()
        self._words_field.accept()
        self._passphrase_field.accept()
        words, passphrase = self._words.toPlainText().split(), self._passphrase.text()
        accounts, vault = self.context.services.accounts, self._account.vault
        self._open_button.disable(self.context.text("The vault is being opened."))
        executor = self.context.executor
        executor.submit(
            lambda: accounts.recover(vault, words, passphrase), self._finish_opening, self._fail, owner=self
        )

    def _finish_opening(self, vault: Vault) -> None:
        self._passphrase.clear()
        self._words.clear()
        self.context.opened(vault)

    def _fail(self, error: OpmaatError) -> None:
        self._open_button.enable()
        sentence = text_for(error, self.context.catalogue)
        if error.code == "vault.passphrase_too_short":
            self._passphrase_field.refuse(sentence)
        elif error.code.startswith("vault.recovery") or error.code == "vault.wrong_recovery_key":
            self._words_field.refuse(sentence)
        else:
            self.report(error)
