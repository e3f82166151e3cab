import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit

from desktop.i18n.bidi import strip_isolates
from desktop.ui.handover.handover_page import HandoverPage
from desktop.ui.handover.question_sheets import SendSheet, WithdrawSheet
from desktop.ui.handover.talk_card import TalkEditor, read_moment
from desktop.ui.handover.talk_sheet import TalkSheet
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.routes.place_link import PlaceLink
from desktop.ui.received.received_page import ReceivedPage, ReturnSheet
from protocol.messages.membership import MembershipStep
from tests.ui.inspection import clipped, control, nameless, press, rest, unreachable, without_object_name
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.unit.services.plan_world import AZC, TOWN, World, carry, decide, hand_over


@pytest.fixture
def world(world: World) -> World:
    """The case with a plan that was decided."""
    decide(world.azc, world.dossier)
    return world


def choose(page: HandoverPage) -> None:
    """Choose the first organisation of the list."""
    press(page, "handover.municipality.0")
    press(page, "handover.choose.confirm")


def send(page: HandoverPage) -> None:
    """Send the case, and say yes when asked."""
    press(page, "handover.send")
    press(page.findChildren(SendSheet)[-1], "handover.send.confirm")


def make_ready(page: HandoverPage) -> None:
    choose(page)
    press(page, "handover.check.told")
    press(page, "handover.prepare")


def arrive(page: HandoverPage, world: World, received: ReceivedPage) -> None:
    """Send the case, and show it where it came in."""
    make_ready(page)
    send(page)
    carry(world)
    received.show_all()


def test_the_whole_way_from_choosing_to_the_talk(page: HandoverPage, world: World, received: ReceivedPage) -> None:
    choose(page)
    prepare = control(page, "handover.prepare", QAbstractButton)
    assert not prepare.isEnabled()
    press(page, "handover.missing.0")
    assert page.focusWidget() is control(page, "handover.check.told", QAbstractButton)
    press(page, "handover.check.told")
    assert not page.missing.isVisible()
    press(page, "handover.prepare")
    send(page)
    assert "online" in page.shares.receipt.accessibleName()
    carry(world)
    received.show_all()
    press(received, "received.receive")
    carry(world)
    page.show_dossier(world.dossier)
    assert "Receipt" in page.shares.receipt.accessibleName()
    press(page, "handover.talk.open")
    editor = page.findChildren(TalkEditor)[-1]
    control(editor, "handover.talk.day", QLineEdit).setText("morgen")
    press(editor, "handover.talk.save")
    assert editor.isVisible()
    control(editor, "handover.talk.day", QLineEdit).setText("26-11-2026")
    control(editor, "handover.talk.time", QLineEdit).setText("11:00")
    control(editor, "handover.talk.contact", QLineEdit).setText("Karim")
    press(editor, "handover.talk.save")
    press(page, "handover.talk.open")
    press(page.findChildren(TalkSheet)[-1], "handover.talk.held")
    assert world.azc.services.handover.view(world.dossier).talk_held


def test_the_timeline_tells_every_step_in_words(page: HandoverPage) -> None:
    assert page.timeline.accessibleName().count(";") == 5
    assert page.timeline.accessibleName().startswith("Recipient known, now")


def test_a_case_is_taken_back_and_sent_elsewhere(page: HandoverPage, world: World) -> None:
    make_ready(page)
    send(page)
    press(page, "handover.withdraw")
    press(page.findChildren(WithdrawSheet)[-1], "handover.withdraw.confirm")
    assert MembershipStep.OFFERED not in world.azc.said(world.dossier)
    press(page, "handover.change")
    assert not control(page, "handover.municipality.0", QAbstractButton).isChecked()


def test_nobody_is_chosen_before_somebody_chooses_and_the_step_says_so(page: HandoverPage, world: World) -> None:
    confirm = control(page, "handover.choose.confirm", QAbstractButton)
    missing = control(page, "handover.choose.missing", Text)
    assert not control(page, "handover.municipality.0", QAbstractButton).isChecked()
    assert (confirm.isEnabled(), missing.isVisible()) == (False, True)
    assert "Choose an organisation" in missing.plain()

    press(page, "handover.municipality.0")
    assert (confirm.isEnabled(), missing.isVisible()) == (True, False)
    assert confirm.text() == f"Choose {TOWN}"
    press(page, "handover.choose.confirm")
    assert world.azc.services.handover.view(world.dossier).done("chosen")


def test_sending_names_the_organisation_in_full_and_is_left_by_enter(page: HandoverPage, world: World) -> None:
    make_ready(page)
    press(page, "handover.send")
    sheet = page.findChildren(SendSheet)[-1]
    said = strip_isolates(" ".join(text.plain() for text in sheet.findChildren(Text)))
    name = world.azc.services.handover.view(world.dossier).name
    assert all(words in said for words in (f"{TOWN} · Municipality", "Fingerprint", name)), said
    assert (nameless(sheet), without_object_name(sheet), unreachable(sheet), clipped(sheet)) == ([], [], [], [])
    QTest.keyClick(sheet.close_button, Qt.Key.Key_Return)
    rest()
    assert MembershipStep.OFFERED not in world.azc.said(world.dossier)
    send(page)
    assert MembershipStep.OFFERED in world.azc.said(world.dossier)


def test_taking_back_asks_first_and_says_what_happens(page: HandoverPage, world: World) -> None:
    make_ready(page)
    send(page)
    press(page, "handover.withdraw")
    sheet = page.findChildren(WithdrawSheet)[-1]
    said = " ".join(text.plain() for text in sheet.findChildren(Text))
    assert all(words in said for words in ("reads nothing new", "fetched already", "stays here", "Perhaps"))
    assert (nameless(sheet), without_object_name(sheet), unreachable(sheet), clipped(sheet)) == ([], [], [], [])
    assert sheet.close_button.isDefault()
    QTest.keyClick(sheet.close_button, Qt.Key.Key_Return)
    rest()
    assert MembershipStep.OFFERED in world.azc.said(world.dossier)
    carry(world)
    page.show_dossier(world.dossier)
    press(page, "handover.withdraw")
    sheet = page.findChildren(WithdrawSheet)[-1]
    assert "Perhaps" not in " ".join(text.plain() for text in sheet.findChildren(Text))
    press(sheet, "handover.withdraw.confirm")
    assert world.azc.said(world.dossier)[-1] is MembershipStep.WITHDRAWN


def test_after_the_receipt_a_line_says_how_the_case_comes_back(page: HandoverPage, world: World) -> None:
    make_ready(page)
    send(page)
    rest()
    assert page.way_back.isHidden()
    carry(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    page.show_dossier(world.dossier)
    rest()
    assert page.withdraw.isHidden()
    assert "send it back with a question" in page.way_back.plain()
    world.town.services.received.accept(world.dossier)
    carry(world)
    page.show_dossier(world.dossier)
    rest()
    assert "Only they can hand it over" in page.way_back.plain()


def test_a_receipt_that_came_in_between_is_told(page: HandoverPage, world: World, stage: Stage) -> None:
    make_ready(page)
    send(page)
    press(page, "handover.withdraw")
    carry(world)
    world.town.services.received.receive(world.dossier)
    carry(world)
    press(page.findChildren(WithdrawSheet)[-1], "handover.withdraw.confirm")
    assert stage.errors == ["handover.received_already"]
    assert page.withdraw.isHidden()


def test_each_thing_that_is_missing_stands_on_its_own_line_and_leads_to_its_place(
    page: HandoverPage, world: World, stage: Stage
) -> None:
    empty = world.azc.services.caseload.begin("Nieuw", ("ti",))[0]
    handover = world.azc.services.handover
    handover.choose(empty, handover.recipients()[0].id)
    page.show_dossier(empty)
    rest()
    assert clipped(page) == []
    links = page.missing.findChildren(PlaceLink)
    said = [link.accessibleName() for link in links]
    assert len(said) == len(set(said)) > 3
    for link in links:
        link.click()
    led_to = [part for where, _dossier, part in stage.visits if where == "plan"]
    assert {"route/proposed", "route/B1/reason", "route/O/for"} <= set(led_to)


def test_a_returned_case_shows_the_question_and_the_way_on(
    page: HandoverPage, world: World, received: ReceivedPage
) -> None:
    arrive(page, world, received)
    press(received, "received.receive")
    press(received, "received.return")
    sheet = received.findChildren(ReturnSheet)[-1]
    press(sheet, "received.return.send")
    assert sheet.isVisible()
    control(sheet, "received.reason", QPlainTextEdit).setPlainText("Is de opvang al geregeld?")
    press(sheet, "received.return.send")
    carry(world)
    page.show_dossier(world.dossier)
    assert "Is de opvang al geregeld?" in page.banner.message()
    assert control(page, "handover.prepare", QAbstractButton).isEnabled()


def test_accepting_offers_to_open_and_to_export(
    page: HandoverPage, world: World, received: ReceivedPage, town_stage: Stage
) -> None:
    arrive(page, world, received)
    rest()
    assert control(received, "received.case.0", QAbstractButton).isChecked()
    press(received, "received.receive")
    press(received, "received.accept")
    press(received, "received.open")
    press(received, "received.export")
    assert town_stage.visits == [
        ("plan", world.dossier, ""),
        ("preview", world.dossier, "support_plan/ti/received"),
    ]


def test_what_came_after_the_handover_is_told_to_who_holds_the_case(
    page: HandoverPage, world: World, received: ReceivedPage, town_stage: Stage
) -> None:
    arrive(page, world, received)
    press(received, "received.receive")
    press(received, "received.accept")
    world.azc.services.messages.write(world.dossier, "Nog iets")
    carry(world)
    carry(world)
    received.show_all()
    rest()
    said = [text.plain() for text in received.findChildren(Text) if "1 entry" in text.plain()]
    assert len(said) == 1
    assert AZC in said[0]
    there = HandoverPage(town_stage.context)
    window = hold(there)
    there.show_dossier(world.dossier)
    rest()
    assert (there.late.isVisible(), there.late.plain()) == (True, said[0])
    assert page.late.isHidden()
    let_go(window)


def test_what_does_not_open_is_told_on_both_pages(page: HandoverPage, world: World, received: ReceivedPage) -> None:
    make_ready(page)
    send(page)
    carry(world)
    journal = world.town.journal
    with journal._store.atomic():
        journal._store.run("delete from dossier_keys where compartment = 'health'")
    journal._cache.forget(world.dossier)
    received.show_all()
    rest()
    assert not control(received, "received.receive", QAbstractButton).isEnabled()
    assert any("does not open here" in text.plain() for text in received.findChildren(Text))
    assert (clipped(received), nameless(received), unreachable(received)) == ([], [], [])
    press(received, "received.receive_partly")
    assert any("was told, and keeps the key" in text.plain() for text in received.findChildren(Text))
    assert page.unopened.isHidden()
    carry(world)
    page.show_dossier(world.dossier)
    rest()
    assert page.unopened.isVisible()
    assert "Your key to what is about health stays" in page.unopened.plain()


def test_the_keyboard_goes_to_the_next_step_when_a_case_was_taken(
    page: HandoverPage, world: World, received: ReceivedPage
) -> None:
    arrive(page, world, received)
    rest()
    for name, after in (("received.receive", "received.accept"), ("received.accept", "received.open")):
        control(received, name, QAbstractButton).setFocus()
        press(received, name)
        rest()
        assert received.window().focusWidget() is control(received, after, QAbstractButton)


def test_an_empty_list_says_what_will_come(received: ReceivedPage) -> None:
    rest()
    assert received._stack.currentIndex() == 1


def test_every_control_has_names_and_is_reached_by_keyboard(
    page: HandoverPage, world: World, received: ReceivedPage
) -> None:
    for widget in (page, received):
        assert (nameless(widget), without_object_name(widget), unreachable(widget)) == ([], [], [])
    make_ready(page)
    send(page)
    carry(world)
    page.show_dossier(world.dossier)
    received.show_all()
    rest()
    for widget in (page, received):
        assert (nameless(widget), without_object_name(widget), unreachable(widget)) == ([], [], [])


@pytest.mark.parametrize(("interface", "scale"), [("en", 1.0), ("en_XA", 1.0), ("ar", 1.5)])
def test_no_text_is_clipped(qapp: QApplication, world: World, interface: str, scale: float) -> None:
    assert qapp is not None
    hand_over(world)
    stages = [make_stage(laptop, scale=scale, interface=interface) for laptop in (world.azc, world.town)]
    page, received = HandoverPage(stages[0].context), ReceivedPage(stages[1].context)
    windows = [hold(page), hold(received)]
    page.show_dossier(world.dossier)
    received.show_all()
    rest()
    assert (clipped(page), clipped(received)) == ([], [])
    for window in windows:
        let_go(window)
    for stage in stages:
        stage.close()


def test_a_moment_is_read_as_local_time() -> None:
    moment = read_moment("26-11-2026", "11.00")
    assert moment is not None
    assert moment.astimezone().strftime("%d-%m %H:%M") == "26-11 11:00"
    assert read_moment("۲۶-۱۱-۲۰۲۶", "۱۱:۰۰") == moment
    assert read_moment("26-11-2026", "25:00") is None
    assert read_moment("", "11:00") is None
