"""Who works now? Choose a vault on the left page, give its passphrase on the right one."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup

from desktop.i18n import format_day, format_time
from desktop.services.accounts.accounts import Account
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import PassphraseInput
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from desktop.ui.start.wait_line import WaitLine
from desktop.vault.file.slots import SlotKind
from desktop.vault.vault import Vault
from protocol.errors import OpmaatError, UserError

_CARD = 76
_COUNTED = frozenset({"vault.wrong_passphrase", "vault.wait"})
"""What the bar says too while the next attempt waits."""


class UnlockPage(StartFrame):
    """The vaults on this laptop. A wrong passphrase says so, keeps the focus and loses nothing.

    After too many of them a bar shows how long the next one waits; the other ways in stay open.
    """

    def __init__(self, context: StartContext, accounts: Sequence[Account]) -> None:
        super().__init__(context)
        self._accounts = tuple(accounts)
        self._chosen = self._accounts[0]
        book = BookFrame(context.theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        self._group = QButtonGroup(self)
        self._fill_first(book)
        self._fill_second(book)
        self._choose(0)

    def begin(self) -> None:
        """Put the keyboard in the passphrase."""
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fill_first(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.first.addWidget(Text(theme, text("Who is working now?"), Role.PAGE))
        hint = Text(theme, text("Everyone has a vault of their own on this laptop."), Role.BODY, tone=Tone.SOFT)
        book.first.addWidget(hint)
        book.first.addSpacing(Space.SMALL)
        for index, account in enumerate(self._accounts):
            box = self._box(index, account)
            self._group.addButton(box, index)
            book.first.addWidget(box)
        self._group.idClicked.connect(self._choose)
        book.first.addSpacing(Space.SMALL)
        join = Button(theme, text("New colleague with an invitation"), "unlock.join", kind="text", icon="plus")
        join.clicked.connect(lambda: self.context.go("join"))
        practise = Button(theme, text("Practise with invented people"), "unlock.practise", kind="text", icon="book")
        practise.clicked.connect(self.context.practise)
        restore = Button(theme, text("Restore a backup"), "unlock.restore", kind="text", icon="usb")
        restore.clicked.connect(lambda: self.context.go("restore"))
        for button in (join, restore, practise):
            book.first.addWidget(button, 0, Qt.AlignmentFlag.AlignLeading)
        book.first.addStretch(1)

    def _fill_second(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        self._title = Text(theme, "", Role.PAGE)
        book.second.addWidget(self._title)
        hint = text("A sentence of four words or more.")
        book.second.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        book.second.addSpacing(Space.SMALL)
        self._passphrase = PassphraseInput(
            theme, "unlock.passphrase", text("Passphrase"), text("Show what I type"), height=60
        )
        self._passphrase.input.returnPressed.connect(self._open)
        book.second.addWidget(self._passphrase)
        self._waiting = WaitLine(theme, self.context.catalogue)
        self._waiting.over.connect(self._may_try)
        book.second.addWidget(self._waiting)
        self._button = Button(theme, text("Open vault"), "unlock.open", kind="primary", icon="key", height=Target.LARGE)
        self._button.clicked.connect(self._open)
        book.second.addSpacing(Space.HAIR)
        book.second.addWidget(self._button)
        book.second.addSpacing(Space.LARGE)
        book.second.addWidget(Text(theme, text("Forgot the passphrase?"), Role.BODY, tone=Tone.SOFT))
        recover = Button(theme, text("Open with your recovery key on paper"), "unlock.recover", kind="link", height=32)
        recover.clicked.connect(lambda: self.context.go(f"recover:{self._chosen.vault}"))
        self._escrow = Button(theme, text("Ask your organisation for help"), "unlock.escrow", kind="link", height=32)
        self._escrow.clicked.connect(lambda: self.context.go(f"escrow:{self._chosen.vault}"))
        book.second.addWidget(recover, 0, Qt.AlignmentFlag.AlignLeading)
        book.second.addWidget(self._escrow, 0, Qt.AlignmentFlag.AlignLeading)
        book.second.addStretch(1)

    def _box(self, index: int, account: Account) -> RadioBox:
        text = self.context.text
        aside: tuple[str, ...] = ()
        if account.last_opened is not None:
            aside = (text("last opened"), self._when(account))
        name = account.person or text("Damaged vault")
        return RadioBox(
            self.context.theme,
            name,
            f"unlock.person.{index}",
            second=account.organisation,
            aside=aside,
            height=_CARD,
            strong=True,
        )

    def _when(self, account: Account) -> str:
        if account.last_opened is None:
            return ""
        local, now = account.last_opened.astimezone(), self.context.clock.now().astimezone()
        time = format_time(account.last_opened)
        if local.date() == now.date():
            return self.context.text("today {time}", time=time)
        if local.date() == (now - timedelta(days=1)).date():
            return self.context.text("yesterday {time}", time=time)
        return f"{format_day(local.date(), self.context.theme.language.tag)} {time}"

    def _choose(self, index: int) -> None:
        self._chosen = self._accounts[index]
        button = self._group.button(index)
        button.setChecked(True)
        self._title.set_text(self.context.text("Passphrase of {name}", name=self._chosen.person))
        self.clear_report()
        self._passphrase.clear()
        self._escrow.setVisible(SlotKind.ESCROW in self._chosen.slot_kinds)
        self._tell_attempts()
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_attempts(self) -> None:
        self._button.enable()
        self._waiting.show_attempts(self._chosen.failed, self._chosen.wait)
        if self._waiting.is_waiting:
            self._button.disable(self.context.text("Wait until the bar is empty."))

    def _may_try(self) -> None:
        self._button.enable()

    def _open(self) -> None:
        if self._waiting.is_waiting:
            return
        if self._chosen.problem is not None:
            self.report(UserError(self._chosen.problem))
            return
        vault, typed = self._chosen.vault, self._passphrase.text()
        self.clear_report()
        self._button.disable(self.context.text("The vault is being opened."))
        accounts = self.context.services.accounts
        self.context.executor.submit(lambda: accounts.open(vault, typed), self._finish_opening, self._fail, owner=self)

    def _finish_opening(self, vault: Vault) -> None:
        self._passphrase.clear()
        self.context.opened(vault)

    def _fail(self, error: OpmaatError) -> None:
        self._look_again(error)
        self._passphrase.input.selectAll()
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self, error: OpmaatError) -> None:
        """Count the attempt, and say why it failed: the bar does where the next one waits, and nothing beside it."""
        accounts, vault = self.context.services.accounts, self._chosen.vault

        def found(present: tuple[Account, ...]) -> None:
            self._accounts = tuple(
                next((new for new in present if new.vault == old.vault), old) for old in self._accounts
            )
            self._chosen = next((each for each in self._accounts if each.vault == vault), self._chosen)
            self._tell_attempts()
            if not (self._waiting.is_waiting and error.code in _COUNTED):
                self.report(error)

        self.context.executor.submit(accounts.accounts, found, self.report, owner=self)
