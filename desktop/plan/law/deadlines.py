"""The dates of a civic integration, each with its reasons in words and the article it rests on. Pure.

Sources: Wet inburgering 2021 art. 15, Besluit inburgering 2021 art. 5.3 and 9.9, Algemene wet bestuursrecht art. 6:7
and 6:8. Terms of weeks end by the Algemene termijnenwet; those of the three years are in `term`.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from desktop.i18n.formatting import format_date
from desktop.i18n.mark import N_
from desktop.plan.law.holidays import last_day_of_term
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import LegalRoute

DateKey = Literal["plan", "term_start", "route_change", "extension", "term_end", "objection", "erase"]

PLAN_WEEKS = 10
"""Weeks to establish the plan (PIP)."""
WAITED_WEEKS = 2
"""Weeks to establish it after what others had to tell came in."""
OBJECTION_WEEKS = 6
RETENTION_YEARS = 5
"""Years the data are kept after the duty ended."""

_PLAN_ARTICLE = "Besluit inburgering 2021, art. 5.3"
_MOVED_ARTICLE = f"Wet inburgering 2021, art. 15 lid 4; {_PLAN_ARTICLE}"
_TERMS_ARTICLE = "Algemene termijnenwet, art. 1, 3 en 5"

_FROM_NOTICE = N_("Tien weken na ${datum}, de datum op de brief van DUO.")
_FROM_REGISTRATION = N_("Tien weken na ${datum}, de dag van inschrijving in de gemeente.")
_FROM_MOVE = N_("Tien weken na ${datum}, de dag van inschrijving in de nieuwe gemeente. De leerroute blijft dezelfde.")
_NOT_REGISTERED = N_("De tien weken beginnen pas na inschrijving in de gemeente.")
_WAITS = N_(
    "De gemeente wacht op informatie van een ander. Is die binnen, dan zijn er nog twee weken. "
    "Zonder wachten is ${datum} de laatste dag."
)
_WAITED = N_("Twee weken na ${datum}, de dag waarop de informatie van een ander binnenkwam.")
_FREE_DAY = N_(
    "Die termijn eindigt op ${datum}: een zaterdag, een zondag of een feestdag. "
    "Daarom is de eerste werkdag daarna de laatste dag."
)
_OBJECTION = N_("Zes weken na ${datum}, de dag waarop het besluit is verstuurd.")
_ERASE = N_("Vijf jaar na ${datum}, het einde van de inburgeringsplicht.")


@dataclass(frozen=True, slots=True)
class TermFacts:
    """What the dates follow from; None where a day is not known, or did not come.

    `notified` is the date of DUO's notice, `registered` the registration in the municipality of the home. `awaits`
    tells that the plan waits for information of others, which came in on `informed`. `moved` is the registration in the
    next municipality after a plan was established. `first_plan` is the date of the first plan (PIP) ever, `plan` that
    of the newest, `route` its route. `extended` is the last day of the term as DUO extended it, `ended` the day the
    duty ended.
    """

    notified: date | None = None
    registered: date | None = None
    awaits: bool = False
    informed: date | None = None
    moved: date | None = None
    first_plan: date | None = None
    plan: date | None = None
    route: LegalRoute | None = None
    extended: date | None = None
    ended: date | None = None


@dataclass(frozen=True, slots=True)
class LegalDate:
    """One date of the law: `why` it falls there, in sentences, and the `article` it rests on.

    `day` is None while its clock does not run; `usual` is then the day it would have been, where there is one.
    """

    key: DateKey
    day: date | None
    why: tuple[PlanText, ...]
    article: str
    usual: date | None = None


def plan_date(facts: TermFacts) -> LegalDate | None:
    """Return the last day to establish the plan; None where it is established, or no notice came yet.

    The clock runs from the day after the notice, or after the registration when that is later. Where the plan waits for
    others it is due two weeks after they told; until they do, there is no day. What comes in within the ten weeks
    changes nothing: that is our reading of an exception for plans that cannot be in time.
    """
    if facts.plan is not None:
        return None if facts.moved is None or facts.plan >= facts.moved else _waited(_after_move(facts.moved), facts)
    if facts.notified is None:
        return None
    if facts.registered is None:
        return LegalDate("plan", None, (PlanText(_NOT_REGISTERED),), _PLAN_ARTICLE)
    if facts.registered > facts.notified:
        return _waited(_plan_end(_FROM_REGISTRATION, facts.registered, PLAN_WEEKS), facts)
    return _waited(_plan_end(_FROM_NOTICE, facts.notified, PLAN_WEEKS), facts)


def objection_date(sent: date) -> LegalDate:
    """Return the last day to object to a decision that was sent on `sent`."""
    return _in_weeks(
        "objection", PlanText(_OBJECTION, on_day(sent)), sent, OBJECTION_WEEKS, "Awb, art. 6:7 en 6:8 lid 1"
    )


def erase_date(ended: date) -> LegalDate:
    """Return the day on which the data must be gone, of a duty that ended on `ended`."""
    why = PlanText(_ERASE, on_day(ended))
    return LegalDate("erase", retained_until(ended), (why,), "Besluit inburgering 2021, art. 9.9")


def retained_until(duty_ended: date) -> date:
    """Return the day on which the data must be gone: five years after the duty ended, 28 February for a 29th."""
    return duty_ended + relativedelta(years=RETENTION_YEARS)


def on_day(day: date) -> tuple[tuple[str, str], ...]:
    """Return what fills the place `datum` of a sentence."""
    return (("datum", format_date(day)),)


def _after_move(moved: date) -> LegalDate:
    return replace(_plan_end(_FROM_MOVE, moved, PLAN_WEEKS), article=_MOVED_ARTICLE)


def _plan_end(reason: str, since: date, weeks: int) -> LegalDate:
    return _in_weeks("plan", PlanText(reason, on_day(since)), since, weeks, _PLAN_ARTICLE)


def _waited(usual: LegalDate, facts: TermFacts) -> LegalDate:
    """Return `usual`, or what it becomes because others had to tell something."""
    if not facts.awaits or usual.day is None:
        return usual
    if facts.informed is None:
        return LegalDate("plan", None, (PlanText(_WAITS, on_day(usual.day)),), usual.article, usual=usual.day)
    return usual if facts.informed <= usual.day else _plan_end(_WAITED, facts.informed, WAITED_WEEKS)


def _in_weeks(key: DateKey, reason: PlanText, since: date, weeks: int, article: str) -> LegalDate:
    """Return the end of a term of `weeks`, counted from the day after `since`."""
    last = since + timedelta(weeks=weeks)
    day = last_day_of_term(last)
    if day == last:
        return LegalDate(key, day, (reason,), article)
    return LegalDate(key, day, (reason, PlanText(_FREE_DAY, on_day(last))), f"{article}; {_TERMS_ARTICLE}")
