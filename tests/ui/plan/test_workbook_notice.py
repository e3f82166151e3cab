"""The plan page says by which workbook a plan goes, what a newer one would change, and what to do without any."""

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop.ui.plan.plan_page import PlanPage
from desktop.ui.plan.workbook_sheet import WorkbookSheet
from desktop.ui.settings.workbook_card import WorkbookCard
from protocol.messages.content import PartMedia, sign_content
from tests.ui.inspection import control, press, rest, visible_texts
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.plan_world import REGION, World, decide, organisations, publish
from tests.unit.vault.people import MOMENT

OTHER = REGION.read_text("utf-8").replace("Werk: taal en werk samen", "Werk: samen aan de slag").encode()


@pytest.fixture
def page(plan_page: PlanPage) -> PlanPage:
    return plan_page


def _sheet(page: PlanPage) -> WorkbookSheet:
    press(page, "plan.workbook.banner.link")
    rest()
    (sheet,) = page.notices.findChildren(WorkbookSheet)
    return sheet


def test_a_newer_version_says_what_changes_is_used_and_taken_back(page: PlanPage, world: World) -> None:
    decide(world.azc, world.dossier)
    assert page.notices.workbook.message() == ""
    publish(world.azc.vault, organisations()[0], OTHER, 2)
    page.show_dossier(world.dossier)
    rest()
    assert "published version 2 of its workbook on 22-11-2026" in page.notices.workbook.message()
    sheet = _sheet(page)
    said = visible_texts(sheet)
    assert any("Werk: samen aan de slag" in text for text in said)
    control(sheet, "plan.workbook.use", QAbstractButton).click()
    rest()
    assert page.notices.workbook.message() == ""
    assert world.azc.services.plan.view(world.dossier).workbook.version == 2
    page._undo()
    rest()
    assert "version 2" in page.notices.workbook.message()


def test_a_version_that_says_the_same_says_so_and_can_be_put_away(page: PlanPage, world: World) -> None:
    publish(world.azc.vault, organisations()[0], REGION.read_bytes() + b"\n", 2)
    page.show_dossier(world.dossier)
    rest()
    sheet = _sheet(page)
    assert any("the same" in text for text in visible_texts(sheet))
    sheet.close_button.click()
    page.notices.workbook.dismiss.click()
    page.show_dossier(world.dossier)
    rest()
    assert page.notices.workbook.message() == ""


def test_without_a_workbook_the_page_says_what_to_do(page: PlanPage, stage: Stage, world: World) -> None:
    for path in (world.azc.vault.directory / "contents").iterdir():
        path.unlink()
    new, _changes = world.azc.services.caseload.begin("Amina", ("ar",))
    page.show_dossier(new)
    rest()
    assert "has not published its region workbook yet" in page.notices.workbook.message()
    press(page, "plan.workbook.banner.link")
    assert stage.visits == [("settings", None, "workbook")]


def test_the_card_reads_a_set_from_a_file_and_refuses_an_older_one(stage: Stage, world: World) -> None:
    card = WorkbookCard(stage.context)
    window = hold(card)
    rest()
    assert "version 1 of 21-11-2026: 5 routes, 12 partners" in card.standing.plain()
    path = world.azc.vault.directory / "stick.opmaat-werkboek"
    root = organisations()[0].root
    path.write_bytes(sign_content(root, version=2, issued=MOMENT, workbook=OTHER, media=PartMedia.MARKDOWN))
    card.read(path)
    rest()
    assert "version 2" in card.standing.plain()
    assert card.refused.isHidden()
    path.write_bytes(sign_content(root, version=1, issued=MOMENT, workbook=OTHER, media=PartMedia.MARKDOWN))
    card.read(path)
    rest()
    assert card.refused.plain().startswith("This is version 1 of the workbook")
    let_go(window)
