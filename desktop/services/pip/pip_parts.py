"""What the step of the decision (PIP) shows, as frozen data: made on the store thread, read on the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass

from desktop.i18n import Catalogue, Language
from desktop.kernel.changes import Changes
from desktop.plan.derive.hours import HoursLine
from desktop.plan.law.deadlines import LegalDate
from desktop.plan.model.plan_text import PlanText
from desktop.plan.pip.decision import PipDraft
from desktop.plan.pip.duo_message import DuoPip
from desktop.services.pip.issued import IssuedDecision
from desktop.services.plan.plan_parts import BilingualText, pair_of
from protocol.canonical import JsonValue
from protocol.identifiers import DossierId


@dataclass(frozen=True, slots=True)
class PipView:
    """The decision of one dossier as it stands.

    `fields` are what was filled in, by the name of the field; `children` are number and name of those for whom VVE is
    agreed. `decides` tells that this organisation may issue. `issued` are the decisions issued before, `changed` that
    the draft says anything else than the last. `message` is what DUO gets of the draft, None without date or route;
    `duo_notes` are codes of what else DUO would not take. `hours` are those of the proposed route.
    """

    dossier: DossierId
    dates: tuple[LegalDate, ...]
    fields: Mapping[str, JsonValue]
    children: tuple[tuple[int, str], ...]
    draft: PipDraft
    message: DuoPip | None
    issued: tuple[IssuedDecision, ...]
    changed: bool
    decides: bool
    duo_notes: tuple[str, ...]
    has_bsn: bool
    hours: tuple[HoursLine, ...]
    other: Catalogue

    @property
    def second(self) -> Language:
        """The person's language on this screen."""
        return self.other.language

    @property
    def may_be_issued(self) -> bool:
        """Tell whether this organisation can issue the draft now."""
        return self.decides and self.changed and self.draft.may_be_issued

    def pair(self, text: PlanText) -> BilingualText:
        """Return `text` in both languages."""
        return pair_of(text, self.other)


@dataclass(frozen=True, slots=True)
class PipDone:
    """The result of one change: the decision as it now stands, and what changed."""

    view: PipView
    changes: Changes
