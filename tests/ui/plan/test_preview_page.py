from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QFileDialog

from desktop.services.plan.documents import PLAN_IN_WORD, DocumentKind, Preview
from desktop.ui.preview.preview_page import PreviewPage, preview_part
from desktop.ui.preview.sheet_view import PageImage
from desktop.ui.window import MainWindow
from protocol.errors import EnvironmentProblem
from protocol.identifiers import DossierId
from tests.ui.inspection import clipped, control, nameless, press, rest, settle, unreachable, without_object_name
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
    made.open_at(world.dossier, preview_part("support_plan", "ti", "handover"))
    rest()
    yield made
    let_go(window)


def test_the_signed_plan_is_offered_where_the_plan_is_another_by_now(page: PreviewPage, world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    plan.sign(dossier, "person", "Luwam Voorbeeld", "op het scherm")
    plan.set_reason(dossier, "B1", "Toch anders.")
    page.open_at(dossier, preview_part("signed_plan", "en", "plan"))
    rest()
    assert (page.kinds.chosen(), page.sheets.count > 3) == ("signed_plan", True)
    assert control(page, "preview.save", QAbstractButton).isEnabled()
    plan.undo(dossier)
    page.show_dossier(dossier)
    rest()
    assert not page.findChildren(QAbstractButton, "preview.kind.signed_plan")


def test_every_page_is_shown_and_told_by_number(page: PreviewPage) -> None:
    images = page.findChildren(PageImage)
    assert len(images) >= page.sheets.count > 3
    assert images[-1].accessibleName() == f"Page {page.sheets.count} of {page.sheets.count}"


def test_only_pages_in_sight_and_beside_them_are_drawn(page: PreviewPage) -> None:
    count = page.sheets.count
    assert count > 6
    assert _drawn(page)[:2] == [0, 1]
    assert len(_drawn(page)) < count
    page.sheets.go(count - 1)
    rest()
    assert 0 not in _drawn(page)
    assert count - 1 in _drawn(page)
    assert len(_drawn(page)) < count


def test_a_document_shown_again_draws_no_more_pages_than_the_first_time(page: PreviewPage, world: World) -> None:
    first = _drawn(page)
    page.open_at(world.dossier, preview_part("support_plan", "ti", "handover"))
    rest()
    assert _drawn(page) == first


def test_a_document_is_made_once_however_it_is_opened(practice: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    services = practice.services
    assert services is not None
    made: list[str] = []

    def preview(kind: DocumentKind, _dossier: DossierId, language: str = "") -> Preview:
        made.append(f"{kind} {language}")
        raise EnvironmentProblem("documents.failed", {"reason": "plan"})

    monkeypatch.setattr(services.documents, "preview", preview)
    dossiers: list[DossierId] = []
    practice.executor.submit(lambda: services.caseload.people().people[0].dossier, dossiers.append, practice.report)
    settle(practice)
    practice.navigate("preview", dossiers[0], part=preview_part("intake_report", "ar", "plan"))
    settle(practice)
    assert made == ["intake_report ar"]


def test_the_document_of_another_person_is_gone_when_the_next_cannot_be_made(
    page: PreviewPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert page.sheets.count > 0

    def fail(*_asked: object) -> Preview:
        raise EnvironmentProblem("documents.failed", {"reason": "plan"})

    monkeypatch.setattr(stage.context.services.documents, "preview", fail)
    page.show_dossier(DossierId("0f" * 16))
    rest()
    assert page.sheets.count == 0
    assert not page.save.isEnabled()


def test_a_document_that_is_not_the_one_in_the_title_is_not_saved(
    page: PreviewPage, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_asked: object) -> Preview:
        raise EnvironmentProblem("documents.failed", {"reason": "report"})

    monkeypatch.setattr(stage.context.services.documents, "preview", fail)
    press(page, "preview.kind.intake_report")
    assert not page.save.isEnabled()


def _drawn(page: PreviewPage) -> list[int]:
    images = sorted((each for each in page.findChildren(PageImage)), key=lambda each: each.y())
    return [number for number, each in enumerate(images) if each.image is not None]


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
    assert not (tmp_path / "none").exists()
    assert control(page, "preview.save", QAbstractButton).isEnabled()


def test_the_file_dialog_suggests_a_name_without_a_person(page: PreviewPage) -> None:
    press(page, "preview.save")
    dialog = page.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name.startswith("ondersteuningsplan-OP-")
    dialog.reject()


def test_the_plan_is_saved_to_go_on_writing_in_and_it_says_so(page: PreviewPage, tmp_path: Path, world: World) -> None:
    press(page, "preview.word")
    dialog = page.findChildren(QFileDialog)[-1]
    assert Path(dialog.selectedFiles()[0]).name.endswith(".docx")
    dialog.fileSelected.emit(str(tmp_path / "plan.docx"))
    dialog.reject()
    assert (tmp_path / "plan.docx").read_bytes().startswith(b"PK")
    assert "plan.docx" in page.banner.message()
    assert world.azc.journal.view(world.dossier).documents[-1].body.kind == PLAN_IN_WORD
    page.open_at(world.dossier, preview_part("intake_report", "ti", "plan"))
    rest()
    assert not page.word.isVisible()


def test_back_goes_where_one_came_from(page: PreviewPage, stage: Stage, world: World) -> None:
    press(page, "preview.close")
    assert stage.visits[-1] == ("handover", world.dossier, "")


def test_every_control_has_names_is_reached_and_shows_its_words(page: PreviewPage) -> None:
    assert (nameless(page), without_object_name(page), unreachable(page)) == ([], [], [])
    assert clipped(page) == []
