"""A control keeps what a person has in hand when its question is shown again after an answer."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QAbstractButton

from desktop.i18n import load_catalogue
from desktop.services.interview.page_parts import ChoiceView, QuestionView, Texts
from desktop.ui.questions.base import CardCatalogues
from desktop.ui.questions.registry import answer_widget
from tests.ui.inspection import rest
from tests.ui.still import Stage, hold, let_go

CHOICES = (ChoiceView("a", "Een", "አ"), ChoiceView("b", "Twee", "በ"))
ASKED = (
    QuestionView("/a/told", "acknowledge", "", Texts("nl", "Verteld?"), Texts("ti", "?")),
    QuestionView("/a/one", "one", "", Texts("nl", "Welke?"), Texts("ti", "?"), CHOICES),
)


@pytest.mark.parametrize("question", ASKED, ids=["acknowledge", "choose"])
def test_the_button_that_was_pressed_stays_and_keeps_the_focus(stage: Stage, question: QuestionView) -> None:
    words = CardCatalogues(*(load_catalogue(tag, "app") for tag in ("nl", "nl", "ti")))
    control = answer_widget(stage.context.theme, words, question, "interview.answer")
    window = hold(control)
    button = control.findChildren(QAbstractButton)[0]
    button.setFocus()
    button.click()
    control.show_question(replace(question, value=control.value(), status="given"), words)
    rest()
    assert control.findChildren(QAbstractButton)[0] is button
    assert window.focusWidget() is button
    control.show_question(replace(question, dutch=Texts("nl", "En nu?")), words)
    rest()
    assert window.focusWidget() in control.findChildren(QAbstractButton)
    let_go(window)
