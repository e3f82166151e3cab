"""Why a case needs somebody: the one next step, its reason and its day. Pure.

Every case is in exactly one of four places: in the list, later with a date, waiting for somebody else, or without a
next step. Where the special ones go: a case at another organisation waits for that one, at a reception location until
its copy must be erased; one whose duty ended is for later, until its data must be erased; of one whose person died the
data must go now; a case without a readable name is without a next step. What was erased is no case any more: it is in
no list, and among the erasures.
Nothing waits for ever while it is ours: a handover comes back when it stands still, a plan that waits for others when
its usual day comes near, a colleague's task when its day has passed, and silence counts from the last contact.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from desktop.plan.law.deadlines import LegalDate, plan_date
from desktop.plan.law.retention import RetentionFacts, terms
from desktop.plan.law.term import legal_dates
from desktop.plan.model.edits import as_date
from desktop.services.caseload.case_tasks import LEAD, OWN, CaseTask
from desktop.services.caseload.summary import Summary
from desktop.services.dossier.step_age import STUCK_DAYS
from protocol.times import read_moment

SOON_DAYS = 14
"""A date of the law is for now from two weeks before it."""
WEEK_DAYS = 7
SILENT_DAYS = 30
"""Without contact for so long, somebody must call: our proposal, no law says it."""

_UNDER_WAY = frozenset({"offered", "received", "talk_planned", "talk_held"})
_ENDS = frozenset({"plan", "term_end"})
"""The dates of the law that are not over when they have passed: something must still be done."""


class Reason(StrEnum):
    """Why somebody is needed; the filters of the page, in the order in which the most urgent is told."""

    DATE = "date"
    PROMISE = "promise"
    CHOICE = "choice"
    LEAD = "lead"
    HANDOVER = "handover"
    WORK = "work"
    SILENT = "silent"
    NOTHING = "nothing"


class NeedGroup(StrEnum):
    """When; the groups of the page, in their order."""

    MISSING = "missing"
    NOW = "now"
    WEEK = "week"
    SILENT = "silent"
    LATER = "later"
    WAITING = "waiting"


class DayPlace(StrEnum):
    """The four places that add up to everybody."""

    LISTED = "listed"
    LATER = "later"
    WAITING = "waiting"
    MISSING = "missing"


_PLACES = {NeedGroup.LATER: DayPlace.LATER, NeedGroup.WAITING: DayPlace.WAITING, NeedGroup.MISSING: DayPlace.MISSING}
_PLACE_ORDER = (DayPlace.LISTED, DayPlace.WAITING, DayPlace.LATER, DayPlace.MISSING)
_GROUP_ORDER = {group: at for at, group in enumerate(NeedGroup)}
_REASON_ORDER = {reason: at for at, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks: the worker `me` of `organisation`; `reception` tells that it is a reception location.

    `only_me` tells that a colleague's task waits for the colleague; else it is a task of all of us.
    """

    me: str
    organisation: str
    reception: bool = False
    only_me: bool = True


@dataclass(frozen=True, slots=True)
class Need:
    """One reason. `matter` says what it is about: the key of a date of the law, a kind of task, a step, `conflict`.

    `days` is how many are left until `day`, below 0 for what has passed; for silence, how many there was none.
    """

    reason: Reason
    group: NeedGroup
    matter: str
    day: date | None = None
    days: int = 0
    rule: LegalDate | None = None
    task: CaseTask | None = None

    @property
    def place(self) -> DayPlace:
        """Return which of the four places that is."""
        return _PLACES.get(self.group, DayPlace.LISTED)


class Holding(StrEnum):
    """Where a case is, seen from one organisation."""

    OURS = "ours"
    COMING = "coming"
    AWAY = "away"
    GONE = "gone"


def holding(about: Summary, organisation: str) -> Holding:
    """Return whether a case is ours, offered to us, on its way to another, or at another."""
    if about.organisation and about.organisation == organisation:
        if about.step in _UNDER_WAY:
            return Holding.COMING
        return Holding.GONE if about.step in {"returned", "withdrawn"} else Holding.OURS
    if about.holder not in {"", organisation}:
        return Holding.GONE
    return Holding.AWAY if about.step in _UNDER_WAY else Holding.OURS


def is_mine(about: Summary, me: str) -> bool:
    """Tell whether the worker called `me` opened the case, led a talk, took a step of its handover, or owns a task.

    The record knows people by the name their vault gives them; two workers of one name are one to it.
    """
    return me in about.authors or any(task.kind == OWN and task.owner == me for task in about.tasks)


def needs_of(about: Summary, viewer: Viewer, today: date) -> tuple[Need, ...]:
    """Return what is needed in a case on a day, the most urgent first: at least one, the next step.

    All are of the same place, or of one that is less urgent.
    """
    if not about.name:
        return (Need(Reason.NOTHING, NeedGroup.MISSING, "unreadable"),)
    found = sorted(_found(about, viewer, today), key=_urgency)
    return tuple(found) or (Need(Reason.NOTHING, NeedGroup.MISSING, "nothing"),)


def order_of(need: Need) -> tuple[int, int, int, int]:
    """Return what sorts reasons: by group, then what the law asks before what people said; for later, by day."""
    days = -need.days if need.reason is Reason.SILENT else need.days
    first = days if need.group is NeedGroup.LATER else 0
    return _GROUP_ORDER[need.group], first, _REASON_ORDER[need.reason], days


def _urgency(need: Need) -> tuple[int, tuple[int, int, int, int]]:
    return _PLACE_ORDER.index(need.place), order_of(need)


def _found(about: Summary, viewer: Viewer, today: date) -> Iterator[Need]:
    where = holding(about, viewer.organisation)
    if where is not Holding.GONE and about.conflicts:
        yield Need(Reason.CHOICE, NeedGroup.NOW, "conflict", days=about.conflicts)
    yield from (_task(task, viewer, today) for task in about.tasks if where is not Holding.GONE or task.kind == OWN)
    died, ended = as_date(about.died), as_date(about.ended)
    if where is Holding.GONE:
        yield _elsewhere(about, viewer, today)
    elif died is not None or ended is not None:
        yield _to_be_erased(RetentionFacts(viewer.reception, duty_ended=ended, died=died), today)
    else:
        yield from _dates(about, today)
        yield from (_at_work if where is Holding.OURS else _on_the_way)(about, where, today)


def _task(task: CaseTask, viewer: Viewer, today: date) -> Need:
    day = date.fromisoformat(task.due)
    days = (day - today).days
    reason = Reason.LEAD if task.kind == LEAD else Reason.PROMISE
    if task.disputed:
        return Need(Reason.CHOICE, NeedGroup.NOW, "task_conflict", day, days, task=task)
    if task.kind == OWN and not _is_ours(task, viewer):
        group = NeedGroup.WEEK if days < 0 else NeedGroup.WAITING
    elif days <= 0 and task.kind == OWN:
        group = NeedGroup.NOW
    else:
        group = NeedGroup.WEEK if days <= WEEK_DAYS else NeedGroup.LATER
    return Need(reason, group, task.kind, day, days, task=task)


def _is_ours(task: CaseTask, viewer: Viewer) -> bool:
    here = task.organisation in {"", viewer.organisation}
    return here and (not viewer.only_me or task.owner in {"", viewer.me})


def _elsewhere(about: Summary, viewer: Viewer, today: date) -> Need:
    accepted = about.stamped if about.step == "accepted" else None
    if viewer.reception and accepted is not None:
        return _to_be_erased(RetentionFacts(reception=True, accepted=accepted.astimezone().date()), today)
    return Need(Reason.HANDOVER, NeedGroup.WAITING, "gone")


def _to_be_erased(facts: RetentionFacts, today: date) -> Need:
    term = terms(facts)[0]
    days = (term.day - today).days
    return Need(Reason.DATE, NeedGroup.NOW if days <= 0 else NeedGroup.LATER, term.rule.key, term.day, days)


def _dates(about: Summary, today: date) -> Iterator[Need]:
    """Yield what the law asks by a day, and the move."""
    for rule in legal_dates(about.terms):
        if rule.key == "plan" and rule.usual is not None:
            days = (rule.usual - today).days
            group = NeedGroup.NOW if days <= SOON_DAYS else NeedGroup.WAITING
            yield Need(Reason.DATE, group, "waits", rule.usual, days, rule)
        elif rule.day is not None and rule.key in {"plan", "route_change", "term_end"}:
            days = (rule.day - today).days
            if days >= 0 or rule.key in _ENDS:
                group = NeedGroup.NOW if days <= SOON_DAYS else NeedGroup.LATER
                yield Need(Reason.DATE, group, rule.key, rule.day, days, rule)
    moves = as_date(about.moves)
    if moves is not None and moves >= today:
        yield Need(Reason.DATE, NeedGroup.LATER, "move", moves, (moves - today).days)


def _at_work(about: Summary, _where: Holding, today: date) -> Iterator[Need]:
    """Yield the next step of our own work, and silence; an own task for a later day takes both off the list."""
    if about.step == "returned":
        yield Need(Reason.HANDOVER, NeedGroup.WEEK, "answer")
    if any(task.kind == OWN and date.fromisoformat(task.due) > today for task in about.tasks):
        return
    step = _own_step(about)
    if step and about.step != "returned":
        yield Need(Reason.WORK, NeedGroup.WEEK, step)
    last = _day(about.contact)
    silent = 0 if last is None else (today - last).days
    if silent >= SILENT_DAYS:
        yield Need(Reason.SILENT, NeedGroup.SILENT, about.contact_kind, last, silent)


def _own_step(about: Summary) -> str:
    """Return what comes next in the work on a case; blank where its plan is decided and followed."""
    if about.step == "accepted":
        if about.plan and plan_date(about.terms) is None:
            return ""
        return "decide" if about.signed else "read_plan"
    if about.signed:
        return "hand_over"
    if about.proposed:
        return "read_plan"
    return "go_on" if about.answered else "start"


def _on_the_way(about: Summary, where: Holding, today: date) -> Iterator[Need]:
    """Yield whose turn it is in a handover between us and another organisation."""
    planned = _day(read_moment(about.moment))
    if about.step == "talk_planned" and planned is not None and planned >= today:
        days = (planned - today).days
        group = NeedGroup.NOW if days == 0 else NeedGroup.WEEK if days <= WEEK_DAYS else NeedGroup.LATER
        yield Need(Reason.HANDOVER, group, "hold_talk", planned, days)
        return
    ours = _TURNS[where].get(about.step, "")
    if ours:
        yield Need(Reason.HANDOVER, NeedGroup.WEEK, ours)
        return
    since = _day(about.stamped)
    still = 0 if since is None else max(0, (today - since).days)
    if still >= STUCK_DAYS:
        yield Need(Reason.HANDOVER, NeedGroup.WEEK, "stuck", since, still)
    else:
        yield Need(Reason.HANDOVER, NeedGroup.WAITING, "wait", since, still)


_TURNS = {
    Holding.COMING: {"offered": "receive", "talk_planned": "talk_was", "talk_held": "answer_offer"},
    Holding.AWAY: {"received": "plan_talk", "talk_planned": "talk_was"},
}
"""What is our turn; all else waits for the other, until it stands still."""


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone().date()
