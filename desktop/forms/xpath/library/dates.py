"""Date and time functions (ODK XForms "Date and Time Functions"); clock and zone are those of the `Environment`."""

from collections.abc import Mapping
from datetime import datetime

from desktop.forms.xpath.code import Environment
from desktop.forms.xpath.compiler import Builder
from desktop.forms.xpath.library.define import function
from desktop.forms.xpath.moments import (
    INVALID,
    DateNumber,
    day_fraction,
    days_of,
    formatted,
    has_offset,
    local,
    moment_at,
    moment_from_days,
    moment_from_text,
    moment_now,
    parse_moment,
    today,
)
from desktop.forms.xpath.values import Value, text_number, to_number, to_text


def _today(environment: Environment) -> DateNumber:
    return today(environment.now(), environment.zone)


def _now(environment: Environment) -> DateNumber:
    return moment_now(environment.now(), environment.zone)


def _date(environment: Environment, value: Value) -> DateNumber | str:
    """A date stays; a number is days; a text is a date, a dateTime or a number of days; blank stays blank."""
    if isinstance(value, DateNumber):
        return value
    if isinstance(value, bool):
        return INVALID
    if isinstance(value, float):
        return moment_from_days(value, environment.zone)
    text = to_text(value)
    if not text:
        return ""
    moment = moment_from_text(text, environment.zone)
    return moment if moment.is_valid else moment_from_days(text_number(text, environment.zone), environment.zone)


def _moment(environment: Environment, value: Value) -> datetime | None:
    if isinstance(value, str | list):
        found = parse_moment(to_text(value), environment.zone)
        if found is not None:
            return local(found, environment.zone)
    made = _date(environment, value)
    if not isinstance(made, DateNumber) or not made.is_valid:
        return None
    found = parse_moment(made.text, environment.zone) or moment_at(made)
    return local(found, environment.zone) if found is not None else None


def _format(environment: Environment, value: Value, pattern: str) -> str:
    """Write a date or a dateTime; ODK clients know the identifiers of a time for both."""
    moment = _moment(environment, value)
    return formatted(moment, pattern) if moment is not None else ""


def _decimal_date_time(environment: Environment, value: Value) -> float:
    if isinstance(value, str | list):
        found = parse_moment(to_text(value), environment.zone)
        if found is not None:
            return days_of(found)
    return float(to_number(value, environment.zone))


def _decimal_time(environment: Environment, text: str) -> float:
    if not has_offset(text):
        return day_fraction(text, environment.zone)
    return day_fraction(text, environment.zone, local(environment.now(), environment.zone).date())


FUNCTIONS: Mapping[str, Builder] = {
    "today": function("moment", _today, environment=True),
    "now": function("moment", _now, environment=True),
    "date": function("any", _date, "any", environment=True),
    "date-time": function("any", _date, "any", environment=True),
    "format-date": function("text", _format, "any", "text", environment=True),
    "format-date-time": function("text", _format, "any", "text", environment=True),
    "decimal-date-time": function("number", _decimal_date_time, "any", environment=True),
    "decimal-time": function("number", _decimal_time, "text", environment=True),
}
"""Functions by name."""
