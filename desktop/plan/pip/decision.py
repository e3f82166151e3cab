"""The decision (PIP) as immutable data: what the letter prints and what is kept when it is issued."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.plan.law.deadlines import LegalDate
from desktop.plan.model.plan_text import NO_TEXT, PlanText
from desktop.plan.model.support_plan import LegalRoute, MissingItem

Level = Literal["", "A2", "B1"]
Literacy = Literal["", "A", "AA", "NVT"]
"""A learns to read and write, AA reads another script, NVT needs neither (DUO)."""


@dataclass(frozen=True, slots=True)
class DecidedPart:
    """One part of the decision: what it is called, what is decided in one or more sentences, and the article."""

    key: str
    label: PlanText
    text: tuple[PlanText, ...]
    article: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom the decision is for. Everything is shown as it was typed; `address` has one line or more."""

    name: str = ""
    own_script_name: str = ""
    address: str = ""
    v_number: str = ""


@dataclass(frozen=True, slots=True)
class Authority:
    """Who decides: the college, and who signs for it by which mandate; whom to ask, and how."""

    municipality: str = ""
    college: str = ""
    signer: str = ""
    mandate: str = ""
    contact: str = ""
    reach: str = ""


@dataclass(frozen=True, slots=True)
class PipDecision:
    """The whole decision. `dated` is the dagtekening, `first` that of the person's first decision ever.

    `hours` is the estimated intensity of the route, 0 where none is set; `asylum` tells that the person is an asylum
    status holder or family of one (Wet art. 13 lid 1). `reasons` are the weighing and the deviation from the test.
    `objection` is the wording of the organisation. `plan_seal` names the version of the plan that is its second part.
    Kept as issued: a field that is added needs a default.
    """

    addressee: Addressee = Addressee()
    authority: Authority = Authority()
    dated: date | None = None
    sent: date | None = None
    first: date | None = None
    route: LegalRoute | None = None
    level: Level = ""
    literacy: Literacy = ""
    hours: int = 0
    asylum: bool = False
    may_finish_school: bool | None = None
    parts: tuple[DecidedPart, ...] = ()
    reasons: tuple[DecidedPart, ...] = ()
    dates: tuple[LegalDate, ...] = ()
    objection_date: LegalDate | None = None
    objection: PlanText = NO_TEXT
    attachments: tuple[str, ...] = ()
    talks_held: tuple[date, ...] = ()
    explained: str = ""
    plan_number: int = 0
    plan_seal: str = ""


@dataclass(frozen=True, slots=True)
class PipDraft:
    """A decision that is being prepared, and what it lacks; what blocks keeps it from being issued."""

    decision: PipDecision
    missing: tuple[MissingItem, ...]

    @property
    def may_be_issued(self) -> bool:
        """Tell whether nothing that blocks is missing."""
        return not any(item.blocking for item in self.missing)
