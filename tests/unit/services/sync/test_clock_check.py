from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop.services.sync.clock_check import ClockCheck, ClockDoubt
from tests.unit.records.cases import AZC, Laptop, new_laptop
from tests.unit.vault.people import MOMENT


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop that never met a server."""
    made = new_laptop(tmp_path, AZC)
    yield made
    made.journal.close()


@pytest.fixture
def check(laptop: Laptop) -> ClockCheck:
    """Return the check of that laptop."""
    return ClockCheck(laptop.journal, laptop.clock)


def _doubt(check: ClockCheck) -> ClockDoubt | None:
    warning = check.warning()
    return None if warning is None else warning.doubt


def test_a_clock_that_nothing_speaks_against_is_not_doubted(laptop: Laptop, check: ClockCheck) -> None:
    laptop.answer(laptop.new_dossier(), "/a", "1")
    check.note(None)

    assert check.warning() is None


@pytest.mark.parametrize("ahead", [timedelta(minutes=3), timedelta(minutes=-3), timedelta(days=26_000)])
def test_another_time_than_the_servers_is_told_with_both(check: ClockCheck, ahead: timedelta) -> None:
    check.note(ahead)

    warning = check.warning()
    assert warning is not None
    assert (warning.doubt, warning.own, warning.known) == (ClockDoubt.DIFFERS, MOMENT, MOMENT - ahead)
    check.note(timedelta(seconds=40))
    assert check.warning() is None


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize(
    ("later", "doubt"),
    [
        (timedelta(days=60), None),
        (timedelta(days=26_000), ClockDoubt.AHEAD),
        (timedelta(minutes=-4), None),
        (timedelta(minutes=-6), ClockDoubt.BACK),
        (timedelta(days=-400), ClockDoubt.BACK),
    ],
)
def test_without_a_network_the_server_is_remembered(
    laptop: Laptop, check: ClockCheck, later: timedelta, doubt: ClockDoubt | None, *, restarted: bool
) -> None:
    check.note(timedelta(seconds=1))
    check.note(None)
    laptop.clock.moment += later
    if restarted:
        laptop.reopen()
        check = ClockCheck(laptop.journal, laptop.clock)

    warning = check.warning()
    assert (None if warning is None else warning.doubt) == doubt
    assert warning is None or abs(warning.known - MOMENT) < timedelta(minutes=1)


def test_the_server_is_kept_by_the_hour(laptop: Laptop, check: ClockCheck) -> None:
    kept = []
    for minutes in (0, 59, 61, 62):
        laptop.clock.moment = MOMENT + timedelta(minutes=minutes)
        check.note(timedelta())
        kept.append(laptop.journal.outbox.cursor("server.clock"))

    assert kept[0] == kept[1] != kept[2] == kept[3]


def test_a_clock_that_goes_back_is_told_when_something_is_written(laptop: Laptop, check: ClockCheck) -> None:
    dossier = laptop.new_dossier()
    laptop.clock.moment = MOMENT - timedelta(days=1)
    assert _doubt(check) is None
    laptop.answer(dossier, "/a", "1")

    warning = check.warning()
    assert warning is not None
    assert (warning.doubt, warning.known) == (ClockDoubt.BACK, MOMENT)
    laptop.clock.moment = MOMENT
    assert check.warning() is None


def test_what_was_written_in_2099_does_not_make_the_right_time_doubtful(laptop: Laptop, check: ClockCheck) -> None:
    check.note(timedelta())
    laptop.clock.moment = MOMENT.replace(year=2099)
    dossier = laptop.new_dossier()
    assert _doubt(check) is ClockDoubt.AHEAD
    laptop.clock.moment = MOMENT
    laptop.answer(dossier, "/a", "1")

    assert laptop.journal.clock_jumped_from == MOMENT.replace(year=2099)
    assert _doubt(check) is None


@pytest.mark.parametrize("kept", ["", "yesterday", "2026-11-28", "9999-12-31T23:59:00Z"])
def test_a_time_that_cannot_be_read_is_none(laptop: Laptop, kept: str) -> None:
    laptop.journal.outbox.keep_cursor("server.clock", kept)

    assert ClockCheck(laptop.journal, laptop.clock).warning() is None
