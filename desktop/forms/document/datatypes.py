"""Which texts are values of a data type (ODK XForms "Data Types")."""

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, tzinfo
from decimal import Decimal, InvalidOperation

from desktop.forms.xpath.moments import complete_moment, day_fraction, parse_date, parse_moment
from desktop.kernel.part_date import PartDate

_INT = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?")
_DATE_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?"
)
_COORDINATE = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def _is_date(text: str) -> bool:
    return parse_date(text) is not None


def _is_date_time(text: str) -> bool:
    return _DATE_TIME.fullmatch(text) is not None and parse_moment(text, None) is not None


def _is_time(text: str) -> bool:
    return not math.isnan(day_fraction(text, None))


def _is_point(text: str) -> bool:
    words = text.split()
    if not 2 <= len(words) <= 4 or not all(_COORDINATE.fullmatch(word) for word in words):  # noqa: PLR2004  # a geopoint
        return False
    return abs(float(words[0])) <= 90 and abs(float(words[1])) <= 180  # noqa: PLR2004  # degrees


def _is_line(least: int) -> Callable[[str], bool]:
    def check(text: str) -> bool:
        points = [part for part in text.split(";") if part.strip()]
        return len(points) >= least and all(map(_is_point, points))

    return check


PART_KNOWN = "part-known"
"""The appearance of a date of which the person may know only the year, or the year and the month."""

_GEOGRAPHIC = frozenset({"geopoint", "geotrace", "geoshape"})
SHAPED = _GEOGRAPHIC | {"date"}
"""The data types for which `canonical` does anything."""

_CHECKS: Mapping[str, Callable[[str], bool]] = {
    "int": lambda text: _INT.fullmatch(text) is not None,
    "decimal": lambda text: _DECIMAL.fullmatch(text) is not None,
    "boolean": lambda text: text in {"true", "false", "1", "0"},
    "date": _is_date,
    "dateTime": _is_date_time,
    "time": _is_time,
    "geopoint": _is_point,
    "geotrace": _is_line(2),
    "geoshape": _is_line(3),
}


def is_value(text: str, data_type: str) -> bool:
    """Tell whether `text` is a value of `data_type`; blank is one of every type, and any text of an unknown type."""
    check = _CHECKS.get(data_type)
    return not text or check is None or check(text)


def takes_part(appearance: str) -> bool:
    """Tell whether a date with this appearance may lack its day, or day and month: they are kept as unknown."""
    return PART_KNOWN in appearance.split()


def is_part(text: str) -> bool:
    """Tell whether `text` is a date of which a part is unknown, as `desktop.kernel.part_date` writes it."""
    return PartDate.parse(text) is not None


def canonical(text: str, data_type: str) -> str:
    """Return a value as its type stores it, and any text that is no value of the type as it is.

    A date leaves the time away; the numbers of a point all have a decimal point, as ODK clients store them.
    """
    if data_type == "date":
        return text.partition("T")[0]
    if data_type in _GEOGRAPHIC and text and is_value(text, data_type):
        points = [part.split() for part in text.split(";") if part.strip()]
        return ";".join(" ".join(str(float(number)) for number in point) for point in points)
    return text


def transmitted(text: str, data_type: str, zone: tzinfo | None, today: date) -> str:
    """Return a value as a record holds it that is sent: a moment or a time of day with its milliseconds and offset.

    XML Schema wants the seconds and OData the offset, which people do not type. Without one a moment lies in `zone`,
    and a time of day is one of `today` there.
    """
    if data_type not in {"dateTime", "time"} or not text or not is_value(text, data_type):
        return text
    return complete_moment(text, zone, today)


def in_range(text: str, parameters: Mapping[str, str]) -> bool:
    """Tell whether a number lies between the `start` and `end` of a range control, on one of its steps."""
    try:
        number = float(text)
        low, high = sorted((float(parameters.get("start", "-inf")), float(parameters.get("end", "inf"))))
        return low <= number <= high and _is_on_step(text, parameters)
    except (ValueError, InvalidOperation):
        return False


def _is_on_step(text: str, parameters: Mapping[str, str]) -> bool:
    step = Decimal(parameters.get("step", "0"))
    return not step or "start" not in parameters or (Decimal(text) - Decimal(parameters["start"])) % step == 0
