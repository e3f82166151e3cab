"""The progress of one person as immutable data: what the page shows and the overview prints.

Amounts and days only: no percentage, no average and no word for good or behind.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from desktop.plan.law.deadlines import LegalDate
from desktop.plan.model.plan_text import NO_TEXT, PlanText
from desktop.plan.model.support_plan import LegalRoute
from desktop.plan.progress.entries import DisputedEntry, ProgressEntry
from desktop.records.events.progress_bodies import ExamPart, LevelBasis, Skill, TalkRecorded

HoursKind = Literal["lessons", "language", "knm", "map", "pvt", "activities"]
"""`lessons` are language and KNM together, as the self-reliance route counts them."""
Measure = Literal["", "needed", "estimated", "planned", "agreed"]
"""Whose number hours are held against: the law's, the decision's estimate, the route's plan, what was agreed."""
ModuleMarkState = Literal["later", "now", "done", "not_done", "skipped", "repeated", "past"]
"""`past` is a module whose weeks are over while nobody said what became of it."""
ExamState = Literal["not_yet", "registered", "passed", "again", "exempt"]
NoticeKey = Literal["talk", "route_change", "pvt", "map", "z_talk", "downscale", "extension", "term_end"]

LEVELS = ("0", "alfa_a", "alfa_b", "alfa_c", "a0", "a1_min", "a1", "a2", "b1", "b2", "c1")
"""The levels of the interview, from the least on; those of literacy stand before A0."""

LEVEL_NAMES = dict(
    zip(LEVELS, ("0", "Alfa A", "Alfa B", "Alfa C", "A0", "A1-min", "A1", "A2", "B1", "B2", "C1"), strict=True)
)
"""Official names, which stay Dutch in every language."""

SKILLS: tuple[Skill, ...] = ("listening", "speaking", "conversation", "reading", "writing")
EXAM_PARTS: tuple[ExamPart, ...] = ("KNM", "LE", "LU", "SC", "SP")


@dataclass(frozen=True, slots=True)
class HoursBar:
    """Hours of one kind: `minutes` followed, `of` hours by `measure` (0: no number), `last` day that was counted.

    `closed` is the day on which this part was signed or talked through; `article` is where the number comes from.
    """

    kind: HoursKind
    minutes: int
    of: int = 0
    measure: Measure = ""
    article: str = ""
    last: date | None = None
    closed: date | None = None


@dataclass(frozen=True, slots=True)
class AbsenceCount:
    """Half-days somebody was not there, with and without notice, and how many have no reason yet."""

    with_notice: int = 0
    without: int = 0
    unasked: int = 0

    @property
    def half_days(self) -> int:
        """Return all of them."""
        return self.with_notice + self.without


@dataclass(frozen=True, slots=True)
class ModuleMark:
    """One module on the line of the route; `may_change` tells that the route may change after it."""

    number: int
    route: str
    name: str
    label: PlanText
    first: date
    last: date
    state: ModuleMarkState
    may_change: bool
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One skill: its level at the intake, now and as the goal (codes of `LEVELS`, blank where none is known)."""

    skill: Skill
    then: str = ""
    now: str = ""
    goal: str = ""
    day: date | None = None
    basis: LevelBasis | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExamLine:
    """One part of the exam and where it stands; never a mark."""

    part: ExamPart
    state: ExamState
    day: date | None = None


@dataclass(frozen=True, slots=True)
class TalkLine:
    """One talk: the id of its entry, what it says, and its day."""

    entry: str
    talk: TalkRecorded
    day: date | None

    @property
    def own_words(self) -> PlanText:
        """Return what the person said: Dutch, and as it was spoken."""
        said, other = self.talk.said.strip(), self.talk.said_other.strip()
        return PlanText(said, free=True, other=other) if said or other else NO_TEXT


@dataclass(frozen=True, slots=True)
class Talks:
    """The talks: how many were `agreed` (0: no number), those held, the next one, and planned ones whose day passed.

    `spoken` is the newest talk in which the person's own words were written down.
    """

    agreed: int = 0
    held: tuple[TalkLine, ...] = ()
    next: TalkLine | None = None
    waiting: tuple[TalkLine, ...] = ()
    spoken: TalkLine | None = None

    @property
    def next_number(self) -> int:
        """Return the number of the talk that comes next."""
        return max((each.talk.number for each in self.held), default=0) + 1


@dataclass(frozen=True, slots=True)
class ProgressNotice:
    """Something the law asks or allows now: a sentence, the day it is about, the article."""

    key: NoticeKey
    text: PlanText
    article: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything on one person's way. `entries` are all that count, for the list from which they are corrected.

    `decided` tells whether the municipality issued a decision; without one the plan's own numbers stand in.
    """

    today: date
    route: LegalRoute | None = None
    route_label: PlanText = NO_TEXT
    provider: str = ""
    start: date | None = None
    decided: bool = False
    hours: tuple[HoursBar, ...] = ()
    absence: AbsenceCount = AbsenceCount()
    modules: tuple[ModuleMark, ...] = ()
    levels: tuple[LevelLine, ...] = ()
    exams: tuple[ExamLine, ...] = ()
    talks: Talks = Talks()
    notices: tuple[ProgressNotice, ...] = ()
    dates: tuple[LegalDate, ...] = ()
    entries: tuple[ProgressEntry, ...] = ()
    disputes: tuple[DisputedEntry, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was recorded yet."""
        return not self.entries and not self.disputes

    def legal_date(self, key: str) -> date | None:
        """Return the day of one of the law's dates; None where it does not run."""
        return next((each.day for each in self.dates if each.key == key), None)
