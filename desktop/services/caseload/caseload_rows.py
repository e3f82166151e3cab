"""One dossier as a row of the caseload: where it stands, what comes next, by when. Pure.

Nothing here is a judgement of a person: a row says what a caseworker must do, and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.plan.law.deadlines import LegalDate, plan_date
from desktop.plan.law.term import legal_dates
from desktop.plan.model.edits import as_date
from desktop.services.caseload.summary import Summary
from desktop.services.dossier.step_age import StepAge, step_age
from protocol.identifiers import DossierId, case_number
from protocol.times import read_moment

SOON_DAYS = 14
"""A term within two weeks asks for attention."""
QUIET_DAYS = 30
"""A dossier without news for so long is for later."""


class Stage(StrEnum):
    """Where a dossier stands."""

    NEW = "new"
    TALKING = "talking"
    DRAFT = "draft"
    SIGNED = "signed"
    CHOICE = "choice"
    SENT = "sent"
    RECEIVED = "received"
    TALK = "talk"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class NextStep(StrEnum):
    """What the caseworker does next."""

    START = "start"
    GO_ON = "go_on"
    SETTLE = "settle"
    READ_PLAN = "read_plan"
    HAND_OVER = "hand_over"
    PLAN_TALK = "plan_talk"
    HOLD_TALK = "hold_talk"
    WAIT = "wait"
    ANSWER = "answer"
    DECIDE = "decide"
    FOLLOW_PLAN = "follow_plan"
    NOTHING = "nothing"


class DueGroup(StrEnum):
    """When the caseworker must act; the groups of the list, in their order."""

    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class CaseDeadline:
    """A date that counts: `kind` is the key of a date of the law, "waits" or "move".

    "waits" tells that the plan waits for information of others, "move" is the move to the municipality. `rule` says why
    it is that day; None for a move.
    """

    kind: str
    day: date
    days_left: int
    rule: LegalDate | None = None

    @property
    def soon(self) -> bool:
        """Tell whether it asks for attention."""
        return self.kind in _ASKS and self.days_left <= SOON_DAYS


_ASKS = frozenset({"plan", "route_change", "term_end"})
"""What somebody must do by a day; from an extension on one may ask, and a move and waiting are no term."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. `organisation` and `moment` belong to the step, blank where it has none.

    `age` is how long a handover has been under way without a step, None where none is. `remark` is what the
    municipality asked when it returned the dossier. `municipality` is where the person will live.
    """

    dossier: DossierId
    name: str
    number: str
    languages: tuple[str, ...]
    stage: Stage
    step: NextStep
    when: DueGroup
    term: CaseDeadline | None
    conflicts: int
    organisation: str
    moment: datetime | None
    remark: str
    municipality: str
    mine: bool
    last_event: datetime | None
    age: StepAge | None = None


_BY_HANDOVER: Mapping[str, tuple[Stage, NextStep, DueGroup]] = {
    "offered": (Stage.SENT, NextStep.WAIT, DueGroup.WAITING),
    "received": (Stage.RECEIVED, NextStep.PLAN_TALK, DueGroup.WEEK),
    "talk_planned": (Stage.TALK, NextStep.HOLD_TALK, DueGroup.WEEK),
    "talk_held": (Stage.TALK, NextStep.WAIT, DueGroup.WAITING),
    "returned": (Stage.RETURNED, NextStep.ANSWER, DueGroup.WEEK),
    "accepted": (Stage.ACCEPTED, NextStep.NOTHING, DueGroup.LATER),
}


def _find_accepted_step(about: Summary) -> tuple[Stage, NextStep, DueGroup]:
    """Return what comes next for who accepted a case: read the plan together, decide, and follow the plan."""
    decided = plan_date(about.terms) is None and bool(about.plan)
    if decided:
        return Stage.ACCEPTED, NextStep.FOLLOW_PLAN, DueGroup.LATER
    return Stage.ACCEPTED, NextStep.DECIDE if about.signed else NextStep.READ_PLAN, DueGroup.WEEK


_UNDER_WAY = frozenset({Stage.SENT, Stage.RECEIVED, Stage.TALK, Stage.RETURNED})


def person_row(about: Summary, me: str, now: datetime, organisation: str = "") -> PersonRow:
    """Return the row of a dossier for the worker called `me` of `organisation`, at `now` (aware; days are local)."""
    today = now.astimezone().date()
    stage, step, when = _find_stage(about, organisation)
    term = _find_deadline(about, today)
    moment = _step_moment(about)
    age = _find_age(about, stage, now)
    if age is not None and age.stuck and when is DueGroup.WAITING:
        when = DueGroup.WEEK
    return PersonRow(
        dossier=about.dossier,
        name=about.name,
        number=case_number(about.dossier),
        languages=about.languages,
        stage=stage,
        step=step,
        when=_decide_when(when, step, term, _day(moment) if step is NextStep.HOLD_TALK else None, about, today),
        term=term,
        conflicts=about.conflicts,
        organisation=about.organisation,
        moment=moment,
        remark=about.text if about.step == "returned" else "",
        municipality=about.municipality,
        mine=me in about.authors,
        last_event=about.last_event,
        age=age,
    )


def _find_stage(about: Summary, organisation: str) -> tuple[Stage, NextStep, DueGroup]:
    if about.conflicts:
        return Stage.CHOICE, NextStep.SETTLE, DueGroup.WEEK
    if about.step == "accepted" and about.organisation == organisation:
        return _find_accepted_step(about)
    if about.step in _BY_HANDOVER:
        return _BY_HANDOVER[about.step]
    return _find_own_stage(about)


def _find_own_stage(about: Summary) -> tuple[Stage, NextStep, DueGroup]:
    if about.signed:
        return Stage.SIGNED, NextStep.HAND_OVER, DueGroup.WEEK
    if about.proposed:
        return Stage.DRAFT, NextStep.READ_PLAN, DueGroup.WEEK
    if about.answered:
        return Stage.TALKING, NextStep.GO_ON, DueGroup.WEEK
    return Stage.NEW, NextStep.START, DueGroup.WEEK


def _decide_when(  # one decision from all of these
    usual: DueGroup, step: NextStep, term: CaseDeadline | None, appointment: date | None, about: Summary, today: date
) -> DueGroup:
    follows = step is NextStep.FOLLOW_PLAN and term is not None and term.soon
    if usual in {DueGroup.WAITING, DueGroup.LATER} and not follows:
        return usual
    if appointment == today or (_day(about.last_event) == today and step in {NextStep.START, NextStep.GO_ON}):
        return DueGroup.TODAY
    if term is not None and term.soon:
        return DueGroup.TODAY if term.days_left <= 0 else DueGroup.WEEK
    last = _day(about.last_event)
    return DueGroup.LATER if last is not None and today - last > timedelta(days=QUIET_DAYS) else usual


def _find_deadline(about: Summary, today: date) -> CaseDeadline | None:
    """Return the term for the plan, else the next date of the three years, else the move."""
    for rule in legal_dates(about.terms):
        if rule.key == "plan" and rule.usual is not None:
            return CaseDeadline("waits", rule.usual, (rule.usual - today).days, rule)
        if rule.day is not None and (rule.key == "plan" or (rule.key in _OF_THE_TERM and rule.day >= today)):
            return CaseDeadline(rule.key, rule.day, (rule.day - today).days, rule)
    moves = as_date(about.moves)
    return None if moves is None else CaseDeadline("move", moves, (moves - today).days)


_OF_THE_TERM = frozenset({"route_change", "extension", "term_end"})


def _step_moment(about: Summary) -> datetime | None:
    return read_moment(about.moment) or about.stamped


def _find_age(about: Summary, stage: Stage, now: datetime) -> StepAge | None:
    if stage not in _UNDER_WAY or about.stamped is None:
        return None
    planned = read_moment(about.moment)
    return step_age([about.stamped] if planned is None else [about.stamped, planned], now)


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone().date()
