"""Restoring a backup: the file on the left page, what opens it on the right one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit

from desktop.i18n import format_date
from desktop.i18n.messages import text_for
from desktop.services.backups.backups import SUFFIX
from desktop.services.backups.restoring import BackupInfo
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.layout.steady import steady
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from desktop.vault.vault import Vault
from protocol.errors import OpmaatError, UserError

_PASSPHRASE, _WORDS = "passphrase", "words"


class RestorePage(StartFrame):
    """See the module. Nothing is overwritten; a backup past its term is restored only when that is asked twice."""

    def __init__(self, context: StartContext) -> None:
        super().__init__(context)
        self._path: Path | None = None
        self._even_expired = False
        book = BookFrame(context.theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        self._fill_first(book)
        self._fill_second(book)
        self._choose(_PASSPHRASE)

    def begin(self) -> None:
        """Put the keyboard on choosing the file."""
        self._file.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_backup(self, path: Path) -> None:
        """Show what the backup at `path` says of itself."""
        restoring = self.context.services.restoring()
        self.clear_report()
        self._even_expired = False

        def looked(card: BackupInfo) -> None:
            self._path = path
            self._show(card)

        self.context.executor.submit(lambda: restoring.look(path), looked, self.report, owner=self)

    def _fill_first(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.first.addWidget(Text(theme, text("Restore a backup"), Role.PAGE))
        hint = text("Take the stick with the backup. Everything that was in the vault that day comes back.")
        book.first.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._file = Button(theme, text("Choose the file"), "restore.file", icon="folder")
        self._file.clicked.connect(self._ask)
        book.first.addWidget(self._file, 0, Qt.AlignmentFlag.AlignLeading)
        self._whose = Text(theme, "", Role.CARD)
        self._whose.setObjectName("restore.whose")
        self._facts = Text(theme, "", Role.SMALL, tone=Tone.SOFT)
        self._facts.setObjectName("restore.facts")
        for each in (self._whose, self._facts):
            book.first.addWidget(each)
            each.hide()
        hint = text("This laptop then counts as a new one: join your organisation again with a new invitation.")
        book.first.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        book.first.addStretch(1)

    def _fill_second(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.second.addWidget(Text(theme, text("What opens it?"), Role.PAGE))
        self._by = Segmented(theme, "restore.by", text("What opens it?"), self._choose)
        segments = [SegmentOption(_PASSPHRASE, text("Passphrase")), SegmentOption(_WORDS, text("Recovery key"))]
        self._by.set_segments(segments, _PASSPHRASE)
        book.second.addWidget(self._by)
        self._words = QPlainTextEdit()
        self._words.setObjectName("restore.words")
        self._words.setAccessibleName(text("Recovery words"))
        self._words.setTabChangesFocus(True)
        steady(self._words)
        self._words.setMinimumHeight(theme.px(110))
        self._words_field = Field(theme, text("Recovery words"), self._words)
        self._passphrase = PassphraseInput(
            theme, "restore.passphrase", text("Passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._passphrase_field = Field(
            theme, text("Passphrase of that day"), self._passphrase, hint=text("A sentence of four words or more.")
        )
        self._new = PassphraseInput(
            theme, "restore.new", text("New passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._new_field = Field(
            theme, text("New passphrase"), self._new, hint=text("A sentence of four words or more.")
        )
        for field in (self._words_field, self._passphrase_field, self._new_field):
            book.second.addWidget(field)
        book.second.addStretch(1)
        nest(book.second, self._buttons())

    def _buttons(self) -> QHBoxLayout:
        text = self.context.text("Restore")
        self._button = Button(self.context.theme, text, "restore.restore", kind="primary", icon="key")
        self._button.clicked.connect(self._restore)
        return self.last_row("restore.back", self._button)

    def _choose(self, way: str) -> None:
        self._passphrase_field.setVisible(way == _PASSPHRASE)
        self._words_field.setVisible(way == _WORDS)
        self._new_field.setVisible(way == _WORDS)

    def _show(self, card: BackupInfo) -> None:
        text = self.context.text
        self._whose.set_text(f"{card.person} · {card.organisation}")
        made, kept = (format_date(each.astimezone().date()) for each in (card.made, card.expires))
        self._facts.set_text(text("Made on {made}, kept until {kept}", made=made, kept=kept))
        self._whose.show()
        self._facts.show()
        if card.here:
            self.report(UserError("backup.vault_exists"))

    def _ask(self) -> None:
        text = self.context.text
        path = ask_open(self, text("Choose the backup"), f"{text('Backup')} (*{SUFFIX});;* (*)")
        if path is not None:
            self.use_backup(path)

    def _restore(self) -> None:
        path = self._path
        if path is None:
            self._ask()
            return
        self.clear_report()
        for field in (self._passphrase_field, self._words_field, self._new_field):
            field.accept()
        restoring, even = self.context.services.restoring(), self._even_expired
        words, passphrase, new = self._words.toPlainText().split(), self._passphrase.text(), self._new.text()
        by_words = self._by.chosen() == _WORDS

        def work() -> Vault:
            if by_words:
                return restoring.with_words(path, words, new, even_expired=even)
            return restoring.with_passphrase(path, passphrase, even_expired=even)

        self._button.disable(self.context.text("The backup is being restored and looked over."))
        self.context.executor.submit(work, self._finish_restoring, self._fail, owner=self)

    def _finish_restoring(self, vault: Vault) -> None:
        for each in (self._passphrase, self._words, self._new):
            each.clear()
        self.context.opened(vault)

    def _fail(self, error: OpmaatError) -> None:
        self._button.enable()
        self._even_expired = error.code == "backup.expired"
        sentence = text_for(error, self.context.catalogue)
        if error.code == "backup.wrong_passphrase":
            self._passphrase_field.refuse(sentence)
        elif error.code.startswith(("vault.recovery", "backup.wrong_recovery")):
            self._words_field.refuse(sentence)
        elif error.code == "vault.passphrase_too_short":
            self._new_field.refuse(sentence)
        else:
            self.report(error)
