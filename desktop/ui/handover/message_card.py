"""Contacts on both sides and the messages within a case; the same card on either side of the handover."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from desktop.i18n import isolate
from desktop.kernel.changes import Changes
from desktop.services.handover.case_messages import LONGEST_CONTACT, CaseMessage, CaseTalk
from desktop.ui.common_texts import moment_text
from desktop.ui.context import UiContext
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.field import Field, TextInput
from desktop.ui.kit.layout.nest import clear, nest
from desktop.ui.kit.surfaces.card import Card, Divider
from desktop.ui.kit.typography.text import Text
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId


class MessageCard(Card):
    """Who can be reached, what was written, and a field to write in. What was shown counts as read the next time."""

    def __init__(self, context: UiContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._dossier: DossierId | None = None
        theme, text = context.theme, context.text
        self.setObjectName("messages")
        self.body.addWidget(Text(theme, text("Who can be reached"), Role.CARD))
        self._contacts = QVBoxLayout()
        nest(self.body, self._contacts)
        self._name = TextInput(theme, "messages.contact.name", text("Contact at your organisation"))
        self._reach = TextInput(theme, "messages.contact.reach", text("How and when to reach"))
        for control in (self._name, self._reach):
            control.setMaxLength(LONGEST_CONTACT)
            self.body.addWidget(Field(theme, control.accessibleName(), control))
        keep = Button(theme, text("Keep the contact"), "messages.contact.keep", kind="plain", icon="check")
        keep.clicked.connect(self._keep_contact)
        self.body.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(Divider(theme))
        self._heading = Text(theme, role=Role.CARD)
        self.body.addWidget(self._heading)
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.MEDIUM)
        nest(self.body, self._list)
        self._text = AutosaveTextEdit(theme, "messages.text", text("New message"), lines=3)
        hint = text("It belongs to the case: both organisations read it, and so may the person.")
        self._field = Field(theme, text("New message"), self._text, hint=hint)
        self.body.addWidget(self._field)
        send = Button(theme, text("Write the message"), "messages.send", icon="send")
        send.clicked.connect(self._send)
        self.body.addWidget(send, 0, Qt.AlignmentFlag.AlignLeading)
        self.hide()

    def show_dossier(self, dossier: DossierId | None) -> None:
        """Show contacts and messages of `dossier`; None hides the card."""
        if dossier != self._dossier:
            for control in (self._name, self._reach, self._text):
                control.clear()
        self._dossier = dossier
        self.setVisible(dossier is not None)
        if dossier is not None:
            service = self._context.services.messages
            self._context.run(lambda: service.talk(dossier), self._show, self)

    def _show(self, talk: CaseTalk) -> None:
        theme, text, dossier = self._context.theme, self._context.text, self._dossier
        clear(self._contacts)
        clear(self._list)
        for contact in talk.contacts:
            words = " · ".join(isolate(part) for part in (contact.organisation, contact.name, contact.reach) if part)
            self._contacts.addWidget(Text(theme, words, Role.BODY))
        if not talk.contacts:
            self._contacts.addWidget(Text(theme, text("Nobody is named yet."), Role.BODY, tone=Tone.SOFT))
        own = talk.own_contact
        if own is not None and not self._name.text():
            self._name.setText(own.name)
            self._reach.setText(own.reach)
        plural = self._context.catalogue.plural
        new = plural("Messages: {n} new", "Messages: {n} new", talk.unread)
        self._heading.set_text(new if talk.unread else text("Messages"))
        for message in talk.messages:
            nest(self._list, self._entry(message))
        if not talk.messages:
            self._list.addWidget(Text(theme, text("No messages yet."), Role.BODY, tone=Tone.SOFT))
        service, count = self._context.services.messages, talk.count
        if dossier is not None and self.isVisible():
            self._context.run(lambda: service.mark_read(dossier, count), lambda _nothing: None, self)

    def _entry(self, message: CaseMessage) -> QVBoxLayout:
        theme, column = self._context.theme, QVBoxLayout()
        column.setSpacing(0)
        moment = moment_text(message.moment, self._context.catalogue)
        parts = [isolate(message.author), isolate(message.organisation), moment]
        if message.unread:
            parts.insert(0, self._context.text("New"))
        tone = Tone.ACCENT if message.unread else Tone.SOFT
        column.addWidget(Text(theme, " · ".join(parts), Role.META, tone=tone))
        column.addWidget(Text(theme, self._context.catalogue.authored(message.text), Role.BODY))
        return column

    def _keep_contact(self) -> None:
        dossier, service = self._dossier, self._context.services.messages
        name, reach = self._name.text(), self._reach.text()
        if dossier is not None:
            self._context.run(lambda: service.name_contact(dossier, name, reach), self._done, self, on_error=self._fail)

    def _send(self) -> None:
        dossier, service, text = self._dossier, self._context.services.messages, self._text.toPlainText()
        if dossier is not None:
            self._context.run(lambda: service.write(dossier, text), self._sent, self, on_error=self._fail)

    def _sent(self, changes: Changes) -> None:
        self._text.clear()
        self._done(changes)

    def _done(self, changes: Changes) -> None:
        self.show_dossier(self._dossier)
        self._context.publish(changes)

    def _fail(self, error: OpmaatError) -> None:
        self._context.report(error)
