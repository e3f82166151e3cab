from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from desktop.ui.kit.layout.reading_order import tab_stops
from desktop.ui.kit.typography.text import Text
from desktop.ui.review.letter import Letter
from desktop.ui.review.letter_row import LetterRow
from desktop.ui.review.review_page import ReviewPage
from protocol.identifiers import DossierId
from tests.ui.inspection import clipped, nameless, rest, wait_until, without_object_name
from tests.ui.table_on_screen import Screen, child
from tests.unit.services.interview_fixture import ref


def review(screen: Screen, dossier: DossierId) -> ReviewPage:
    page = screen.show(ReviewPage(screen.context))
    page.show_dossier(dossier)
    come_to_rest(screen, page)
    return page


def come_to_rest(screen: Screen, page: ReviewPage) -> None:
    """Wait until the whole letter stands there."""
    screen.settle()
    wait_until(lambda: page.letter.ready)
    rest()


def test_the_list_leads_to_its_questions(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = review(screen, dossier)
    child(page, QAbstractButton, "review.item.roepnaam").click()
    assert screen.went == [("interview", ref("roepnaam"))]


def test_every_control_is_named_and_no_text_is_cut(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("dialect"), "", "declined")
    page = review(screen, dossier)
    assert (clipped(page), nameless(page), without_object_name(page)) == ([], [], [])


def test_a_filter_shows_what_was_declined(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("dialect"), "", "declined")
    page = review(screen, dossier)
    assert len(page.letter.shown) > 1
    child(page, QAbstractButton, "review.filter.declined").click()
    rest()
    assert [row.objectName() for row in page.letter.shown] == ["review.item.dialect"]


def test_the_letter_says_everything_in_both_languages(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("alleen_verteld"), "ja")
    screen.answer(dossier, ref("dialect"), "", "unknown")
    page = review(screen, dossier)
    given = child(page, LetterRow, "review.item.alleen_verteld").accessibleName()
    assert "Is aan u verteld dat u alleen mag praten?, Ja" in given
    assert "እወ" in given
    assert "weet het niet" in child(page, LetterRow, "review.item.dialect").accessibleName()
    assert "nodig voor het plan" in child(page, LetterRow, "review.item.roepnaam").accessibleName()


def test_the_letter_is_built_in_pieces(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.show(ReviewPage(screen.context))
    view = screen.run(lambda: screen.services.review.view(dossier))
    pieces: list[int] = []
    counted = QTimer()
    counted.timeout.connect(lambda: pieces.append(len(page.letter.findChildren(LetterRow))))
    counted.start(0)
    page.letter.show_view(view, screen.context.catalogue)
    assert page.letter.findChildren(LetterRow) == []
    wait_until(lambda: page.letter.ready)
    assert len(page.letter.findChildren(LetterRow)) == view.total
    assert any(0 < count < view.total for count in pieces), "the screen had its turn in between"


def test_words_are_found_in_any_order_and_in_both_languages(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("alleen_verteld"), "ja")
    page = review(screen, dossier)
    page.start_search()
    field = child(page, QLineEdit, "review.search")
    assert page.focusWidget() is field
    for typed in ("PRÁTEN alleen", "እወ"):
        field.setText(typed)
        rest()
        assert "review.item.alleen_verteld" in [row.objectName() for row in page.letter.shown]
        assert len(page.letter.shown) < len(page.letter.findChildren(LetterRow))
    QTest.keyClick(field, Qt.Key.Key_Return)
    QTest.keyClick(page.letter.shown[0], Qt.Key.Key_Return)
    assert screen.went == [("interview", ref("alleen_verteld"))]
    field.setText("nergens te vinden")
    rest()
    assert "nergens" in child(page, Text, "review.nothing").plain()


def test_the_arrows_walk_through_the_letter_which_is_one_stop(screen: Screen) -> None:
    page = review(screen, screen.new_dossier())
    rows = page.letter.shown
    assert len([each for each in tab_stops(page) if isinstance(each, LetterRow)]) == 1
    page.letter.enter(rows[0])
    QTest.keyClick(rows[0], Qt.Key.Key_Down)
    assert page.focusWidget() is rows[1]
    page.activateWindow()
    wait_until(page.isActiveWindow)
    QTest.keyClick(rows[1], Qt.Key.Key_F8)
    walked = page.focusWidget()
    assert isinstance(walked, LetterRow)
    assert walked.item.reason == "missing"
    assert walked is not rows[1]


def test_a_line_that_changed_keeps_its_place(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = review(screen, dossier)
    row = child(page, LetterRow, "review.item.roepnaam")
    given = screen.run(lambda: screen.services.interview.answer(dossier, ref("roepnaam"), "given", "Selam"))
    page.refresh(given.changes)
    come_to_rest(screen, page)
    assert child(page, LetterRow, "review.item.roepnaam") is row
    assert row.item.answer == "Selam"


def test_the_question_about_the_report_shows_it(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("roepnaam"), "Selam")
    page = screen.interview(dossier, ref("roepnaam"))
    assert page.findChildren(Letter) == []
    page.show_part(ref("samenvatting_klopt"))
    screen.settle()
    letter = child(page, Letter, "interview.report")
    wait_until(lambda: letter.ready)
    assert "Selam" in child(letter, LetterRow, "interview.report.item.roepnaam").accessibleName()
    page.show_part(ref("dialect"))
    screen.settle()
    assert letter.isHidden()


def test_answers_given_elsewhere_leave_the_list(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = review(screen, dossier)
    before = child(page, Text, "review.said").plain()
    given = screen.run(lambda: screen.services.interview.answer(dossier, ref("roepnaam"), "given", "Selam"))
    page.refresh(given.changes)
    screen.settle()
    assert child(page, Text, "review.said").plain() != before


def test_the_letter_is_printed_as_a_document_in_two_languages(screen: Screen) -> None:
    page = review(screen, screen.new_dossier())
    child(page, QAbstractButton, "review.print").click()
    assert screen.went == [("preview", "interview_so_far/ti/review")]
