"""A server that keeps one log as it should, and shows of it, of the keys and of the rows what and when it likes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from desktop.records import KeyGrant, SealedRow
from desktop.services.sync.steps import NEVER_TAKEN, split_steps
from protocol.errors import UserError
from protocol.identifiers import DeviceId, OrganisationId
from protocol.membership.state import DossierMembership, membership_of, visible_to
from protocol.messages.membership import MembershipLog, MembershipStatement
from tests.unit.records.cases import Laptop
from tests.unit.records.membership.parties import DIRECTORY, own

Choose = Callable[[Sequence[KeyGrant] | Sequence[SealedRow]], Iterable[int]]
"""Returns which of these are shown, by their places, and in which order."""


@dataclass(slots=True)
class HostileServer:
    """All that was sent about one dossier, the keys with who sent them.

    It takes only steps that can follow, as the laptops would find out.
    """

    log: list[MembershipStatement] = field(default_factory=list)
    wraps: dict[KeyGrant, OrganisationId] = field(default_factory=dict)
    rows: dict[SealedRow, None] = field(default_factory=dict)
    writers: dict[DeviceId, OrganisationId] = field(default_factory=dict)

    @property
    def state(self) -> DossierMembership | None:
        """Return where the log stands, None before its first statement."""
        return membership_of(self.log) if self.log else None

    def hear(self, laptop: Laptop) -> None:
        """Take all that a laptop has to send, in the order of a round, and answer with the log."""
        journal = laptop.journal
        before, after = split_steps(journal.membership.let_go())
        attempted: list[MembershipStatement] = []
        refused = self._take(before, attempted)
        self.wraps |= dict.fromkeys(journal.outbox.wraps_waiting(1000), own(laptop))
        self.rows |= dict.fromkeys(laptop.rows())
        self.writers[journal.device] = own(laptop)
        refused += self._take(after, attempted) if not refused else []
        journal.membership.land(attempted)
        self._tell_log(laptop, len(self.log))
        for statement, code in refused:
            if code in NEVER_TAKEN:
                journal.membership.give_up(statement)

    def tell(self, laptop: Laptop, length: int, choose: Choose) -> None:
        """Show a laptop the first `length` statements, and the keys and rows that `choose` names."""
        self._tell_log(laptop, length)
        wraps = [each for each in self.wraps if each.recipient == own(laptop)]
        laptop.journal.keys.import_wraps([wraps[place] for place in choose(wraps)], DIRECTORY)
        rows = [each for each in self.rows if each.device != laptop.journal.device]
        laptop.journal.accept_rows([rows[place] for place in choose(rows)], self.writers)

    def tell_all(self, laptop: Laptop) -> None:
        """Show a laptop all that it may see."""
        self.tell(laptop, len(self.log), lambda found: range(len(found)))

    def _tell_log(self, laptop: Laptop, length: int) -> None:
        try:
            seen = visible_to(own(laptop), self.log[:length])
        except (UserError, ValueError):
            return
        laptop.journal.accept_logs([MembershipLog(seen)])

    def _take(
        self, statements: Iterable[MembershipStatement], attempted: list[MembershipStatement]
    ) -> list[tuple[MembershipStatement, str]]:
        for statement in statements:
            attempted.append(statement)
            if statement in self.log:
                continue
            try:
                membership_of([*self.log, statement])
            except UserError as error:
                return [(statement, error.code)]
            self.log.append(statement)
        return []
