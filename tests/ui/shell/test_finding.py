"""Ctrl+F, on every page of a case and on the list of people."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.services.caseload.caseload_rows import PersonRow
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.find_sheet import FindSheet
from desktop.ui.window import MainWindow
from tests.ui.inspection import control, faults, rest, settle, wait_until, windows_shown
from tests.unit.services.interview_fixture import ref


def _case(window: MainWindow) -> None:
    assert window.shell is not None
    assert window.services is not None
    rows: list[PersonRow] = []
    caseload = window.services.caseload
    window.executor.submit(lambda: caseload.people().people[0], rows.append, window.report)
    settle(window)
    window.shell.navigate("plan", rows[0].dossier)
    settle(window)


def _find(window: MainWindow) -> FindSheet:
    QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    sheets = [each for each in window.findChildren(FindSheet) if each.isVisible()]
    assert len(sheets) == 1
    return sheets[0]


def test_a_question_is_found_from_another_page_and_gone_to(practice: MainWindow) -> None:
    assert practice.shell is not None
    _case(practice)
    sheet = _find(practice)
    assert sheet.focusWidget() is sheet.field
    sheet.field.setText("praten ALLÉEN")
    rest()
    assert sheet.rows[0].objectName() == "find.item.alleen_verteld"
    assert faults(sheet) == []
    QTest.keyClick(sheet.field, Qt.Key.Key_Return)
    settle(practice)
    page = practice.shell.page("interview")
    assert practice.shell.current == "interview"
    assert isinstance(page, InterviewPage)
    wait_until(lambda: page.part == ref("alleen_verteld"))


def test_the_arrows_lead_to_what_was_found_and_back(practice: MainWindow) -> None:
    _case(practice)
    sheet = _find(practice)
    sheet.field.setText("wat")
    rest()
    QTest.keyClick(sheet.field, Qt.Key.Key_Down)
    assert sheet.focusWidget() is sheet.rows[0]
    QTest.keyClick(sheet.rows[0], Qt.Key.Key_Up)
    assert sheet.focusWidget() is sheet.field


def test_what_is_nowhere_is_said(practice: MainWindow) -> None:
    _case(practice)
    sheet = _find(practice)
    sheet.field.setText("nergens te vinden")
    rest()
    assert sheet.rows == []
    assert "nergens te vinden" in control(sheet, "find.said", Text).plain()


def test_on_the_list_of_people_it_leads_to_its_own_field(practice: MainWindow) -> None:
    QTest.keyClick(practice, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert practice.focusWidget() is control(practice, "people.search", QLineEdit)


def test_no_page_takes_the_keyboard_with_a_window_that_flashes(practice: MainWindow) -> None:
    with windows_shown() as shown:
        _case(practice)
        assert practice.shell is not None
        for page in ("interview", "review", "attachments", "handover", "help"):
            practice.shell.navigate(page, practice.shell.dossier)
            settle(practice)
    assert shown == []
