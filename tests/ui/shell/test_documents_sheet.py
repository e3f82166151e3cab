"""Documents of everybody in the list in sight: saved in a folder, printed as one job, stopped halfway."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QLineEdit, QRadioButton

from desktop.i18n import load_catalogue
from desktop.i18n.messages import text_for
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.people.documents_sheet import DocumentsSheet
from desktop.ui.preview.printing import PrintedPdf, pages_in_order
from desktop.ui.window import MainWindow
from protocol.errors import UserError
from tests.ui.inspection import control, faults, press, settle, visible_texts, wait_until


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "documents").mkdir()
    return tmp_path / "documents"


@pytest.fixture
def sheet(practice: MainWindow) -> DocumentsSheet:
    press(practice, "people.documents")
    return practice.findChildren(DocumentsSheet)[0]


def _people(sheet: DocumentsSheet) -> int:
    return len(sheet._rows)


def test_everybody_in_sight_has_a_file_in_the_folder(practice: MainWindow, sheet: DocumentsSheet, folder: Path) -> None:
    assert faults(sheet) == []
    people = _people(sheet)
    assert people >= 2
    sheet.make(folder)
    settle(practice)
    files = sorted(path.name for path in folder.iterdir())
    assert len(files) == people
    assert all(name.startswith("ondersteuningsplan-OP-") for name in files)
    assert sheet.focusWidget() is sheet.close_button
    assert f"{people} documenten bewaard in {folder.name}." in visible_texts(sheet)
    sheet.close()


def test_who_is_left_out_is_named_with_the_reason(practice: MainWindow, sheet: DocumentsSheet, folder: Path) -> None:
    control(sheet, "documents.pip_decision", QRadioButton).click()
    names = [row.name for row in sheet._rows.values()]
    sheet.make(folder)
    settle(practice)
    assert list(folder.iterdir()) == []
    reason = text_for(UserError("pip.nothing_issued"), load_catalogue("nl", "app"))
    said = [line for line in visible_texts(sheet) if line.endswith(reason)]
    assert [line.partition(" · ")[0] for line in said] == names
    sheet.close()


def test_only_who_is_in_sight(practice: MainWindow) -> None:
    search = control(practice, "people.search", QLineEdit)
    search.setText("op-")
    press(practice, "people.documents")
    sheet = practice.findChildren(DocumentsSheet)[0]
    name = next(iter(sheet._rows.values())).name
    sheet.close()
    settle(practice)
    search.setText(name)
    press(practice, "people.documents")
    assert [row.name for row in practice.findChildren(DocumentsSheet)[-1]._rows.values()] == [name]
    practice.findChildren(DocumentsSheet)[-1].close()


def test_stopping_keeps_what_was_made_and_says_who_was_not_reached(
    practice: MainWindow, sheet: DocumentsSheet, folder: Path
) -> None:
    people = _people(sheet)
    sheet.make(folder)
    assert control(sheet, "documents.meter", Meter).isVisible()
    press(sheet, "documents.stop")
    wait_until(sheet.save_button.isVisible)
    settle(practice)
    assert len(list(folder.iterdir())) == 1
    assert f"1 document bewaard in {folder.name}." in visible_texts(sheet)
    assert any(str(people - 1) in line and "niet bereikt" in line for line in visible_texts(sheet))
    sheet.close()


def test_a_folder_that_is_gone_is_told(practice: MainWindow, sheet: DocumentsSheet, folder: Path) -> None:
    sheet.make(folder / "gone")
    settle(practice)
    reason = text_for(UserError("files.not_found"), load_catalogue("nl", "app"))
    assert reason in visible_texts(sheet)
    assert sheet.save_button.isVisible()
    sheet.close()


def test_all_of_them_are_one_job_for_the_printer(practice: MainWindow, sheet: DocumentsSheet, folder: Path) -> None:
    press(sheet, "documents.print")
    wait_until(lambda: bool(sheet.findChildren(QPrintDialog)))
    dialog = sheet.findChildren(QPrintDialog)[0]
    printer = dialog.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(folder / "all.pdf"))
    assert dialog.maxPage() > _people(sheet)
    pages = dialog.maxPage()
    dialog.accepted.emit(printer)
    settle(practice)
    assert len(pypdfium2.PdfDocument(folder / "all.pdf")) == pages
    assert "Aan de printer gegeven." in visible_texts(sheet)
    dialog.close()
    sheet.close()


@pytest.mark.parametrize(("both_sides", "pages"), [(False, "1 123"), (True, "1- 123-")])
def test_on_both_sides_each_begins_on_a_sheet_of_its_own(both_sides: bool, pages: str) -> None:  # noqa: FBT001
    papers = [PrintedPdf(b"", [(595, 842)] * length) for length in (1, 3)]
    found = pages_in_order(papers, both_sides=both_sides)
    assert ["-" if each is None else str(each[1] + 1) for each in found] == list(pages.replace(" ", ""))
