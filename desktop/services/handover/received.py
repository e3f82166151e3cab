"""The warm handover at the side that takes a case on: look, receive, accept or return with a reason.

Nobody's name is shown before somebody here receives the case, which is also the moment the sender gets a receipt.
Accepting starts a new epoch of keys, so that the sender reads no further. Why a case goes back is said in the sealed
journal; the server learns the step and nothing else. Everything works without a network: statements wait in the vault.
Called on the store thread only. Raises UserError `received.…`, and the errors of journal and vault; a step that raises
has written nothing, see `handover_context`.
"""

from collections.abc import Callable, Mapping, Sequence

from desktop.kernel.changes import Aspect, changed
from desktop.records import CORE, HEALTH, HandoverStep
from desktop.records import Step as RecordStep
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.handover_parts import ReceivedCase, ReceivedDone
from desktop.services.handover.handover_state import handover_progress, last_step
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId, case_number
from protocol.messages.offers import Offer, OfferStep, Statement
from protocol.times import Clock

_RECORDED: dict[OfferStep, RecordStep] = {
    OfferStep.RECEIVED: "received",
    OfferStep.ACCEPTED: "accepted",
    OfferStep.RETURNED: "returned",
}


class ReceivedService:
    """The cases that other organisations offered to this one."""

    def __init__(self, context: HandoverContext, clock: Clock) -> None:
        self._context = context
        self._clock = clock

    def cases(self) -> tuple[ReceivedCase, ...]:
        """Return every offered case, those that wait for a decision first, then the newest."""
        own = self._context.vault.organisation_id
        newest: dict[str, Offer] = {}
        for offer in self._context.correspondence.offers():
            if offer.statements[0].recipient == own:
                newest[offer.statements[0].dossier] = offer
        names = {card.id: card.name for card in self._context.correspondence.organisations()}
        waiting = self._context.waiting()
        cases = [self._make_case(offer, names, waiting) for offer in newest.values()]
        return tuple(
            sorted(cases, key=lambda case: (case.step not in {"offered", "received"}, -case.moment.timestamp()))
        )

    def receive(self, dossier: DossierId) -> ReceivedDone:
        """Open the case here and send the receipt.

        Raises UserError `received.not_arrived` while keys or rows are still under way, `received.wrong_step`.
        """
        offer = self._require_offer(dossier, OfferStep.OFFERED)
        if not self._is_readable(dossier):
            raise UserError("received.not_arrived")
        return self._take_step(offer, OfferStep.RECEIVED)

    def accept(self, dossier: DossierId) -> ReceivedDone:
        """Make the case this organisation's own. Raises UserError `received.wrong_step` before it was received."""
        offer = self._require_offer(dossier, OfferStep.RECEIVED)
        return self._take_step(
            offer, OfferStep.ACCEPTED, keys=lambda: self._context.journal.keys.new_epoch(dossier, [])
        )

    def give_back(self, dossier: DossierId, reason: str) -> ReceivedDone:
        """Return the case with a question. Raises UserError `received.reason_missing` or `received.wrong_step`."""
        if not reason.strip():
            raise UserError("received.reason_missing")
        return self._take_step(self._require_offer(dossier, OfferStep.RECEIVED), OfferStep.RETURNED, reason.strip())

    def _require_offer(self, dossier: DossierId, step: OfferStep) -> Offer:
        offer = self._context.correspondence.offer(dossier)
        own, waiting = self._context.vault.organisation_id, self._context.waiting()
        if offer is None or offer.statements[0].recipient != own or _step_of(offer, waiting) is not step:
            raise UserError("received.wrong_step")
        return offer

    def _take_step(
        self, offer: Offer, step: OfferStep, text: str = "", keys: Callable[[], object] = tuple
    ) -> ReceivedDone:
        first, correspondence = offer.statements[0], self._context.correspondence
        dossier = DossierId(first.dossier)
        body = HandoverStep(_RECORDED[step], self._context.vault.organisation, text)
        statement = correspondence.sign(first.offer, dossier, first.sender, first.recipient, step, self._clock.now())
        self._context.take_step(dossier, [body], send=[statement], keys=keys)
        changes = changed(Aspect.HANDOVER, Aspect.CASELOAD, Aspect.SYNC, dossier=dossier)
        return ReceivedDone(self.cases(), changes)

    def _make_case(
        self, offer: Offer, names: Mapping[OrganisationId, str], waiting: Sequence[Statement]
    ) -> ReceivedCase:
        first = offer.statements[0]
        dossier = DossierId(first.dossier)
        step = _step_of(offer, waiting)
        readable = self._is_readable(dossier)
        record = self._context.journal.view(dossier) if readable else None
        shown = record is not None and step is not OfferStep.OFFERED
        returned = None if record is None or step is not OfferStep.RETURNED else last_step(record, "returned")
        progress = None if record is None else handover_progress(record, offer, unsaid=False)
        return ReceivedCase(
            dossier=dossier,
            number=case_number(dossier),
            sender=names.get(first.sender, first.sender[:8]),
            step=step.value,
            offered=first.moment,
            moment=offer.statements[-1].moment,
            name=record.name if record is not None and shown else "",
            languages=record.languages if record is not None and shown else (),
            readable=readable,
            health=readable and HEALTH in self._context.journal.compartments(dossier),
            reason="" if returned is None else returned.body.text,
            talk=None if progress is None or progress.talk is None else progress.talk.moment,
            waiting=any(each.dossier == dossier for each in waiting),
        )

    def _is_readable(self, dossier: DossierId) -> bool:
        journal = self._context.journal
        if dossier not in journal.dossiers():
            return False
        return CORE in journal.compartments(dossier) and bool(journal.view(dossier).name)


def _step_of(offer: Offer, waiting: Sequence[Statement]) -> OfferStep:
    """Return the newest step, also one that was taken here and is still to be sent."""
    unsaid = [each.step for each in waiting if each.offer == offer.statements[0].offer]
    return unsaid[-1] if unsaid else offer.step
