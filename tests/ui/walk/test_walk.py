"""Every screen, in every language of the program and both pseudo-locales, at every text size and size of window.

`make test` walks three looks, `make test-long` as many as it takes for each two of language, text size
and window to meet.
"""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from desktop.services.suite import AppServices
from desktop.ui.app import build_window
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.times import SettableClock
from tests.ui.inspection import rest, tell, visible_widgets
from tests.ui.own_vault import make_vault
from tests.ui.still import StillExecutor
from tests.ui.walk.measures import look_over
from tests.ui.walk.screens import Look, divide, followed_visits, reception_visits, start_pages, strolling, town_visits
from tests.unit.services.followed_case import LATER, follow
from tests.unit.services.plan_world import World, make_world

TAGS = ("nl", "ar", "ti", "en", "en_XA", "ar_XB")
SIZES = ((1024, 640), (1280, 800), (1366, 768), (1920, 1080))
PERCENTS = (100, 150, 200)
EVERY = tuple(
    Look(tag, PERCENTS[(at + place) % len(PERCENTS)], *size)
    for at, tag in enumerate(TAGS)
    for place, size in enumerate(SIZES)
)
"""Each two of language, text size and window meet somewhere."""
FEW = (Look("ar", 200, 1280, 800), Look("ti", 200, 1024, 640), Look("en_XA", 150, 1024, 640))
"""Mirrored, large and long; all others are looked at in the long run."""

LOOKS = [each if each in FEW else pytest.param(each, marks=pytest.mark.long) for each in EVERY]


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A case that two sides answered differently, made once: walking through it changes nothing but who looked."""
    world = make_world(tmp_path_factory.mktemp("walked"))
    divide(world)
    yield world
    world.close()


def test_each_two_of_language_text_size_and_window_meet() -> None:
    windows = {(each.width, each.height) for each in EVERY}
    assert {(each.tag, each.percent) for each in EVERY} == set(product(TAGS, PERCENTS))
    assert {(each.tag, each.width, each.height) for each in EVERY} == {(tag, *size) for tag in TAGS for size in windows}
    assert {(each.percent, each.width) for each in EVERY} == set(product(PERCENTS, (width for width, _ in SIZES)))
    assert {*FEW} <= {*EVERY}


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_is_whole_readable_and_in_reading_order(qapp: QApplication, walked: World, look: Look) -> None:
    assert qapp is not None
    found: list[str] = []
    for laptop, visits in ((walked.azc, reception_visits(walked)), (walked.town, town_visits(walked))):
        with strolling(laptop, look.tag) as stroll:
            stroll.take(look)
            for visit in visits:
                visit.go(stroll.shell)
                rest()
                found += [f"{visit.name}: {fault}" for fault in look_over(stroll.window)]
                found += [f"{visit.name}: {area} has bars that come and go" for area in unsteady(stroll.window)]
                assert (stroll.window.width(), stroll.window.height()) == (look.width, look.height), visit.name
            assert stroll.errors == []
    assert not found, "\n".join(found)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A case that the municipality accepted and followed for months."""
    world = make_world(tmp_path_factory.mktemp("followed"), follow)
    world.town.clock.moment += LATER
    yield world
    world.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_screens_of_a_case_that_is_followed_are_whole_and_readable(
    qapp: QApplication, followed: World, look: Look
) -> None:
    assert qapp is not None
    found: list[str] = []
    with strolling(followed.town, look.tag) as stroll:
        stroll.take(look)
        for visit in followed_visits(followed):
            visit.go(stroll.shell)
            rest()
            found += [f"{visit.name}: {fault}" for fault in look_over(stroll.window)]
            found += [f"{visit.name}: {area} has bars that come and go" for area in unsteady(stroll.window)]
        assert stroll.errors == []
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_before_a_vault_is_open_is_whole_and_readable(
    qapp: QApplication, app_services: AppServices, clock: SettableClock, tmp_path: Path, look: Look
) -> None:
    assert qapp is not None
    window = build_window(app_services, clock, StillExecutor())
    window.resize(look.width, look.height)
    window.show()
    window.set_language(look.tag)
    window.set_size(look.percent)
    rest()
    found = [f"first: {fault}" for fault in look_over(window)]
    vault, words = make_vault(app_services, create_organisation("azc Duinrand", RECEPTION), tmp_path, clock)
    for name in start_pages(window, vault, words):
        rest()
        found += [f"{name}: {fault}" for fault in (*look_over(window), *unsteady(window))]
    window.shut_down()
    window.close()
    window.deleteLater()
    assert not found, "\n".join(found)


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_the_newcomers_window_is_whole_and_readable(qapp: QApplication, walked: World, look: Look) -> None:
    assert qapp is not None
    found: list[str] = []
    with strolling(walked.azc, look.tag) as stroll:
        stroll.take(look)
        for visit in (each for each in reception_visits(walked) if each.name.startswith("interview")):
            visit.go(stroll.shell)
            newcomer = stroll.newcomer()
            newcomer.resize(look.width, look.height)
            rest()
            found += [f"{visit.name}: {fault}" for fault in (*look_over(newcomer, keyboard=False), *unsteady(newcomer))]
    assert not found, "\n".join(found)


def unsteady(window: QWidget) -> list[str]:
    """Return the areas in sight whose bars may come and go: Qt then changes what assistive technology counts."""
    areas = [each for each in visible_widgets(window) if isinstance(each, QAbstractScrollArea)]
    fixed = {Qt.ScrollBarPolicy.ScrollBarAlwaysOn, Qt.ScrollBarPolicy.ScrollBarAlwaysOff}
    return [
        tell(each) for each in areas if not {each.verticalScrollBarPolicy(), each.horizontalScrollBarPolicy()} <= fixed
    ]
