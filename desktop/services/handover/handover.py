"""The warm handover at the side that lets a case go: to whom, what goes along, the receipt, the talk of three.

Every step is a durable event in the sealed journal; what another organisation must hear is a signed statement that
waits beside it until the server is there, so everything works without a network. Sending wraps the keys of both
compartments for the municipality. The key to health answers is let go when a receipt shows that the municipality opened
them, all of them (Wet inburgering 2021, art. 37): letting it go earlier could lose the answers. A case is not sent
before the person was told who gets what and, where a reception location hands over to a municipality, the routes are
weighed with reasons. Whoever holds a case can hand it on, to an organisation of either kind. Called on the store thread
only.

Raises UserError `handover.…` for what is missing, `trust.…` for a municipality the directory does not vouch for, and
the errors of journal and vault. A step that raises has written nothing; see `handover_context`.
"""

from collections.abc import Callable, Sequence

from desktop.forms import Form
from desktop.kernel.changes import Aspect, Changes, changed
from desktop.plan.model.support_plan import MissingItem
from desktop.records import COMPARTMENTS, HEALTH, Body, ChecklistTicked, DossierView, HandoverStep
from desktop.records import standing as attached
from desktop.services.dossier.authors import language_of
from desktop.services.dossier.called_name import called_name
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.handover_parts import HandoverDone, HandoverView, ItemKey, Municipality, TalkPlan
from desktop.services.handover.handover_state import (
    handover_progress,
    items,
    last_step,
    shares,
    timeline,
    write_talk,
)
from desktop.services.handover.receipts import unopened_by
from desktop.services.handover.settlement import HandoverSettlement
from desktop.services.plan.plan import PlanService
from desktop.vault.crypto.wrapping import fingerprint
from protocol.certificates import MUNICIPALITY, RECEPTION, OrganisationCard
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from protocol.times import Clock

_NEEDED = frozenset(
    {"plan.route_not_proposed", "plan.route_without_for", "plan.route_without_against", "plan.route_without_reason"}
)
"""What of the plan must be there before a case is sent; signing may come later (good practice, no condition)."""


class HandoverService:
    """The handover of every dossier on this device."""

    def __init__(
        self,
        context: HandoverContext,
        plans: PlanService,
        form: Form,
        clock: Clock,
        backups: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """`backups` returns the ids of the backups that may still contain the key to health answers."""
        self._context = context
        self._plans = plans
        self._form = form
        self._clock = clock
        self._settlement = HandoverSettlement(context, clock, backups)

    def view(self, dossier: DossierId) -> HandoverView:
        """Return the handover as it stands."""
        record, transfer = self._context.handover(dossier)
        progress = handover_progress(record, transfer)
        return HandoverView(
            dossier=dossier,
            name=called_name(record),
            language=language_of(record),
            sender=self._context.vault.organisation,
            worker=self._context.vault.person,
            municipality=self._find_chosen(record),
            known=self.recipients(),
            steps=timeline(progress),
            shares=shares(self._form, has_notes=bool(record.notes), has_attachments=bool(attached(record))),
            talk=progress.talk,
            talk_held="talk" in progress.done,
            items=items(record),
            receipt=progress.done.get("received"),
            returned=progress.returned,
            came_back=progress.came_back,
            waiting=transfer is not None and self._context.journal.membership.is_waiting(dossier),
            health_key=HEALTH in self._context.journal.compartments(dossier),
            missing=self._list_missing(record),
            late=self._context.late(dossier),
            unopened=() if transfer is None or progress.came_back else unopened_by(transfer),
        )

    def recipients(self) -> tuple[Municipality, ...]:
        """Return the organisations the directory vouches for, municipalities first, each kind by name.

        None before the first synchronisation.
        """
        own, known = self._context.vault.organisation_id, self._context.known_directory.organisations()
        cards = [card for card in known if card.id != own]
        return tuple(_municipality(card) for card in sorted(cards, key=_place))

    def choose(self, dossier: DossierId, municipality: OrganisationId) -> HandoverDone:
        """Name the organisation the case goes to. Raises UserError `handover.under_way` once the case was sent."""
        if self._is_open(dossier):
            raise UserError("handover.under_way")
        card = self._context.known_directory.card(municipality)
        return self._write(dossier, HandoverStep("chosen", card.name, text=card.id))

    def prepare(self, dossier: DossierId) -> HandoverDone:
        """Close the package. Raises UserError `handover.no_goal`, `handover.not_complete`, `handover.under_way`."""
        record, _transfer = self._context.handover(dossier)
        name = self._require_target(record).name
        if self._list_missing(record):
            raise UserError("handover.not_complete")
        if self._is_open(dossier):
            raise UserError("handover.under_way")
        return self._write(dossier, HandoverStep("prepared", name))

    def send(self, dossier: DossierId) -> HandoverDone:
        """Wrap the keys for the municipality and offer it the case; the next round tells the server.

        Without a key to health any more, only the core goes along. What must be there is looked at again: between
        preparing and sending it can have changed. Raises UserError `handover.not_prepared`, `handover.not_complete`,
        `handover.under_way`, or `trust.directory_old` when it is too long ago that the organisation said whom it knows.
        """
        journal = self._context.journal
        record, sent = self._context.handover(dossier)
        progress = handover_progress(record, sent)
        if "prepared" not in progress.done or progress.came_back:
            raise UserError("handover.not_prepared")
        if self._list_missing(record):
            raise UserError("handover.not_complete")
        if self._is_open(dossier):
            raise UserError("handover.under_way")
        self._require_recent_directory()
        card = self._require_target(record)
        held = journal.compartments(dossier)
        self._context.take_step(
            dossier,
            [HandoverStep("offered", card.name)],
            self._context.make_step(dossier, MembershipStep.OFFERED, card.id, self._clock.now()),
            lambda: journal.keys.export_wraps(dossier, [card], [name for name in COMPARTMENTS if name in held]),
        )
        return self._make_result(dossier)

    def withdraw(self, dossier: DossierId) -> HandoverDone:
        """Take the case back before it is received; from then on the municipality reads nothing new.

        After the receipt the municipality has the only key to health answers, so only it can give the case back. Raises
        UserError `handover.not_sent`, `handover.received_already` or `handover.accepted_already`.
        """
        record, transfer = self._context.handover(dossier)
        progress = handover_progress(record, transfer)
        if "accepted" in progress.done:
            raise UserError("handover.accepted_already")
        if transfer is None or "offered" not in progress.done or progress.came_back:
            raise UserError("handover.not_sent")
        if transfer.step is not MembershipStep.OFFERED:
            raise UserError("handover.received_already")
        said = HandoverStep("withdrawn", self._require_target(record).name)
        self._context.take_step(dossier, [said], None, lambda: self._unsay_or_withdraw(transfer))
        return self._make_result(dossier)

    def _unsay_or_withdraw(self, transfer: Transfer) -> None:
        """Take an offer back that nobody heard of as if it had never been; else say that it is, under fresh keys."""
        journal, dossier = self._context.journal, transfer.dossier
        if journal.membership.take_back(dossier):
            journal.keys.withdraw_wraps(dossier, transfer.recipient)
            return
        now = self._clock.now()
        step = self._context.make_step(dossier, MembershipStep.WITHDRAWN, transfer.recipient, now)
        journal.membership.take(dossier, step)

    def plan_talk(self, dossier: DossierId, talk: TalkPlan) -> HandoverDone:
        """Plan the talk of three: the person, the one who knows them, and the municipality."""
        name = self._require_target(self._context.handover(dossier)[0]).name
        moment = talk.moment.isoformat(timespec="minutes")
        return self._write(dossier, HandoverStep("talk_planned", name, write_talk(talk), moment))

    def hold_talk(self, dossier: DossierId) -> HandoverDone:
        """Record that the talk of three was held; its item on the checklist is ticked with it."""
        name = self._require_target(self._context.handover(dossier)[0]).name
        return self._write(dossier, HandoverStep("talk_held", name), ChecklistTicked("talk_held", done=True))

    def tick(self, dossier: DossierId, item: ItemKey, *, done: bool) -> HandoverDone:
        """Tick one item of the checklist, or take the tick away."""
        return self._write(dossier, ChecklistTicked(item, done))

    def settle(self) -> Changes:
        """Do what follows from the statements; see `HandoverSettlement`. Never raises an OpmaatError."""
        return self._settlement.settle()

    def _list_missing(self, record: DossierView) -> tuple[MissingItem, ...]:
        plan = self._plans.plan(record.id)
        found = [item for item in plan.missing if item.code in _NEEDED and self._is_first_handover(record)]
        if not record.checklist.get("told", False):
            found.append(MissingItem("handover.not_told", "told"))
        return tuple(found)

    def _is_first_handover(self, record: DossierView) -> bool:
        """Tell whether a reception location hands over to a municipality: only then the routes are weighed before."""
        vault, chosen = self._context.vault, self._find_chosen(record)
        holds_duty = vault.organisation_id is not None and vault.membership.card.kind == MUNICIPALITY
        return not holds_duty and (chosen is None or chosen.kind != RECEPTION)

    def _find_chosen(self, record: DossierView) -> Municipality | None:
        chosen = last_step(record, "chosen")
        if chosen is None:
            return None
        known = self._context.known_directory.organisations()
        card = next((card for card in known if card.id == chosen.body.text), None)
        if card is None:
            return Municipality(OrganisationId(chosen.body.text), chosen.body.organisation, "", "")
        return _municipality(card)

    def _require_target(self, record: DossierView) -> OrganisationCard:
        chosen = last_step(record, "chosen")
        if chosen is None:
            raise UserError("handover.no_goal")
        return self._context.known_directory.card(OrganisationId(chosen.body.text))

    def _require_recent_directory(self) -> None:
        directory, now = self._context.known_directory.directory(), self._clock.now()
        if directory is not None and directory.is_old(now):
            raise UserError("trust.directory_old", {"days": str(directory.age_in_days(now))})

    def _is_open(self, dossier: DossierId) -> bool:
        """Tell whether the case is on its way, or is not this organisation's any more."""
        state = self._context.journal.membership.of(dossier)
        return state is not None and (
            state.open_transfer is not None or state.holder != self._context.vault.organisation_id
        )

    def _write(self, dossier: DossierId, *bodies: Body) -> HandoverDone:
        self._context.append(dossier, *bodies)
        return self._make_result(dossier)

    def _make_result(self, dossier: DossierId) -> HandoverDone:
        return HandoverDone(self.view(dossier), changed(Aspect.HANDOVER, Aspect.CASELOAD, Aspect.SYNC, dossier=dossier))


def _municipality(card: OrganisationCard) -> Municipality:
    return Municipality(card.id, card.name, fingerprint(card.root), card.kind)


def _place(card: OrganisationCard) -> tuple[bool, str]:
    return card.kind != MUNICIPALITY, card.name
