"""Moments where the zone of a person is that of the machine."""

import time
from collections.abc import Iterator
from datetime import UTC, date

import pytest

from desktop.forms.xpath.moments import complete_moment, moment_from_days, moment_from_text


@pytest.fixture
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    zone: str = request.param
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    yield zone
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("machine", "day", "later", "expected"),
    [
        ("Europe/Amsterdam", "2026-03-28", 2, "2026-03-30"),
        ("Europe/Amsterdam", "2026-10-24", 2, "2026-10-26"),
        ("Africa/Asmara", "2026-03-28", 2, "2026-03-30"),
        ("Africa/Asmara", "2026-03-28", 1 / 24, "2026-03-28T01:00:00.000+03:00"),
    ],
    indirect=["machine"],
)
def test_days_after_a_date_are_dates_also_past_summer_time(machine: str, day: str, later: float, expected: str) -> None:
    """A zone without summer time has an hour past midnight like any other."""
    assert moment_from_days(moment_from_text(day, None) + later, None).text == expected, machine


@pytest.mark.parametrize("text", ["2026-11-30", "morgen", "10:30:00.000", "2026-02-30T10:00:00.000"])
def test_a_text_without_a_time_of_a_day_that_exists_gets_no_offset(text: str) -> None:
    assert complete_moment(text, UTC, date(2026, 7, 1)) == text
