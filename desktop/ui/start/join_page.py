"""Joining an organisation: the invitation file and its code on the left page, name and passphrase on the right one."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from desktop.i18n import format_date
from desktop.services.accounts.accounts import CreatedVault, InvitationSummary, NewColleague
from desktop.ui.design.tokens import Role, Space, Target, Tone
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, PassphraseInput, TextInput
from desktop.ui.kit.controls.file_dialogs import ask_open
from desktop.ui.kit.controls.strength import StrengthMeter
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.surfaces.book import BookFrame
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.frame import StartContext, StartFrame
from protocol.errors import OpmaatError

_FIELDS_BY_CODE = {
    "enrol.wrong_code": "code",
    "accounts.name_missing": "name",
    "vault.passphrase_too_short": "passphrase",
}


class JoinPage(StartFrame):
    """A refused field is marked with its sentence; anything else stands in the banner. A wrong code uses nothing up.

    Who is invited by name is not asked for it.
    """

    def __init__(self, context: StartContext) -> None:
        super().__init__(context)
        self._file: Path | None = None
        book = BookFrame(context.theme, padding=Space.EDGE + 4)
        self.body.addWidget(book)
        self._fields: dict[str, Field] = {}
        self._fill_first(book)
        self._fill_second(book)

    def begin(self) -> None:
        """Put the keyboard on choosing the file."""
        self._file_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def use_invitation(self, path: Path) -> None:
        """Take the invitation file at `path` and show whose it is."""
        self.clear_report()
        accounts = self.context.services.accounts

        def shown(invited: InvitationSummary) -> None:
            self._file = path
            self._show(invited)

        self.context.executor.submit(lambda: accounts.look(path), shown, self.report, owner=self)

    def _fill_first(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.first.addWidget(Text(theme, text("Your invitation"), Role.PAGE))
        hint = text("You got a file, on a stick or by mail, and separately a code.")
        book.first.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._file_button = Button(theme, text("Choose the file"), "join.file", icon="folder")
        self._file_button.clicked.connect(self._ask_file)
        book.first.addWidget(self._file_button, 0, Qt.AlignmentFlag.AlignLeading)
        self._organisation = Text(theme, "", Role.CARD)
        self._organisation.setObjectName("join.organisation")
        self._facts = Text(theme, "", Role.SMALL, tone=Tone.SOFT)
        self._code = TextInput(theme, "join.code", text("Code"), placeholder="7K3Q-22JD-9MXA")
        self._fields["code"] = Field(theme, text("Code"), self._code, hint=text("Three groups of four characters."))
        for widget in (self._organisation, self._facts, self._fields["code"]):
            book.first.addWidget(widget)
        self._organisation.hide()
        self._facts.hide()
        book.first.addStretch(1)

    def _fill_second(self, book: BookFrame) -> None:
        theme, text = self.context.theme, self.context.text
        book.second.addWidget(Text(theme, text("Your vault"), Role.PAGE))
        hint = text("Only you can open it. Not even Opmaat knows your passphrase.")
        book.second.addWidget(Text(theme, hint, Role.BODY, tone=Tone.SOFT))
        self._name = TextInput(theme, "join.name", text("What do colleagues call you?"))
        self._fields["name"] = Field(theme, text("What do colleagues call you?"), self._name)
        self._passphrase = PassphraseInput(
            theme, "join.passphrase", text("Passphrase"), text("Show what I type"), height=Target.FIELD
        )
        self._fields["passphrase"] = Field(
            theme, text("Passphrase"), self._passphrase, hint=text("A sentence of four words or more.")
        )
        self._person = Text(theme, "", Role.BODY)
        self._person.setObjectName("join.person")
        self._person.hide()
        for widget in (self._person, self._fields["name"], self._fields["passphrase"]):
            book.second.addWidget(widget)
        book.second.addWidget(StrengthMeter(theme, self.context.catalogue, self._passphrase, self._about))
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        back = Button(theme, text("Back"), "join.back", icon="arrow-left")
        back.clicked.connect(lambda: self.context.go("start"))
        self._make = Button(theme, text("Make my vault"), "join.make", kind="primary", icon="key")
        self._make.clicked.connect(self._join)
        row.addWidget(back)
        row.addWidget(self._make, 1)
        book.second.addStretch(1)
        nest(book.second, row)

    def _about(self) -> tuple[str, str]:
        return self._name.text(), self._organisation.plain()

    def _ask_file(self) -> None:
        text = self.context.text
        path = ask_open(
            self, text("Choose the invitation"), text("Invitation") + " (*.opmaat-invitation *.json);;* (*)"
        )
        if path is not None:
            self.use_invitation(path)

    def _show(self, invited: InvitationSummary) -> None:
        text = self.context.text
        self._organisation.set_text(invited.organisation)
        until = format_date(invited.expires.astimezone().date())
        facts = text("Valid until {date}. Fingerprint: {fingerprint}", date=until, fingerprint=invited.fingerprint)
        self._facts.set_text(facts)
        self._organisation.show()
        self._facts.show()
        self._person.set_text(text("For {person}. This name stands beside all you write.", person=invited.person))
        self._person.setVisible(bool(invited.person))
        self._name.setText(invited.person)
        self._fields["name"].setVisible(not invited.person)
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    def _join(self) -> None:
        self.clear_report()
        for field in self._fields.values():
            field.accept()
        if self._file is None:
            self._fields["code"].refuse(self.context.text("Choose the invitation file first."))
            self._file_button.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        path, code = self._file, self._code.text()
        newcomer = NewColleague(self._name.text(), self._passphrase.text())
        accounts = self.context.services.accounts
        self._make.disable(self.context.text("Your vault is being made."))
        executor = self.context.executor
        executor.submit(lambda: accounts.join(path, code, newcomer), self._finish_joining, self._fail, owner=self)

    def _finish_joining(self, joined: CreatedVault) -> None:
        self._passphrase.clear()
        self.context.opened_new(joined.vault, joined.words)

    def _fail(self, error: OpmaatError) -> None:
        from desktop.i18n.messages import text_for

        self._make.enable()
        field = self._fields.get(_FIELDS_BY_CODE.get(error.code, ""))
        if field is None:
            self.report(error)
        else:
            field.refuse(text_for(error, self.context.catalogue))
