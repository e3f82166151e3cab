"""The support plan as immutable data: what the screens show and the documents print.

Dates are calendar dates of the Netherlands. Names, phone numbers and amounts are shown as they were typed.
Every list keeps the order in which it is shown.
"""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from desktop.plan.model.plan_text import NO_TEXT, PlanText

LegalRoute = Literal["B1", "O", "Z"]
Holder = Literal["other", "together", "person"]
Sign = Literal["for", "against", "neutral"]
SignatureRole = Literal["person", "caseworker", "municipality"]
Part = Literal["morning", "afternoon"]
HalfDayKind = Literal["language", "work", "participation", "own", "free", "blocked"]
CareKind = Literal["vve", "school", "care", "home"]

Weekday = Annotated[int, Meta(ge=0, le=4)]
"""0 is Monday, 4 is Friday."""
Level = Annotated[int, Meta(ge=0, le=5)]
Count = Annotated[int, Meta(ge=0, le=10_000)]

LEGAL_ROUTES: tuple[LegalRoute, ...] = ("O", "B1", "Z")
"""The three routes of the law (Wet inburgering 2021, articles 7 to 9), in the order in which they are printed."""


@dataclass(frozen=True, slots=True)
class MissingItem:
    """Something that must be there, or must be mended, before the plan is signed.

    `code` has its message in `desktop.i18n.messages.plan`; `field` is the plan field or question where it is mended;
    `blocking` tells whether the plan cannot be signed without it.
    """

    code: str
    field: str
    details: Mapping[str, str] = dataclasses.field(default_factory=dict)
    blocking: bool = True


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of the panel at the top: its label in both languages, its value once."""

    label: PlanText
    value: str


@dataclass(frozen=True, slots=True)
class Point:
    """One sentence with a pictogram; `icon` names a drawing and is decoration only."""

    id: str
    icon: str
    text: PlanText
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Competence:
    """Something the person is good at, and where that was seen."""

    icon: str
    name: PlanText
    evidence: PlanText


@dataclass(frozen=True, slots=True)
class LanguageSkill:
    """One language: its name, how it was measured or used, and four levels in words of the interview."""

    name: PlanText
    note: PlanText
    listening: PlanText
    speaking: PlanText
    reading: PlanText
    writing: PlanText


@dataclass(frozen=True, slots=True)
class SelfReliance:
    """One domain of self-reliance: 1 (acute) to 5 (fully); `target` is where the person wants to be, 0 when unknown."""

    domain: str
    label: PlanText
    now: Level
    target: Level = 0


@dataclass(frozen=True, slots=True)
class LeadPhase:
    """Who leads a goal from `start` on: another person, together, or the person."""

    holder: Holder
    name: str
    start: date | None


@dataclass(frozen=True, slots=True)
class GoalAction:
    """One step towards a goal; `starts` tells that `due` is when it begins instead of when it is ready."""

    id: str
    text: PlanText
    who: str
    paid_from: PlanText
    due: date | None
    starts: bool = False
    done: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal of the person in the first person; `sources` are the addresses of the answers it comes from.

    `derived` is False for a goal that the caseworker added; such a goal has no sources.
    """

    id: str
    domain: str
    icon: str
    text: PlanText
    why: PlanText
    done_when: PlanText
    sources: tuple[str, ...]
    lead: tuple[LeadPhase, ...]
    actions: tuple[GoalAction, ...]
    funding: PlanText
    derived: bool


@dataclass(frozen=True, slots=True)
class Argument:
    """One reason for or against a legal route, or one that speaks neither way, and the answers it rests on.

    `topic` is one of `desktop.plan.model.topics.TOPICS`; `derived` is False for a reason the caseworker wrote.
    """

    id: str
    route: LegalRoute
    sign: Sign
    topic: str
    text: PlanText
    sources: tuple[str, ...] = ()
    derived: bool = True


@dataclass(frozen=True, slots=True)
class RouteWeighing:
    """One legal route, weighed. There is no score: `reason` is what the caseworker concludes, in own words."""

    route: LegalRoute
    for_: tuple[Argument, ...]
    against: tuple[Argument, ...]
    neutral: tuple[Argument, ...]
    reason: str
    proposed: bool

    @property
    def arguments(self) -> tuple[Argument, ...]:
        """All reasons, those for the route first."""
        return self.for_ + self.against + self.neutral


@dataclass(frozen=True, slots=True)
class RegionRoute:
    """The route of the region that carries out a legal route."""

    name: str
    label: PlanText
    legal_route: LegalRoute
    level: str
    provider: str
    weeks: Count
    half_days: Count
    start_dates: tuple[date, ...]
    capacity: Count


@dataclass(frozen=True, slots=True)
class HalfDay:
    """One half-day of the week: `day` 0 is Monday, 4 is Friday; `fixed` ones cannot be moved, `why` says why."""

    day: Weekday
    part: Part
    kind: HalfDayKind
    label: PlanText
    fixed: bool = False
    why: PlanText = NO_TEXT


@dataclass(frozen=True, slots=True)
class CareHalfDay:
    """Where a child is on one half-day."""

    day: Weekday
    part: Part
    kind: CareKind
    label: PlanText


@dataclass(frozen=True, slots=True)
class ChildWeek:
    """The week of one child, beside that of the parent: a timetable is only possible when both fit."""

    name: str
    half_days: tuple[CareHalfDay, ...]


@dataclass(frozen=True, slots=True)
class YearWeek:
    """One calendar week: a lesson week with its number and module, or a holiday with its name."""

    monday: date
    lesson: Count
    module: Count
    holiday: PlanText = NO_TEXT


@dataclass(frozen=True, slots=True)
class ModuleSpan:
    """One module on the year: from its first Monday to its last, and whether one may change route after it."""

    number: Count
    label: PlanText
    note: PlanText
    first: date
    last: date
    may_change: bool


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A lesson day that falls on a public holiday: nothing may be planned on it."""

    day: date
    name: PlanText


@dataclass(frozen=True, slots=True)
class Year:
    """The route on the calendar. `change_moments` are the last days of modules after which the route may change."""

    start: date
    weeks: tuple[YearWeek, ...]
    modules: tuple[ModuleSpan, ...]
    change_moments: tuple[date, ...]
    talks: tuple[date, ...]
    closed_days: tuple[ClosedDay, ...]


@dataclass(frozen=True, slots=True)
class Helper:
    """Someone who helps, and how to reach that person."""

    id: str
    role: PlanText
    name: str
    phone: str
    function: str


@dataclass(frozen=True, slots=True)
class ExplainedTerm:
    """An official Dutch word or abbreviation, which stays Dutch, and what it means."""

    word: str
    meaning: PlanText


@dataclass(frozen=True, slots=True)
class Signature:
    """One place to sign; `date` is None and `how` blank while nobody signed."""

    role: SignatureRole
    name: str
    date: date | None
    how: str = ""


@dataclass(frozen=True, slots=True)
class ReadAloud:
    """When and in which language the plan was read aloud, and by which interpreter (a number, never a name)."""

    language: str
    date: date | None
    interpreter: str


NOT_READ_ALOUD = ReadAloud("", None, "")
"""The plan was not read aloud yet."""


@dataclass(frozen=True, slots=True)
class StatutoryPart:
    """One part the law demands of the broad intake, when it was done, and its legal source."""

    key: str
    label: PlanText
    basis: str
    done: date | None
    applies: bool = True


@dataclass(frozen=True, slots=True)
class LearnabilityTest:
    """The learnability test as DUO reports it; all blank when it was not taken. `exempt` holds the ground."""

    taken: date | None
    score: str
    needed: str
    outcome: str
    exempt: str = ""


NO_TEST = LearnabilityTest(None, "", "", "")
"""A learnability test that was not taken."""


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """The whole plan. Holds nothing from the health compartment.

    `agrees` and `feedback` are the person's reaction to the plan, those of the report to what the intake says of it:
    `yes`, `partly`, `no` or blank. Plans are kept as they were signed: a field that is added needs a default.
    """

    name: str
    made: date
    own_script_name: str = ""
    languages: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    in_short: tuple[Point, ...] = ()
    story: tuple[PlanText, ...] = ()
    important: tuple[Point, ...] = ()
    competences: tuple[Competence, ...] = ()
    experience: tuple[Point, ...] = ()
    language_skills: tuple[LanguageSkill, ...] = ()
    self_reliance: tuple[SelfReliance, ...] = ()
    goals: tuple[Goal, ...] = ()
    routes: tuple[RouteWeighing, ...] = ()
    proposed_route: LegalRoute | None = None
    deviation: str = ""
    region_route: RegionRoute | None = None
    start: date | None = None
    times: tuple[str, str] = ("", "")
    week: tuple[HalfDay, ...] = ()
    children: tuple[ChildWeek, ...] = ()
    year: Year | None = None
    words: tuple[ExplainedTerm, ...] = ()
    agreements: tuple[Point, ...] = ()
    helpers: tuple[Helper, ...] = ()
    own_words: PlanText = NO_TEXT
    feedback: PlanText = NO_TEXT
    agrees: str = ""
    report_feedback: PlanText = NO_TEXT
    report_agrees: str = ""
    read_aloud: ReadAloud = NOT_READ_ALOUD
    report_read_aloud: ReadAloud = NOT_READ_ALOUD
    signatures: tuple[Signature, ...] = ()
    statutory: tuple[StatutoryPart, ...] = ()
    test: LearnabilityTest = NO_TEST
    study_wish: PlanText = NO_TEXT
    preference: PlanText = NO_TEXT
    preference_reason: PlanText = NO_TEXT
    missing: tuple[MissingItem, ...] = ()

    @property
    def may_be_signed(self) -> bool:
        """Tell whether nothing that blocks signing is missing."""
        return not any(item.blocking for item in self.missing)
