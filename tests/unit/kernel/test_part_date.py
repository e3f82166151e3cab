"""A date of which not everything is known says what is known, and is never the first of January by itself."""

from datetime import date

import pytest

from desktop.kernel.part_date import PartDate


@pytest.mark.parametrize(
    ("text", "shown", "first", "last"),
    [
        ("1990-03-21", "21-03-1990", date(1990, 3, 21), date(1990, 3, 21)),
        ("1990-03-XX", "03-1990", date(1990, 3, 1), date(1990, 3, 31)),
        ("2024-02-XX", "02-2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("1990-XX-XX", "1990", date(1990, 1, 1), date(1990, 12, 31)),
    ],
)
def test_what_is_known_is_kept_shown_and_bounded(text: str, shown: str, first: date, last: date) -> None:
    found = PartDate.parse(text)
    assert found is not None
    assert (found.text, found.shown, found.first, found.last) == (text, shown, first, last)
    assert found.is_whole == ("X" not in text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1990",
        "1990-03",
        "1990-XX-21",
        "1990-13-XX",
        "1990-00-XX",
        "2023-02-30",
        "0000-XX-XX",
        "1990-3-XX",
        "xxxx-XX-XX",
    ],
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert PartDate.parse(text) is None
