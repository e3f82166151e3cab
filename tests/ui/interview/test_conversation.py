"""A conversation begins with how it is interpreted and by which number; the languages are listed by one key."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu

from desktop.records import ConversationStarted
from desktop.ui.interview.conversation_sheet import ConversationSheet
from desktop.ui.interview.interview_page import InterviewPage
from protocol.identifiers import DossierId
from tests.ui.inspection import visible_texts
from tests.ui.table_on_screen import Screen, child
from tests.unit.services.interview_fixture import ref


def talks(screen: Screen, dossier: DossierId) -> list[tuple[int, str, str]]:
    bodies = [each.body for each in screen.events(dossier) if isinstance(each.body, ConversationStarted)]
    return [(body.number, body.mode, body.interpreter) for body in bodies]


def ask(page: InterviewPage) -> ConversationSheet:
    QTest.mouseClick(child(page, QAbstractButton, "interview.talk"), Qt.MouseButton.LeftButton)
    return page.findChildren(ConversationSheet)[-1]


def begin(screen: Screen, sheet: ConversationSheet, mode: str, number: str = "") -> None:
    child(sheet, QAbstractButton, f"interview.talk.{mode}").click()
    if number:
        field = child(sheet, QLineEdit, "interview.talk.number")
        field.clear()
        QTest.keyClicks(field, number)
    child(sheet, QAbstractButton, "interview.talk.begin").click()
    screen.settle()


@pytest.fixture
def at_table(screen: Screen) -> tuple[DossierId, InterviewPage]:
    dossier = screen.new_dossier()
    return dossier, screen.interview(dossier, ref("roepnaam"))


def test_a_conversation_begins_with_its_interpreter_by_number(
    screen: Screen, at_table: tuple[DossierId, InterviewPage]
) -> None:
    dossier, page = at_table
    begin(screen, ask(page), "phone", "12345")
    assert talks(screen, dossier) == [(1, "phone", "12345")]
    assert child(page, QAbstractButton, "interview.talk").accessibleName().endswith("nummer 12345")


def test_the_next_conversation_offers_the_same_interpreter(
    screen: Screen, at_table: tuple[DossierId, InterviewPage]
) -> None:
    dossier, page = at_table
    begin(screen, ask(page), "room", "77")
    sheet = ask(page)
    assert (sheet.mode, child(sheet, QLineEdit, "interview.talk.number").text()) == ("room", "77")
    child(sheet, QAbstractButton, "interview.talk.begin").click()
    screen.settle()
    assert talks(screen, dossier) == [(1, "room", "77"), (2, "room", "77")]


def test_a_name_is_no_number(screen: Screen, at_table: tuple[DossierId, InterviewPage]) -> None:
    dossier, page = at_table
    sheet = ask(page)
    begin(screen, sheet, "video", "Yonas")
    assert talks(screen, dossier) == []
    assert sheet.isVisible()
    assert any("niet de naam" in text for text in visible_texts(sheet))
    sheet.reject()


def test_without_interpreter_no_number_is_asked_or_kept(
    screen: Screen, at_table: tuple[DossierId, InterviewPage]
) -> None:
    dossier, page = at_table
    begin(screen, ask(page), "phone", "12345")
    sheet = ask(page)
    child(sheet, QAbstractButton, "interview.talk.none").click()
    assert not [each for each in sheet.findChildren(QLineEdit) if each.isVisible()]
    begin(screen, sheet, "none")
    assert talks(screen, dossier)[-1] == (2, "none", "")


def test_the_languages_are_listed_by_one_key(screen: Screen, at_table: tuple[DossierId, InterviewPage]) -> None:
    _dossier, page = at_table
    QTest.keyClick(page, Qt.Key.Key_F2, Qt.KeyboardModifier.ShiftModifier)
    screen.settle()
    (menu,) = [each for each in page.findChildren(QMenu) if each.isVisible()]
    named = {action.text(): action for action in menu.actions() if not action.isSeparator()}
    assert {"ትግርኛ", "العربية", "English"} <= set(named)
    assert [name for name, action in named.items() if action.isChecked()] == ["ትግርኛ"]
    named["العربية"].trigger()
    menu.close()
    screen.settle()
    assert page.view is not None
    assert page.view.language == "ar"


def test_a_conversation_begins_from_the_menu_where_the_screen_is_narrow(
    at_table: tuple[DossierId, InterviewPage],
) -> None:
    _dossier, page = at_table
    page.header.set_narrow(narrow=True)
    child(page, QAbstractButton, "interview.sections.menu").click()
    (menu,) = [each for each in page.findChildren(QMenu) if each.isVisible()]
    (begins,) = [action for action in menu.actions() if action.text() == "Gesprek beginnen"]
    begins.trigger()
    menu.close()
    sheet = page.findChildren(ConversationSheet)[-1]
    assert sheet.isVisible()
    sheet.reject()
