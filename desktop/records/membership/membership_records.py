"""The membership log of every dossier of one vault: statements taken here, heard from others, and still to be sent.

A log only grows. One that contradicts what is kept is refused, and so is an offer by a revoked device of the own
organisation that nobody went on from: a stolen laptop lets nobody in. Where two devices took a step at once the
server's order holds: what this device said is given up, and whoever asks is told. Same thread and same failures as
`Journal`.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from desktop.records.membership.known_writers import KnownWriters
from desktop.records.membership.own_statements import LogPlace, StepToTake, sign_step
from desktop.records.membership.statement_table import KeptStatement, StatementState, StatementTable
from desktop.records.store.database import Store
from desktop.records.store.memory import StoreMemory
from desktop.vault.crypto.sealing import row_digest
from desktop.vault.vault import Vault
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId
from protocol.membership.state import BEGINS_EPOCH, DossierMembership, begin_membership, membership_of
from protocol.membership.transfer import Transfer
from protocol.messages.membership import (
    NO_PREDECESSOR,
    MembershipLog,
    MembershipStatement,
    MembershipStep,
)
from protocol.messages.stream_cuts import StreamCut
from protocol.times import Clock

Heads = Callable[[DossierId], Mapping[DeviceId, StreamCut]]
"""Returns the last good row of every stream of a dossier."""

MakeKeys = Callable[[DossierId, int], Sequence[str]]
"""Makes the keys of an epoch of a dossier and returns their ids; called inside `atomic`."""


@dataclass(frozen=True, slots=True)
class LogsAccepted:
    """What became of logs: the dossiers that are not as they were, codes of what was refused, what was given up."""

    grown: tuple[DossierId, ...] = ()
    refused: tuple[str, ...] = ()
    given_up: tuple[MembershipStatement, ...] = ()


class MembershipRecords:
    """See the module.

    `make_keys` is called for a step that begins an epoch, `on_less`, inside `atomic`, with a dossier of which less is
    said than before. `writers` are whose devices wrote here.
    """

    def __init__(
        self,
        store: Store,
        vault: Vault,
        clock: Clock,
        heads: Heads,
        on_less: Callable[[DossierId], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._on_less = on_less
        self._vault = vault
        self._heads = heads
        self._table = StatementTable(store, vault)
        self._states = StoreMemory[DossierId, DossierMembership | None](store)
        self._on_their_way: tuple[MembershipStatement, ...] = ()
        self.writers = KnownWriters(store, vault, self._table)
        self.make_keys: MakeKeys

    def of(self, dossier: DossierId) -> DossierMembership | None:
        """Return where the log of a dossier stands, with what is still to be sent; None when nothing was ever said."""
        states = self._states.kept
        if dossier not in states:
            kept = self._table.read(dossier)
            states[dossier] = _folded(kept) if kept else None
        return states[dossier]

    def heard(self, dossier: DossierId) -> DossierMembership | None:
        """Return where the log of a dossier stands by what the server is sure to have, None where that is nothing."""
        known = takewhile(lambda each: each.state is StatementState.KNOWN, self._table.read(dossier))
        return _folded(kept) if (kept := tuple(known)) else None

    def transfer(self, dossier: DossierId) -> Transfer | None:
        """Return the newest transfer of a dossier, None when it was never offered."""
        state = self.of(dossier)
        return None if state is None else state.transfer

    def all(self) -> Mapping[DossierId, DossierMembership]:
        """Return where every log stands, the one heard of first first."""
        return self._states_of(self._table.dossiers())

    def handed_over(self) -> Mapping[DossierId, DossierMembership]:
        """Return where the logs stand in which more was said than who made the dossier; the others are not opened."""
        return self._states_of(self._table.dossiers(least=2))

    def received_at(self, dossier: DossierId) -> Mapping[int, datetime]:
        """Return when each statement of a dossier, by number, came in here, by the clock of this laptop."""
        return self._table.received_at(dossier)

    def dossiers(self) -> frozenset[DossierId]:
        """Return the dossiers of which something was said, without opening their logs."""
        return frozenset(self._table.dossiers())

    def waiting(self) -> tuple[MembershipStatement, ...]:
        """Return what the server may not have yet, in order per dossier."""
        return tuple(each.statement for each in self._unsent())

    def is_waiting(self, dossier: DossierId) -> bool:
        """Tell whether the server may not have all that was said of a dossier."""
        return any(each.state is not StatementState.KNOWN for each in self._table.read(dossier))

    def begin(self, dossier: DossierId, moment: datetime, epoch: int, keys: Iterable[str]) -> None:
        """Say that the own organisation made a dossier, and its keys by their ids. Call inside `atomic`.

        Says nothing of rows, which it comes before. Raises UserError `vault.no_organisation`.
        """
        own = self._own()
        step = StepToTake(MembershipStep.CREATED, own, (), moment)
        statement = sign_step(self._vault, dossier, step, LogPlace(1, NO_PREDECESSOR, epoch, tuple(sorted(keys))), {})
        begin_membership(statement)
        self._write(statement)

    def begin_late(self, dossier: DossierId, moment: datetime, epoch: int, keys: Iterable[str]) -> None:
        """Say that the own organisation made a dossier that nobody else wrote in; nothing where that is not so.

        `keys` are the ids of those of `epoch`, the newest here.

        Raises UserError `vault.no_organisation`.
        """
        writers = self.writers.all()
        if epoch and self.of(dossier) is None and not any(device in writers for device in self._heads(dossier)):
            with self._store.atomic():
                self.begin(dossier, moment, epoch, keys)

    def take(self, dossier: DossierId, step: StepToTake) -> None:
        """Take a step that speaks for all rows that are here. Call inside `atomic`, after those that belong to it.

        One that begins an epoch makes the keys of it, for every compartment that can be read here.
        Raises UserError `membership.…` for one that cannot follow or would not be read again (`membership.log_full`,
        `membership.too_many_streams`), `vault.no_organisation`, `records.no_key`, and `records.membership_unknown`
        where nothing was ever said of the dossier.
        """
        state = self.of(dossier)
        if state is None:
            raise UserError("records.membership_unknown")
        epoch = state.epoch_after(step.step)
        keys = tuple(sorted(self.make_keys(dossier, epoch))) if step.step in BEGINS_EPOCH else ()
        place = LogPlace(len(state.statements) + 1, state.newest, epoch, keys)
        statement = sign_step(self._vault, dossier, step, place, self._heads(dossier))
        state.after(statement)
        self._write(statement)

    def take_back(self, dossier: DossierId) -> bool:
        """Unsay the newest statement where the server never heard it; tell whether it could. Call inside `atomic`."""
        kept = self._table.read(dossier)
        if not kept or kept[-1].state is not StatementState.WAITING or kept[-1].statement in self._on_their_way:
            return False
        self._unsay(kept[-1].statement)
        return True

    def let_go(self) -> tuple[MembershipStatement, ...]:
        """Return what is waiting; until `land` none of it can be unsaid, because it is on its way."""
        self._on_their_way = self.waiting()
        return self._on_their_way

    def land(self, attempted: Iterable[MembershipStatement], heard: Iterable[MembershipStatement] = ()) -> None:
        """Remember which statements the server has, and which it may have, of those that were let go."""
        self._mark(heard, StatementState.KNOWN)
        self.mark_sent(attempted)
        self._on_their_way = ()

    def mark_sent(self, statements: Iterable[MembershipStatement]) -> None:
        """Remember that somebody may hear of these: none of them can be unsaid."""
        self._mark(statements, StatementState.SENT)

    def _mark(self, statements: Iterable[MembershipStatement], state: StatementState) -> None:
        with self._store.atomic():
            for statement in statements:
                self._table.advance(statement, state)

    def send_again(self) -> None:
        """Count what this device said as perhaps not heard. Call inside `atomic`; twice does no harm."""
        self._table.doubt_all(self._vault.device.id)

    def accept(
        self, logs: Iterable[MembershipLog], revoked: Collection[DeviceId], *, from_server: bool
    ) -> LogsAccepted:
        """Take in logs whose signatures are verified. Never raises for what is in them.

        What is in a log that did not come from the server the server may still have to hear.
        """
        heard = StatementState.KNOWN if from_server else StatementState.SENT
        grown: dict[DossierId, None] = {}
        refused: list[str] = []
        given_up: list[MembershipStatement] = []
        with self._store.atomic():
            for log in logs:
                dossier = DossierId(log.dossier)
                try:
                    with self._store.atomic():
                        lost = self._merge(dossier, log, revoked, heard)
                except UserError as error:
                    refused.append(error.code)
                    continue
                self._states.kept.pop(dossier, None)
                if lost is not None:
                    grown[dossier] = None
                    given_up += lost
        return LogsAccepted(tuple(grown), tuple(refused), tuple(given_up))

    def give_up(self, statement: MembershipStatement) -> bool:
        """Forget what the server will never take, and all that was to follow it; tell whether it was still there."""
        if self._state_of(statement) in {None, StatementState.KNOWN}:
            return False
        with self._store.atomic():
            self._unsay(statement)
        return True

    def heads(self, dossier: DossierId) -> Mapping[DeviceId, StreamCut]:
        """Return the last good row of every stream of a dossier."""
        return self._heads(dossier)

    def last_rows(self, dossier: DossierId, compartment: str) -> Mapping[DeviceId, int]:
        """Return the sequence of the last row of each device in a compartment of a dossier."""
        found = self._store.run(
            "select device, max(sequence) from events where dossier = ? and compartment = ? group by device",
            [bytes.fromhex(dossier), compartment],
        )
        return {DeviceId(device.hex()): int(last) for device, last in found if isinstance(device, bytes)}

    def matches(self, dossier: DossierId, device: DeviceId, cut: StreamCut) -> bool:
        """Tell whether the row at `cut` is the one that is here; one that is not here is nobody's proof."""
        row = self._store.row_at(dossier, device, cut.sequence)
        return row is not None and row_digest(row.header, row.sealed) == cut.digest

    def forget(self, dossier: DossierId) -> None:
        """Drop what is in memory of a dossier that was erased."""
        self._states.kept.pop(dossier, None)

    def _merge(
        self, dossier: DossierId, log: MembershipLog, revoked: Collection[DeviceId], state: StatementState
    ) -> tuple[MembershipStatement, ...] | None:
        """Bring what is kept up to `log` and return what is given up for it; None where nothing changes."""
        kept = self._table.read(dossier)
        same = _common(kept, log.statements)
        lost = tuple(each.statement for each in kept[same:] if each.state is not StatementState.KNOWN)
        if same < min(len(kept), len(log.statements)) and len(lost) < len(kept) - same:
            raise UserError("membership.forked")
        heard = kept[:same]
        for each in heard:
            self._table.advance(each.statement, state)
        news = log.statements[same:]
        if not news:
            return () if any(each.state < state for each in heard) else None
        if news[-1].step is MembershipStep.OFFERED and news[-1].device in revoked:
            raise UserError("trust.device_revoked")
        membership_of((*(each.statement for each in heard), *news))
        self._table.remove_from(dossier, same + 1)
        for statement in news:
            self._table.write(statement, StatementState.KNOWN, self._clock.now())
        return lost

    def _states_of(self, dossiers: Iterable[DossierId]) -> Mapping[DossierId, DossierMembership]:
        states = ((dossier, self.of(dossier)) for dossier in dossiers)
        return {dossier: state for dossier, state in states if state is not None}

    def _unsent(self) -> Iterable[KeptStatement]:
        for dossier in self._table.dossiers_waiting():
            yield from (each for each in self._table.read(dossier) if each.state is not StatementState.KNOWN)

    def _state_of(self, statement: MembershipStatement) -> StatementState | None:
        kept = self._table.read(DossierId(statement.dossier))
        return next((each.state for each in kept if each.statement == statement), None)

    def _write(self, statement: MembershipStatement) -> None:
        self._table.write(statement, StatementState.WAITING, self._clock.now())
        self._states.kept.pop(DossierId(statement.dossier), None)

    def _unsay(self, statement: MembershipStatement) -> None:
        """Forget a statement and what follows it; rows that came in because of it count no more."""
        dossier = DossierId(statement.dossier)
        self._table.remove_from(dossier, statement.number)
        self._states.kept.pop(dossier, None)
        self._on_less(dossier)

    def _own(self) -> OrganisationId:
        return self._vault.membership.card.id


def _folded(kept: Sequence[KeptStatement]) -> DossierMembership:
    return membership_of((each.statement for each in kept), (each.digest for each in kept))


def _common(kept: Collection[KeptStatement], statements: tuple[MembershipStatement, ...]) -> int:
    """Return with how many statements both begin."""
    for number, (mine, heard) in enumerate(zip(kept, statements, strict=False)):
        if mine.statement != heard:
            return number
    return min(len(kept), len(statements))
