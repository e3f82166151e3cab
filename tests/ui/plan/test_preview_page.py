from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desktop.ui.preview.preview_page import PreviewPage, preview_part
from desktop.ui.preview.sheet_view import PageImage
from tests.ui.inspection import clipped, control, nameless, press, rest, unreachable, without_object_name
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.plan_world import World, decide


@pytest.fixture
def world(world: World) -> World:
    """The case with a plan that was decided."""
    decide(world.azc, world.dossier)
    return world


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[PreviewPage]:
    made = PreviewPage(stage.context)
    window = hold(made)
    made.show_dossier(world.dossier)
    made.show_part(preview_part("support_plan", "ti", "handover"))
    rest()
    yield made
    let_go(window)


def test_every_page_is_shown_and_told_by_number(page: PreviewPage) -> None:
    images = page.findChildren(PageImage)
    assert len(images) >= page.sheets.count > 3
    assert images[-1].accessibleName() == f"Page {page.sheets.count} of {page.sheets.count}"


def test_paging_and_zooming_keep_the_page_in_sight(page: PreviewPage) -> None:
    assert not control(page, "preview.previous", QAbstractButton).isEnabled()
    press(page, "preview.next")
    rest()
    assert page.sheets.current == 1
    press(page, "preview.larger")
    rest()
    assert (page.sheets.current, page.sheets.zoom) == (1, 1.25)


def test_another_document_and_another_language(page: PreviewPage) -> None:
    press(page, "preview.kind.intake_report")
    assert not page.languages.isVisible()
    press(page, "preview.kind.support_plan")
    press(page, "preview.language.en")
    assert page._language == "en"


def test_saving_makes_the_file_and_says_so(page: PreviewPage, tmp_path: Path, stage: Stage) -> None:
    page.save_to(tmp_path / "plan.pdf")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")
    assert "plan.pdf" in page.banner.message()
    assert stage.news


def test_a_file_that_cannot_be_written_is_told_on_the_page(page: PreviewPage, tmp_path: Path) -> None:
    page.save_to(tmp_path / "none" / "plan.pdf")
    assert page.banner.message()
    assert page.saved_to is None
    assert control(page, "preview.save", QAbstractButton).isEnabled()


def test_the_file_dialog_suggests_a_name_without_a_person(page: PreviewPage) -> None:
    press(page, "preview.save")
    dialog = page.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name.startswith("ondersteuningsplan-OP-")
    dialog.reject()


def test_back_goes_where_one_came_from(page: PreviewPage, stage: Stage, world: World) -> None:
    press(page, "preview.close")
    assert stage.visits[-1] == ("handover", world.dossier, "")


def test_every_control_has_names_is_reached_and_shows_its_words(page: PreviewPage) -> None:
    assert (nameless(page), without_object_name(page), unreachable(page)) == ([], [], [])
    assert clipped(page) == []
