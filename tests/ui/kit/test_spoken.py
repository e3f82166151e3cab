import pytest
from PySide6.QtCore import QLocale
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n.languages import language
from desktop.ui.design.spoken import speak_in
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.autosave_text import AutosaveTextEdit
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.controls.choice import ChoiceCard
from desktop.ui.kit.controls.field import TextInput
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.surfaces.disclosure import Disclosure
from desktop.ui.kit.typography.text import Text
from desktop.ui.window import MainWindow
from tests.ui.inspection import interactive_widgets, visible_widgets

ARABIC = language("ar")


def spoken(widget: QWidget) -> QLocale.Language:
    """Return the language that assistive technology is told."""
    assert QAccessible.queryAccessibleInterface(widget) is not None
    return widget.locale().language()


def test_a_text_is_in_its_own_language_and_changes_with_it(theme: Theme) -> None:
    text = Text(theme, "Vraag")
    assert spoken(text) == QLocale.Language.Dutch
    text.set_text("سؤال", ARABIC)
    assert spoken(text) == QLocale.Language.Arabic


def test_every_control_with_words_of_its_own_is_in_their_language(theme: Theme) -> None:
    field = TextInput(theme, "a", "a")
    field.set_language(ARABIC)
    page = AutosaveTextEdit(theme, "b", "b")
    page.write_in(ARABIC)
    switch = Segmented(theme, "c", "c", lambda _key: None)
    switch.set_segments([SegmentOption("ar", "العربية", ARABIC), SegmentOption("nl", "Nederlands")], "nl")
    why = Disclosure(theme, "why")
    why.set_words("لماذا", "لأن", ARABIC)
    in_arabic = [
        field,
        page,
        switch.findChildren(QWidget, "c.ar")[0],
        why.findChildren(QWidget, "why")[0],
        ChoiceCard(theme, "نعم", "d", language=ARABIC),
        RadioBox(theme, "نعم", "e", title_language=ARABIC),
    ]
    assert {spoken(each) for each in in_arabic} == {QLocale.Language.Arabic}
    assert spoken(switch.findChildren(QWidget, "c.nl")[0]) == QLocale.Language.Dutch


def test_what_says_nothing_is_in_the_language_of_what_holds_it(theme: Theme) -> None:
    holder = QWidget()
    button = Button(theme, "نعم", "b")
    QVBoxLayout(holder).addWidget(button)
    speak_in(holder, ARABIC)
    assert spoken(button) == QLocale.Language.Arabic


@pytest.mark.parametrize(("tag", "expected"), [("ar", QLocale.Language.Arabic), ("ti", QLocale.Language.Tigrinya)])
def test_a_whole_page_is_in_the_language_of_the_screen(
    window: MainWindow, tag: str, expected: QLocale.Language
) -> None:
    window.set_language(tag)
    own = {each for each in visible_widgets(window) if each.objectName().startswith("start.language")}
    assert {spoken(each) for each in interactive_widgets(window) if each not in own} == {expected}
