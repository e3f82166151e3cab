"""What an answer takes away is said first; what was done is listed, and comes back."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu

from desktop.services.interview.page_parts import RepeatView
from desktop.ui.interview.interview_page import InterviewPage
from protocol.identifiers import DossierId
from tests.ui.inspection import visible_texts
from tests.ui.table_on_screen import Screen, child, press
from tests.unit.services.interview_fixture import ref


def children(screen: Screen, dossier: DossierId) -> tuple[str, ...]:
    step = screen.run(lambda: screen.services.interview.go(dossier, ref("kind"))).step
    return tuple(row.title.split(",")[0] for row in step.rows) if isinstance(step, RepeatView) else ()


def two_children(screen: Screen) -> tuple[DossierId, InterviewPage]:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    for name in ("Lina", "Omar"):
        added = screen.run(lambda: screen.services.interview.add_row(dossier, ref("kind"))).view
        screen.run(lambda: screen.services.interview.go(dossier, ref("kind")))
        step = screen.run(lambda: screen.services.interview.view(dossier)).step
        assert added.dossier == dossier
        assert isinstance(step, RepeatView)
        screen.answer(dossier, f"{step.rows[-1].ref}/kind_naam", name)
    return dossier, screen.interview(dossier, ref("kinderen_aantal"))


def type_nought(screen: Screen, page: InterviewPage) -> None:
    field = child(page, QLineEdit, "interview.answer")
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "0")
    press(page, Qt.Key.Key_Return)
    screen.settle()


def test_rows_that_an_answer_takes_away_are_said_first_and_come_back(screen: Screen) -> None:
    dossier, page = two_children(screen)
    type_nought(screen, page)
    assert page.view is not None
    assert page.view.ref == ref("kinderen_aantal")
    said = [text for text in visible_texts(page) if text.startswith("Met dit antwoord vervalt")]
    assert len(said) == 1
    assert "Lina" in said[0]
    assert "Omar" in said[0]
    assert children(screen, dossier) == ("Lina", "Omar")
    screen.run(lambda: screen.services.interview.go(dossier, ref("kinderen_aantal")))
    press(page, Qt.Key.Key_Return)
    screen.settle()
    assert page.view.ref != ref("kinderen_aantal")
    assert children(screen, dossier) == ()
    page.presenter.undo()
    screen.settle()
    assert page.view.ref == ref("kinderen_aantal")
    assert children(screen, dossier) == ("Lina", "Omar")


def test_leaving_the_page_confirms_nothing(screen: Screen) -> None:
    dossier, page = two_children(screen)
    type_nought(screen, page)
    page.leave()
    screen.settle()
    assert children(screen, dossier) == ("Lina", "Omar")
    assert page.half_typed() == {f"{dossier}{ref('kinderen_aantal')}": "0"}


def test_an_answer_that_takes_nothing_away_asks_nothing(screen: Screen) -> None:
    dossier = screen.new_dossier()
    screen.answer(dossier, ref("kinderen_aantal"), "2")
    page = screen.interview(dossier, ref("kinderen_aantal"))
    type_nought(screen, page)
    assert page.view is not None
    assert page.view.ref != ref("kinderen_aantal")


def menu_of(page: InterviewPage) -> QMenu:
    child(page, QAbstractButton, "interview.undo").click()
    return page.footer.findChildren(QMenu)[-1]


def test_what_was_done_is_listed_and_taken_back_down_to_the_line_that_is_chosen(screen: Screen) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("roepnaam"))
    assert not child(page, QAbstractButton, "interview.undo").isEnabled()
    for name, value in (("roepnaam", "Selam"), ("achternaam", "Tesfay"), ("azc", "Dronten")):
        screen.answer(dossier, ref(name), value)
    page.presenter.again()
    screen.settle()
    menu = menu_of(page)
    listed = [action.text() for action in menu.actions() if action.objectName()]
    assert listed == [
        "Antwoord · In welk azc woont u nu?",
        "Antwoord · Wat is uw achternaam?",
        "Antwoord · Hoe wilt u genoemd worden?",
    ]
    next(action for action in menu.actions() if action.objectName() == "interview.undo.2").trigger()
    menu.close()
    screen.settle()
    assert page.view is not None
    assert page.view.ref == ref("achternaam")
    assert [line.label for line in page.view.undoable] == ["Hoe wilt u genoemd worden?"]
    answers = screen.run(lambda: screen.services.journal.view(dossier)).answers
    assert [entry.text for name in ("roepnaam", "achternaam", "azc") for entry in answers[ref(name)]] == [
        "Selam",
        "",
        "",
    ]
