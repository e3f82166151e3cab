"""Who writes, in which language, with whom across the table: the context of an event."""

from desktop.i18n.languages import DUTCH
from desktop.records import DossierView, EventContext, InterpreterMode, read_mode


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


def caseworker_of(record: DossierView) -> str:
    """Return who holds the conversations, blank before the first; the plan keeps naming that person."""
    return record.conversations[-1].stamp.author if record.conversations else ""
