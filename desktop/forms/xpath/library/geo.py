"""Geographic functions on a sphere as wide as the Earth at the Equator (ODK XForms "Geographic Functions")."""

import math
from collections.abc import Mapping
from itertools import pairwise

from desktop.forms.errors import FormError
from desktop.forms.xpath.compiler import Builder
from desktop.forms.xpath.library.define import function

_RADIUS = 6_378_100.0
_LEAST_AREA = 3
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def _points(texts: list[str]) -> list[Point] | None:
    """Return the points of geopoints, a geotrace or a geoshape; None when there is a value that is none of these."""
    found = []
    for text in texts:
        for part in text.split(";"):
            if not part.strip():
                continue
            point = _point(part)
            if point is None:
                return None
            found.append(point)
    return found


def _point(text: str) -> Point | None:
    words = text.split()
    if len(words) < 2:  # noqa: PLR2004  # latitude and longitude
        return None
    try:
        latitude, longitude = float(words[0]), float(words[1])
    except ValueError:
        return None
    in_range = abs(latitude) <= 90 and abs(longitude) <= 180  # noqa: PLR2004  # degrees
    return (latitude, longitude) if in_range else (math.nan, math.nan)


def _distance(texts: list[str]) -> float:
    points = _points(texts)
    if points is None:
        raise FormError("form.value", function="distance")
    if not points:
        return math.nan
    return _round_to_centimetres(sum(_between(one, other) for one, other in pairwise(points)))


def _round_to_centimetres(number: float) -> float:
    """Round to centimetres, as far as the sphere is worth."""
    return number if math.isnan(number) else round(number, 2)


def _between(one: Point, other: Point) -> float:
    first, second = math.radians(one[0]), math.radians(other[0])
    across = math.radians(other[1] - one[1])
    cosine = math.sin(first) * math.sin(second) + math.cos(first) * math.cos(second) * math.cos(across)
    return _RADIUS * math.acos(max(-1.0, min(1.0, cosine))) if not math.isnan(cosine) else math.nan


def _area(texts: list[str]) -> float:
    if not any(text.strip() for text in texts):
        return math.nan
    points = _points(texts)
    if points is None or len(points) < _LEAST_AREA:
        return 0.0
    total = 0.0
    for one, other in zip(points, points[1:] + points[:1], strict=True):
        across = math.radians(other[1] - one[1])
        total += across * (2 + math.sin(math.radians(one[0])) + math.sin(math.radians(other[0])))
    return _round_to_centimetres(abs(total * _RADIUS * _RADIUS / 2))


def _geofence(point: str, shape: str) -> bool:
    """Tell whether the point lies inside the shape, by counting the sides a ray crosses."""
    place, corners = _point(point), _points([shape])
    if place is None or not corners:
        return False
    inside = False
    for one, other in zip(corners, corners[1:] + corners[:1], strict=True):
        if (one[0] > place[0]) == (other[0] > place[0]):
            continue
        crossing = one[1] + (place[0] - one[0]) * (other[1] - one[1]) / (other[0] - one[0])
        if place[1] < crossing:
            inside = not inside
    return inside


def _checked_distance(first: list[str], others: list[str]) -> float:
    return _distance([*first, *others])


def _checked_area(first: list[str], others: list[str]) -> float:
    return _area([*first, *others])


FUNCTIONS: Mapping[str, Builder] = {
    "distance": function("number", _checked_distance, "texts", rest="texts"),
    "area": function("number", _checked_area, "texts", rest="texts"),
    "geofence": function("truth", _geofence, "text", "text"),
}
"""Functions by name."""
