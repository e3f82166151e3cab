"""One dossier as a row of the caseload: where it stands, what comes next, by when. Pure.

Nothing here is a judgement of a person: a row says what a caseworker must do, and when.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop.kernel.ids import DossierId, case_number
from desktop.plan.deadlines import plan_due
from desktop.records.events import HandoverStep
from desktop.records.view import DossierView, Recorded

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
    NOTHING = "nothing"


class When(StrEnum):
    """When the caseworker must act; the groups of the list, in their order."""

    TODAY = "today"
    WEEK = "week"
    WAITING = "waiting"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Term:
    """A date that counts: `kind` is "plan" (plan established) or "move" (moves to the municipality)."""

    kind: str
    day: date
    days_left: int

    @property
    def soon(self) -> bool:
        """Tell whether it asks for attention."""
        return self.kind == "plan" and self.days_left <= SOON_DAYS


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person in the list. `organisation` and `moment` belong to the step, blank where it has none.

    `remark` is what the municipality asked when it returned the dossier. `municipality` is where the person will live.
    """

    dossier: DossierId
    name: str
    number: str
    languages: tuple[str, ...]
    stage: Stage
    step: NextStep
    when: When
    term: Term | None
    conflicts: int
    organisation: str
    moment: datetime | None
    remark: str
    municipality: str
    mine: bool
    last_event: datetime | None


_BY_HANDOVER: Mapping[str, tuple[Stage, NextStep, When]] = {
    "offered": (Stage.SENT, NextStep.WAIT, When.WAITING),
    "received": (Stage.RECEIVED, NextStep.PLAN_TALK, When.WEEK),
    "talk_planned": (Stage.TALK, NextStep.HOLD_TALK, When.WEEK),
    "talk_held": (Stage.TALK, NextStep.WAIT, When.WAITING),
    "returned": (Stage.RETURNED, NextStep.ANSWER, When.WEEK),
    "accepted": (Stage.ACCEPTED, NextStep.NOTHING, When.LATER),
}


def person_row(view: DossierView, me: str, now: datetime) -> PersonRow:
    """Return the row of `view` for the worker called `me`, at the moment `now` (aware; days are local days)."""
    today = now.astimezone().date()
    last = view.handover[-1] if view.handover else None
    stage, step, when = _standing(view, last)
    term = _term(view, today)
    moment = _moment(last)
    return PersonRow(
        dossier=view.id,
        name=view.name,
        number=case_number(view.id),
        languages=view.languages,
        stage=stage,
        step=step,
        when=_when(when, step, term, _day(moment) if step is NextStep.HOLD_TALK else None, view, today),
        term=term,
        conflicts=len(view.conflicts()),
        organisation="" if last is None else last.body.organisation,
        moment=moment,
        remark=last.body.text if last is not None and last.body.step == "returned" else "",
        municipality=_answer(view, "gemeente"),
        mine=_mine(view, me),
        last_event=view.last_event,
    )


def _standing(view: DossierView, last: Recorded[HandoverStep] | None) -> tuple[Stage, NextStep, When]:
    if view.conflicts():
        return Stage.CHOICE, NextStep.SETTLE, When.WEEK
    if last is not None and last.body.step in _BY_HANDOVER:
        return _BY_HANDOVER[last.body.step]
    if any(field.startswith("signature/") for field in view.plan):
        return Stage.SIGNED, NextStep.HAND_OVER, When.WEEK
    if "route/proposed" in view.plan:
        return Stage.DRAFT, NextStep.READ_PLAN, When.WEEK
    if view.answers:
        return Stage.TALKING, NextStep.GO_ON, When.WEEK
    return Stage.NEW, NextStep.START, When.WEEK


def _when(  # one decision from all of these
    usual: When, step: NextStep, term: Term | None, appointment: date | None, view: DossierView, today: date
) -> When:
    if usual in {When.WAITING, When.LATER}:
        return usual
    if appointment == today or (_day(view.last_event) == today and step in {NextStep.START, NextStep.GO_ON}):
        return When.TODAY
    if term is not None and term.soon:
        return When.TODAY if term.days_left <= 0 else When.WEEK
    last = _day(view.last_event)
    return When.LATER if last is not None and today - last > timedelta(days=QUIET_DAYS) else usual


def _term(view: DossierView, today: date) -> Term | None:
    notified, registered = _date(view, "kennisgeving"), _date(view, "brp_datum")
    due = plan_due(notified, registered) if notified is not None else None
    if due is not None:
        return Term("plan", due, (due - today).days)
    moves = _date(view, "verhuizen")
    return None if moves is None else Term("move", moves, (moves - today).days)


def _moment(last: Recorded[HandoverStep] | None) -> datetime | None:
    if last is None:
        return None
    try:
        return datetime.fromisoformat(last.body.moment) if last.body.moment else last.stamp.time
    except ValueError:
        return last.stamp.time


def _answer(view: DossierView, name: str) -> str:
    for ref, register in view.answers.items():
        latest = register.latest
        if ref.rpartition("/")[2] == name and latest is not None and latest.status == "given":
            return latest.text
    return ""


def _date(view: DossierView, name: str) -> date | None:
    try:
        return date.fromisoformat(_answer(view, name))
    except ValueError:
        return None


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone().date()


def _mine(view: DossierView, me: str) -> bool:
    opening = view.opening.latest
    authors = {talk.stamp.author for talk in view.conversations}
    if opening is not None:
        authors.add(opening.author)
    return me in authors
