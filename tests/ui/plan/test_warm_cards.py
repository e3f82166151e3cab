from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.ui.handover.handover_page import HandoverPage
from desktop.ui.handover.message_card import MessageCard
from desktop.ui.kit.controls.radio import RadioBox
from desktop.ui.kit.layout.scroll import ScrollPage
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.received.received_page import ReceivedPage
from tests.ui.inspection import clipped, control, nameless, press, rest, unreachable, without_object_name
from tests.ui.still import hold, let_go, make_stage
from tests.unit.services.handover.test_handover_service import send
from tests.unit.services.handover.test_talk_calendar import TALK, plan
from tests.unit.services.plan_world import World, carry


@pytest.fixture
def world(world: World) -> World:
    """The case received at the municipality, with a talk."""
    send(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    plan(world, TALK)
    return world


def test_the_talk_is_saved_and_called_off_at_either_side(
    page: HandoverPage, received: ReceivedPage, tmp_path: Path, world: World
) -> None:
    for place, side in (("azc", page), ("town", received)):
        side.talk_file.save(tmp_path / place)
        assert "2" in control(side, "talk.file.saved", SavedLine).text()
    assert {path.name for path in tmp_path.glob("*.ics")} == {"azc.ics", "azc-ti.ics", "town.ics", "town-ti.ics"}
    press(received, "talk.file.call_off")
    assert received.talk_file.call_off.isHidden()
    carry(world)
    page.show_dossier(world.dossier)
    assert page.talk_file.isVisible()
    assert page.talk_file.call_off.isHidden()


def test_a_talk_that_was_held_cannot_be_called_off_on_either_side(
    page: HandoverPage, received: ReceivedPage, world: World
) -> None:
    assert page.talk_file.call_off.isVisible()
    world.azc.services.handover.hold_talk(world.dossier)
    carry(world)
    page.show_dossier(world.dossier)
    received.show_all()
    for side in (page, received):
        assert side.talk_file.isVisible()
        assert side.talk_file.call_off.isHidden()


def test_the_page_opens_at_its_timeline_again(page: HandoverPage, world: World) -> None:
    scroll = page.findChildren(ScrollPage)[0]
    scroll.verticalScrollBar().setValue(200)
    assert scroll.verticalScrollBar().value() == 200
    page.show_dossier(world.dossier)
    rest()
    assert scroll.verticalScrollBar().value() == 0


@pytest.mark.usefixtures("qapp")
def test_the_marks_of_a_dutch_message_stand_at_its_end_in_a_page_from_right_to_left(world: World) -> None:
    world.azc.services.messages.write(world.dossier, "Kan het om 14:00?\n(Bel eerst.)")
    carry(world)
    stage = make_stage(world.town, interface="ar")
    card = MessageCard(stage.context)
    window = hold(card)
    card.show_dossier(world.dossier)
    rest()
    (shown,) = (part for part in card.findChildren(Text) if "14:00" in part.plain())
    assert shown.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert shown.plain() == "\u2066Kan het om 14:00?\u2069\n\u2066(Bel eerst.)\u2069"  # LRI and PDI around each line
    let_go(window)
    stage.close()
    make_stage(world.azc).close()


def test_everything_can_be_reached_and_read(page: HandoverPage, received: ReceivedPage) -> None:
    for side in (page, received):
        assert nameless(side) == []
        assert unreachable(side) == []
        assert without_object_name(side) == []
        assert clipped(side) == []


def test_a_handover_that_stands_still_is_said_on_both_sides(
    page: HandoverPage, received: ReceivedPage, world: World
) -> None:
    assert page.age.plain() == received.age.plain() == "The last step was today."
    for laptop in (world.azc, world.town):
        laptop.clock.moment = TALK.moment + timedelta(days=14)
    page.show_dossier(world.dossier)
    received.show_all()
    for side in (page, received):
        assert side.age.plain().startswith("No step for 14 days. Call ")
    assert any("No step for 14 days" in box.accessibleName() for box in received.findChildren(RadioBox))
    world.town.services.received.accept(world.dossier)
    carry(world)
    page.show_dossier(world.dossier)
    received.show_all()
    assert page.age.isHidden()
    assert received.age.isHidden()


def test_a_message_is_written_on_one_side_and_new_on_the_other(
    page: HandoverPage, received: ReceivedPage, world: World
) -> None:
    control(page, "messages.contact.name", QLineEdit).setText("Sanne de Wit")
    press(page, "messages.contact.keep")
    control(page, "messages.text", QPlainTextEdit).setPlainText("<b>Kan het om 14:00?</b>")
    press(page, "messages.send")
    assert control(page, "messages.text", QPlainTextEdit).toPlainText() == ""
    carry(world)
    received.show_all()
    shown = [part.plain() for part in received.messages.findChildren(Text)]
    assert "Messages: 1 new" in shown
    assert "<b>Kan het om 14:00?</b>" in shown
    assert any("Sanne de Wit" in words and "Duinrand" in words for words in shown)
    received.show_all()
    rest()
    assert "Messages" in [part.plain() for part in received.messages.findChildren(Text)]
