from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.bootstrap.content import Content
from desktop.i18n import format_time
from desktop.records import AnswerGiven, Event
from desktop.services.interview.answer_state import AnswerOutcome
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.typography.text import Text
from tests.ui.inspection import faults, visible_texts
from tests.ui.table_on_screen import Screen, child, new_vault_at, open_screen, press
from tests.unit.services.interview_fixture import ref
from tests.unit.vault.people import MOMENT

REFUSED = "Een V-nummer heeft precies 10 cijfers."


def given(events: tuple[Event, ...]) -> dict[str, str]:
    return {event.body.ref: event.body.value for event in events if isinstance(event.body, AnswerGiven)}


def label(page: QWidget, name: str) -> str:
    return child(page, Text, name).plain()


def saved(page: QWidget) -> str:
    return child(page, QWidget, "interview.saved").accessibleName()


def test_a_choice_is_durable_before_the_screen_says_so(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("gesprek_alleen"))
    child(page, QAbstractButton, "interview.choice.alleen").click()
    assert saved(page) == screen.context.text("Saving")
    screen.settle()
    assert saved(page) == f"Opgeslagen · {format_time(MOMENT)}"
    assert given(screen.events(dossier)) == {ref("gesprek_alleen"): "alleen"}


def test_typing_is_kept_after_a_pause(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "Selam")
    screen.qtbot.waitUntil(lambda: page.view is not None and page.view.section.answered == 1, timeout=10_000)
    screen.settle()
    assert given(screen.events(dossier)) == {ref("roepnaam"): "Selam"}


def test_half_typed_text_survives_a_language_switch_by_key(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    field = child(page, QLineEdit, "interview.answer")
    field.setFocus()
    QTest.keyClicks(field, "Sel")
    page.header.next_language()
    screen.settle()
    assert page.view is not None
    assert page.view.language == "en"
    assert child(page, QLineEdit, "interview.answer") is field
    assert field.text() == "Sel"
    assert label(page, "interview.card.second.question") == "What would you like to be called?"
    QTest.keyClicks(field, "am")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen.events(dossier)) == {ref("roepnaam"): "Selam"}


def test_a_restart_goes_on_at_the_same_card(qtbot: QtBot, tmp_path: Path, content: Content) -> None:
    vault = new_vault_at(tmp_path)
    first = open_screen(qtbot, vault, content)
    dossier = first.new_dossier()
    page = first.interview(dossier, ref("geboren"))
    child(page, QAbstractButton, "interview.language.en").click()
    first.settle()
    first.run(first.services.journal.close)
    first.executor.stop()
    second = open_screen(qtbot, vault, content)
    again = second.interview(dossier)
    assert again.view is not None
    assert (again.view.ref, again.view.language) == (ref("geboren"), "en")
    second.close()


def test_a_refused_answer_says_why_in_both_languages_and_stays(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("v_nummer"))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "12")
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("v_nummer")
    field = child(page, QLineEdit, "interview.answer")
    assert REFUSED in visible_texts(page)
    assert (field.text(), field.property("refused")) == ("12", "true")
    assert given(screen.events(dossier)) == {}


def type_refused(screen: Screen, page: InterviewPage) -> QLineEdit:
    """Return the field in which "12" was typed and refused."""
    field = child(page, QLineEdit, "interview.answer")
    QTest.keyClicks(field, "12")
    page.flush()
    screen.settle()
    assert REFUSED in visible_texts(page)
    return field


def test_a_pause_alone_neither_refuses_nor_loses_what_is_typed(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("v_nummer"))
    field = child(page, QLineEdit, "interview.answer")
    tried: list[AnswerOutcome] = []
    page.presenter.answered.connect(tried.append)
    QTest.keyClicks(field, "123")
    screen.qtbot.waitUntil(lambda: bool(tried), timeout=10_000)
    screen.settle()
    assert not tried[0].kept
    assert (field.text(), field.property("refused")) == ("123", "false")
    assert REFUSED not in visible_texts(page)
    QTest.keyClicks(field, "4567890")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen.events(dossier)) == {ref("v_nummer"): "1234567890"}


def leave_for_later(page: InterviewPage) -> None:
    child(page, QAbstractButton, "interview.later").click()


def switch_language(page: InterviewPage) -> None:
    page.header.next_language()


def show_again(page: InterviewPage) -> None:
    page.presenter.again()


def write_note(page: InterviewPage) -> None:
    page.presenter.note(ref("v_nummer"), "pas vergeten")


def undo(page: InterviewPage) -> None:
    page.presenter.undo()


@pytest.mark.parametrize("happens", [leave_for_later, switch_language, show_again, write_note, undo])
def test_what_was_refused_stays_with_its_sentence_whatever_happens_around_it(
    screen: Screen, happens: Callable[[InterviewPage], None]
) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    field = type_refused(screen, page)
    happens(page)
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("v_nummer")
    assert (field.text(), field.property("refused")) == ("12", "true")
    assert REFUSED in visible_texts(page)


def test_what_was_refused_comes_back_with_its_card(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("v_nummer"))
    type_refused(screen, page)
    page.presenter.go(ref("roepnaam"))
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("roepnaam")
    page.presenter.go(ref("v_nummer"))
    screen.settle()
    assert child(page, QLineEdit, "interview.answer").text() == "12"
    assert REFUSED in visible_texts(page)


def test_undo_goes_to_what_it_took_back_and_says_it(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "Selam")
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    page.presenter.undo()
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("roepnaam")
    assert child(page, QLineEdit, "interview.answer").text() == ""
    assert saved(page) == "Het antwoord is teruggenomen"


def test_undo_of_a_change_of_the_plan_goes_to_the_plan(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    screen.run(lambda: screen.services.plan.set_reason(dossier, "B1", "Zij leert snel."))
    page.presenter.undo()
    screen.settle()
    assert screen.went[-1] == ("plan", "weigh")


def test_declining_takes_the_place_of_what_was_refused(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("v_nummer"))
    field = type_refused(screen, page)
    press(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    screen.settle()
    assert not field.isEnabled()
    assert field.text() == ""
    assert [event.body.status for event in screen.events(dossier) if isinstance(event.body, AnswerGiven)] == [
        "declined"
    ]


@pytest.mark.parametrize("typed", ["Syrie", "syrië", "سورية", "سوريا"])
def test_a_country_counts_in_the_spelling_of_the_person(screen: Screen, typed: str) -> None:
    dossier = screen.new_dossier()
    screen.run(lambda: screen.services.interview.switch(dossier, "ar"))
    page = screen.interview(dossier, ref("geboorteland"))
    field = child(page, QLineEdit, "interview.answer")
    field.insert(typed)
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen.events(dossier)) == {ref("geboorteland"): "SY"}


@pytest.mark.parametrize(("name", "choice"), [("geboorteland", "ER"), ("nationaliteit", "ER")])
def test_letters_like_a_country_are_kept_with_what_they_may_mean(screen: Screen, name: str, choice: str) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref(name))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "Eritrae")
    page.flush()
    screen.settle()
    assert given(screen.events(dossier)) == {ref(name): "other", f"{ref(name)}_other": "Eritrae"}
    child(page, QAbstractButton, "interview.answer.near.ER").click()
    screen.settle()
    assert given(screen.events(dossier))[ref(name)] == choice
    assert not [
        each for each in page.findChildren(QAbstractButton) if ".near." in each.objectName() and each.isVisible()
    ]


def test_a_refused_value_in_a_row_stays_and_its_row_opens_again(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("schooljaren"), "11")
    page = screen.interview(dossier, ref("school"))
    child(page, QAbstractButton, "interview.repeat.add").click()
    screen.settle()
    field = child(page, QLineEdit, "interview.row.school_van")
    QTest.keyClicks(field, "99999")
    child(page, QAbstractButton, "interview.row.done").click()
    screen.settle()
    assert field.isVisible()
    assert (field.text(), field.property("refused")) == ("99999", "true")


def test_enter_and_control_arrows_walk(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("alleen_verteld"))
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("gesprek_alleen")
    child(page, QAbstractButton, "interview.back").click()
    screen.settle()
    assert page.view.ref == ref("alleen_verteld")


def test_declining_greys_the_control_and_can_be_taken_back(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"))
    child(page, QAbstractButton, "interview.decline").click()
    screen.settle()
    assert not child(page, QLineEdit, "interview.answer").isEnabled()
    child(page, QAbstractButton, "interview.decline").click()
    screen.settle()
    assert child(page, QLineEdit, "interview.answer").isEnabled()
    assert page.view is not None
    assert page.view.step is not None
    assert page.view.step.status == "open"


def test_cards_are_walked_with_arrows_and_chosen_with_space(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("leert_best"))
    child(page, QAbstractButton, "interview.choice.kijken").setFocus()
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Space)
    screen.settle()
    assert list(given(screen.events(dossier))) == [ref("leert_best")]


def test_a_country_is_found_by_typing(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("geboorteland"))
    field = child(page, QLineEdit, "interview.answer")
    QTest.keyClicks(field, "eritrea")
    QTest.keyClick(field, Qt.Key.Key_Return)
    screen.settle()
    assert given(screen.events(dossier)) == {ref("geboorteland"): "ER"}


def test_a_date_is_given_when_it_is_whole(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("geboren"))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer.day"), "5")
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("geboren")
    QTest.keyClicks(child(page, QLineEdit, "interview.answer.month"), "3")
    QTest.keyClicks(child(page, QLineEdit, "interview.answer.year"), "1991")
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    assert given(screen.events(dossier)) == {ref("geboren"): "1991-03-05"}
    assert page.view.ref != ref("geboren")


def test_a_number_is_stepped(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("schooljaren"))
    child(page, QAbstractButton, "interview.answer.more").click()
    screen.settle()
    child(page, QAbstractButton, "interview.answer.more").click()
    screen.settle()
    assert given(screen.events(dossier)) == {ref("schooljaren"): "2"}


def test_a_question_of_a_row_can_be_declined_too(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("school"))
    child(page, QAbstractButton, "interview.repeat.add").click()
    screen.settle()
    child(page, QAbstractButton, "interview.row.school_naam.ways").click()
    action = page.findChildren(QAction, "interview.row.school_naam.ways.declined")[-1]
    action.trigger()
    screen.settle()
    said = [event.body for event in screen.events(dossier) if isinstance(event.body, AnswerGiven)]
    assert [(body.status, body.ref.rpartition("/")[2]) for body in said] == [("declined", "school_naam")]


def test_rows_of_a_repeat_are_added_filled_removed_and_brought_back(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("schooljaren"), "11")
    page = screen.interview(dossier, ref("school"))
    child(page, QAbstractButton, "interview.repeat.add").click()
    screen.settle()
    QTest.keyClicks(child(page, QLineEdit, "interview.row.school_naam"), "Keren Junior")
    child(page, QAbstractButton, "interview.row.done").click()
    screen.settle()
    assert "Keren Junior" in child(page, QAbstractButton, "interview.row.1").accessibleName()
    child(page, QAbstractButton, "interview.row.1").click()
    child(page, QAbstractButton, "interview.row.remove").click()
    screen.settle()
    assert page.findChildren(QAbstractButton, "interview.row.1") == []
    page.presenter.undo()
    screen.settle()
    assert "Keren Junior" in child(page, QAbstractButton, "interview.row.1").accessibleName()


def test_another_number_of_rows_than_was_said_is_told_beside_them(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    page = screen.interview(dossier, ref("kind"))
    differs = child(page, Text, "interview.repeat.differs")
    assert "staat 2. Hier staan 0 regels." in differs.plain().replace(chr(0x2068), "").replace(chr(0x2069), "")
    child(page, QAbstractButton, "interview.repeat.add").click()
    screen.settle()
    assert differs.plain().endswith("Hier staat 1 regel.")
    child(page, QAbstractButton, "interview.repeat.add").click()
    screen.settle()
    assert differs.isHidden()
    assert faults(page) == []


def test_a_note_is_kept_at_the_question(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("dialect"))
    child(page, QAbstractButton, "interview.note").click()
    child(page, QPlainTextEdit, "interview.writing").setPlainText("spreekt zacht")
    child(page, QAbstractButton, "interview.writing.keep").click()
    screen.settle()
    assert page.view is not None
    assert page.view.step is not None
    assert page.view.step.note == "spreekt zacht"


def test_the_newcomers_window_mirrors_the_choice_and_is_covered_when_the_worker_leaves(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("gesprek_alleen"))
    page.toggle_second_screen()
    window = page.newcomer
    assert window is not None
    screen.qtbot.addWidget(window)
    assert child(window, Text, "newcomer.question").language.tag == "ti"
    child(page, QAbstractButton, "interview.choice.alleen").click()
    screen.settle()
    assert child(window, QAbstractButton, "newcomer.choice.alleen").isChecked()
    assert "Selam" not in window.windowTitle()
    page.leave()
    assert window.covered
    window.close()


def test_a_machine_draft_is_marked(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"))
    assert child(page, QWidget, "interview.card.second.mark").accessibleName() == "machinevertaling, nog niet nagekeken"


@pytest.mark.parametrize("tag", ["ti", "ar", "en"])
def test_directions_come_from_the_language_tags(screen: Screen, tag: str) -> None:
    page = screen.interview(screen.new_dossier(languages=(tag,)), ref("roepnaam"))
    second = child(page, QLabel, "interview.card.second.question")
    expected = Qt.LayoutDirection.RightToLeft if tag == "ar" else Qt.LayoutDirection.LeftToRight
    assert second.layoutDirection() == expected
    assert child(page, QLabel, "interview.card.first.question").layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_own_words_keep_the_direction_in_which_they_were_spoken(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(languages=("ar", "en")), ref("droom"))
    child(page, QPlainTextEdit, "interview.answer").setPlainText("أريد أن أعمل")
    page.header.next_language()
    screen.settle()
    assert page.view is not None
    assert page.view.language == "en"
    field = child(page, QPlainTextEdit, "interview.answer")
    assert field.layoutDirection() == Qt.LayoutDirection.RightToLeft
