"""What follows from the statements about a dossier without anybody's doing: fresh keys, and letting health keys go.

Fresh keys are due after a return, where the present ones lie astray, and where a former wrapping key of the own
organisation opens them; of the last a few each time.

Called at opening and after every round of synchronisation; what was done before changes nothing. Store thread only.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from desktop.kernel.changes import Aspect, Changes, changed
from desktop.kernel.log import warn
from desktop.records import HEALTH
from desktop.services.dossier.authors import context_of
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.receipts import is_proven, is_to_be_renewed
from desktop.vault.backup_restoring import is_certified
from protocol.errors import OpmaatError
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.state import DossierMembership
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep
from protocol.times import Clock

_FRESH_AT_ONCE = 10
"""Cases that get fresh keys in one call: answers wait for the store meanwhile."""

_LOG = logging.getLogger(__name__)


class HandoverSettlement:
    """See the module. `backups` returns the ids of the backups that may still contain the key to health answers."""

    def __init__(self, context: HandoverContext, clock: Clock, backups: Callable[[], Sequence[str]]) -> None:
        self._context = context
        self._clock = clock
        self._backups = backups

    def settle(self) -> Changes:
        """Let health keys go, and begin fresh keys for what came back or where the present ones lie astray.

        Never raises an OpmaatError: what fails is logged by its code and done again the next time.
        """
        changes = Changes()
        if not is_certified(self._context.vault):
            return changes
        journal = self._context.journal
        here, health, given = frozenset(journal.dossiers()), journal.keys.readable(HEALTH), journal.keys.given.all()
        self._begin_logs(here)
        for dossier in [each for each in {**journal.membership.handed_over(), **given} if each in here]:
            state = journal.membership.of(dossier)
            if state is None:
                continue
            try:
                changes |= self._settle_one(dossier, state, given.get(dossier, {}), health=dossier in health)
            except OpmaatError as error:
                warn(_LOG, "handover.not_settled", dossier=dossier, code=error.code)
        return changes | self._freshen()

    def _freshen(self) -> Changes:
        """Begin fresh keys in a few of the cases whose present ones a former wrapping key opens."""
        changes, aged = Changes(), self._context.journal.keys.aged
        for dossier, state in aged.due(_FRESH_AT_ONCE):
            try:
                changes |= self._renew(dossier, state)
                aged.forget([dossier])
            except OpmaatError as error:
                aged.set_aside(dossier)
                warn(_LOG, "handover.not_settled", dossier=dossier, code=error.code)
        return changes

    def _begin_logs(self, here: frozenset[DossierId]) -> None:
        """Say of dossiers that were made before the organisation vouched for this device who made them."""
        for dossier in here - self._context.journal.membership.dossiers():
            try:
                keys = self._context.journal.keys
                epoch = keys.newest_epoch(dossier)
                made = keys.ids_of(dossier, epoch)
                self._context.journal.membership.begin_late(dossier, self._clock.now(), epoch, made)
            except OpmaatError as error:
                warn(_LOG, "handover.not_settled", dossier=dossier, code=error.code)

    def _settle_one(
        self, dossier: DossierId, state: DossierMembership, given: Mapping[OrganisationId, int], *, health: bool
    ) -> Changes:
        """Do what follows for one dossier; it is opened only where something does. `health` tells of a key to it.

        Fresh keys come first: they are made of those that are here, of which a key to health may be about to go.
        """
        own, transfer, journal = self._context.vault.organisation_id, state.transfer, self._context.journal
        if state.holder == own and is_to_be_renewed(state, journal.keys.newest_epoch(dossier), given):
            return self._renew(dossier, state)
        if transfer is not None and health and transfer.sender == own and self._is_receipt_whole(transfer):
            return self._erase_health_key(dossier)
        return Changes()

    def _is_receipt_whole(self, transfer: Transfer) -> bool:
        membership, dossier = self._context.journal.membership, transfer.dossier
        return is_proven(transfer, membership.last_rows(dossier, HEALTH), partial(membership.matches, dossier))

    def _renew(self, dossier: DossierId, state: DossierMembership) -> Changes:
        """Seal from now on under keys that nobody has but who is in the case."""
        own = self._context.vault.membership.card.id
        step = self._context.make_step(dossier, MembershipStep.RENEWED, own, self._clock.now())
        self._context.take_step(dossier, [], step, lambda: self._give_keys(dossier, state))
        return changed(Aspect.HANDOVER, Aspect.SYNC, dossier=dossier)

    def _give_keys(self, dossier: DossierId, before: DossierMembership) -> None:
        """Give who is offered the case the fresh keys of the compartments that were offered."""
        under_way, keys = before.open_transfer, self._context.journal.keys
        held = self._context.journal.compartments(dossier)
        offered = () if under_way is None else held.intersection(under_way.statements[0].compartments)
        if under_way is not None and offered:
            card = self._context.known_directory.card(under_way.recipient)
            keys.export_wraps(dossier, [card], sorted(offered), since=before.epoch + 1)

    def _erase_health_key(self, dossier: DossierId) -> Changes:
        context = context_of(self._context.view(dossier), self._context.vault.person)
        self._context.journal.erase(dossier, "health_key", context, HEALTH, self._backups())
        return changed(Aspect.HANDOVER, Aspect.ANSWERS, dossier=dossier)
