"""Every screen, in every language of the program and both pseudo-locales, at every text size and size of window.

`make test` walks one look of each language, `make test-long` every language at every text size, the windows in turn.
"""

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
from tests.ui.walk.screens import Look, divide, reception_visits, start_pages, strolling, town_visits
from tests.unit.services.plan_world import World

TAGS = ("nl", "ar", "ti", "en", "en_XA", "ar_XB")
SIZES = ((1024, 640), (1280, 800), (1366, 768), (1920, 1080))
FEW = (Look("ar", 150, 1366, 768), Look("ti", 200, 1920, 1080), Look("en_XA", 200, 1024, 640))
"""Mirrored, large and long, each in another size; all others are looked at in the long run."""

MORE = (Look("nl", 100, 1280, 800), Look("en", 100, 1024, 640), Look("ar_XB", 150, 1280, 800))
EVERY = tuple(
    Look(tag, percent, *SIZES[number % len(SIZES)])
    for number, (tag, percent) in enumerate(product(TAGS, (100, 150, 200)))
)
LOOKS = [
    *FEW,
    *(pytest.param(look, marks=pytest.mark.long) for look in dict.fromkeys((*MORE, *EVERY)) if look not in FEW),
]


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_is_whole_readable_and_in_reading_order(qapp: QApplication, world: World, look: Look) -> None:
    assert qapp is not None
    divide(world)
    found: list[str] = []
    for laptop, visits in ((world.azc, reception_visits(world)), (world.town, town_visits(world))):
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
def test_the_newcomers_window_is_whole_and_readable(qapp: QApplication, world: World, look: Look) -> None:
    assert qapp is not None
    found: list[str] = []
    with strolling(world.azc, look.tag) as stroll:
        stroll.take(look)
        for visit in (each for each in reception_visits(world) if each.name.startswith("interview")):
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
