"""Which texts are values of which type (ODK XForms "Data Types"), and which numbers lie in a range."""

import pytest

from desktop.forms.document.datatypes import in_range, is_value


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
    ],
)
def test_a_range_holds_numbers_between_its_ends(text: str, parameters: dict[str, str], *, expected: bool) -> None:
    assert in_range(text, parameters) is expected
