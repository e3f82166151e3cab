"""Figures as the keyboards and input methods of the people at the table give them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit

from desktop.records import AnswerGiven
from protocol.identifiers import DossierId
from tests.ui.table_on_screen import Screen, child
from tests.unit.services.interview_fixture import ref

ARABIC, PERSIAN, WIDE = "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９"
Type = Callable[[QLineEdit, str], None]


def by_key(field: QLineEdit, text: str) -> None:
    for letter in text:
        pressed = QKeyEvent(QEvent.Type.KeyPress, ord(letter), Qt.KeyboardModifier.NoModifier, letter)
        QApplication.sendEvent(field, pressed)


def by_input_method(field: QLineEdit, text: str) -> None:
    for letter in text:
        event = QInputMethodEvent()
        event.setCommitString(letter)
        QApplication.sendEvent(field, event)


def written(figures: str, digits: str) -> str:
    return "".join(digits[int(each)] if each.isdigit() else each for each in figures)


def answers(screen: Screen, dossier: DossierId) -> dict[str, str]:
    bodies = [event.body for event in screen.events(dossier)]
    return {each.ref.rpartition("/")[2]: each.value for each in bodies if isinstance(each, AnswerGiven)}


@pytest.mark.parametrize("type_text", [by_key, by_input_method])
@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, WIDE])
def test_a_date_is_taken_from_any_keyboard(screen: Screen, digits: str, type_text: Type) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("geboren"))
    for name, typed in (("day", "5"), ("month", "12"), ("year", "1991")):
        field = child(page, QLineEdit, f"interview.answer.{name}")
        type_text(field, written(typed, digits))
        assert field.text() == typed
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    assert answers(screen, dossier) == {"geboren": "1991-12-05"}


@pytest.mark.parametrize("digits", [ARABIC, PERSIAN, WIDE])
def test_a_number_is_taken_from_any_keyboard(screen: Screen, digits: str) -> None:
    dossier = screen.new_dossier()
    page = screen.interview(dossier, ref("schooljaren"))
    field = child(page, QLineEdit, "interview.answer")
    by_key(field, written("12", digits) + "x")
    assert field.text() == "12"
    child(page, QAbstractButton, "interview.next").click()
    screen.settle()
    assert answers(screen, dossier) == {"schooljaren": "12"}
