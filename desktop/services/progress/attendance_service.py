"""Reading in a school's attendance list: looked at before anything is written, nothing lost, columns remembered.

People are found by case number or V-number among the cases this organisation follows. Each case gets its rows in one
durable transaction; a list that was read in before corrects what it said then. Called on the store thread only.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from desktop.i18n import with_plain_figures
from desktop.kernel.changes import Aspect, Changes
from desktop.plan.progress.attendance import (
    ROLES,
    AttendanceRow,
    AttendanceTable,
    BadRow,
    Role,
    guess_roles,
    lacks,
    merged,
    read_rows,
)
from desktop.records import CORE, AbsenceRecorded, HoursRecorded, Journal, ProgressBody
from desktop.records.events.progress_bodies import HoursAbout
from desktop.services.caseload.summary import SUMMARISE, Summary, from_bytes
from desktop.services.dossier.typed_number import is_number_of
from desktop.services.dossier.undo import UndoHistory
from desktop.services.progress.attendance_file import read_list
from desktop.services.progress.progress_service import ProgressService
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.times import Clock, today

NOTE = "attendance.columns"
"""The note of the vault in which the columns that were chosen last are kept."""


@dataclass(frozen=True, slots=True)
class AttendanceChoice:
    """How a list is read: which column says what, of which kind its hours are, and whose list it is."""

    roles: Mapping[Role, str]
    about: HoursAbout = "language"
    source: str = ""


@dataclass(frozen=True, slots=True)
class PersonHours:
    """What a list says of one person that the record does not: hours in minutes, half-days, and the entries."""

    dossier: DossierId
    name: str
    number: str
    minutes: int
    half_days: int
    bodies: tuple[ProgressBody, ...]


@dataclass(frozen=True, slots=True)
class AttendancePreview:
    """What would be written, by person; how many entries are `same` as before; every row left out, with its code."""

    people: tuple[PersonHours, ...]
    same: int
    bad: tuple[BadRow, ...]


class AttendanceService:
    """Lists for every case that this organisation follows."""

    def __init__(
        self, journal: Journal, vault: Vault, clock: Clock, work: ProgressService, history: UndoHistory
    ) -> None:
        """Write through `history`, in the cases that `work` follows."""
        self._journal = journal
        self._vault = vault
        self._clock = clock
        self._work = work
        self._history = history

    def open(self, path: Path) -> tuple[AttendanceTable, AttendanceChoice]:
        """Return a list, and how one like it was read last; else what its columns are probably called for."""
        table = read_list(path)
        kept = self._vault.get(NOTE)
        words = {key: value for key, value in kept.items() if isinstance(value, str)} if isinstance(kept, dict) else {}
        roles = {role: words[role] for role in ROLES if words.get(role) in table.columns}
        about = cast("HoursAbout", words.get("about", "language"))
        guessed = guess_roles(table.columns) if lacks(roles) else roles
        return table, AttendanceChoice(guessed, about, words.get("source", ""))

    def preview(self, table: AttendanceTable, choice: AttendanceChoice) -> AttendancePreview:
        """Return what reading in would write. Raises UserError `attendance.column_missing`."""
        if lacks(choice.roles):
            raise UserError("attendance.column_missing")
        people = self._people()
        said: dict[DossierId, list[ProgressBody]] = {}
        bad: list[BadRow] = []
        for row in read_rows(table, choice.roles, choice.about, choice.source, today(self._clock)):
            about = _person(row, people) if isinstance(row, AttendanceRow) else None
            if isinstance(row, BadRow):
                bad.append(row)
            elif about is None:
                bad.append(BadRow(row.number, "attendance.unknown"))
            else:
                said.setdefault(about.dossier, []).extend(row.bodies)
        names = {about.dossier: about.name for about in people}
        whole = {dossier: merged(bodies) for dossier, bodies in said.items()}
        new = {dossier: self._new(dossier, bodies) for dossier, bodies in whole.items()}
        shown = (_sums(dossier, names[dossier], bodies) for dossier, bodies in new.items() if bodies)
        same = sum(map(len, whole.values())) - sum(map(len, new.values()))
        return AttendancePreview(tuple(sorted(shown, key=lambda each: each.name)), same, tuple(bad))

    def take_in(self, preview: AttendancePreview, choice: AttendanceChoice) -> Changes:
        """Write what was looked at, and remember how the list was read."""
        columns: dict[str, str] = {role: choice.roles[role] for role in ROLES if role in choice.roles}
        self._vault.put(NOTE, {**columns, "about": choice.about, "source": choice.source})
        changes = Changes()
        for person in preview.people:
            self._history.write(person.dossier, person.bodies, CORE, "progress", person.bodies[0].entry)
            changes |= Changes(frozenset({Aspect.PROGRESS, Aspect.CASELOAD}), frozenset({person.dossier}))
        return changes

    def _people(self) -> tuple[Summary, ...]:
        kept = self._journal.summaries(SUMMARISE)
        return tuple(from_bytes(dossier, data) for dossier, data in kept.items() if self._work.follows(dossier))

    def _new(self, dossier: DossierId, bodies: Iterable[ProgressBody]) -> tuple[ProgressBody, ...]:
        """Return what the record never said: what a person corrected since a list was read in stays corrected."""
        progress = self._journal.view(dossier).progress
        known = {entry: [event.body for event in kept.events] for entry, kept in progress.items()}
        return tuple(body for body in bodies if body not in known.get(body.entry, []))


def _person(row: AttendanceRow, people: tuple[Summary, ...]) -> Summary | None:
    """Return whom a row names; None for nobody here, and for a number that two cases have."""
    figures = "".join(each for each in with_plain_figures(row.person) if each.isdigit())
    found = [
        about
        for about in people
        if is_number_of(row.person, about.dossier) or (about.v_number and about.v_number == figures)
    ]
    return found[0] if len(found) == 1 else None


def _sums(dossier: DossierId, name: str, bodies: tuple[ProgressBody, ...]) -> PersonHours:
    minutes = sum(each.minutes for each in bodies if isinstance(each, HoursRecorded))
    half_days = sum(each.half_days for each in bodies if isinstance(each, AbsenceRecorded))
    return PersonHours(dossier, name, case_number(dossier), minutes, half_days, bodies)
