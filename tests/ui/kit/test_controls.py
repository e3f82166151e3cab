from functools import partial

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import delete

from desktop.i18n.languages import language
from desktop.ui.design.theme import Theme
from desktop.ui.kit.controls.button import Button, IconButton, SecondLabel
from desktop.ui.kit.controls.choice import ChoiceCard
from desktop.ui.kit.controls.field import Field, PassphraseInput, TextInput
from desktop.ui.kit.controls.pill import FilterPill
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.controls.segmented import Segmented, SegmentOption
from desktop.ui.kit.controls.tab import Tab
from desktop.ui.kit.controls.tick import TickBox
from desktop.ui.kit.drawing.focus import FocusRing, RingMark
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.surfaces.timeline import Timeline, TimelineStep
from tests.ui.inspection import rest


def test_a_button_speaks_both_languages(theme: Theme) -> None:
    button = Button(theme, "Weet ik niet", "x", second=SecondLabel("لا أعرف", language("ar")))
    assert button.accessibleName() == "Weet ik niet / لا أعرف"
    assert button.sizeHint().height() >= 56


def test_a_button_out_of_use_says_why(theme: Theme) -> None:
    button = Button(theme, "Tekenen", "x")
    button.disable("Vul eerst de reden in.")
    assert not button.isEnabled()
    assert button.toolTip() == button.accessibleDescription() == "Vul eerst de reden in."
    button.enable()
    assert button.isEnabled()
    assert button.accessibleDescription() == ""


def test_primary_targets_are_44_pixels_and_grow_with_the_text(theme: Theme) -> None:
    button, icon = Button(theme, "Sluiten", "x"), IconButton(theme, "close", "Sluiten", "y")
    assert button.sizeHint().height() == 44
    assert icon.sizeHint().width() == icon.sizeHint().height() == 44
    assert icon.accessibleName() == icon.toolTip() == "Sluiten"
    theme.set_scale(1.5)
    assert button.sizeHint().height() == 66


def test_an_ampersand_is_a_letter_and_not_a_shortcut(theme: Theme) -> None:
    assert Button(theme, "Kind & opvang", "x").accessibleName() == "Kind & opvang"
    assert Button(theme, "Kind & opvang", "x").shortcut().isEmpty()


def test_a_switch_hears_people_and_not_programs(theme: Theme) -> None:
    heard: list[str] = []
    switch = Segmented(theme, "lang", "Taal", heard.append)
    switch.set_segments(
        [SegmentOption("ti", "ትግርኛ", language("ti")), SegmentOption("ar", "العربية", language("ar"))], "ti"
    )
    switch.choose("ar")
    assert heard == []
    switch.show()
    rest()
    switch.findChildren(QWidget, "lang.ti")[0].setFocus()
    QTest.mouseClick(switch.findChildren(QWidget, "lang.ti")[0], Qt.MouseButton.LeftButton)
    assert heard == ["ti"]
    assert switch.chosen() == "ti"


def test_a_refused_field_marks_the_input_and_says_one_sentence(theme: Theme) -> None:
    edit = TextInput(theme, "name", "Naam")
    field = Field(theme, "Naam", edit)
    field.refuse("Vul een naam in.")
    assert edit.property("refused") == "true"
    assert field.sentence() == edit.accessibleDescription() == "Vul een naam in."
    field.accept()
    assert edit.property("refused") == "false"
    assert field.sentence() == ""
    assert field.label.buddy() is edit


def test_a_passphrase_is_hidden_until_the_eye_is_pressed(theme: Theme) -> None:
    whole = PassphraseInput(theme, "secret", "Wachtzin", "Laat zien")
    assert whole.input.echoMode() is QLineEdit.EchoMode.Password
    whole.eye.click()
    assert whole.input.echoMode() is QLineEdit.EchoMode.Normal
    whole.clear()
    assert whole.input.echoMode() is QLineEdit.EchoMode.Password


def test_a_banner_stays_until_it_is_solved(theme: Theme) -> None:
    followed: list[bool] = []
    banner = Banner(theme, "Wegdoen")
    assert banner.message() == ""
    banner.show_message("asks", "Er is nog geen opvang.", "Naar doel 3", lambda: followed.append(True))
    banner.link.click()
    assert followed == [True]
    assert banner.message() == banner.accessibleName() == "Er is nog geen opvang."
    banner.dismiss.click()
    assert banner.message() == ""


def test_the_saved_line_says_only_what_it_is_told(theme: Theme) -> None:
    line = SavedLine(theme, "saved")
    line.busy("Bezig")
    line.saved("Opgeslagen · 10:42")
    assert line.text() == line.accessibleName() == "Opgeslagen · 10:42"
    line.clear()
    assert line.text() == ""


def test_a_choice_card_never_cuts_its_words(theme: Theme) -> None:
    long = ChoiceCard(theme, "Zorgverzekeringsmaatschappij en verpleeghuis", "x", pictogram="care")
    short = ChoiceCard(theme, "Kijken", "y", pictogram="see")
    assert short.sizeHint().height() == 180
    assert long.sizeHint().width() > short.sizeHint().width()
    assert ChoiceCard(theme, "Zonder plaatje", "z", pictogram="no-such-picture").sizeHint().height() < 180


def test_boxes_pills_and_steps_have_their_whole_meaning_as_their_name(theme: Theme) -> None:
    pill = FilterPill(theme, "Overdracht", "pill")
    pill.set_count(4)
    assert pill.accessibleName() == "Overdracht: 4"
    box = RadioBox(theme, "Marieke", "who", second="AZC Harderwijk", aside=("laatst open", "gisteren"))
    assert box.accessibleName() == "Marieke / AZC Harderwijk"
    assert box.accessibleDescription() == "laatst open gisteren"
    assert TickBox(theme, "Besproken", "t").accessibleName() == "Besproken"
    line = Timeline(theme, "steps")
    line.set_steps([TimelineStep("Verstuurd", "23 nov", "done", "inbox", "Verstuurd op 23 nov: gedaan")])
    assert line.accessibleName() == "Verstuurd op 23 nov: gedaan"


def test_the_focus_ring_lies_around_whatever_has_the_keyboard(theme: Theme, qapp: QApplication) -> None:
    host = QWidget()
    ring = FocusRing(theme, qapp, host)
    row = QVBoxLayout(host)
    inner = QHBoxLayout()
    first, second = Button(theme, "Een", "one"), Button(theme, "Twee", "two")
    inner.addWidget(first)
    inner.addWidget(second)
    row.addLayout(inner)
    host.show()
    host.activateWindow()
    for target in (first, second):
        target.setFocus()
        rest()
        assert ring.target() is target
        (mark,) = host.findChildren(RingMark)
        assert mark.geometry().topLeft() == target.mapTo(host, QPoint(-5, -5))
        assert mark.width() == target.width() + 10
    second.hide()
    rest()
    assert ring.target() is not second
    delete(host)


def test_the_focus_ring_outlives_the_dialog_that_held_it(theme: Theme, qapp: QApplication) -> None:
    host, dialog = QWidget(), QDialog()
    ring = FocusRing(theme, qapp, host)
    own, theirs = Button(theme, "Een", "one"), Button(theme, "Twee", "two")
    for window, button in ((host, own), (dialog, theirs)):
        QVBoxLayout(window).addWidget(button)
        window.show()
        window.activateWindow()
        button.setFocus()
        rest()
        assert ring.target() is button
    delete(dialog)
    host.activateWindow()
    own.clearFocus()
    own.setFocus()
    rest()
    assert ring.target() is own
    delete(host)


def _note(pressed: list[str], button: QAbstractButton) -> None:
    pressed.append(button.objectName())


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_the_keyboard_presses_the_button_that_has_it(theme: Theme, key: Qt.Key) -> None:
    pressed: list[str] = []
    buttons: list[QAbstractButton] = [
        Button(theme, "Verder", "b"),
        Tab(theme, "Plan", "document", "t"),
        FilterPill(theme, "Overdracht", "p"),
    ]
    for button in buttons:
        button.clicked.connect(partial(_note, pressed, button))
        QTest.keyClick(button, key)
    assert pressed == ["b", "t", "p"]


def test_a_key_held_down_presses_once(theme: Theme, qapp: QApplication) -> None:
    pressed: list[bool] = []
    button = Button(theme, "Verder", "b")
    button.clicked.connect(lambda: pressed.append(True))
    for repeated in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=repeated)
        qapp.sendEvent(button, event)
    assert len(pressed) == 1
