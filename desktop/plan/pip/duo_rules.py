"""The rules by which DUO takes a PIP, an offer or a withdrawal, applied before anything is sent. Pure.

Source: DUO, `gemeente-m2m-inburgering`, README.md (11 Jun 2026). Rule 3 is not clear for somebody who still lives in a
reception location: their settlement is not known, and then it does not refuse.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from desktop.plan.model.support_plan import MissingItem
from desktop.plan.pip.duo_message import DuoPip


@dataclass(frozen=True, slots=True)
class DuoKnown:
    """What DUO knows beside the message; None or 0 where we do not know it.

    `duty_began` and `settled` are when the duty began and when the person settled in the municipality. `first` and
    `current` are the dates of the first PIP and of the one that stands, None where there is none. `term_set` tells that
    DUO set the term, `course_hours` that lessons of the present offer were registered.
    """

    duty_began: date | None = None
    settled: date | None = None
    first: date | None = None
    current: date | None = None
    asylum: bool = False
    term_set: bool = False
    course_hours: int = 0


def completed(message: DuoPip) -> DuoPip:
    """Return `message` with the level that DUO fills in where none is given: B1 in two of the routes (rule 7)."""
    return replace(message, level="B1") if message.level is None and message.route in {"B", "O"} else message


def refused(message: DuoPip, known: DuoKnown) -> Iterator[MissingItem]:
    """Yield why DUO would refuse `message`: rules 1 to 6 and 8."""
    dated, route = message.dated, message.route
    if known.duty_began is not None and dated < known.duty_began:
        yield MissingItem("duo.before_duty", "pip/dated")
    if any(each is not None and dated < each for each in (known.first, known.current)):
        yield MissingItem("duo.before_plan", "pip/dated")
    if known.settled is not None and dated < known.settled:
        yield MissingItem("duo.before_settlement", "pip/dated")
    if message.level == "A2" and route == "O":
        yield MissingItem("duo.education_a2", "pip/level")
    if message.level == "B1" and route == "Z":
        yield MissingItem("duo.self_reliance_b1", "pip/level")
    if message.level == "A2" and route == "B" and known.first is None:
        yield MissingItem("duo.first_a2", "pip/level")
    if message.hours is not None and (route != "B" or not known.asylum):
        yield MissingItem("duo.hours_not_taken", "pip/route_hours")


def withdrawal_refused(known: DuoKnown) -> Iterator[str]:
    """Yield the codes of why DUO would not take a PIP back (rule 9)."""
    if known.term_set:
        yield "duo.term_is_set"
    if known.course_hours:
        yield "duo.hours_registered"


def offer_refused(offered: date, known: DuoKnown) -> Iterator[str]:
    """Yield the codes of why DUO would not register an offer of lessons made on `offered` (rule 9)."""
    if not known.asylum:
        yield "duo.offer_not_asylum"
    if known.current is None:
        yield "duo.offer_without_plan"
    elif offered < known.current:
        yield "duo.offer_before_plan"
