"""The warm handover at the side that takes a case on: look, receive, accept or return with a reason.

Nobody's name is shown before somebody here receives the case, which is also the moment the sender gets a receipt: it
says which compartments opened here and how far every stream was read, and is given once all that was offered is here.
Accepting starts a new epoch of keys, so that the sender reads no further. Why a case goes back is said in the sealed
journal; the server learns the step and nothing else. The key to health answers goes back with it, because the sender
let its own go. Everything works without a network: statements wait in the journal. Called on the store thread only.
Raises UserError `received.…`, and the errors of journal and vault; a step that raises has written nothing.
"""

from collections.abc import Callable, Mapping, Sequence

from desktop.kernel.changes import Aspect, changed
from desktop.records import CORE, HEALTH, Body, DossierView, HandoverStep
from desktop.records import Step as RecordStep
from desktop.services.dossier.called_name import called_name
from desktop.services.handover.giver import handover_of
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.handover_parts import ReceivedCase, ReceivedDone
from desktop.services.handover.handover_state import handover_progress, last_step
from desktop.services.handover.receipts import has_arrived, missing_streams, unopened
from protocol.errors import UserError
from protocol.identifiers import DeviceId, DossierId, OrganisationId, case_number
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from protocol.times import Clock

_RECORDED: dict[MembershipStep, RecordStep] = {
    MembershipStep.RECEIVED: "received",
    MembershipStep.ACCEPTED: "accepted",
    MembershipStep.RETURNED: "returned",
}


_NEVER_OPENS = frozenset(
    {"records.event_damaged", "records.row_damaged", "records.compartment_unknown", "records.row_too_large"}
)
"""Why a row that is here will not open, whatever comes after it."""


class ReceivedService:
    """The cases that other organisations offered to this one."""

    def __init__(
        self, context: HandoverContext, clock: Clock, begin_with: Callable[[], Sequence[Body]] = tuple
    ) -> None:
        """`begin_with` returns what a case is begun with here, once it is accepted."""
        self._context = context
        self._clock = clock
        self._begin_with = begin_with

    def cases(self) -> tuple[ReceivedCase, ...]:
        """Return every offered case, those that wait for a decision first, then the newest."""
        own = self._context.vault.organisation_id
        names = {card.id: card.name for card in self._context.known_directory.organisations()}
        states = self._context.journal.membership.handed_over().values()
        transfers = [state.transfer for state in states if state.transfer is not None]
        cases = [self._make_case(each, names) for each in transfers if each.recipient == own]
        return tuple(
            sorted(cases, key=lambda case: (case.step not in {"offered", "received"}, -case.moment.timestamp()))
        )

    def receive(self, dossier: DossierId, *, partly: bool = False) -> ReceivedDone:
        """Open the case here and send the receipt.

        With `partly` also where not all of it opens, as long as nothing is under way: the receipt says which
        compartments opened whole, and the sender keeps its key to the others. Raises UserError `received.not_arrived`
        while keys or rows are still under way, `received.wrong_step`.
        """
        transfer = self._require_transfer(dossier, MembershipStep.OFFERED)
        if not self._is_whole(transfer) and not (partly and self._is_partial(transfer)):
            raise UserError("received.not_arrived")
        return self._take_step(transfer, MembershipStep.RECEIVED)

    def accept(self, dossier: DossierId) -> ReceivedDone:
        """Make the case this organisation's own. Raises UserError `received.wrong_step` before it was received."""
        transfer = self._require_transfer(dossier, MembershipStep.RECEIVED)
        return self._take_step(transfer, MembershipStep.ACCEPTED, first=self._begin_with())

    def give_back(self, dossier: DossierId, reason: str) -> ReceivedDone:
        """Return the case with a question, and with the keys it came with.

        Raises UserError `received.reason_missing`, `received.wrong_step`, or `trust.organisation_unknown`.
        """
        if not reason.strip():
            raise UserError("received.reason_missing")
        transfer, keys = self._require_transfer(dossier, MembershipStep.RECEIVED), self._context.journal.keys
        sender, opened = self._context.known_directory.card(transfer.sender), self._context.opened(dossier)
        return self._take_step(
            transfer,
            MembershipStep.RETURNED,
            reason.strip(),
            along=lambda: keys.export_wraps(dossier, [sender], [each for each in opened if each == HEALTH]),
        )

    def _require_transfer(self, dossier: DossierId, step: MembershipStep) -> Transfer:
        transfer = self._context.journal.membership.transfer(dossier)
        if transfer is None or (transfer.recipient, transfer.step) != (self._context.vault.organisation_id, step):
            raise UserError("received.wrong_step")
        return transfer

    def _take_step(
        self,
        transfer: Transfer,
        step: MembershipStep,
        text: str = "",
        first: Sequence[Body] = (),
        along: Callable[[], object] = tuple,
    ) -> ReceivedDone:
        dossier, own = transfer.dossier, self._context.vault.membership.card.id
        body = HandoverStep(_RECORDED[step], self._context.vault.organisation, text)
        statement = self._context.make_step(dossier, step, own, self._clock.now())
        if step is not MembershipStep.RETURNED and self._missing(transfer):
            statement = statement._replace(compartments=())  # in which one the rows are that are not good is not known
        self._context.take_step(dossier, [body, *first], statement, along)
        changes = changed(Aspect.HANDOVER, Aspect.CASELOAD, Aspect.SYNC, dossier=dossier)
        return ReceivedDone(self.cases(), changes)

    def _make_case(self, transfer: Transfer, names: Mapping[OrganisationId, str]) -> ReceivedCase:
        dossier, step = transfer.dossier, transfer.step
        readable = self._is_readable(dossier)
        record = self._context.journal.view(dossier) if readable else None
        shown = record is not None and step is not MembershipStep.OFFERED
        returned = None if record is None or step is not MembershipStep.RETURNED else last_step(record, "returned")
        progress = None if record is None else handover_progress(self._part_of(record, transfer), transfer)
        return ReceivedCase(
            dossier=dossier,
            number=case_number(dossier),
            sender=names.get(transfer.sender, transfer.sender[:8]),
            step=step.value,
            offered=transfer.statements[0].moment,
            moment=transfer.statements[-1].moment,
            name=called_name(record) if record is not None and shown else "",
            languages=record.languages if record is not None and shown else (),
            readable=readable and (step is not MembershipStep.OFFERED or self._is_whole(transfer)),
            health=readable and HEALTH in self._context.journal.compartments(dossier),
            reason="" if returned is None else returned.body.text,
            talk=None if progress is None or progress.talk is None else progress.talk.moment,
            waiting=self._context.journal.membership.is_waiting(dossier),
            late=self._context.late(dossier) if readable else (),
            unopened=self._unopened(transfer) if readable else (),
            partial=readable and step is MembershipStep.OFFERED and self._is_partial(transfer),
        )

    def _part_of(self, record: DossierView, transfer: Transfer) -> DossierView:
        """Return the part of a record that tells of `transfer`."""
        own, writers = self._context.vault.organisation_id, self._context.journal.membership.writers.all()
        return handover_of(record, transfer.sender, own, writers)

    def _is_readable(self, dossier: DossierId) -> bool:
        journal = self._context.journal
        if dossier not in journal.dossiers():
            return False
        return CORE in journal.compartments(dossier) and bool(journal.view(dossier).name)

    def _missing(self, transfer: Transfer) -> frozenset[DeviceId]:
        return missing_streams(transfer, self._context.journal.membership.heads(transfer.dossier))

    def _unopened(self, transfer: Transfer) -> tuple[str, ...]:
        return unopened(transfer, () if self._missing(transfer) else self._context.opened(transfer.dossier))

    def _is_partial(self, transfer: Transfer) -> bool:
        """Tell whether the case opens here, not all of it, and what does not is no longer under way.

        A stream ends where a row of it is damaged, and what lies behind that row does not count.
        """
        dossier, journal = transfer.dossier, self._context.journal
        if not self._is_readable(dossier) or self._is_whole(transfer):
            return False
        damaged = {each.device for each in journal.quarantined(dossier) if each.code in _NEVER_OPENS}
        return self._missing(transfer) <= damaged

    def _is_whole(self, transfer: Transfer) -> bool:
        dossier = transfer.dossier
        if not self._is_readable(dossier):
            return False
        return has_arrived(transfer, self._context.journal.membership.heads(dossier), self._context.opened(dossier))
