"""Which texts are values of which type (ODK XForms "Data Types"), and which numbers lie in a range."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from desktop.forms.document.datatypes import in_range, is_value, transmitted


@pytest.mark.parametrize(
    ("text", "data_type", "expected"),
    [
        ("52 4", "geopoint", True),
        ("52.1 -4.25 0 0", "geopoint", True),
        ("52", "geopoint", False),
        ("52 4 0 0 0", "geopoint", False),
        ("here there", "geopoint", False),
        ("91 4", "geopoint", False),
        ("52 181", "geopoint", False),
        ("52 4; 53 5", "geotrace", True),
        ("52 4", "geotrace", False),
        ("52 4; here", "geotrace", False),
    ],
)
def test_a_place_has_its_degrees(text: str, data_type: str, *, expected: bool) -> None:
    assert is_value(text, data_type) is expected


@pytest.mark.parametrize(
    ("text", "parameters", "expected"),
    [
        ("5", {"start": "0", "end": "10"}, True),
        ("5", {"start": "10", "end": "0"}, True),
        ("11", {"start": "0", "end": "10"}, False),
        ("11", {"start": "0"}, True),
        ("many", {"start": "0", "end": "10"}, False),
        ("5", {"start": "none", "end": "10"}, False),
        ("4", {"start": "0", "end": "10", "step": "2"}, True),
        ("3", {"start": "0", "end": "10", "step": "2"}, False),
        ("0.3", {"start": "0", "end": "1", "step": "0.1"}, True),
        ("0.25", {"start": "0", "end": "1", "step": "0.1"}, False),
        ("7", {"start": "10", "end": "1", "step": "-3"}, True),
        ("3", {"start": "0", "end": "10", "step": "0"}, True),
        ("3", {"end": "10", "step": "2"}, True),
        ("1e9", {"start": "1e-40", "end": "1e10", "step": "1e-40"}, False),
    ],
)
def test_a_range_holds_numbers_between_its_ends(text: str, parameters: dict[str, str], *, expected: bool) -> None:
    assert in_range(text, parameters) is expected


@pytest.mark.parametrize(
    ("text", "data_type", "sent"),
    [
        ("2026-06-01T14:30", "dateTime", "2026-06-01T14:30:00.000+02:00"),
        ("2026-12-01T14:30:05", "dateTime", "2026-12-01T14:30:05.000+01:00"),
        ("2026-06-01T14:30:05.25Z", "dateTime", "2026-06-01T14:30:05.25Z"),
        ("2026-06-01T14:30-02:30", "dateTime", "2026-06-01T14:30:00.000-02:30"),
        ("09:05", "time", "09:05:00.000+02:00"),
        ("09:05:07.100+01:00", "time", "09:05:07.100+01:00"),
        ("", "time", ""),
        ("half negen", "time", "half negen"),
        ("09:05", "string", "09:05"),
    ],
)
def test_a_moment_is_sent_with_its_seconds_and_offset(text: str, data_type: str, sent: str) -> None:
    assert transmitted(text, data_type, ZoneInfo("Europe/Amsterdam"), date(2026, 7, 1)) == sent
