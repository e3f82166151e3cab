"""Erasures that other machines hear of: what this laptop tells its server, and what colleagues told.

An own one is recorded, signed, with the erasure itself, and told in the rounds that follow until the server has it. It
is kept after that, sealed, because a server that was put back from a copy has to hear it again. One of a colleague
stands beside the case that it is about, until that is erased here too: nothing goes by itself.
"""

from collections.abc import Iterable
from datetime import date, datetime

from desktop.records.maintenance.erasure import Erasures
from desktop.records.membership.membership_records import MembershipRecords
from desktop.records.store.database import Store
from desktop.records.store.intentions import Intention, Intentions
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId
from protocol.limits import MOST_ERASURES
from protocol.messages.erasure import ErasureStatement
from protocol.messages.membership import MembershipStep
from protocol.messages.message import from_value, to_value
from protocol.signatures import NO_SIGNATURE

_TO_REPORT = "erasure.report"
_REPORTED = "erasure.reported"


class ErasureReports:
    """The word of erasures, of one journal. Methods raise EnvironmentProblem `records.…` for the disk."""

    def __init__(self, store: Store, vault: Vault, membership: MembershipRecords, erasures: Erasures) -> None:
        self._store = store
        self._vault = vault
        self._membership = membership
        self._erasures = erasures
        self._intentions = Intentions(store, vault)

    def begin(self, dossier: DossierId, moment: datetime) -> None:
        """Record that the own organisation erases a dossier, where there is a server to tell. Call inside `atomic`."""
        own = self._vault.organisation_id
        if own is None or not self._vault.membership.server:
            return
        log = self._membership.of(dossier)
        number = 0 if log is None else len(log.statements)
        moment = moment.replace(microsecond=0)
        unsigned = ErasureStatement(dossier, own, self._vault.device.id, number, moment, NO_SIGNATURE)
        self._intentions.begin(Intention(_TO_REPORT, to_value(unsigned.signed_by(self._vault.device))))

    def waiting(self) -> tuple[ErasureStatement, ...]:
        """Return what the server has yet to hear, as much as one message holds."""
        return tuple(from_value(ErasureStatement, each.value) for each in self._of(_TO_REPORT)[:MOST_ERASURES])

    def land(self, reported: Iterable[ErasureStatement]) -> None:
        """Remember that the server has these, or will never have anything of the dossiers they are about."""
        heard = [to_value(each) for each in reported]
        self._move([each for each in self._of(_TO_REPORT) if each.value in heard], _REPORTED)

    def report_again(self) -> None:
        """Count everything as not told: the server was put back from a copy. Twice does no harm."""
        self._move(self._of(_REPORTED), _TO_REPORT)

    def accept(self, statements: Iterable[ErasureStatement]) -> frozenset[DossierId]:
        """Keep what colleagues said, verified, of cases that are here; return those it is news for."""
        news: set[DossierId] = set()
        with self._store.atomic():
            for each in statements:
                dossier, value = DossierId(each.dossier), f"{each.number}:{each.moment.date().isoformat()}"
                if self._membership.of(dossier) is None or self._erasures.is_erased(dossier):
                    continue
                if self._store.cursor(_name(dossier)) != value:
                    self._store.keep_cursor(_name(dossier), value)
                    news.add(dossier)
        return frozenset(news)

    def erased_elsewhere(self, dossier: DossierId) -> date | None:
        """Return the day on which a colleague erased a case that is here; None also once it was offered again."""
        kept = self._store.cursor(_name(dossier))
        log = self._membership.of(dossier)
        if not kept or log is None:
            return None
        number, _, day = kept.partition(":")
        own = self._vault.organisation_id
        later = log.statements[int(number) :]
        if any(each.step is MembershipStep.OFFERED and each.recipient == own for each in later):
            return None
        return date.fromisoformat(day)

    def _of(self, kind: str) -> list[Intention]:
        return [each for each in self._intentions.pending() if each.kind == kind]

    def _move(self, intentions: Iterable[Intention], kind: str) -> None:
        with self._store.atomic():
            for each in intentions:
                self._intentions.begin(Intention(kind, each.value))
                self._intentions.finish(each)


def _name(dossier: DossierId) -> str:
    return f"erased/{dossier}"
