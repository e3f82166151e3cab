"""What both sides of a handover work with, and how one step of it is taken: whole, or not at all.

A step is an event for the record, a signed statement for the other organisation, and keys given or renewed. All of it
becomes durable in one transaction of the journal; the next round of synchronisation sends it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desktop.records import COMPARTMENTS, Body, DossierView, Journal, StepToTake
from desktop.services.dossier.authors import context_of
from desktop.services.handover.giver import giver_of, handover_of, transfer_of
from desktop.services.handover.handover_parts import LateEntries
from desktop.services.sync.known_directory import KnownDirectory
from desktop.vault.vault import Vault
from protocol.identifiers import DossierId, OrganisationId
from protocol.membership.transfer import Transfer
from protocol.messages.membership import MembershipStep


@dataclass(frozen=True, slots=True)
class HandoverContext:
    """The record, the keys, what organisations said of each dossier, and whom the vault knows."""

    journal: Journal
    vault: Vault
    known_directory: KnownDirectory

    def view(self, dossier: DossierId) -> DossierView:
        """Return the record of a dossier. Raises UserError `records.dossier_unknown`."""
        return self.journal.view(dossier)

    def handover(self, dossier: DossierId) -> tuple[DossierView, Transfer | None]:
        """Return the part of a record that tells of the newest handover as seen from here, and its statements if sent.

        Raises UserError `records.dossier_unknown`.
        """
        state, own = self.journal.membership.of(dossier), self.vault.organisation_id
        giver = giver_of(state, own)
        record = handover_of(self.view(dossier), giver, own, self.journal.membership.writers.all())
        return record, transfer_of(state, giver)

    def append(self, dossier: DossierId, *bodies: Body) -> None:
        """Write events that nobody else must hear of, in one transaction."""
        self.journal.append_all(dossier, bodies, context_of(self.view(dossier), self.vault.person))

    def make_step(
        self, dossier: DossierId, step: MembershipStep, recipient: OrganisationId, moment: datetime
    ) -> StepToTake:
        """Return a step that speaks for the compartments this device can open all of."""
        return StepToTake(step, recipient, self.opened(dossier), moment)

    def opened(self, dossier: DossierId) -> tuple[str, ...]:
        """Return the compartments of a dossier to which there is a key here for every row of them that is here."""
        held, hidden = self.journal.compartments(dossier), self.view(dossier).hidden
        return tuple(name for name in COMPARTMENTS if name in held and not hidden.get(name))

    def late(self, dossier: DossierId) -> tuple[LateEntries, ...]:
        """Return what former members wrote in a dossier after they left it, by the name of their organisation."""
        counts = self.journal.late_entries(dossier).items()
        return tuple(sorted((LateEntries(self.known_directory.name(each), count) for each, count in counts), key=_name))

    def take_step(
        self,
        dossier: DossierId,
        bodies: Sequence[Body],
        step: StepToTake | None,
        along: Callable[[], object] = tuple,
    ) -> None:
        """Write events, the statement of `step`, then what `along` writes: durable as one when this returns.

        Without a `step` there is no statement. Raises the errors of the journal; then nothing was written and the step
        can be taken again.
        """

        def write_along() -> None:
            if step is not None:
                self.journal.membership.take(dossier, step)
            along()

        context = context_of(self.view(dossier), self.vault.person)
        self.journal.append_all(dossier, bodies, context, also=write_along)


def _name(late: LateEntries) -> str:
    return late.organisation.casefold()
