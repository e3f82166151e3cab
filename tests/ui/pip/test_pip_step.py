from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.ui.plan.plan_page import PlanPage
from tests.ui.inspection import clipped, control, nameless, rest, unreachable, visible_texts, without_object_name
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.unit.services.plan_world import World


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[PlanPage]:
    made = PlanPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    made.show_step("pip")
    rest()
    yield made
    let_go(window)


def _type(page: PlanPage, name: str, words: str) -> QLineEdit:
    line = control(page, name, QLineEdit)
    line.setFocus()
    line.clear()
    QTest.keyClicks(line, words)
    page.leave()
    rest()
    return line


def test_each_date_stands_with_its_reason_in_both_languages_and_its_article(page: PlanPage, stage: Stage) -> None:
    _type(page, "term.first_plan", "24-11-2026")
    said = visible_texts(page.pip.terms)
    assert "Saturday 24 November 2029" in said
    assert "Drie jaar vanaf 25-11-2026, het begin van de termijn." in said
    assert any("25-11-2026" in line and "ሰለስተ" in line for line in said)
    assert "Wet inburgering 2021, art. 11 lid 1" in said
    assert stage.news[-1].dossiers


def test_what_is_no_day_is_refused_and_kept_on_screen(page: PlanPage, world: World) -> None:
    line = _type(page, "term.moved", "morgen")
    assert line.text() == "morgen"
    assert line.property("refused") == "true"
    assert "term/moved" not in world.azc.services.pip.view(world.dossier).fields
    _type(page, "term.moved", "4/1/2027")
    assert line.property("refused") == "false"
    assert world.azc.services.pip.view(world.dossier).fields["term/moved"] == "2027-01-04"
    _type(page, "term.moved", "")
    assert "term/moved" not in world.azc.services.pip.view(world.dossier).fields


def test_what_is_being_typed_is_not_overwritten(page: PlanPage, world: World) -> None:
    line = control(page, "term.awaits", QLineEdit)
    line.setText("Advies van")
    page.pip.show_dossier(world.dossier)
    assert line.text() == "Advies van"


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("interface", "scale"), [("nl", 1.0), ("ar", 1.0), ("nl", 2.0)])
def test_nothing_is_cut_nameless_or_out_of_reach(world: World, interface: str, scale: float) -> None:
    stage = make_stage(world.azc, scale=scale, interface=interface)
    page = PlanPage(stage.context)
    window = hold(page)
    world.azc.services.pip.set_field(world.dossier, "term/first_plan", "2026-11-24")
    page.show_dossier(world.dossier)
    page.show_step("pip")
    rest()
    assert (clipped(page), nameless(page), without_object_name(page), unreachable(page)) == ([], [], [], [])
    let_go(window)
    stage.close()
