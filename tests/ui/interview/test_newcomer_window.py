import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.typography.text import Text
from desktop.ui.newcomer.window import NewcomerWindow
from protocol.identifiers import DossierId
from tests.ui.table_on_screen import Screen, child
from tests.unit.services.interview_fixture import ref

QUESTION = "gesprek_alleen"


def opened(
    screen: Screen, question: str = QUESTION, tag: str = "ti"
) -> tuple[InterviewPage, NewcomerWindow, DossierId]:
    dossier = screen.new_dossier(languages=(tag,))
    page = screen.interview(dossier, ref(question))
    page.toggle_second_screen()
    window = page.newcomer
    assert window is not None
    screen.qtbot.addWidget(window)
    return page, window, dossier


def touch(window: QWidget, name: str) -> None:
    QTest.mouseClick(child(window, QAbstractButton, name), Qt.MouseButton.LeftButton)


def status(screen: Screen, dossier: DossierId) -> tuple[str, str]:
    step = screen.run(lambda: screen.services.interview.view(dossier)).step
    assert step is not None
    return step.status, str(getattr(step, "value", ""))


def test_what_the_person_touches_is_an_answer_only_when_the_caseworker_takes_it_over(screen: Screen) -> None:
    page, window, dossier = opened(screen)
    touch(window, "newcomer.choice.alleen")
    screen.settle()
    assert status(screen, dossier) == ("open", "")
    assert not child(window, QAbstractButton, "newcomer.choice.alleen").isChecked()
    assert page.wish.message() == "Selam wijst aan: Alleen"
    child(page, QAbstractButton, "interview.wish.link").click()
    screen.settle()
    assert status(screen, dossier) == ("given", "alleen")
    assert child(window, QAbstractButton, "newcomer.choice.alleen").isChecked()
    assert page.wish.message() == ""


@pytest.mark.parametrize("way", ["unknown", "declined"])
def test_a_way_not_to_answer_works_and_is_confirmed(screen: Screen, way: str) -> None:
    page, window, dossier = opened(screen)
    touch(window, f"newcomer.{way}")
    screen.settle()
    assert status(screen, dossier) == ("open", "")
    child(page, QAbstractButton, "interview.wish.link").click()
    screen.settle()
    assert status(screen, dossier) == (way, "")


def test_a_break_is_told_and_answers_nothing(screen: Screen) -> None:
    page, window, dossier = opened(screen)
    touch(window, "newcomer.break")
    screen.settle()
    assert page.wish.message() == "Selam wil graag een pauze."
    assert not page.wish.link.isVisible()
    assert status(screen, dossier) == ("open", "")


def test_a_wish_goes_with_its_question(screen: Screen) -> None:
    page, window, _dossier = opened(screen)
    touch(window, "newcomer.choice.alleen")
    page.footer.next.click()
    screen.settle()
    assert page.wish.message() == ""


def test_it_never_takes_the_keyboard(screen: Screen) -> None:
    page, window, _dossier = opened(screen)
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert page.isActiveWindow()
    touch(window, "newcomer.unknown")
    assert page.isActiveWindow()
    assert [each for each in window.findChildren(QWidget) if each.hasFocus()] == []


def test_figures_are_those_of_the_language_and_numbers_keep_their_order(screen: Screen) -> None:
    page, window, dossier = opened(screen, "telefoon", "ar")
    screen.answer(dossier, ref("telefoon"), "06 12345678")
    page.presenter.again()
    screen.settle()
    assert child(window, Text, "newcomer.answer").plain() == "\u206606 12345678\u2069"
    place = child(window, Text, "newcomer.place").plain()
    assert not any(letter in "0123456789" for letter in place)
    assert any("٠" <= letter <= "٩" for letter in place)
