"""The three years of a civic integration: when they begin and end, until when the route may change. Pure.

Sources: Wet inburgering 2021 art. 11, 12 and 17; Besluit inburgering 2021 art. 4.4, 4.5 and 5.4. The Algemene
termijnenwet moves none of these days: it leaves out terms of more than three months or of years (art. 4 a), and those
that are counted back (art. 1 lid 2).
"""

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from desktop.i18n.mark import N_
from desktop.plan.law.deadlines import LegalDate, TermFacts, erase_date, on_day, plan_date
from desktop.plan.model.plan_text import PlanText
from desktop.plan.model.support_plan import LegalRoute

TERM_YEARS = 3
ROUTE_CHANGE_MONTHS = 18
EXTENSION_MONTHS = 6
"""Months before the end of the term from which an extension can be asked."""

_MONTHS_A_YEAR = 12
_DAY = timedelta(days=1)

_START = N_("De dag na ${datum}, de datum van het eerste besluit (PIP). Een later besluit verandert deze dag niet.")
_END = N_("Drie jaar vanaf ${datum}, het begin van de termijn.")
_EXTENDED = N_("DUO heeft de termijn verlengd tot en met ${datum}.")
_CHANGE = N_("Anderhalf jaar na ${datum}, het begin van de termijn. In een bijzonder geval mag het later.")
_CHANGE_ALWAYS = N_("Van de onderwijsroute naar de B1-route mag tijdens het hele traject.")
_EXTENSION = N_("Zes maanden voor ${datum}, het einde van de termijn. Eerder kan verlenging niet gevraagd worden.")


def legal_dates(facts: TermFacts) -> tuple[LegalDate, ...]:
    """Return the dates that apply: the plan while it is due, those of the term once it runs, and the erasure."""
    plan = plan_date(facts)
    term = () if facts.first_plan is None else _term_dates(facts.first_plan, facts)
    return (*(() if plan is None else (plan,)), *term, *(() if facts.ended is None else (erase_date(facts.ended),)))


def term_start(first_plan: date) -> date:
    """Return the first day of the term: the one after the date of the first plan."""
    return first_plan + _DAY


def term_end(first_plan: date) -> date:
    """Return the last day of the three years after the plan of `first_plan`.

    The day before the third anniversary of their first day; 29 February has its anniversary on 1 March.
    """
    return _months_on(term_start(first_plan), TERM_YEARS * _MONTHS_A_YEAR) - _DAY


def last_route_change(first_plan: date) -> date:
    """Return the last day to change the route: a year and a half after the first day of the term."""
    return term_start(first_plan) + relativedelta(months=ROUTE_CHANGE_MONTHS)


def may_change_route(first_plan: date, before: LegalRoute, after: LegalRoute, day: date) -> bool:
    """Tell whether the route may become `after` on `day` without a special case (Besluit 5.4 lid 1)."""
    return before == after or (before, after) == ("O", "B1") or day <= last_route_change(first_plan)


def extension_opens(last_day: date) -> date:
    """Return the first day not earlier than six months before the term has passed, which is after `last_day`."""
    return _months_on(last_day + _DAY, -EXTENSION_MONTHS)


def _term_dates(first_plan: date, facts: TermFacts) -> tuple[LegalDate, ...]:
    start, last = term_start(first_plan), term_end(first_plan)
    end = last if facts.extended is None else max(last, facts.extended)
    why_end = PlanText(_END, on_day(start)) if end == last else PlanText(_EXTENDED, on_day(end))
    always = (PlanText(_CHANGE_ALWAYS),) if facts.route == "O" else ()
    return (
        LegalDate(
            "term_start", start, (PlanText(_START, on_day(first_plan)),), "Wet inburgering 2021, art. 11 lid 2 en 3"
        ),
        LegalDate(
            "route_change",
            last_route_change(first_plan),
            (PlanText(_CHANGE, on_day(start)), *always),
            "Wet inburgering 2021, art. 17 lid 2; Besluit inburgering 2021, art. 5.4",
        ),
        LegalDate(
            "extension",
            extension_opens(end),
            (PlanText(_EXTENSION, on_day(end)),),
            "Besluit inburgering 2021, art. 4.5 lid 1",
        ),
        LegalDate("term_end", end, (why_end,), f"Wet inburgering 2021, art. {'11 lid 1' if end == last else '12'}"),
    )


def _months_on(day: date, months: int) -> date:
    """Return the same day `months` later, or the first of the month after where that month has no such day."""
    found = day + relativedelta(months=months)
    return found if found.day == day.day else found + _DAY
