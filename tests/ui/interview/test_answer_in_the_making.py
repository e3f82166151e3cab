"""An answer in the making: no letter is lost, nothing goes red while somebody is still typing, the focus stays."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.records import AnswerGiven
from desktop.ui.interview.interview_page import InterviewPage
from protocol.identifiers import DossierId
from tests.ui.inspection import rest, visible_texts, windows_shown
from tests.ui.table_on_screen import Screen, child, new_vault_at, open_screen, press
from tests.unit.forms.forms_for_tests import form_of
from tests.unit.services.interview_fixture import ref

LISTED = """
| survey | | | |
| | type | name | label | appearance |
| | begin_group | deel | Deel | |
| | begin_group | stuk | Stuk | |
| | select_one soorten or_other | taal | Welke taal? | autocomplete |
| | select_multiple soorten or_other | talen | Welke talen? | autocomplete |
| | select_one soorten | alleen | Welke taal uit de lijst? | autocomplete |
| | end_group | | | |
| | end_group | | | |
| choices | | | |
| | list_name | name | label |
| | soorten | ckb | Koerdisch (Sorani) |
| | soorten | kmr | Koerdisch (Kurmanci) |
| | soorten | ti | Tigrinya |
"""
PLACE = "/data/deel/stuk/"


@pytest.fixture
def listed(qtbot: QtBot, tmp_path: Path, content: Content) -> Iterator[Screen]:
    """A screen over a form whose lists may take words, and one that may not."""
    opened = open_screen(qtbot, new_vault_at(tmp_path), replace(content, form=form_of(LISTED)))
    yield opened
    opened.close()


def given(screen: Screen, dossier: DossierId) -> dict[str, str]:
    answers = [event.body for event in screen.events(dossier) if isinstance(event.body, AnswerGiven)]
    return {body.ref: body.value for body in answers}


def field(page: QWidget, name: str = "interview.answer") -> QLineEdit:
    return child(page, QLineEdit, name)


def click(page: QWidget, name: str) -> None:
    QTest.mouseClick(child(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def go(screen: Screen, page: InterviewPage, address: str) -> None:
    page.show_part(address)
    screen.settle()


def test_a_language_switch_in_the_middle_of_a_date_says_nothing_wrong(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("kennisgeving"))
    QTest.keyClicks(field(page, "interview.answer.day"), "1")
    page.header.next_language()
    screen.settle()
    day = field(page, "interview.answer.day")
    assert (day.text(), day.property("refused")) == ("1", "false")


def test_looking_into_another_window_is_no_leaving(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    QTest.keyClicks(field(page), "12")
    other = QWidget()
    screen.qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    screen.qtbot.waitUntil(other.isActiveWindow, timeout=10_000)
    screen.settle()
    assert (field(page).text(), field(page).property("refused")) == ("12", "false")


def test_what_was_half_typed_comes_back_when_rather_not_say_is_taken_back(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("kennisgeving"))
    QTest.keyClicks(field(page, "interview.answer.year"), "19")
    click(page, "interview.decline")
    screen.settle()
    assert field(page, "interview.answer.year").text() == ""
    click(page, "interview.decline")
    screen.settle()
    assert field(page, "interview.answer.year").text() == "19"


def test_an_answer_comes_back_when_rather_not_say_is_taken_back(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    QTest.keyClicks(field(page), "Selam")
    page.flush()
    screen.settle()
    click(page, "interview.decline")
    screen.settle()
    click(page, "interview.decline")
    screen.settle()
    page.flush()
    screen.settle()
    assert given(screen, dossier) == {ref("roepnaam"): "Selam"}


def test_an_answer_that_comes_in_while_one_types_is_told_and_nothing_is_lost(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("azc"))
    QTest.keyClicks(field(page), "Dron")
    screen.answer(dossier, ref("azc"), "Almere")
    page.presenter.again()
    screen.settle()
    assert field(page).text() == "Dron"
    assert any("Almere" in text for text in visible_texts(page))
    QTest.keyClicks(field(page), "ten")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen, dossier)[ref("azc")] == "Dronten"


def test_the_focus_goes_to_what_was_refused(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    QTest.keyClicks(field(page), "12")
    click(page, "interview.next")
    screen.settle()
    assert page.focusWidget() is field(page)
    QTest.keyClicks(field(page), "3")
    assert field(page).text() == "123"


def test_what_is_left_for_later_holds_nobody(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    QTest.keyClicks(field(page), "12")
    click(page, "interview.later")
    screen.settle()
    click(page, "interview.next")
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("bsn")
    click(page, "interview.back")
    screen.settle()
    assert field(page).text() == "12"


def test_a_refused_answer_does_not_keep_one_from_going_back(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("bsn"))
    QTest.keyClicks(field(page), "12")
    click(page, "interview.next")
    screen.settle()
    click(page, "interview.back")
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("v_nummer")


@pytest.mark.parametrize("name", ["roepnaam", "geboren", "geboorteland", "kinderen_aantal", "gezinsvorm", "kind"])
def test_no_part_of_a_card_is_a_window_for_a_moment(screen: Screen, name: str) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    page = screen.interview(dossier, ref("v_nummer"))
    with windows_shown() as shown:
        go(screen, page, ref(name))
        if name == "kind":
            page.presenter.add_row(ref("kind"))
            screen.settle()
    assert shown == []


def test_letters_that_no_list_has_stay_with_what_looks_like_them(listed: Screen) -> None:
    page = listed.interview(listed.new_dossier(), f"{PLACE}alleen")
    QTest.keyClicks(field(page), "Koerdis")
    press(page, Qt.Key.Key_Escape)
    press(page, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    listed.settle()
    rest()
    assert (field(page).text(), field(page).property("refused")) == ("Koerdis", "true")
    near = [button for button in page.findChildren(QAbstractButton) if ".near." in button.objectName()]
    assert sorted(button.objectName() for button in near if button.isVisible()) == [
        "interview.answer.near.ckb",
        "interview.answer.near.kmr",
    ]
    go(listed, page, f"{PLACE}taal")
    go(listed, page, f"{PLACE}alleen")
    assert (field(page).text(), field(page).property("refused")) == ("Koerdis", "true")
    click(page, "interview.answer.near.kmr")
    listed.settle()
    assert field(page).text() == "Koerdisch (Kurmanci)"


def test_words_that_no_list_has_are_kept_as_other_and_said(listed: Screen) -> None:
    dossier = listed.new_dossier()
    page = listed.interview(dossier, f"{PLACE}taal")
    QTest.keyClicks(field(page), "Zazaki")
    page.flush()
    listed.settle()
    assert given(listed, dossier) == {f"{PLACE}taal": "other", f"{PLACE}taal_other": "Zazaki"}
    assert field(page).text().endswith(": Zazaki")
    assert "Dit staat niet in de lijst. Het is bewaard als “anders”, in deze woorden." in visible_texts(page)
    page.flush()
    listed.settle()
    assert given(listed, dossier) == {f"{PLACE}taal": "other", f"{PLACE}taal_other": "Zazaki"}


def test_one_word_beside_others_is_kept_as_other_too(listed: Screen) -> None:
    dossier = listed.new_dossier()
    listed.answer(dossier, f"{PLACE}talen", "ti")
    page = listed.interview(dossier, f"{PLACE}talen")
    QTest.keyClicks(field(page), "Zazaki")
    page.flush()
    listed.settle()
    assert given(listed, dossier) == {f"{PLACE}talen": "ti other", f"{PLACE}talen_other": "Zazaki"}
    click(page, "interview.answer.remove.other")
    listed.settle()
    assert given(listed, dossier) == {f"{PLACE}talen": "ti", f"{PLACE}talen_other": ""}


def test_enter_takes_the_only_one_that_is_offered(listed: Screen) -> None:
    dossier = listed.new_dossier()
    page = listed.interview(dossier, f"{PLACE}alleen")
    QTest.keyClicks(field(page), "tigr")
    completer = field(page).completer()
    assert completer is not None
    completer.complete()
    popup = completer.popup()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Return)
    listed.settle()
    assert given(listed, dossier) == {f"{PLACE}alleen": "ti"}


@pytest.mark.parametrize(
    ("name", "choice", "ending", "shown"),
    [
        ("geboorteland", "other", "other", "Een ander land: Zomia"),
        ("praattaal", "mis", "anders", "Een andere taal: Zomia"),
    ],
)
def test_a_country_or_language_that_the_interview_does_not_list_is_kept_in_words(
    screen: Screen, name: str, choice: str, ending: str, shown: str
) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref(name))
    QTest.keyClicks(field(page), "Zomia")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen, dossier) == {ref(name): choice, f"{ref(name)}_{ending}": "Zomia"}
    go(screen, page, ref(name))
    assert field(page).text() == shown


def test_half_a_date_comes_back_as_it_was_typed(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("kennisgeving"))
    QTest.keyClicks(field(page, "interview.answer.day"), "06")
    go(screen, page, ref("roepnaam"))
    go(screen, page, ref("kennisgeving"))
    assert field(page, "interview.answer.day").text() == "06"
