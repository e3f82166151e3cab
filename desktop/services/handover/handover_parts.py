"""What the handover screens show, as frozen data: made on the store thread, read on the GUI thread."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from desktop.kernel.changes import Changes
from desktop.plan.model.support_plan import MissingItem
from protocol.certificates import MUNICIPALITY
from protocol.identifiers import DossierId, OrganisationId

StepKey = Literal["chosen", "prepared", "offered", "received", "talk", "accepted"]
StepState = Literal["done", "now", "later", "returned"]
ShareKey = Literal["data", "report", "plan", "attachments", "health", "notes"]
ItemKey = Literal["plan_discussed", "told", "paper_plan", "talk_held", "first_appointment"]

STEPS: tuple[StepKey, ...] = ("chosen", "prepared", "offered", "received", "talk", "accepted")
ITEMS: tuple[ItemKey, ...] = ("plan_discussed", "told", "paper_plan", "talk_held", "first_appointment")
"""The checklist before a case is let go (domain research, 2.4)."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """An organisation the directory vouches for; `fingerprint` is to be compared by voice when in doubt.

    `kind` is `municipality` or, where a case is handed on there, `reception`; blank for one that is not known any more.
    """

    id: OrganisationId
    name: str
    fingerprint: str
    kind: str = MUNICIPALITY


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the timeline; `moment` is when it happened or, for a planned talk, when it will."""

    key: StepKey
    state: StepState
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One part of the case: what it is. `school` tells that the language school sees some of it."""

    key: ShareKey
    school: bool = False


@dataclass(frozen=True, slots=True)
class TalkPlan:
    """The talk of three: when, how the municipality takes part, who comes for it, and the interpreter in words."""

    moment: datetime
    place: Literal["room", "video", "phone"] = "video"
    contact: str = ""
    interpreter: str = ""


@dataclass(frozen=True, slots=True)
class ItemView:
    """One item of the checklist, and when it was ticked."""

    key: ItemKey
    done: bool
    moment: datetime | None


@dataclass(frozen=True, slots=True)
class LateEntries:
    """What `organisation` wrote in a case after it had handed it over: so many entries, kept apart."""

    organisation: str
    count: int


@dataclass(frozen=True, slots=True)
class HandoverView:
    """The handover of one dossier.

    `came_back` tells that the municipality returned the case, `returned` why, as soon as that is readable here;
    `receipt` is when the municipality said that everything arrived; `waiting` that something is still to be sent;
    `health_key` that this device can still open what is about health; `missing` is what must be mended before sending;
    `late` what former holders wrote after they had let the case go; `unopened` the compartments that the municipality
    said it could not open all of, so that the key to them stays here.
    """

    dossier: DossierId
    name: str
    language: str
    sender: str
    worker: str
    municipality: Municipality | None
    known: tuple[Municipality, ...]
    steps: tuple[StepView, ...]
    shares: tuple[ShareRow, ...]
    talk: TalkPlan | None
    talk_held: bool
    items: tuple[ItemView, ...]
    receipt: datetime | None
    came_back: bool
    returned: str
    waiting: bool
    health_key: bool
    missing: tuple[MissingItem, ...]
    late: tuple[LateEntries, ...]
    unopened: tuple[str, ...]

    @property
    def now(self) -> StepKey | None:
        """The step that is now, None when all is done."""
        return next((step.key for step in self.steps if step.state in {"now", "returned"}), None)

    def done(self, key: StepKey) -> bool:
        """Tell whether a step is done."""
        return any(step.key == key and step.state == "done" for step in self.steps)


@dataclass(frozen=True, slots=True)
class HandoverDone:
    """The result of one step: the handover as it now stands, and what changed."""

    view: HandoverView
    changes: Changes


@dataclass(frozen=True, slots=True)
class ReceivedCase:
    """A case another organisation offered to this one.

    `name` and `languages` are blank until it was received here. `readable` tells that keys and rows have arrived;
    `late` is what former holders wrote after they had let the case go. `unopened` are compartments that came along and
    do not open all here; `partial` tells that the case can be received all the same, so that its sender hears of it.
    """

    dossier: DossierId
    number: str
    sender: str
    step: str
    offered: datetime
    moment: datetime
    name: str
    languages: tuple[str, ...]
    readable: bool
    health: bool
    reason: str
    talk: datetime | None
    waiting: bool
    late: tuple[LateEntries, ...]
    unopened: tuple[str, ...] = ()
    partial: bool = False


@dataclass(frozen=True, slots=True)
class ReceivedDone:
    """The result of one step at the municipality: all cases as they now stand, and what changed."""

    cases: tuple[ReceivedCase, ...]
    changes: Changes
