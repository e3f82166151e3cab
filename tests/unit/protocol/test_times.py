"""A moment as text has one form, in UTC to the millisecond; clocks tell what they are set to."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocol.errors import UserError
from protocol.times import SettableClock, SystemClock, parse_time, read_moment, time_text, today

MOMENT = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
EAST = timezone(timedelta(hours=1))


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_to_the_millisecond(moment: datetime) -> None:
    text = time_text(moment)
    assert parse_time(text, "x.y") == moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def test_a_moment_elsewhere_is_written_in_utc() -> None:
    assert time_text(MOMENT.astimezone(EAST)) == "2026-11-21T23:30:00.000Z"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-11-21",
        "2026-11-21T23:30:00.000",
        "2026-11-21T23:30:00Z",
        "2026-11-21T23:30:00.000000Z",
        "2026-11-21T23:30:00.000z",
        "2026-11-21T23:30:00.000+00:00",
        "2026-11-22T00:30:00.000+01:00",
        "2026-11-21 23:30:00.000Z",
        "2026-11-21T23:30:00.000Z\n",
        "0001-01-01T00:00:00.000+23:59",
        "9999-12-31T23:59:59.999-23:59",
    ],
)
def test_any_other_form_is_refused_with_the_code_asked_for(text: str) -> None:
    with pytest.raises(UserError, match=r"^vault\.damaged$"):
        parse_time(text, "vault.damaged")


@given(st.text(max_size=30))
def test_arbitrary_text_is_a_moment_or_refused(text: str) -> None:
    try:
        moment = parse_time(text, "x.y")
    except UserError:
        return
    assert time_text(moment) == text


def test_a_day_is_that_of_the_place() -> None:
    clock = SettableClock(MOMENT)
    assert today(clock, lambda moment: moment.astimezone(UTC)) == date(2026, 11, 21)
    assert today(clock, lambda moment: moment.astimezone(EAST)) == date(2026, 11, 22)
    clock.moment += timedelta(days=1)
    assert today(clock, lambda moment: moment.astimezone(UTC)) == date(2026, 11, 22)


def test_the_clock_of_the_machine_is_in_utc_and_does_not_stand_still() -> None:
    before = datetime.now(UTC)
    told = SystemClock().now()
    assert before <= told <= datetime.now(UTC)
    assert told.utcoffset() == timedelta(0)


@pytest.mark.parametrize("text", ["2026-11-21T23:30:00.000Z", "2026-11-22T00:30+01:00", "2026-11-21 23:30:00+00:00"])
def test_a_moment_another_device_wrote_is_read_in_any_form(text: str) -> None:
    assert read_moment(text) == MOMENT


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-11-21T23:30", "0001-01-01T00:00+23:59", "9999-12-31T23:00-12:00", "9999-12-31T23:00Z"],
)
def test_a_moment_that_some_clock_cannot_show_is_none(text: str) -> None:
    assert read_moment(text) is None
