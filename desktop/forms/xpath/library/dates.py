"""Date and time functions (ODK XForms "Date and Time Functions"). The clock and the zone come from the `World`."""

from collections.abc import Mapping
from datetime import datetime

from desktop.forms.xpath.code import World
from desktop.forms.xpath.compiler import Builder
from desktop.forms.xpath.library.define import function
from desktop.forms.xpath.moments import (
    INVALID,
    Moment,
    day_fraction,
    days_of,
    formatted,
    local,
    moment_at,
    moment_from_days,
    moment_from_text,
    moment_now,
    parse_moment,
    today,
)
from desktop.forms.xpath.values import Value, text_number, to_number, to_text


def _today(world: World) -> Moment:
    return today(world.now(), world.zone)


def _now(world: World) -> Moment:
    return moment_now(world.now(), world.zone)


def _date(world: World, value: Value) -> Moment | str:
    """A date stays; a number is days; a text is a date, a dateTime or a number of days; blank stays blank."""
    if isinstance(value, Moment):
        return value
    if isinstance(value, bool):
        return INVALID
    if isinstance(value, float):
        return moment_from_days(value, world.zone)
    text = to_text(value)
    if not text:
        return ""
    moment = moment_from_text(text, world.zone)
    return moment if moment.is_valid else moment_from_days(text_number(text, world.zone), world.zone)


def _moment(world: World, value: Value) -> datetime | None:
    if isinstance(value, str | list):
        found = parse_moment(to_text(value), world.zone)
        if found is not None:
            return local(found, world.zone)
    made = _date(world, value)
    if not isinstance(made, Moment) or not made.is_valid:
        return None
    found = parse_moment(made.text, world.zone) or moment_at(made)
    return local(found, world.zone) if found is not None else None


def _formatted(world: World, value: Value, pattern: str) -> str:
    """Write a date or a dateTime; ODK clients know the identifiers of a time for both."""
    moment = _moment(world, value)
    return formatted(moment, pattern) if moment is not None else ""


def _decimal_date_time(world: World, value: Value) -> float:
    if isinstance(value, str | list):
        found = parse_moment(to_text(value), world.zone)
        if found is not None:
            return days_of(found)
    return float(to_number(value, world.zone))


def _decimal_time(world: World, text: str) -> float:
    return day_fraction(text, world.zone)


FUNCTIONS: Mapping[str, Builder] = {
    "today": function("moment", _today, world=True),
    "now": function("moment", _now, world=True),
    "date": function("any", _date, "any", world=True),
    "date-time": function("any", _date, "any", world=True),
    "format-date": function("text", _formatted, "any", "text", world=True),
    "format-date-time": function("text", _formatted, "any", "text", world=True),
    "decimal-date-time": function("number", _decimal_date_time, "any", world=True),
    "decimal-time": function("number", _decimal_time, "text", world=True),
}
"""Functions by name."""
