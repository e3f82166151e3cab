"""A recorded working day, as the calls the services make of a journal: one store call after the other.

After each call the worker is told something; from then on it may not be lost. `Facts` says what was told.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from desktop.records import (
    CORE,
    HEALTH,
    AnswerGiven,
    Body,
    ChecklistTicked,
    ConflictSettled,
    ConversationStarted,
    DocumentMade,
    EventContext,
    HandoverStep,
    Journal,
    KeyGrant,
    LaterMarked,
    NoteWritten,
    PlaceKept,
    PlanFieldSet,
    RepeatAdded,
    RepeatRemoved,
    SealedRow,
    open_journal,
)
from desktop.records.maintenance.verification import IntegrityReport
from desktop.services.backups.integrity_check import IntegrityCheck
from desktop.services.caseload.summary import SUMMARISE
from desktop.services.rights.audit import Audit
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault, open_vault
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DossierId, InstanceId
from protocol.messages.membership import MembershipStep
from protocol.times import SettableClock
from tests.membership_logs import take_step
from tests.unit.vault.people import PASSPHRASE

CONTEXT = EventContext("J. de Vries", "ti", interpreter=True)
MORNING = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
TOWN: OrganisationRoot = create_organisation("Gemeente Haarlem", MUNICIPALITY)

Call = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Foreign:
    """What came in from a colleague that day: keys and rows."""

    wraps: tuple[KeyGrant, ...]
    rows: tuple[SealedRow, ...]


@dataclass(slots=True)
class Facts:
    """What the worker was told is safe: own rows and colleagues' rows by hash, answers by case, ref and value."""

    rows: set[str] = field(default_factory=set)
    answers: set[tuple[str, str, str]] = field(default_factory=set)
    acknowledged: int = 0

    def missing(self, kept: "Facts") -> list[object]:
        """Return what of this is not in `kept`."""
        lost: list[object] = [*sorted(self.rows - kept.rows), *sorted(self.answers - kept.answers)]
        return lost if self.acknowledged <= kept.acknowledged else [*lost, self.acknowledged]


@dataclass(slots=True)
class Day:
    """The day over an open journal."""

    vault: Vault
    journal: Journal
    foreign: Foreign
    cases: list[DossierId] = field(default_factory=list)

    def _take(self, step: MembershipStep, along: Callable[[], object] = tuple) -> None:
        take_step(self.journal, self.cases[0], (step, TOWN.card.id, MORNING), CONTEXT, along)

    def calls(self) -> Iterator[Call]:
        """Yield every call of the day, in order."""
        yield lambda: self._open("Selam")
        yield lambda: self.audit().viewed(self.cases[0])
        yield from (self._write(0, body) for body in _intake())
        yield from (self._write(0, AnswerGiven(f"/g/{number}", "given", f"g{number}"), HEALTH) for number in range(4))
        yield lambda: self.journal.summaries(SUMMARISE)
        yield lambda: self.journal.keys.import_wraps(self.foreign.wraps)
        yield lambda: self.journal.accept_rows(self.foreign.rows[:3])
        yield lambda: self.journal.accept_rows(self.foreign.rows[3:])
        yield lambda: self.journal.outbox.acknowledge(8)
        yield lambda: self.journal.outbox.keep_cursor("feed.cursor", "12")
        yield lambda: self._open("Ahmed")
        yield from (self._write(1, body) for body in _intake()[:8])
        yield from (self._write(0, body) for body in _plan())
        yield lambda: self._take(
            MembershipStep.OFFERED,
            lambda: self.journal.keys.export_wraps(self.cases[0], [TOWN.card], [CORE, HEALTH]),
        )
        yield lambda: self.journal.membership.land(self.journal.membership.let_go())
        yield lambda: self.journal.outbox.acknowledge_wraps(1)
        yield lambda: self.journal.outbox.acknowledge(30)
        yield lambda: self._take(MembershipStep.WITHDRAWN)
        yield from (self._write(0, body) for body in _afterwards())
        yield lambda: self.journal.erase(self.cases[0], "health_key", CONTEXT, HEALTH)
        yield lambda: self.journal.summaries(SUMMARISE)
        yield self._write(1, PlaceKept("/a/9", "ti"))

    def audit(self) -> Audit:
        """Return what records that a case is looked at."""
        return Audit(self.journal, SettableClock(MORNING), CONTEXT.author)

    def _open(self, name: str) -> None:
        self.cases.append(self.journal.create_dossier(name, ("ti", "en"), CONTEXT))

    def _write(self, case: int, body: Body, compartment: str = CORE) -> Call:
        return lambda: self.journal.append(self.cases[case], body, CONTEXT, compartment)


def _intake() -> list[Body]:
    answers: list[Body] = [AnswerGiven(f"/a/{number}", "given", f"antwoord {number}") for number in range(12)]
    kind = InstanceId("ab12cd34")
    return [
        ConversationStarted(1, "phone", "T-114"),
        *answers,
        NoteWritten("/a/3", "wil graag koken"),
        LaterMarked("/a/4", later=True),
        RepeatAdded("/gezin/kind", kind),
        AnswerGiven("/gezin/kind[ab12cd34]/geboren", "given", "2019-04-02"),
        RepeatRemoved("/gezin/kind", kind),
        PlaceKept("/a/5", "ti"),
    ]


def _plan() -> list[Body]:
    return [
        PlanFieldSet("route/proposed", "B1"),
        PlanFieldSet("route/B1/reason", "spreekt al wat Nederlands"),
        ConflictSettled("/a/3", "given", "gekozen", "nagevraagd"),
        DocumentMade("plan", "ti", "0" * 64),
        HandoverStep("chosen", "Gemeente Haarlem"),
        ChecklistTicked("told", done=True),
        HandoverStep("prepared", "Gemeente Haarlem"),
        HandoverStep("offered", "Gemeente Haarlem"),
    ]


def _afterwards() -> list[Body]:
    return [HandoverStep("talk_held", "Gemeente Haarlem"), AnswerGiven("/a/1", "given", "toch anders")]


def open_day(directory: Path, foreign: Foreign) -> Day:
    """Open the vault in `directory` and sit down."""
    vault = open_vault(directory, PASSPHRASE)
    return Day(vault, open_journal(directory, vault, SettableClock(MORNING)), foreign)


def facts_of(journal: Journal) -> Facts:
    """Return everything that is in `journal`."""
    facts = Facts(acknowledged=journal.outbox.acknowledged())
    for dossier in journal.dossiers():
        facts.rows |= set(_hashes(journal._store.rows(dossier)))
        facts.answers |= {
            (dossier, event.body.ref, event.body.value)
            for event in journal.events(dossier)
            if isinstance(event.body, AnswerGiven) and event.compartment == CORE
        }
    return facts


def look(directory: Path) -> tuple[Facts, IntegrityReport]:
    """Open what is left in `directory`, check all of it, and return what is there."""
    vault = open_vault(directory, PASSPHRASE)
    try:
        journal = open_journal(directory, vault, SettableClock(MORNING))
        try:
            return facts_of(journal), IntegrityCheck(journal).whole(lambda _looked: None)
        finally:
            journal.close()
    finally:
        vault.lock()


def _hashes(rows: Iterable[SealedRow]) -> Iterator[str]:
    return (hashlib.sha256(row.header.to_bytes() + row.sealed).hexdigest() for row in rows)
