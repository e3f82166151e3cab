"""Moments, days and sizes as people of a language write them, in the time zone of this machine."""

from datetime import UTC, date, datetime

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_decimal

from server.web.texts import PageTexts

_THOUSAND, _TEN = 1000, 10
_UNITS = ("B", "kB", "MB", "GB", "TB")


def local(seconds: float) -> datetime:
    """Return a moment in seconds since 1970 as the clock on the wall of this machine shows it."""
    return datetime.fromtimestamp(seconds, UTC).astimezone()


def day(texts: PageTexts, moment: datetime, today: date) -> str:
    """Return a day as people say it: today, yesterday, 3 Nov, 3 Nov 2025."""
    then = moment.astimezone().date()
    if then == today:
        return texts.text("today")
    if (today - then).days == 1:
        return texts.text("yesterday")
    pattern = "d MMM" if then.year == today.year else "d MMM y"
    return format_date(then, pattern, locale=texts.tag)


def day_and_hour(texts: PageTexts, moment: datetime, today: date) -> str:
    """Return a day and the time, which is only known to the hour for devices."""
    clock = format_time(moment.astimezone().time(), "HH:mm", locale=texts.tag)
    return f"{day(texts, moment, today)} {clock}"


def full(texts: PageTexts, moment: datetime) -> str:
    """Return a day of the week, day and time: Tuesday 24 November, 10:42."""
    return format_datetime(moment.astimezone(), "EEEE d MMMM, HH:mm", locale=texts.tag)


def size(texts: PageTexts, octets: int) -> str:
    """Return a number of bytes in the unit that keeps it short, of a thousand each: 1.2 GB."""
    amount, unit = float(octets), 0
    while amount >= _THOUSAND and unit < len(_UNITS) - 1:
        amount, unit = amount / _THOUSAND, unit + 1
    pattern = "0.#" if amount < _TEN and unit else "0"
    return f"{format_decimal(round(amount, 1), pattern, locale=texts.tag)}\N{NO-BREAK SPACE}{_UNITS[unit]}"


def zone(moment: datetime) -> str:
    """Return the name and the offset of the time zone of this machine: CET (UTC+01:00), or UTC alone."""
    here = moment.astimezone()
    name, offset = here.tzname() or "", f"UTC{here:%z}"
    return name if name == "UTC" else f"{name} ({offset[:-2]}:{offset[-2:]})"
