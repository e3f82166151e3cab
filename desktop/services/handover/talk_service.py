"""The talk of three at either side: as a file for calendars, and called off. Called on the store thread only."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop.i18n import Catalogue
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.files import write_atomic
from desktop.records import HandoverStep
from desktop.services.dossier.authors import language_of
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.handover_state import last_step
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
    """The talks of every dossier on this device."""

    def __init__(self, context: HandoverContext, clock: Clock) -> None:
        self._context = context
        self._clock = clock

    def planned(self, dossier: DossierId) -> PlannedTalk | None:
        """Return the newest talk, also one that was called off; None when none was planned in the newest handover."""
        found = self._newest(dossier)
        return None if found is None else PlannedTalk(found, language_of(self._context.view(dossier)))

    def save(self, dossier: DossierId, path: Path, sender: str, catalogues: Sequence[Catalogue]) -> tuple[Path, ...]:
        """Write the talk that `sender` prepared to `path`, and beside it once more for each further catalogue.

        Return the files. Raises UserError `handover.no_talk`, and EnvironmentProblem.
        """
        found = self._newest(dossier)
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
        found = self._newest(dossier)
        if found is None or found.cancelled:
            raise UserError("handover.no_talk")
        if found.held:
            raise UserError("handover.talk_was_held")
        self._context.append(dossier, HandoverStep("talk_planned", found.municipality))
        return changed(Aspect.HANDOVER, Aspect.CASELOAD, Aspect.SYNC, dossier=dossier)

    def _newest(self, dossier: DossierId) -> CalendarTalk | None:
        """Return the newest talk; None also where it was held in a handover that is over."""
        found = calendar_talk(self._context.view(dossier))
        if found is None or not found.held:
            return found
        under_way, _ = self._context.handover(dossier)
        return found if last_step(under_way, "talk_held") is not None else None
