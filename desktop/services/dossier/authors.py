"""Who writes, in which language, with whom across the table: the context of an event."""

from collections.abc import Callable

from desktop.i18n.languages import DUTCH
from desktop.records import DossierView, EventContext, InterpreterMode, read_mode
from desktop.records.events.fold import stamp_of
from desktop.records.events.stamps import EventStamp
from desktop.records.membership.membership_records import MembershipRecords
from protocol.identifiers import DeviceId, OrganisationId


class WriterNames:
    """What the organisation is called of whoever wrote something: as the device's certificate says, not the writing.

    A name in the record is the writer's free choice; this stands beside it, so that nobody passes for somebody of
    another organisation.
    """

    def __init__(self, membership: MembershipRecords, own: str, name_of: Callable[[OrganisationId], str]) -> None:
        """`own` is what the own organisation is called, `name_of` says it of others."""
        self._membership = membership
        self.own = own
        self._name_of = name_of

    def of(self, device: DeviceId) -> str:
        """Return the name of the organisation of `device`."""
        writer = self.other(device)
        return self.own if writer is None else self._name_of(writer)

    def other(self, device: DeviceId) -> OrganisationId | None:
        """Return the organisation of a device of others; None for one of the own."""
        return self._membership.writers.all().get(device)


def language_of(record: DossierView) -> str:
    """Return the language spoken at the table last, else the person's first one, else English."""
    spoken = [] if record.place is None else [record.place.language]
    return next((tag for tag in (*spoken, *record.languages) if tag != DUTCH), "en")


def context_of(record: DossierView, author: str) -> EventContext:
    """Return the context in which `author` writes in the dossier of `record` now."""
    talks = record.conversations
    return EventContext(
        author, language_of(record), bool(talks) and read_mode(talks[-1].body.mode) is not InterpreterMode.NONE
    )


def organisation_of(record: DossierView, writers: WriterNames) -> str:
    """Return the organisation of `caseworker_of`, the own one where there is nobody yet."""
    stamp = _caseworker_stamp(record)
    return writers.own if stamp is None else writers.of(stamp.device)


def caseworker_of(record: DossierView) -> str:
    """Return who held the last conversation, who opened the dossier before the first, blank where nobody did.

    It is the same on every laptop that reads the record, whoever looks at it.
    """
    stamp = _caseworker_stamp(record)
    return "" if stamp is None else stamp.author


def _caseworker_stamp(record: DossierView) -> EventStamp | None:
    if record.conversations:
        return record.conversations[-1].stamp
    opened = record.opening.events
    return stamp_of(opened[0]) if opened else None
