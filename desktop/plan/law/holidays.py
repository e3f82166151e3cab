"""Public holidays of the Netherlands: the days without lessons, and the days on which no term of the law ends.

Sources: Algemene termijnenwet art. 1, 3, 4 and 5; the days put on one line with holidays by royal decree, with the name
of each decree, are in `library/gelijkgestelde_dagen.csv`. Only Easter comes from a library (dateutil): `holidays` knows
the same days, a test compares them, but loading it takes longer than the list of people may.
"""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from dateutil.easter import easter

from desktop.i18n.mark import N_

_LIBERATION_EVERY = 5
_SATURDAY, _SUNDAY = 5, 6

_DECREED = Path(__file__).parent.parent / "library" / "gelijkgestelde_dagen.csv"


@cache
def public_holidays(year: int) -> Mapping[date, str]:
    """Return the days of `year` without lessons by their Dutch names (msgids of the catalogue `plan`).

    King's Day moves to Saturday when 27 April is a Sunday. Liberation Day counts every fifth year, Good Friday
    always, as schools keep it.
    """
    sunday, kings_day = easter(year), date(year, 4, 27)
    days = {
        date(year, 1, 1): N_("Nieuwjaarsdag"),
        sunday - timedelta(days=2): N_("Goede Vrijdag"),
        sunday: N_("Eerste paasdag"),
        sunday + timedelta(days=1): N_("Tweede paasdag"),
        kings_day - timedelta(days=1) if kings_day.weekday() == _SUNDAY else kings_day: N_("Koningsdag"),
        sunday + timedelta(days=39): N_("Hemelvaartsdag"),
        sunday + timedelta(days=49): N_("Eerste pinksterdag"),
        sunday + timedelta(days=50): N_("Tweede pinksterdag"),
        date(year, 12, 25): N_("Eerste kerstdag"),
        date(year, 12, 26): N_("Tweede kerstdag"),
    }
    if year % _LIBERATION_EVERY == 0:
        days[date(year, 5, 5)] = N_("Bevrijdingsdag")
    return days


def holiday_on(day: date) -> str:
    """Return the Dutch name of the public holiday on `day`, blank when there is none."""
    return public_holidays(day.year).get(day, "")


def last_day_of_term(day: date) -> date:
    """Return the day on which a term of the law that would end on `day` does end (Algemene termijnenwet art. 1).

    That is `day`, or the next day that is no Saturday, Sunday or recognised holiday. Recognised are public holidays,
    5 May in every year, and the days put on one line with them. Not for terms of more than twelve weeks (art. 4).
    """
    while day.weekday() >= _SATURDAY or _is_recognised(day):
        day += timedelta(days=1)
    return day


@cache
def equalled_days() -> Mapping[date, str]:
    """Return the days a royal decree put on one line with holidays (art. 3 lid 3), with the name of the decree.

    Those through 2028 are known; a later year needs a new decree, and a line in the file.
    """
    with _DECREED.open(encoding="utf-8", newline="") as lines:
        return {date.fromisoformat(line["day"]): line["decree"] for line in csv.DictReader(lines)}


def _is_recognised(day: date) -> bool:
    return day in equalled_days() or (day.month, day.day) == (5, 5) or bool(holiday_on(day))
