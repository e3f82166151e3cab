"""Journals for tests: real SQLite and real cryptography, people of two organisations, a clock that can be set."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop.records import (
    CORE,
    AnswerGiven,
    Event,
    EventContext,
    Journal,
    KeyGrant,
    SealedRow,
    open_journal,
)
from desktop.records.store.database import FILE_NAME
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from desktop.vault.vault import Vault
from protocol.certificates import RECEPTION, OrganisationCard
from protocol.identifiers import DossierId, OrganisationId
from protocol.messages.membership import MembershipLog, MembershipStep
from protocol.times import SettableClock
from tests.membership_logs import take_step
from tests.unit.vault.people import MOMENT, enrolled_vault, new_vault

AZC = create_organisation("AZC Haarlem", RECEPTION)
CONTEXT = EventContext("J. de Vries", "nl", interpreter=True)


@dataclass(slots=True)
class Laptop:
    """A worker with a vault and an open journal."""

    vault: Vault
    journal: Journal
    clock: SettableClock

    @property
    def file(self) -> Path:
        """Return the path of the journal."""
        return self.vault.directory / FILE_NAME

    def new_dossier(self, name: str = "Selam") -> DossierId:
        """Open a dossier."""
        return self.journal.create_dossier(name, ("ti",), CONTEXT)

    def answer(self, dossier: DossierId, ref: str, value: str, compartment: str = "core") -> Event:
        """Give one answer."""
        return self.journal.append(dossier, AnswerGiven(ref, "given", value), CONTEXT, compartment)

    def take(
        self, dossier: DossierId, step: MembershipStep, recipient: OrganisationId, along: Callable[[], object] = tuple
    ) -> None:
        """Take a step of the dossier, and what belongs to it."""
        take_step(self.journal, dossier, (step, recipient, self.clock.now()), CONTEXT, along)

    def offer(
        self, dossier: DossierId, card: OrganisationCard, compartments: Sequence[str] = (CORE,)
    ) -> tuple[KeyGrant, ...]:
        """Offer the dossier, and return the keys that go along."""
        before = {wrap.position for wrap in self.wraps(card.id)}
        keys = self.journal.keys
        self.take(dossier, MembershipStep.OFFERED, card.id, lambda: keys.export_wraps(dossier, [card], compartments))
        return tuple(wrap for wrap in self.wraps(card.id) if wrap.position not in before)

    def wraps(self, recipient: OrganisationId) -> tuple[KeyGrant, ...]:
        """Return all keys that this laptop wrapped for an organisation, sent or not: what it can put on a stick."""
        passing = self.journal.passing
        return tuple(wrap for dossier in self.journal.dossiers() for wrap in passing.grants(dossier, recipient))

    def be_heard(self) -> None:
        """Let the server have all that was said."""
        self.journal.membership.land((), self.journal.membership.let_go())

    def renew(self, dossier: DossierId) -> None:
        """Seal from now on under fresh keys."""
        self.take(dossier, MembershipStep.RENEWED, self.vault.membership.card.id)

    def log(self, dossier: DossierId) -> MembershipLog:
        """Return all that was said of the dossier."""
        state = self.journal.membership.of(dossier)
        assert state is not None
        return MembershipLog(state.statements)

    def change(self, statement: str, *values: object) -> None:
        """Change the closed file with one statement and open it again."""
        self.journal.close()
        with closing(sqlite3.connect(self.file)) as raw, raw:
            raw.execute(statement, values)
        self.journal = open_journal(self.vault.directory, self.vault, self.clock)

    def reopen(self) -> None:
        """Close the journal and open it again from disk."""
        self.journal.close()
        self.journal = open_journal(self.vault.directory, self.vault, self.clock)

    def rows(self) -> tuple[SealedRow, ...]:
        """Return all rows this laptop wrote."""
        return self.journal.outbox.rows_after(0, 1_000_000)


def new_laptop(root: Path, organisation: OrganisationRoot, person: str = "J. de Vries") -> Laptop:
    """Return a new laptop at `organisation`."""
    vault = enrolled_vault(root, organisation, person)
    clock = SettableClock(MOMENT)
    return Laptop(vault, open_journal(vault.directory, vault, clock), clock)


def new_journal(root: Path) -> Journal:
    """Return an open journal of a vault that belongs to nobody."""
    vault, _words = new_vault(root)
    return open_journal(vault.directory, vault, SettableClock(MOMENT))


def share(giver: Laptop, taker: Laptop) -> None:
    """Carry every log, wrap and row of `giver` to `taker`, as a server would."""
    taker.journal.accept_logs(MembershipLog(state.statements) for state in giver.journal.membership.all().values())
    taker.journal.keys.import_wraps(giver.journal.outbox.wraps_waiting(1000))
    taker.journal.accept_rows(giver.rows())


def interleavings(first: list[SealedRow], second: list[SealedRow], choices: Iterator[bool]) -> list[SealedRow]:
    """Return one order in which two streams may come in, each in its own order."""
    left, right, result = list(first), list(second), []
    while left and right:
        result.append((left if next(choices) else right).pop(0))
    return [*result, *left, *right]
