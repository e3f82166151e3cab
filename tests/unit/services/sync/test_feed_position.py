from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.services.sync.feed_position import FeedPosition
from desktop.sync.incoming import FeedPlace, VerifiedPage
from protocol.directory import Directory
from tests.unit.records.cases import AZC, Laptop, new_laptop
from tests.unit.vault.people import MOMENT

FIRST, SECOND, THIRD = FeedPlace(10, 1), FeedPlace(20, 2), FeedPlace(30, 3)
DAYS = [date(2026, 11, 28)]


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    """Return a laptop with a journal."""
    made = new_laptop(tmp_path, AZC)
    yield made
    made.journal.close()


@pytest.fixture
def feed(laptop: Laptop) -> FeedPosition:
    """Return its place in the feed; today is what stands in `DAYS`."""
    DAYS[0] = date(2026, 11, 28)
    return FeedPosition(laptop.journal.outbox, lambda: DAYS[0])


def _page(place: FeedPlace) -> VerifiedPage:
    return VerifiedPage((), (), (), {}, (), place, more=False, generation="1")


def _directory(version: int) -> Directory:
    return Directory(AZC.card.id, version, MOMENT, (), ())


def test_what_the_directory_did_not_vouch_for_is_read_again_with_the_next_one(feed: FeedPosition) -> None:
    assert not feed.move(FIRST, _page(SECOND), ["trust.organisation_unknown"], _directory(1))
    DAYS[0] = date(2026, 12, 28)
    assert not feed.move(SECOND, _page(THIRD), [], _directory(1))
    assert feed.move(THIRD, _page(THIRD), [], _directory(2))
    assert feed.place() == FIRST


@pytest.mark.parametrize("before", [[], ["trust.organisation_unknown"]])
def test_what_the_server_could_not_show_the_author_of_is_read_again_the_next_day(
    feed: FeedPosition, before: list[str]
) -> None:
    assert not feed.move(FIRST, _page(SECOND), before or ["trust.chain_unreadable"], _directory(1))
    assert not feed.move(SECOND, _page(THIRD), ["trust.chain_unreadable"], _directory(1))
    assert not feed.move(THIRD, _page(THIRD), [], _directory(1))
    DAYS[0] = date(2026, 11, 29)
    assert feed.move(THIRD, _page(THIRD), [], _directory(1))
    assert feed.place() == FIRST
    assert not feed.move(FIRST, _page(THIRD), ["trust.chain_unreadable"], _directory(1))
    assert not feed.move(THIRD, _page(THIRD), [], _directory(1))


def test_what_no_later_day_or_directory_mends_is_passed_over(feed: FeedPosition) -> None:
    assert not feed.move(FIRST, _page(SECOND), ["sync.segment_not_signed"], _directory(1))
    DAYS[0] = date(2027, 1, 1)
    assert not feed.move(SECOND, _page(THIRD), [], _directory(2))
    assert feed.place() == THIRD
