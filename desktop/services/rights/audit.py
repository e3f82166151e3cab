"""The audit trail: who did what, when, to which case. Ids, kinds, moments and names of workers; never an answer.

Opening a case is recorded as an event like any other (docs/adr/0023-viewing-is-an-event.md). Store thread only.
"""

import csv
import io
import json
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path

from desktop.kernel.files import write_atomic
from desktop.kernel.log import warn
from desktop.records import CaseViewed, Event, Journal
from desktop.records.events.bodies import kind_of
from desktop.services.dossier.authors import context_of
from protocol.errors import OpmaatError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, case_number
from protocol.times import Clock, time_text

ONCE_IN = timedelta(minutes=30)
"""How often one worker's looking at one case is recorded at most."""

_LOG = logging.getLogger(__name__)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One event: of which case, at which place in which device's stream, when (UTC), by whom, in which language.

    `author` is what the writing says, `organisation` the identifier of whose the device is, as its certificate says.
    `clock` is what the machine's clock said where it cannot have been right, blank otherwise.
    """

    case: DossierId
    number: str
    device: str
    sequence: int
    moment: str
    clock: str
    kind: str
    compartment: str
    author: str
    organisation: str
    language: str
    interpreter: bool


@dataclass(frozen=True, slots=True)
class AuditTrail:
    """Every event that can be read here; `hidden` counts, by case, those this device has no key to."""

    lines: tuple[AuditLine, ...]
    hidden: dict[DossierId, int]

    def to_csv(self) -> bytes:
        """Return the lines as CSV (RFC 4180) in UTF-8 with a byte order mark, for a spreadsheet.

        A worker's name that a spreadsheet would calculate is preceded by an apostrophe.
        """
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(AuditLine.__slots__)
        for line in self.lines:
            writer.writerow([_cell(value) for value in asdict(line).values()])
        return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")

    def to_json(self) -> bytes:
        """Return everything as one JSON object."""
        value = {"events": [asdict(line) for line in self.lines], "hidden": self.hidden}
        return json.dumps(value, ensure_ascii=False, indent=1).encode("utf-8") + b"\n"


class Audit:
    """Records that the worker `me` looks at cases, and tells what happened in all of them."""

    def __init__(self, journal: Journal, clock: Clock, me: str) -> None:
        self._journal = journal
        self._clock = clock
        self._me = me

    def viewed(self, dossier: DossierId) -> bool:
        """Record that a case is opened, at most once `ONCE_IN`; tell whether an event was written.

        A case that cannot be written to is shown all the same: looking must not depend on a full disk. It is logged.
        """
        try:
            record = self._journal.view(dossier)
            last = record.viewed.get(self._me)
            if last is not None and timedelta() <= self._clock.now() - last < ONCE_IN:
                return False
            self._journal.append(dossier, CaseViewed(), context_of(record, self._me))
        except OpmaatError as error:
            warn(_LOG, "audit.view_not_recorded", dossier=dossier, code=error.code)
            return False
        return True

    def save(self, path: Path) -> int:
        """Write the trail to `path`, as JSON where its name says so and as CSV otherwise; return how many lines.

        The file is readable by its owner only. Raises EnvironmentProblem.
        """
        trail = self.trail()
        write_atomic(path, trail.to_json() if path.suffix.lower() == ".json" else trail.to_csv())
        return len(trail.lines)

    def trail(self) -> AuditTrail:
        """Return what happened in every case here, case by case in the order of time."""
        lines: list[AuditLine] = []
        hidden: dict[DossierId, int] = {}
        for dossier in self._journal.dossiers():
            events, closed = self._journal.history(dossier)
            lines += _lines(events, self._journal.membership.writers.organisation_of)
            if closed:
                hidden[dossier] = closed
        return AuditTrail(tuple(lines), hidden)


def _lines(
    events: Iterable[Event], organisation_of: Callable[[DeviceId], OrganisationId | None]
) -> Iterator[AuditLine]:
    for event in events:
        body = event.body
        yield AuditLine(
            case=event.dossier,
            number=case_number(event.dossier),
            device=event.device,
            sequence=event.sequence,
            moment=time_text(event.time),
            clock="" if event.clock is None else time_text(event.clock),
            kind=kind_of(body),
            compartment=event.compartment,
            author=event.author,
            organisation=organisation_of(event.device) or "",
            language=event.language,
            interpreter=event.interpreter,
        )


def _cell(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
