"""Messages within a case, and who can be reached about it: events in the sealed record, for both organisations.

Of which organisation they are is said by the device that wrote them, as verified; what stands in them is a claim.
What was read is remembered on this device alone, as a count. Called on the store thread only. Raises UserError
`messages.…`, and the errors of the journal.
"""

from dataclasses import dataclass
from datetime import datetime

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.records import Body, ContactNamed, Journal, MessageWritten, RecordedEvent
from desktop.services.dossier.authors import WriterNames, context_of
from protocol.errors import UserError
from protocol.identifiers import DossierId

LONGEST_MESSAGE = 2000
"""Characters: what fits on a screen. What is longer belongs in the answers or in an attachment."""

LONGEST_CONTACT = 120
MOST_SHOWN = 100
"""The newest messages; older ones stay in the record and in the person's own copy."""


@dataclass(frozen=True, slots=True)
class CaseMessage:
    """One message; `own` tells that it was written by this worker, `unread` that it is new on this device."""

    author: str
    organisation: str
    moment: datetime
    text: str
    own: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class CaseContact:
    """Who at `organisation` can be reached, and how."""

    organisation: str
    name: str
    reach: str


@dataclass(frozen=True, slots=True)
class CaseTalk:
    """Contacts by organisation, messages oldest first; `organisation` is the one here, `count` of all messages."""

    organisation: str
    contacts: tuple[CaseContact, ...]
    messages: tuple[CaseMessage, ...]
    count: int

    @property
    def unread(self) -> int:
        """How many messages of others are new here."""
        return sum(message.unread for message in self.messages)

    @property
    def own_contact(self) -> CaseContact | None:
        """The contact of this organisation."""
        return next((each for each in self.contacts if each.organisation == self.organisation), None)


class MessageService:
    """The messages of every dossier on this device, for the worker `me` of `organisation`."""

    def __init__(self, journal: Journal, me: str, organisation: str, writers: WriterNames) -> None:
        self._journal = journal
        self._me = me
        self._organisation = organisation
        self._writers = writers

    def talk(self, dossier: DossierId) -> CaseTalk:
        """Return contacts and messages. Raises UserError `records.dossier_unknown`."""
        record = self._journal.view(dossier)
        read = int(self._journal.outbox.cursor(_cursor(dossier)) or 0)
        found = [self._shown(each, unread=number >= read) for number, each in enumerate(record.messages)]
        newest = {self._writers.of(each.stamp.device): each.body for each in record.contacts}
        contacts = tuple(CaseContact(organisation, each.name, each.reach) for organisation, each in newest.items())
        return CaseTalk(self._organisation, contacts, tuple(found[-MOST_SHOWN:]), len(found))

    def mark_read(self, dossier: DossierId, count: int) -> None:
        """Remember that the first `count` messages were shown. Raises UserError `records.dossier_unknown`."""
        self._journal.view(dossier)
        name = _cursor(dossier)
        if count > int(self._journal.outbox.cursor(name) or 0):
            self._journal.outbox.keep_cursor(name, str(count))

    def write(self, dossier: DossierId, text: str) -> Changes:
        """Write a message. Raises UserError `messages.empty`, `messages.too_long`."""
        text = text.strip()
        if not text:
            raise UserError("messages.empty")
        if len(text) > LONGEST_MESSAGE:
            raise UserError("messages.too_long", {"count": str(LONGEST_MESSAGE)})
        return self._append(dossier, MessageWritten(self._organisation, text))

    def name_contact(self, dossier: DossierId, name: str, reach: str) -> Changes:
        """Say who of this organisation can be reached. Raises UserError `messages.empty`, `messages.too_long`."""
        name, reach = " ".join(name.split()), " ".join(reach.split())
        if not name:
            raise UserError("messages.empty")
        if max(len(name), len(reach)) > LONGEST_CONTACT:
            raise UserError("messages.too_long", {"count": str(LONGEST_CONTACT)})
        return self._append(dossier, ContactNamed(self._organisation, name, reach))

    def _append(self, dossier: DossierId, body: Body) -> Changes:
        self._journal.append_all(dossier, [body], context_of(self._journal.view(dossier), self._me))
        return changed(Aspect.HANDOVER, Aspect.SYNC, dossier=dossier)

    def _shown(self, message: RecordedEvent[MessageWritten], *, unread: bool) -> CaseMessage:
        stamp, text = message.stamp, message.body.text[:LONGEST_MESSAGE]
        own = stamp.author == self._me and self._writers.other(stamp.device) is None
        organisation = self._writers.of(stamp.device)
        return CaseMessage(stamp.author, organisation, stamp.time, text, own, unread and not own)


def _cursor(dossier: DossierId) -> str:
    return f"messages.read/{dossier}"
