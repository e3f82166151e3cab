"""Dates of the Besluit inburgering 2021. Pure arithmetic on calendar dates.

Sources: Besluit 5.3 (plan within ten weeks), Besluit 9.9 (retention), Algemene termijnenwet (the last day of a term).
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from desktop.plan.law.holidays import last_day_of_term

PLAN_WEEKS = 10
"""Weeks to establish the plan (PIP)."""
RETENTION_YEARS = 5
"""Years the data are kept after the duty ended."""


def plan_due(notified: date, registered: date | None) -> date | None:
    """Return the last day to establish the plan, or None while its clock does not run yet.

    The clock runs from the day after `notified` (the date of DUO's notice), or after `registered` (in the housing
    municipality) when that is later; before registration nothing runs. A term that would end on a Saturday, a Sunday
    or a holiday ends on the next working day.
    """
    if registered is None:
        return None
    return last_day_of_term(max(notified, registered) + timedelta(weeks=PLAN_WEEKS))


def retained_until(duty_ended: date) -> date:
    """Return the day on which the data must be gone: five years after the duty ended, 28 February for a 29th."""
    return duty_ended + relativedelta(years=RETENTION_YEARS)
