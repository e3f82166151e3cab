"""What must be erased and when, and erasing it: here, in its log, and in the backups this vault made.

Nothing is erased by itself: a person confirms each with the case number, typed. An erasure counts as complete only when
every backup that is still kept lost its keys to it or is said to be destroyed; until then it is listed with the backups
it waits for. The server and colleagues are told. What this laptop cannot reach, it does not claim: paper, PDFs, and
what others do about it.
Called on the store thread only. Raises UserError `retention.…`, and the errors of journal and vault.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.log import warn
from desktop.plan.law.retention import RetentionDeadline, RetentionFacts, RuleKey, terms
from desktop.plan.model.edits import as_date, validate_edit
from desktop.records import HEALTH, PlanFieldSet
from desktop.records.maintenance.erasure import Tombstone
from desktop.services.backups.backups import Backups
from desktop.services.backups.known_backups import Backup
from desktop.services.caseload.summary import SUMMARISE, Summary, from_bytes
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.typed_number import is_number_of
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.receipts import unopened_by
from desktop.services.rights.term_starts import TermStart, starts_of
from protocol.certificates import RECEPTION
from protocol.errors import OpmaatError, UserError
from protocol.identifiers import DossierId, case_number
from protocol.membership.state import DossierMembership
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from protocol.times import Clock, today

_LOG = logging.getLogger(__name__)
_BEGINS: Mapping[RuleKey, MembershipStep] = {
    "health_key": MembershipStep.RECEIVED,
    "azc_copy": MembershipStep.ACCEPTED,
}
"""The step of the other organisation by which the term of a rule begins."""


@dataclass(frozen=True, slots=True)
class DueRow:
    """One dossier and one rule: who, by when, why; `due` tells that the day has come.

    `unsent` tells that the server lacks rows of it, which would be lost; `claimed` is the day on which another
    organisation says the term began, where that cannot be and another day is counted from.
    """

    dossier: DossierId
    name: str
    number: str
    term: RetentionDeadline
    due: bool
    unsent: bool
    claimed: date | None = None


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A dossier whose end of duty may be noted: when the duty ended or the person died, None while neither did."""

    dossier: DossierId
    name: str
    number: str
    ended: date | None
    died: date | None


@dataclass(frozen=True, slots=True)
class RetentionView:
    """What the screen shows: what is due and what comes, what was erased, the backups some of it may still lie in."""

    rows: tuple[DueRow, ...]
    duties: tuple[DutyRow, ...]
    erased: tuple[Tombstone, ...]
    waiting: tuple[Backup, ...]

    @property
    def due(self) -> tuple[DueRow, ...]:
        """Return what must be erased now."""
        return tuple(row for row in self.rows if row.due)


@dataclass(frozen=True, slots=True)
class ErasureResult:
    """What an erasure came to."""

    view: RetentionView
    changes: Changes


class RetentionService:
    """The retention of every dossier on this device."""

    def __init__(
        self, context: HandoverContext, backups: Backups, clock: Clock, also: Callable[[], object] = tuple
    ) -> None:
        """`also` forgets what else is kept about dossiers that were erased."""
        self._context = context
        self._backups = backups
        self._clock = clock
        self._also = also

    def view(self) -> RetentionView:
        """Return what is due, the earliest first, and what was erased. As quick as the list of people."""
        named, unsent = self._list_summaries(), self._list_unsent()
        health = self._context.journal.keys.readable(HEALTH)
        logs = self._context.journal.membership.handed_over()
        rows = [
            row
            for about in named
            for row in self._make_rows(about, logs.get(about.dossier), unsent, health=about.dossier in health)
        ]
        stones = self._context.journal.erasures.tombstones()
        wanted = {backup for stone in stones for backup in stone.backups}
        kept = [each for each in self._backups.state().backups if each.id in wanted]
        return RetentionView(
            rows=tuple(sorted(rows, key=lambda row: (row.term.day, row.name.casefold()))),
            duties=tuple(sorted((_make_duty_row(about) for about in named), key=lambda row: row.name.casefold())),
            erased=stones,
            waiting=tuple(kept),
        )

    def due(self) -> int:
        """Return how many cases have something due by the rules of `view`, for every opening."""
        now, health = today(self._clock), self._context.journal.keys.readable(HEALTH)
        logs = self._context.journal.membership.handed_over()
        facts = (
            self._make_facts(about, self._sent(logs.get(about.dossier)), health=about.dossier in health)
            for about in self._list_summaries()
        )
        return sum(any(term.is_due(now) for term in terms(each)) for each in facts)

    def note(self, dossier: DossierId, field: str, day: date | None) -> ErasureResult:
        """Note in the record when the duty `ENDED` or the person `DIED`; None takes it back.

        Raises UserError `retention.future` for a day that has yet to come.
        """
        if day is not None and day > today(self._clock):
            raise UserError("retention.future")
        if day is not None:
            validate_edit(field, day.isoformat())
        record = self._context.journal.view(dossier)
        context = context_of(record, self._context.vault.person)
        self._context.journal.append(dossier, PlanFieldSet(field, None if day is None else day.isoformat()), context)
        return ErasureResult(self.view(), changed(Aspect.PLAN, Aspect.CASELOAD, dossier=dossier))

    def erase(self, dossier: DossierId, rule: RuleKey, typed: str) -> ErasureResult:
        """Erase what `rule` says of a dossier; `typed` is its case number, by which a person confirms.

        When the disk is in the way of the journal this raises; once begun, `settle` or the next opening finishes it.
        Raises UserError `retention.not_due`, `retention.not_confirmed`, and `retention.not_sent` while the server lacks
        rows of it: erasing would lose what others wait for.
        """
        row = next((each for each in self.view().due if (each.dossier, each.term.rule.key) == (dossier, rule)), None)
        if row is None:
            raise UserError("retention.not_due")
        if not is_number_of(typed, dossier):
            raise UserError("retention.not_confirmed", {"number": row.number})
        if row.unsent:
            raise UserError("retention.not_sent")
        context = context_of(self._context.journal.view(dossier), self._context.vault.person)
        compartment = row.term.rule.compartment
        self._context.journal.erase(dossier, rule, context, compartment, self._backups.current())
        self.settle()
        return ErasureResult(self.view(), changed(*Aspect, dossier=dossier))

    def settle(self, *, backups: bool = True) -> Changes:
        """Finish every erasure that was begun: in the journal and in `backups`.

        Called at opening, after every round of synchronisation and after an erasure; follows from the tombstones alone.
        Never raises an OpmaatError: what fails is logged by its code and done again the next time.
        """
        changes = Changes()
        for part in (self._finish_erasures, self._forget_elsewhere, *([self._crypto_erase_backups] if backups else [])):
            try:
                changes |= part()
            except OpmaatError as error:
                warn(_LOG, "erasure.not_finished", code=error.code)
        return changes

    def crypto_erase_again(self) -> RetentionView:
        """Overwrite the keys of what was erased in the backups that are there by now, and return the view."""
        self._backups.crypto_erase()
        return self.view()

    def destroyed(self, backup: str) -> RetentionView:
        """Take a person's word that a backup no longer exists, and return the view."""
        self._backups.confirm_destroyed(backup)
        return self.view()

    def _finish_erasures(self) -> Changes:
        if all(stone.done for stone in self._context.journal.erasures.tombstones()):
            return Changes()
        self._context.journal.finish_erasures()
        return Changes(frozenset(Aspect))

    def _forget_elsewhere(self) -> Changes:
        self._also()
        return Changes()

    def _crypto_erase_backups(self) -> Changes:
        wanted = {backup for stone in self._context.journal.erasures.tombstones() for backup in stone.backups}
        if wanted and any(each.reachable and each.id in wanted for each in self._backups.state().backups):
            self._backups.crypto_erase()
        return Changes()

    def _list_summaries(self) -> tuple[Summary, ...]:
        """Return what is known of every dossier that opens here, without folding its events."""
        kept = self._context.journal.summaries(SUMMARISE)
        every = (from_bytes(dossier, summary) for dossier, summary in kept.items())
        return tuple(about for about in every if about.name)

    def _make_rows(
        self, about: Summary, log: DossierMembership | None, unsent: frozenset[DossierId], *, health: bool
    ) -> list[DueRow]:
        now, dossier, sent = today(self._clock), about.dossier, self._sent(log)
        starts = self._starts(sent)
        claims = {rule: starts[step].claimed for rule, step in _BEGINS.items() if step in starts}
        return [
            DueRow(
                dossier=dossier,
                name=about.name,
                number=case_number(dossier),
                term=term,
                due=term.is_due(now),
                unsent=_is_lost(term, dossier in unsent),
                claimed=claims.get(term.rule.key),
            )
            for term in terms(self._make_facts(about, sent, health=health))
        ]

    def _make_facts(self, about: Summary, sent: Transfer | None, *, health: bool) -> RetentionFacts:
        """Return the facts; a key to what the other side said it could not open is not due: it is the only one."""
        vault, starts = self._context.vault, self._starts(sent)
        only_key = sent is not None and HEALTH in unopened_by(sent)
        received, accepted = starts.get(MembershipStep.RECEIVED), starts.get(MembershipStep.ACCEPTED)
        return RetentionFacts(
            reception=vault.organisation_id is not None and vault.membership.card.kind == RECEPTION,
            received=None if received is None else received.day,
            accepted=None if accepted is None else accepted.day,
            health=health and not only_key,
            duty_ended=as_date(about.ended),
            died=as_date(about.died),
            erased_elsewhere=self._context.journal.erasure_reports.erased_elsewhere(about.dossier),
        )

    def _sent(self, log: DossierMembership | None) -> Transfer | None:
        """Return the newest handover of a dossier where it was this organisation's; known without opening it."""
        transfer = None if log is None else log.transfer
        return transfer if transfer is not None and transfer.sender == self._context.vault.organisation_id else None

    def _starts(self, sent: Transfer | None) -> Mapping[MembershipStep, TermStart]:
        """Return from when the terms run that the other side's steps begin."""
        if sent is None:
            return {}
        return starts_of(sent.statements, self._context.journal.membership.received_at(sent.dossier))

    def _list_unsent(self) -> frozenset[DossierId]:
        if not self._context.vault.membership.server:
            return frozenset()
        journal = self._context.journal
        waiting = {DossierId(each.dossier) for each in journal.membership.waiting()}
        return journal.outbox.dossiers_waiting() | waiting


def _make_duty_row(about: Summary) -> DutyRow:
    return DutyRow(about.dossier, about.name, case_number(about.dossier), as_date(about.ended), as_date(about.died))


def _is_lost(term: RetentionDeadline, unsent: bool) -> bool:  # noqa: FBT001
    """Tell whether erasing loses what others wait for: nobody waits for a case that a colleague erased."""
    return unsent and term.rule.key != "colleague_erased"
