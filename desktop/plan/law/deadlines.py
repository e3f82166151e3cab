"""Dates of the Wet inburgering 2021 and the Besluit inburgering 2021. Pure arithmetic on calendar dates.

Sources: Besluit 5.3 (plan within ten weeks), Wet 15 lid 4 (moving), Wet 11 (term of three years), Wet 17 lid 2 with
Besluit 5.4 (change of route), Besluit 4.4 (extension), Besluit 9.9 (retention).
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from desktop.plan.model.support_plan import LegalRoute

PLAN_DAYS = 70
"""Ten weeks to establish the plan (PIP)."""
THIRD_PARTY_DAYS = 14
"""Two weeks after the information of a third party came in."""
TERM_YEARS = 3
CHANGE_MONTHS = 18
EXTENSION_MONTHS = 6
RETENTION_YEARS = 5


@dataclass(frozen=True, slots=True)
class IntegrationTerm:
    """The term in which somebody must fulfil the duty, both days included."""

    first: date
    last: date


def plan_due(notified: date, registered: date | None, third_party: date | None = None) -> date | None:
    """Return the last day to establish the plan, or None while its clock does not run yet.

    The clock runs from the day after `notified` (the date of DUO's notice), or after `registered` (in the housing
    municipality) when that is later; before registration nothing runs. Information of a third party that came in on
    `third_party`, after the normal last day, gives two weeks from then.
    """
    if registered is None:
        return None
    normal = max(notified, registered) + timedelta(days=PLAN_DAYS)
    if third_party is not None and third_party > normal:
        return third_party + timedelta(days=THIRD_PARTY_DAYS)
    return normal


def plan_due_after_move(registered_there: date) -> date:
    """Return the last day for the next municipality; the route of the earlier plan is kept (Wet 15 lid 4)."""
    return registered_there + timedelta(days=PLAN_DAYS)


def term(established: date) -> IntegrationTerm:
    """Return the term that starts the day after the date of the first plan; a later plan does not move it."""
    first = established + timedelta(days=1)
    return IntegrationTerm(first, _months_later(first, 12 * TERM_YEARS) - timedelta(days=1))


def last_route_change(established: date, now: LegalRoute, wanted: LegalRoute) -> date:
    """Return the last day to change from route `now` to `wanted`.

    Eighteen months after the start of the term; from the education route to B1 during the whole term.
    """
    whole = term(established)
    if (now, wanted) == ("O", "B1"):
        return whole.last
    return _months_later(whole.first, CHANGE_MONTHS)


def extension_opens(established: date) -> date:
    """Return the first day on which an extension may be asked: six months before the end of the term."""
    after = term(established).last + timedelta(days=1)
    return _months_later(after, -EXTENSION_MONTHS)


def retained_until(duty_ended: date) -> date:
    """Return the day on which the data must be gone: five years after the duty ended."""
    return _months_later(duty_ended, 12 * RETENTION_YEARS)


def _months_later(day: date, months: int) -> date:
    count = day.year * 12 + (day.month - 1) + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
