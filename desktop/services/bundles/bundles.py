"""Exchange without a network: the bundles that one open vault makes and reads.

A receipt is a bundle too: it says what is here now, and takes the steps of the handover along. What is on its way lies
sealed in the folder of the vault; it is gone when it is done, or a week later.
"""

import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop.kernel.changes import Changes
from desktop.records import standing
from desktop.services.bundles.bundle_files import bundles_folder
from desktop.services.bundles.bundle_log import BundleEntry, BundleLog
from desktop.services.bundles.incoming_bundles import IncomingBundles
from desktop.services.bundles.outgoing_bundles import OutgoingBundles
from desktop.services.bundles.sealed_bundle import load_sealed
from desktop.services.bundles.shared_cases import other_side
from desktop.services.dossier.called_name import called_name
from desktop.services.handover.handover_context import HandoverContext
from desktop.services.handover.handover_state import handover_progress
from desktop.services.handover.received import ReceivedService
from protocol.errors import UserError
from protocol.identifiers import DossierId, OrganisationId
from protocol.times import Clock

KEPT_DAYS = 7
"""Days that parts wait on this laptop for the next stick."""


@dataclass(frozen=True, slots=True)
class StickView:
    """What the page of a case shows: with whom it is shared (None: with nobody yet), and the newest bundle made of it.

    `received` is when the other side said that it received the case.
    """

    dossier: DossierId
    name: str
    own_name: str
    partner: OrganisationId | None
    partner_name: str
    attachments: int
    entry: BundleEntry | None
    received: datetime | None


class BundleService:
    """See the module; `outgoing` makes bundles, `incoming` reads them.

    `after` does what follows from what was heard in one, and says what it changed.
    """

    def __init__(
        self, context: HandoverContext, received: ReceivedService, clock: Clock, after: Callable[[], Changes] = Changes
    ) -> None:
        self._context = context
        self._clock = clock
        self._log = BundleLog.of(context.vault)
        self.outgoing = OutgoingBundles(context, self._log, clock)
        self.incoming = IncomingBundles(context, received, self._log, clock, after)

    def entries(self) -> tuple[BundleEntry, ...]:
        """Return the newest bundles made and read here, the oldest first. Store thread."""
        return self._log.entries()

    def view(self, dossier: DossierId) -> StickView:
        """Return how far a case is that goes over on a stick. Store thread. Raises UserError `records.…`."""
        context = self._context
        record, partner = context.view(dossier), other_side(context, dossier)
        names = {card.id: card.name for card in context.known_directory.organisations()}
        progress = handover_progress(record, context.journal.membership.transfer(dossier))
        return StickView(
            dossier=dossier,
            name=called_name(record),
            own_name=context.vault.organisation,
            partner=partner,
            partner_name="" if partner is None else names.get(partner, partner[:8]),
            attachments=len(standing(record)),
            entry=self._log.made_with(dossier),
            received=progress.done.get("received"),
        )

    def settle(self) -> None:
        """Remove what a crash left, and what waited too long for the next stick. At opening, before anything else."""
        for folder in bundles_folder(self._context.vault).glob("*"):
            if not self._is_wanted(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def forget_erased(self) -> None:
        """Forget every case that was erased, and remove what of it still waits for a stick. Store thread."""
        erasures = self._context.journal.erasures
        named = {dossier for entry in self._log.entries() for dossier in entry.dossiers}
        for dossier in named - erasures.wanted(named):
            self._log.forget(dossier)
        for folder in bundles_folder(self._context.vault).glob("out-*"):
            with suppress(UserError):
                dossiers = set(load_sealed(folder).state.dossiers)
                if dossiers - erasures.wanted(dossiers):
                    shutil.rmtree(folder, ignore_errors=True)

    def _is_wanted(self, folder: Path) -> bool:
        """Tell whether a folder holds parts that still wait for a stick."""
        with suppress(OSError):
            made = datetime.fromtimestamp(folder.stat().st_mtime).astimezone()
            recent = self._clock.now() - timedelta(days=KEPT_DAYS) < made
            return recent and (folder.name.startswith("in-") or (folder / "state").is_file())
        return False
