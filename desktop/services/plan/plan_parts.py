"""What the plan screens show and send, as frozen data: made on the store thread, read on the GUI thread."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from desktop.i18n import Catalogue, Language
from desktop.kernel.changes import Changes
from desktop.plan.model.plan_changes import PlanChange
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import HalfDay, LeadPhase, LegalRoute, RegionRoute, RouteWeighing, SupportPlan
from desktop.records import DossierView
from desktop.services.content.workbooks import WorkbookState
from desktop.services.dossier.undo import UndoStep
from desktop.services.plan.plan_versions import VersionHistory
from desktop.services.plan.session_facts import SessionFacts
from protocol.canonical import JsonValue
from protocol.identifiers import DossierId

SCREEN_ORDER: tuple[LegalRoute, ...] = ("B1", "O", "Z")
"""The legal routes from start to end on screen. The order says nothing about the person."""


@dataclass(frozen=True, slots=True)
class BilingualText:
    """One text in Dutch and in the other language; `other` is empty when it would only repeat the Dutch."""

    dutch: str
    other: str


def pair_of(text: PlanText, other: Catalogue) -> BilingualText:
    """Return `text` in Dutch, and in the language of `other`, a catalogue of the plan."""
    found = text.in_other(other.find, rtl=other.language.is_rtl)
    dutch = text.dutch
    return BilingualText(dutch, found.text if found.translated and found.text != dutch else "")


@dataclass(frozen=True, slots=True)
class Link:
    """The way back from a plan to an answer: where it is, and how its place is called (`Opleiding 3`)."""

    ref: str
    label: str


@dataclass(frozen=True, slots=True)
class TalkRef:
    """Number and day of the conversation in which the person's own words were written down; number 0 without any."""

    number: int
    day: date | None


@dataclass(frozen=True, slots=True)
class DisputeSide:
    """What one device wrote in a plan field: the value as it is set, in readable words, by whom and when.

    `author` is what the writing says, `organisation` what the certificate of its device says.
    """

    value: JsonValue
    text: str
    author: str
    organisation: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Dispute:
    """A plan field that two devices set without seeing each other; both stand until a person chooses."""

    field: str
    sides: tuple[DisputeSide, ...]


@dataclass(frozen=True, slots=True)
class RegionOffer:
    """The routes of the region for the proposed legal route, and the starts of the one in the plan from today on.

    `chosen` and `start` are what people chose; blank and None where they did not, and the first of each stands in.
    """

    routes: tuple[RegionRoute, ...] = ()
    starts: tuple[date, ...] = ()
    chosen: str = ""
    start: date | None = None


@dataclass(frozen=True, slots=True)
class WorkbookStanding:
    """By which version of the organisation's workbook a case goes, of which day; 0 and None where there is none.

    `newer` is the newest version where that is another one, of the day `newer_issued`; `changes` is what the plan would
    say otherwise by it.
    """

    state: WorkbookState
    version: int = 0
    issued: datetime | None = None
    newer: int = 0
    newer_issued: datetime | None = None
    changes: tuple[PlanChange, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanView:
    """The plan of one dossier as it stands.

    `links` gives the place of every answer the plan rests on; `words_in` is the language the person's own words were
    said in. `disputes` are the plan fields that two devices set
    without seeing each other; the newest value is shown until a person chooses. `history` holds the signed versions,
    `region_offer` what can be chosen of the region, `workbook` by which version of it.
    """

    dossier: DossierId
    name: str
    plan: SupportPlan
    dutch: Catalogue
    other: Catalogue
    languages: tuple[str, ...]
    links: Mapping[str, Link]
    disputes: tuple[Dispute, ...]
    talk: TalkRef
    words_in: Language
    can_undo: bool
    history: VersionHistory
    region_offer: RegionOffer
    workbook: WorkbookStanding

    @property
    def second(self) -> Language:
        """The person's language on this screen."""
        return self.other.language

    def pair(self, text: PlanText) -> BilingualText:
        """Return `text` in both languages."""
        return pair_of(text, self.other)

    def fixed_text(self, msgid: str) -> BilingualText:
        """Return a fixed Dutch text of the plan in both languages."""
        return self.pair(PlanText(msgid))

    def weighings(self) -> tuple[RouteWeighing, ...]:
        """Return the three weighings in the order of the screen."""
        by_route = {weighing.route: weighing for weighing in self.plan.routes}
        return tuple(by_route[route] for route in SCREEN_ORDER if route in by_route)

    def links_of(self, sources: tuple[str, ...]) -> tuple[Link, ...]:
        """Return the places of `sources`, each place once, leaving out those the interview no longer asks."""
        found = [self.links[ref] for ref in sources if ref in self.links]
        return tuple({link.label: link for link in found}.values())

    def half_day(self, day: int, part: str) -> HalfDay | None:
        """Return what is planned on one half-day, None when the plan says nothing about it."""
        return next((item for item in self.plan.week if item.day == day and item.part == part), None)


@dataclass(frozen=True, slots=True)
class PlanWithFacts:
    """A plan, and what it follows from: the record, and the answers as rules read them."""

    record: DossierView
    facts: SessionFacts
    plan: SupportPlan


@dataclass(frozen=True, slots=True)
class PlanDone:
    """The result of one change: the plan as it now stands, what changed, and what was taken back, if so."""

    view: PlanView
    changes: Changes
    undone: UndoStep | None = None


@dataclass(frozen=True, slots=True)
class ActionDraft:
    """One step of a goal as the editor holds it; a blank `id` is a new step."""

    id: str
    text: str
    who: str = ""
    due: date | None = None
    paid_from: str = ""


@dataclass(frozen=True, slots=True)
class GoalDraft:
    """A goal as the editor holds it; a blank `id` is a new goal. `other` renders the text in the person's language."""

    id: str
    text: str
    other: str = ""
    why: str = ""
    done_when: str = ""
    domain: str = "participation"
    lead: tuple[LeadPhase, ...] = ()
    actions: tuple[ActionDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class HalfDayDraft:
    """One half-day as the week editor holds it; `kind` None means back to what the route says."""

    day: int
    part: str
    kind: str | None
    label: str = ""
