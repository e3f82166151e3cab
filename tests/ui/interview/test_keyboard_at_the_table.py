"""The interview by keyboard: one key each way, Enter where one is, and the focus near what was done."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QWidget

from desktop.services.interview.page_parts import RepeatView
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.typography.rich_text import numbers_apart
from desktop.ui.kit.typography.text import Text
from tests.ui.inspection import rest, visible_texts
from tests.ui.table_on_screen import Screen, child, press
from tests.unit.services.interview_fixture import ref

CONTROL = Qt.KeyboardModifier.ControlModifier


def at(page: InterviewPage) -> str:
    assert page.view is not None
    return page.view.ref


def key(screen: Screen, page: QWidget, pressed: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    QTest.keyClick(page.focusWidget() or page, pressed, modifier or Qt.KeyboardModifier.NoModifier)
    screen.settle()
    rest()


def focused(page: QWidget) -> str:
    inside = page.focusWidget()
    return "" if inside is None else inside.objectName()


def in_sight(page: InterviewPage, part: QWidget) -> bool:
    rest()
    area = page._scroll.viewport()
    return area.rect().contains(QRect(part.mapTo(area, QPoint(0, 0)), part.size()))


@pytest.mark.parametrize("name", ["voornamen", "over_1_jaar", "bsn"])
def test_control_and_an_arrow_walk_from_within_a_field(screen: Screen, name: str) -> None:
    page = screen.interview(screen.new_dossier(), ref(name))
    kind = QPlainTextEdit if name == "over_1_jaar" else QLineEdit
    assert isinstance(page.focusWidget(), kind)
    key(screen, page, Qt.Key.Key_Right, CONTROL)
    assert at(page) != ref(name)
    key(screen, page, Qt.Key.Key_Left, CONTROL)
    assert at(page) == ref(name)


def test_a_note_card_takes_enter(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("geboren"), "2012-03-21")
    page = screen.interview(dossier, ref("jong_zelf"))
    assert at(page) == ref("jong_zelf")
    assert focused(page) == "interview.next"
    key(screen, page, Qt.Key.Key_Return)
    assert at(page) != ref("jong_zelf")


def rows(page: InterviewPage) -> int:
    step = None if page.view is None else page.view.step
    assert isinstance(step, RepeatView)
    return len(step.rows)


def test_enter_walks_through_a_row_and_one_key_opens_the_next(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    page = screen.interview(dossier, ref("kind"))
    key(screen, page, Qt.Key.Key_Return)
    assert focused(page) == "interview.row.kind_naam"
    QTest.keyClicks(page.focusWidget(), "Lina")
    key(screen, page, Qt.Key.Key_Return)
    assert focused(page) == "interview.row.kind_geboren.day"
    key(screen, page, Qt.Key.Key_Down, CONTROL)
    assert rows(page) == 2
    assert focused(page) == "interview.row.kind_naam"
    assert child(page, QLineEdit, "interview.row.kind_naam").text() == ""
    key(screen, page, Qt.Key.Key_Up, CONTROL)
    assert child(page, QLineEdit, "interview.row.kind_naam").text() == "Lina"
    key(screen, page, Qt.Key.Key_Up, CONTROL)
    assert (at(page), rows(page)) == (ref("kind"), 2)


def test_the_last_field_of_a_row_leads_to_ready_and_on_to_another(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    page = screen.interview(dossier, ref("kind"))
    key(screen, page, Qt.Key.Key_Return)
    for _ in range(20):
        if focused(page) == "interview.row.done":
            break
        key(screen, page, Qt.Key.Key_Return)
    assert focused(page) == "interview.row.done"
    key(screen, page, Qt.Key.Key_Return)
    assert (at(page), focused(page)) == (ref("kind"), "interview.row.1")


def test_tab_goes_from_an_answer_in_a_row_to_its_other_answers(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("schooljaren"), "9")
    page = screen.interview(dossier, ref("school"))
    key(screen, page, Qt.Key.Key_Return)
    name = child(page, QLineEdit, "interview.row.school_naam")
    ways = child(page, QAbstractButton, "interview.row.school_naam.ways")
    assert ways.mapTo(page, QPoint(0, 0)).x() > name.mapTo(page, QPoint(0, 0)).x()
    assert abs(ways.mapTo(page, QPoint(0, 0)).y() - name.mapTo(page, QPoint(0, 0)).y()) < name.height()


def test_a_note_opens_in_sight_and_escape_keeps_its_words_for_the_next_time(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"), (1280, 640))
    key(screen, page, Qt.Key.Key_N, CONTROL)
    assert focused(page) == "interview.writing"
    assert in_sight(page, page.panel)
    QTest.keyClicks(page.focusWidget(), "zacht")
    key(screen, page, Qt.Key.Key_Escape)
    assert page.panel.isHidden()
    assert focused(page) == "interview.note"
    key(screen, page, Qt.Key.Key_N, CONTROL)
    assert child(page, QPlainTextEdit, "interview.writing").toPlainText() == "zacht"
    child(page, QAbstractButton, "interview.writing.keep").setFocus()
    key(screen, page, Qt.Key.Key_Return)
    assert focused(page) == "interview.note"
    assert page.view is not None
    assert page.view.step is not None
    assert page.view.step.note == "zacht"


def test_attachments_open_in_sight_and_close_on_escape(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(), ref("roepnaam"), (1280, 640))
    child(page, QAbstractButton, "interview.attach").click()
    screen.settle()
    rest()
    assert in_sight(page, page.files)
    key(screen, page, Qt.Key.Key_Escape)
    assert page.files.isHidden()
    assert focused(page) == "interview.attach"


def test_the_last_card_says_what_comes_next_and_goes_there(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("samenvatting_klopt"))
    assert page.view is not None
    assert not page.view.has_next
    assert child(page, Text, "interview.place").plain() == "Dit is de laatste vraag."
    assert child(page, QAbstractButton, "interview.next").accessibleName() == "Samen doornemen"
    key(screen, page, Qt.Key.Key_Return, CONTROL)
    assert screen.went[-1][0] == "review"


def test_a_card_for_the_same_in_dutch_shows_what_was_said(screen: Screen) -> None:
    dossier = screen.new_dossier(languages=("ar", "en"))
    page = screen.interview(dossier, ref("droom_nl"))
    assert not [text for text in page.findChildren(Text, "interview.own_words") if text.isVisible()]
    screen.answer(dossier, ref("droom"), "أريد أن أصبح طبيباً")
    page.presenter.again()
    screen.settle()
    said = child(page, Text, "interview.own_words")
    assert said.plain() == "أريد أن أصبح طبيباً"
    assert said.language.tag == "ar"


@pytest.mark.parametrize(("name", "unit"), [("schooljaren", "jaar"), ("motivatie", "van 10"), ("reistijd", "minuten")])
def test_a_number_has_its_unit_beside_it(screen: Screen, name: str, unit: str) -> None:
    page = screen.interview(screen.new_dossier(), ref(name))
    assert unit in visible_texts(page)


def test_a_telephone_number_keeps_its_order_from_right_to_left(screen: Screen) -> None:
    dossier = screen.new_dossier(languages=("ar", "en"))
    page = screen.interview(dossier, ref("telefoon"))
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "06")
    press(page, Qt.Key.Key_Return)
    screen.settle()
    arabic = [text for text in page.findChildren(Text) if text.isVisible() and "12345678" in text.plain()]
    assert any("\u206606 12345678\u2069" in text.text() for text in arabic if text.language.is_rtl)
    assert not any("\u2066" in text.text() for text in arabic if not text.language.is_rtl)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("مثل 06 12345678.", "مثل \u206606 12345678\u2069."),
        ("من 0 إلى 15", "من 0 إلى 15"),
        ("24-11-2026", "\u206624-11-2026\u2069"),
        ("\u206606 12\u2069", "\u206606 12\u2069"),
    ],
)
def test_only_numbers_of_several_parts_are_kept_apart(text: str, apart: str) -> None:
    assert numbers_apart(text) == apart


def test_told_and_understood_answers_to_enter(screen: Screen) -> None:
    from dataclasses import replace

    from desktop.i18n import load_catalogue
    from desktop.services.interview.page_parts import QuestionView, Texts
    from desktop.ui.questions.base import CardCatalogues
    from desktop.ui.questions.registry import answer_widget

    words = load_catalogue("nl", "app")
    question = QuestionView("/a/verteld", "acknowledge", "", Texts("nl", "Verteld"), Texts("ar", "Verteld"))
    control = answer_widget(screen.context.theme, CardCatalogues(words, words, words), question, "interview.answer")
    screen.qtbot.addWidget(control)
    control.show()
    control.focus_first()
    tick = control.focusWidget()
    assert tick is not None
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert control.value() == "OK"
    QTest.keyClick(tick, Qt.Key.Key_Return)
    assert control.value() == "OK"
    control.show_question(replace(question, value="OK"), control.catalogues)
    QApplication.processEvents()


def test_what_is_typed_and_why_it_is_refused_are_in_sight_in_a_small_window(screen: Screen) -> None:
    page = screen.interview(screen.new_dossier(languages=("ar", "en")), ref("v_nummer"), (1024, 560))
    zone = page.card.zone
    assert not in_sight(page, zone)
    QTest.keyClicks(child(page, QLineEdit, "interview.answer"), "12")
    assert in_sight(page, zone)
    page._scroll.verticalScrollBar().setValue(0)
    key(screen, page, Qt.Key.Key_Return)
    assert in_sight(page, zone)
