"""Printing with the system's dialog, onto a printer that writes a PDF."""

from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from desktop.kernel.changes import Changes
from desktop.ui.people.people_list_print import people_html
from desktop.ui.people.people_page import PeoplePage
from desktop.ui.preview.preview_page import PreviewPage, preview_part
from desktop.ui.preview.printing import PrintedPdf, print_pages
from protocol.errors import EnvironmentProblem
from tests.ui.inspection import press, rest
from tests.ui.still import Stage, hold, let_go
from tests.unit.services.plan_world import World, decide


@pytest.fixture
def page(stage: Stage, world: World) -> Iterator[PreviewPage]:
    decide(world.azc, world.dossier)
    made = PreviewPage(stage.context)
    window = hold(made)
    made.open_at(world.dossier, preview_part("support_plan", "ti", "handover"))
    rest()
    yield made
    let_go(window)


def _dialog(page: QWidget) -> QPrintDialog:
    found = page.findChildren(QPrintDialog)
    assert len(found) == 1
    return found[0]


def _onto(dialog: QPrintDialog, path: Path) -> QPrinter:
    """Let the dialog print to a file and return its printer."""
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer


def test_every_page_of_the_document_goes_to_the_printer(page: PreviewPage, tmp_path: Path) -> None:
    press(page, "preview.print")
    dialog = _dialog(page)
    assert (dialog.minPage(), dialog.maxPage()) == (1, page.sheets.count)
    dialog.accepted.emit(_onto(dialog, tmp_path / "paper.pdf"))
    rest()
    paper = pypdfium2.PdfDocument(tmp_path / "paper.pdf")
    assert len(paper) == page.sheets.count
    ink = bytes(paper[0].render().buffer)
    assert min(ink) < 100 < max(ink), "something is on the page"
    assert page.banner.message() == "Handed to the printer."


def test_only_the_pages_asked_for(page: PreviewPage, tmp_path: Path) -> None:
    page.print_out()
    printer = _onto(_dialog(page), tmp_path / "paper.pdf")
    printer.setFromTo(2, 3)
    _dialog(page).accepted.emit(printer)
    rest()
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 2


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_takes_nothing_is_told(tmp_path: Path) -> None:
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "nowhere" / "paper.pdf"))
    with pytest.raises(EnvironmentProblem, match=r"documents\.not_printed"):
        print_pages(printer, [PrintedPdf(b"", [(595, 842)])])


def test_the_list_of_people_is_printed_as_it_stands(stage: Stage, world: World, tmp_path: Path) -> None:
    page = PeoplePage(stage.context)
    window = hold(page)
    page.refresh(Changes())
    rest()
    press(page, "people.print")
    _dialog(page).accepted.emit(_onto(_dialog(page), tmp_path / "list.pdf"))
    rest()
    words = pypdfium2.PdfDocument(tmp_path / "list.pdf")[0].get_textpage().get_text_range()
    name = world.azc.services.caseload.person(world.dossier).name
    assert name in words
    assert "Next step" in words
    let_go(window)


def test_what_a_person_typed_is_no_markup(stage: Stage, world: World) -> None:
    row = world.azc.services.caseload.person(world.dossier)
    html = people_html("<b>", [row], stage.context.catalogue)
    assert "&lt;b&gt;" in html
