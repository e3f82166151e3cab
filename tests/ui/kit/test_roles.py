"""What assistive technology is told a control is: one of several is a radio button, any of several a check box."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.i18n import load_catalogue
from desktop.services.interview.page_parts import ChoiceView, ControlKind, PartView, QuestionView, SectionView, Texts
from desktop.ui.design.theme import Theme
from desktop.ui.interview.sections import SectionList
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.questions.base import AnswerWidget, CardCatalogues
from desktop.ui.questions.registry import answer_widget

CHOICES = tuple(ChoiceView(f"c{number}", f"Keus {number}", "") for number in range(3))


def roles(root: QWidget) -> set[QAccessible.Role]:
    """Return what the buttons in `root` are said to be."""
    found = (QAccessible.queryAccessibleInterface(each) for each in root.findChildren(QAbstractButton))
    return {each.role() for each in found if each is not None}


def choosing(theme: Theme, kind: ControlKind) -> AnswerWidget:
    texts = [load_catalogue(tag, "app") for tag in ("nl", "nl", "ar")]
    question = QuestionView("/a/welke", kind, "", Texts("nl", "Welke?"), Texts("ar", "?"), CHOICES)
    return answer_widget(theme, CardCatalogues(*texts), question, "interview.answer")


@pytest.mark.parametrize(("kind", "role"), [("one", "RadioButton"), ("many", "CheckBox")])
def test_a_choice_is_a_radio_button_where_one_is_chosen_and_a_check_box_where_more_are(
    theme: Theme, kind: ControlKind, role: str
) -> None:
    assert {each.name for each in roles(choosing(theme, kind))} == {role}


def test_a_radio_button_of_a_card_can_be_taken_back(theme: Theme) -> None:
    card = choosing(theme, "one")
    first, second, _third = card.findChildren(QAbstractButton)
    for press, value in ((first, "c0"), (second, "c1"), (second, "")):
        QTest.mouseClick(press, Qt.MouseButton.LeftButton)
        assert card.value() == value
        assert [each.isChecked() for each in (first, second)] == [value == "c0", value == "c1"]


def test_a_switch_and_the_list_of_sections_are_radio_buttons(theme: Theme) -> None:
    switch = Segmented(theme, "taal", "Taal", lambda _key: None)
    switch.set_segments([SegmentOption("nl", "Nederlands"), SegmentOption("ar", "العربية")], "nl")
    sections = SectionList(theme, load_catalogue("nl", "app"))
    section = SectionView("/a/b", "Wie u bent", "", "busy", 1, 3, 0)
    sections.show_parts((PartView("Deel", (section,)),), "/a/b")
    assert {each.name for each in roles(switch) | roles(sections)} == {"RadioButton"}
