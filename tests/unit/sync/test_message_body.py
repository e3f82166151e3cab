import pytest

from desktop.sync.message_body import LEAST_ROOM, SECONDS, Pace
from protocol.limits import PAGE_BODY_BYTES


def test_on_a_quick_link_messages_grow_to_the_longest_there_are() -> None:
    pace = Pace()
    for _ in range(3):
        pace.note(pace.room, 0.01)
    assert pace.room == PAGE_BODY_BYTES
    pace.note(pace.room, 0)
    assert pace.room == PAGE_BODY_BYTES


def test_on_a_slow_link_a_message_takes_a_few_seconds() -> None:
    pace, octets_a_second = Pace(), 100_000
    for _ in range(5):
        pace.note(pace.room, pace.room / octets_a_second)
    assert pace.room == pytest.approx(SECONDS * octets_a_second)


def test_a_short_message_says_nothing_good_of_a_link() -> None:
    pace = Pace()
    before = pace.room
    pace.note(1000, 0.01)
    assert pace.room == before


def test_what_takes_long_or_does_not_come_through_makes_messages_shorter() -> None:
    pace = Pace()
    for _ in range(3):
        pace.note(pace.room, 0.01)
    pace.note_cut()
    assert pace.room == PAGE_BODY_BYTES // 4
    pace.note(pace.room, 2 * SECONDS)
    assert pace.room == PAGE_BODY_BYTES // 8
    pace.note(100, 1000)
    assert pace.room == LEAST_ROOM
    pace.note_cut()
    assert pace.room == LEAST_ROOM
