"""A region's rules as immutable data, as read from its workbook (docs/formats/region-workbook.md)."""

from dataclasses import dataclass
from datetime import date

from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import CareKind, HalfDayKind, LegalRoute, Part, RegionRoute, Sign


@dataclass(frozen=True, slots=True)
class Condition:
    """An expression over the answers: its source, its compiled form (None means always), and the questions it reads."""

    source: str
    compiled: object | None
    names: tuple[str, ...]


ALWAYS = Condition("", None, ())
"""The condition of a rule without `when`."""


@dataclass(frozen=True, slots=True)
class RegionSettings:
    """What the region says about itself. Times are printed as written; `talks` are weeks of the route."""

    region: str
    title: str
    version: str
    interview: str
    interview_version: str
    morning: str
    afternoon: str
    talks: tuple[int, ...]
    municipality: str
    reception: str


@dataclass(frozen=True, slots=True)
class ModuleRule:
    """One module of a route: its length in weeks, its hours, and the routes one may change to after it."""

    route: str
    name: str
    label: str
    note: str
    weeks: int
    language_hours: int
    knm_hours: int
    work_hours: int
    switch_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionRule:
    """One step of a goal; `term_weeks` counts from the start of the route and may be negative."""

    text: str
    who: tuple[str, ...]
    funding: str
    term_weeks: int | None
    starts: bool


@dataclass(frozen=True, slots=True)
class GoalRule:
    """One goal, when it applies, its steps, and how its lead moves to the person."""

    name: str
    domain: str
    when: Condition
    goal: str
    short: str
    why: str
    done_when: str
    lead: str
    together_weeks: int | None
    self_weeks: int | None
    funding: str
    actions: tuple[ActionRule, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation or person in the region."""

    name: str
    label: str
    kind: str
    offers: str
    contact: str
    phone: str
    when: Condition


@dataclass(frozen=True, slots=True)
class ArgumentRule:
    """One reason for, against or beside a legal route, and when it applies."""

    id: str
    route: LegalRoute
    sign: Sign
    topic: str
    when: Condition
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WeekRule:
    """What a half-day of a route is for, and where a child below school age is then."""

    route: str
    day: int
    part: Part
    kind: HalfDayKind
    label: str
    child: CareKind


@dataclass(frozen=True, slots=True)
class AgreementRule:
    """One sentence of the agreements."""

    name: str
    icon: str
    when: Condition
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordRule:
    """An official Dutch word and its meaning."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Holiday:
    """A school holiday, first and last day included."""

    name: PlanText
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Letterhead:
    """How the organisation's name stands on its documents; each field is blank where the workbook says nothing.

    `colour` is `#RRGGBB` and dark enough for text on white, `logo_text` says in words what the logo shows.
    """

    name: str = ""
    logo_text: str = ""
    colour: str = ""
    footer: str = ""


NO_LETTERHEAD = Letterhead()
"""Documents look as they ship."""


@dataclass(frozen=True, slots=True)
class Region:
    """Everything a region decides. `partners` are looked up by `name`."""

    settings: RegionSettings
    routes: tuple[RegionRoute, ...]
    modules: tuple[ModuleRule, ...]
    goals: tuple[GoalRule, ...]
    partners: tuple[Partner, ...]
    arguments: tuple[ArgumentRule, ...]
    week: tuple[WeekRule, ...]
    agreements: tuple[AgreementRule, ...]
    words: tuple[WordRule, ...]
    holidays: tuple[Holiday, ...]
    letterhead: Letterhead = NO_LETTERHEAD

    def partner(self, name: str) -> Partner | None:
        """Return the partner with `name`, or None."""
        return next((item for item in self.partners if item.name == name), None)
