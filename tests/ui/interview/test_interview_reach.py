"""Every card of the built-in interview, in every language, at every text size: named, reachable, nothing cut."""

import pytest

from tests.ui.inspection import clipped, nameless, rest, unreachable, without_object_name
from tests.ui.table_on_screen import Screen
from tests.unit.services.interview_fixture import ref

CARDS = (
    "roepnaam",
    "geboren",
    "gesprek_alleen",
    "wie_erbij",
    "geboorteland",
    "schooljaren",
    "school",
    "leert_best",
    "droom",
)


@pytest.mark.parametrize("tag", ["ti", "ar", "en"])
def test_every_sort_of_card_is_named_reachable_and_whole(screen: Screen, tag: str) -> None:
    dossier = screen.new_dossier(languages=(tag,))
    screen.answer(dossier, ref("schooljaren"), "11")
    page = screen.interview(dossier)
    for name in CARDS:
        page.show_part(ref(name))
        screen.settle()
        rest()
        assert clipped(page) == [], name
        assert nameless(page) == [], name
        assert without_object_name(page) == [], name


@pytest.mark.parametrize("scale", [1.5, 2.0])
@pytest.mark.parametrize("width", [1000, 1280, 1920])
def test_large_text_cuts_nothing(screen: Screen, scale: float, width: int) -> None:
    dossier = screen.new_dossier(languages=("ar",))
    page = screen.interview(dossier, size=(width, 740))
    screen.context.theme.set_scale(scale)
    for name in CARDS:
        page.show_part(ref(name))
        screen.settle()
        rest()
        assert clipped(page) == [], name


def test_the_editor_of_a_row_is_named_and_whole(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("schooljaren"), "11")
    page = screen.interview(dossier, ref("school"))
    page.repeat.add.emit()
    screen.settle()
    rest()
    assert (clipped(page), nameless(page), without_object_name(page)) == ([], [], [])
    assert unreachable(page) == []


def test_the_newcomers_window_cuts_nothing(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(languages=("ar",)))
    page.toggle_second_screen()
    assert page.newcomer is not None
    screen.qtbot.addWidget(page.newcomer)
    for name in CARDS:
        page.show_part(ref(name))
        screen.settle()
        rest()
        assert clipped(page.newcomer) == [], name
    page.newcomer.close()
