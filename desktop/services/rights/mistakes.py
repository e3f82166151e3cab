"""Erasing a case that was made by mistake: nobody else has anything of it, and nobody signed anything in it.

It goes as what retention erases goes (`desktop.records.maintenance.erasure`): one durable intention that any later
opening finishes, the keys first, in the backups too. Called on the store thread only.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop.kernel.changes import Aspect, changed
from desktop.records import DossierView
from desktop.services.dossier.authors import context_of
from desktop.services.dossier.called_name import called_name
from desktop.services.dossier.registers import current
from desktop.services.dossier.typed_number import is_number_of
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.rights.own_copy import KIND as OWN_COPY
from desktop.services.rights.retention import ErasureResult, RetentionService
from protocol.errors import UserError
from protocol.identifiers import DossierId, case_number
from protocol.messages.membership import MembershipStep

MISTAKE = "mistake"
"""The reason that is left of a case that was made by mistake."""


@dataclass(frozen=True, slots=True)
class MistakenCase:
    """A case that may be erased as a mistake: whose it is, and how much would go for good."""

    dossier: DossierId
    name: str
    number: str
    answers: int
    attachments: int


class MistakeService:
    """Finds and erases the cases of this device that nobody else has anything of."""

    def __init__(
        self, context: HandoverContext, retention: RetentionService, backups: Callable[[], Sequence[str]]
    ) -> None:
        """`backups` returns the backups that there are; `retention` finishes what is begun here."""
        self._context = context
        self._retention = retention
        self._backups = backups

    def look(self, typed: str) -> MistakenCase:
        """Return the case whose number was typed, where it may be erased as a mistake.

        Raises UserError `retention.no_such_case`, `retention.handed_on` where somebody else has something of it, and
        `retention.signed` where a plan was signed in it, also when the signature was taken back.
        """
        journal = self._context.journal
        dossier = next((each for each in journal.dossiers() if is_number_of(typed, each)), None)
        if dossier is None:
            raise UserError("retention.no_such_case")
        record = journal.view(dossier)
        if self._is_handed_on(record):
            raise UserError("retention.handed_on")
        if record.frozen_plans or any(name.startswith("signature/") for name in record.plan):
            raise UserError("retention.signed")
        entries = map(current, record.answers.values())
        given = sum(entry is not None and entry.status == "given" for entry in entries)
        return MistakenCase(dossier, called_name(record), case_number(dossier), given, len(record.attachments))

    def erase(self, dossier: DossierId) -> ErasureResult:
        """Erase a case for good. Raises what `look` does, and then nothing is erased."""
        self.look(case_number(dossier))
        journal = self._context.journal
        context = context_of(journal.view(dossier), self._context.vault.person)
        journal.erase(dossier, MISTAKE, context, backups=self._backups())
        self._retention.settle()
        return ErasureResult(self._retention.view(), changed(*Aspect, dossier=dossier))

    def _is_handed_on(self, record: DossierView) -> bool:
        """Tell whether another organisation was ever offered it, or made it, or the person got a copy of it."""
        state, own = self._context.journal.membership.of(record.id), self._context.vault.organisation_id
        offered = state is not None and any(each.step is MembershipStep.OFFERED for each in state.statements)
        elsewhere = state is not None and state.holder != own
        return offered or elsewhere or any(made.body.kind == OWN_COPY for made in record.documents)
