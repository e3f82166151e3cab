"""Who somebody is, on one page, before the form: only what answers and plan say, in the words that were written there.

Nothing is made up and nothing of the health answers is in it: the plan holds none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from desktop.i18n import format_date
from desktop.plan.derive.profile import NOT_ASKED
from desktop.plan.model.support_plan import Helper, SupportPlan
from desktop.services.handover.case_messages import MessageService
from desktop.services.handover.talk_service import TalkService
from desktop.services.plan.plan import PlanService
from protocol.identifiers import DossierId
from protocol.times import Clock, today

Heading = Literal["who", "languages", "first", "can", "next", "known"]
MOST_LINES = 5
"""Lines under one heading, so that the whole stays one page; the rest is in plan and report."""


@dataclass(frozen=True, slots=True)
class PersonPicture:
    """What was said under each heading; one without an answer is left out. `talk` is when the three talk, to come."""

    name: str
    talk: datetime | None
    parts: tuple[tuple[Heading, tuple[str, ...]], ...]


class PictureService:
    """Makes the picture of a person from the plan, the talk of three and the contacts. Store thread only."""

    def __init__(self, plans: PlanService, talks: TalkService, messages: MessageService, clock: Clock) -> None:
        self._plans = plans
        self._talks = talks
        self._messages = messages
        self._clock = clock

    def picture(self, dossier: DossierId) -> PersonPicture:
        """Return the picture of a person. Raises UserError `records.dossier_unknown`."""
        planned = self._talks.planned(dossier)
        talk = None if planned is None or planned.calendar.cancelled else planned.calendar.talk.moment
        contacts = [f"{each.name}, {each.organisation}" for each in self._messages.talk(dossier).contacts]
        return picture_of(self._plans.plan(dossier), talk, contacts, today(self._clock))


def picture_of(plan: SupportPlan, talk: datetime | None, contacts: Sequence[str], day: date) -> PersonPicture:
    """Return the picture; of the steps of the plan only those from `day` on are still to come."""
    facts = [f"{fact.label.dutch}: {fact.value}" for fact in plan.facts if fact.value]
    first = [plan.own_words.dutch, *(point.text.dutch for point in plan.important)]
    can = [*(each.name.dutch for each in plan.competences), *(each.text.dutch for each in plan.experience)]
    helpers = [
        ", ".join(part for part in (each.name, each.function) if part) for each in plan.helpers if _is_known(each)
    ]
    found: tuple[tuple[Heading, Iterator[str]], ...] = (
        ("who", iter(facts)),
        ("languages", _languages(plan)),
        ("first", iter(first)),
        ("can", iter(can)),
        ("next", _appointments(plan, day)),
        ("known", iter((*contacts, *helpers))),
    )
    parts = ((heading, tuple(dict.fromkeys(filter(None, lines)))[:MOST_LINES]) for heading, lines in found)
    coming = talk if talk is not None and talk.astimezone().date() >= day else None
    return PersonPicture(plan.name, coming, tuple((heading, lines) for heading, lines in parts if lines))


def _languages(plan: SupportPlan) -> Iterator[str]:
    for skill in plan.language_skills:
        levels = dict.fromkeys(each.dutch for each in (skill.speaking, skill.reading) if each and each != NOT_ASKED)
        known = ", ".join(filter(None, levels))
        yield f"{skill.name.dutch}: {known}" if known else skill.name.dutch


def _appointments(plan: SupportPlan, day: date) -> Iterator[str]:
    steps = {(step.due, step.text.dutch) for goal in plan.goals for step in goal.actions if step.due and not step.done}
    for due, text in sorted((due, text) for due, text in steps if due is not None and due >= day):
        yield f"{format_date(due)}: {text}"


def _is_known(helper: Helper) -> bool:
    """Tell whether a helper has a name that holds on either side: the plan fills in whoever reads it as caseworker."""
    return bool(helper.name) and helper.id != "caseworker"
