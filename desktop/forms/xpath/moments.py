"""Dates, times and moments as expressions see them: a number of days since 1970-01-01 UTC that knows its text.

Lexical forms are those of ODK XForms "Data Types": `2026-11-30`, `14:30:00.000+01:00`, `2026-11-30T14:30:00.000+01:00`.
A date without a time is midnight in the zone of the person; a zone of None is the zone of the machine. A date of which
day or month is unknown, `1990-XX-XX`, is reckoned with as the first day it may be, and keeps its text.
"""

import math
import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Self

from desktop.kernel.part_date import PartDate

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ANY_DAY = _EPOCH.date()
_DAY = 86_400.0
_INVALID = "Invalid Date"
_OFFSET = r"(?P<offset>Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
_TIME = rf"(?P<hour>[0-9]{{2}}):(?P<minute>[0-9]{{2}})(?::(?P<second>[0-9]{{2}})(?:\.(?P<fraction>[0-9]+))?)?{_OFFSET}"
_DATE = r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
_PART_LENGTH = len("1990-XX-XX")
_MOMENT = re.compile(rf"{_DATE}(?:T{_TIME})?")
_CLOCK_TIME = re.compile(_TIME)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOVED_BY_SUMMER_TIME = frozenset({3_600, 82_800})


class DateNumber(float):
    """A moment in days since 1970-01-01 UTC, with the text it is stored and shown as. Not a number when invalid."""

    __slots__ = ("text",)

    text: str

    def __new__(cls, days: float, text: str) -> Self:
        """Make a moment of `days` that reads `text`."""
        made = super().__new__(cls, days)
        made.text = text
        return made

    @property
    def is_valid(self) -> bool:
        """Tell whether this is a moment at all."""
        return not math.isnan(self)


INVALID = DateNumber(math.nan, _INVALID)
"""What `date('nonsense')` is: not a number, false, and readable as an invalid date."""


def local(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return `moment` in `zone`, or in the zone of the machine when that is None."""
    return moment.astimezone(zone)


def days_of(moment: datetime) -> float:
    """Return the days since 1970-01-01 UTC, with their fraction."""
    return (moment - _EPOCH).total_seconds() / _DAY


def moment_at(days: float) -> datetime | None:
    """Return the moment `days` after 1970-01-01 UTC, to the millisecond, or None outside the years 1 to 9999."""
    if math.isnan(days) or math.isinf(days):
        return None
    try:
        return _EPOCH + timedelta(milliseconds=round(days * _DAY * 1000))
    except OverflowError:
        return None


def parse_moment(text: str, zone: tzinfo | None) -> datetime | None:
    """Return the moment a date or dateTime text means, or None when it is not one."""
    found = _MOMENT.fullmatch(_first_day(text))
    if found is None:
        return None
    try:
        day = datetime(int(found["year"]), int(found["month"]), int(found["day"]))  # noqa: DTZ001  # the zone follows
        if found["hour"] is None:
            return _attach_zone(day, "", zone)
        return _attach_zone(day + _time_of_day(found), found["offset"] or "", zone)
    except (ValueError, OverflowError):
        return None


def _first_day(text: str) -> str:
    """Return a date of which a part is unknown as the first day it may be, any other text as it is."""
    part = PartDate.parse(text) if len(text) == _PART_LENGTH and text.endswith("XX") else None
    return text if part is None else part.first.isoformat()


def parse_date(text: str) -> date | None:
    """Return the calendar date of a strict `yyyy-mm-dd`, or None."""
    try:
        return date.fromisoformat(text) if len(text) == len("2026-11-30") else None
    except ValueError:
        return None


def has_offset(text: str) -> bool:
    """Tell whether a text is a time of day that says how far from UTC it is."""
    found = _CLOCK_TIME.fullmatch(text)
    return found is not None and found["offset"] is not None


def day_fraction(text: str, zone: tzinfo | None, today: date = _ANY_DAY) -> float:
    """Return the fraction of the day in `zone` that a time text means, or not-a-number when it is not one.

    A time with an offset is one of `today`: what the clock in `zone` says at it differs between summer and winter.
    """
    found = _CLOCK_TIME.fullmatch(text)
    if found is None:
        return math.nan
    try:
        day = datetime(today.year, today.month, today.day) + _time_of_day(found)  # noqa: DTZ001  # the zone follows
        here = local(_attach_zone(day, found["offset"] or "", zone), zone)
    except (ValueError, OverflowError):
        return math.nan
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
    return (here.replace(tzinfo=None) - midnight.replace(tzinfo=None)).total_seconds() / _DAY


def _time_of_day(found: re.Match[str]) -> timedelta:
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004  # a clock
        raise ValueError
    microseconds = int(((found["fraction"] or "") + "000000")[:6])
    return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=microseconds)


def _attach_zone(naive: datetime, offset: str, zone: tzinfo | None) -> datetime:
    if not offset:
        return naive.replace(tzinfo=zone) if zone is not None else naive.astimezone()
    if offset == "Z":
        return naive.replace(tzinfo=UTC)
    hours, minutes = int(offset[1:3]), int(offset[-2:]) if len(offset) > len("+01") else 0
    if hours > 23 or minutes > 59:  # noqa: PLR2004  # a clock
        raise ValueError
    away = timedelta(hours=hours, minutes=minutes)
    return naive.replace(tzinfo=timezone(-away if offset[0] == "-" else away))


def complete_moment(text: str, zone: tzinfo | None, today: date) -> str:
    """Return a dateTime or a time of day with milliseconds and offset; what it says of them already stays.

    Without an offset it lies in `zone`, a time of day on `today`. Any other text is returned as it is, and so is a time
    of day with its milliseconds: a program wrote it.
    """
    found = _MOMENT.fullmatch(text) or _CLOCK_TIME.fullmatch(text)
    if found is None or found["hour"] is None or (found["fraction"] and "T" not in text):
        return text
    offset = found["offset"] or ""
    whole = text.removesuffix(offset)
    whole += f"{'' if found['second'] else ':00'}{'' if found['fraction'] else '.000'}"
    moment = parse_moment(whole if "T" in whole else f"{today.isoformat()}T{whole}", zone)
    return whole + (offset or (moment.isoformat()[-len("+02:00") :] if moment is not None else ""))


def date_time_text(moment: datetime) -> str:
    """Return `moment` as a dateTime with milliseconds and its offset."""
    return moment.isoformat(timespec="milliseconds")


def moment_from_text(text: str, zone: tzinfo | None) -> DateNumber:
    """Return the moment a date or dateTime text means; a date alone keeps its text; `INVALID` when it is none."""
    found = parse_moment(text, zone)
    if found is None:
        return INVALID
    here = local(found, zone)
    if text.endswith("XX"):
        return DateNumber(days_of(found), text)
    if "T" not in text:
        return DateNumber(days_of(found), f"{here.year:04}-{here.month:02}-{here.day:02}")
    return DateNumber(days_of(found), date_time_text(here))


def moment_from_days(days: float, zone: tzinfo | None) -> DateNumber:
    """Return the moment of a number of days: a date when it falls on local midnight, else a dateTime.

    Midnight is meant as well when summer time moved it by an hour, as after adding weeks to a date.
    """
    found = moment_at(days)
    if found is None:
        return INVALID
    here = local(found, zone)
    midnight = _midnight(here)
    if midnight is None:
        return DateNumber(days, date_time_text(here))
    return DateNumber(days_of(midnight), midnight.date().isoformat())


def _midnight(here: datetime) -> datetime | None:
    if here.microsecond:
        return None
    seconds = here.hour * 3600 + here.minute * 60 + here.second
    if seconds == 0:
        return here
    if seconds not in _MOVED_BY_SUMMER_TIME or not _has_summer_time(here):
        return None
    day = here.date() + timedelta(days=round(seconds / _DAY))
    naive = datetime(day.year, day.month, day.day)  # noqa: DTZ001  # the zone follows
    return naive.replace(tzinfo=here.tzinfo)


def _has_summer_time(here: datetime) -> bool:
    naive = here.replace(tzinfo=None)
    winter, summer = naive.replace(month=1, day=15), naive.replace(month=7, day=15)
    if isinstance(here.tzinfo, timezone):
        return winter.astimezone().utcoffset() != summer.astimezone().utcoffset()
    zone = here.tzinfo
    return winter.replace(tzinfo=zone).utcoffset() != summer.replace(tzinfo=zone).utcoffset()


def today(now: datetime, zone: tzinfo | None) -> DateNumber:
    """Return today's date at the place of the person."""
    return moment_from_text(local(now, zone).date().isoformat(), zone)


def moment_now(now: datetime, zone: tzinfo | None) -> DateNumber:
    """Return the present moment, in the zone of the person."""
    return DateNumber(days_of(now), date_time_text(local(now, zone)))


def formatted(moment: datetime, pattern: str) -> str:
    """Return `moment` written by an ODK `format-date-time` pattern; an unknown code stays as it stands."""
    codes = _date_codes(moment) | _time_codes(moment)
    return re.sub(r"%([a-zA-Z0-9%])", lambda found: codes.get(found[1], found[0]), pattern)


def _date_codes(moment: datetime) -> dict[str, str]:
    return {
        "%": "%",
        "Y": f"{moment.year:04}",
        "y": f"{moment.year % 100:02}",
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": _MONTHS[moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "a": _DAYS[moment.weekday()],
        "W": f"{moment.isocalendar().week:02}",
    }


def _time_codes(moment: datetime) -> dict[str, str]:
    return {
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
    }
