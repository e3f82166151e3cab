"""The talk of three at either side: as a file for calendars, and called off. Called on the store thread only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.i18n import Catalogue
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import write_atomic
from desktop.records import HandoverStep, Journal
from desktop.services.dossier.authors import context_of, language_of
from desktop.services.handover.talk_calendar import CalendarTalk, calendar_file, calendar_talk
from protocol.errors import UserError
from protocol.identifiers import DossierId
from protocol.times import Clock

SUFFIX = ".ics"
FILE_NAME = f"driegesprek{SUFFIX}"
"""The name suggested for the file: neither the person nor the case, because it is sent around."""


@dataclass(frozen=True, slots=True)
class PlannedTalk:
    """The newest talk of a case, and the language tag of the person."""

    calendar: CalendarTalk
    language: str


class TalkService:
    """The talks of every dossier on this device; `me` is the worker."""

    def __init__(self, journal: Journal, clock: Clock, me: str) -> None:
        self._journal = journal
        self._clock = clock
        self._me = me

    def planned(self, dossier: DossierId) -> PlannedTalk | None:
        """Return the newest talk, also one that was called off; None when none was ever planned."""
        record = self._journal.view(dossier)
        found = calendar_talk(record)
        return None if found is None else PlannedTalk(found, language_of(record))

    def save(self, dossier: DossierId, path: Path, sender: str, catalogues: Sequence[Catalogue]) -> tuple[Path, ...]:
        """Write the talk that `sender` prepared to `path`, and beside it once more for each further catalogue.

        Return the files. Raises UserError `handover.no_talk`, and EnvironmentProblem.
        """
        found = calendar_talk(self._journal.view(dossier))
        if found is None:
            raise UserError("handover.no_talk")
        path = path.with_suffix(SUFFIX)
        written = []
        for number, texts in enumerate(catalogues):
            place = path if number == 0 else path.with_stem(f"{path.stem}-{texts.language.tag}")
            write_atomic(place, calendar_file(found, sender, texts, self._clock.now()))
            written.append(place)
        return tuple(written)

    def call_off(self, dossier: DossierId) -> Changes:
        """Record that the talk will not be held. Raises UserError `handover.no_talk` where none is planned.

        What was held cannot be called off: UserError `handover.talk_was_held`.
        """
        record = self._journal.view(dossier)
        found = calendar_talk(record)
        if found is None or found.cancelled:
            raise UserError("handover.no_talk")
        if found.held:
            raise UserError("handover.talk_was_held")
        body = HandoverStep("talk_planned", found.municipality)
        self._journal.append_all(dossier, [body], context_of(record, self._me))
        return changed(Aspect.HANDOVER, Aspect.CASELOAD, Aspect.SYNC, dossier=dossier)
