"""What the page of the progress shows, as frozen data: made on the store thread, read on the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import Catalogue, Language
from desktop.kernel.changes import Changes
from desktop.plan.model.plan_text import PlanText
from desktop.plan.progress.progress import Progress
from desktop.services.dossier.undo import UndoStep
from desktop.services.plan.plan_parts import BilingualText, pair_of
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class ProgressView:
    """The progress of one dossier beside the language spoken at the table last.

    `follows` tells that this organisation may record; `modules` are the words of the modules by their names.
    """

    dossier: DossierId
    name: str
    progress: Progress
    dutch: Catalogue
    other: Catalogue
    modules: Mapping[str, str]
    follows: bool
    can_undo: bool

    @property
    def second(self) -> Language:
        """The person's language on this page."""
        return self.other.language

    def pair(self, text: PlanText) -> BilingualText:
        """Return `text` in both languages."""
        return pair_of(text, self.other)


@dataclass(frozen=True, slots=True)
class ProgressDone:
    """The result of one change: the progress as it now stands, what changed, and what was taken back, if so."""

    view: ProgressView
    changes: Changes
    undone: UndoStep | None = None
