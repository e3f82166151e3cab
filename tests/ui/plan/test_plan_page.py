from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollBar

from desktop.i18n.languages import language
from desktop.plan.model.plan_text import PlanText
from desktop.services.plan.plan_parts import GoalDraft, HalfDayDraft
from desktop.ui.kit.controls.date_input import read_date
from desktop.ui.kit.typography.text import Text
from desktop.ui.plan.dispute_sheet import DisputeSheet
from desktop.ui.plan.goals.goal_card import GoalCard
from desktop.ui.plan.goals.goal_editor import GoalEditor
from desktop.ui.plan.goals.lead_bar import LeadBar
from desktop.ui.plan.plan_page import STEPS, PlanPage
from desktop.ui.plan.routes.argument_editor import ArgumentEditor
from desktop.ui.plan.routes.argument_line import ArgumentLine
from desktop.ui.plan.routes.place_link import PlaceLink
from desktop.ui.plan.routes.route_section import RouteSection
from tests.ui.inspection import (
    clipped,
    control,
    nameless,
    press,
    rest,
    unreachable,
    visible_texts,
    without_object_name,
)
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.unit.services.plan_world import World, carry, decide


@pytest.fixture
def page(plan_page: PlanPage) -> PlanPage:
    return plan_page


def test_what_changed_since_the_person_signed_is_told_and_the_signed_plan_is_there(
    page: PlanPage, stage: Stage, world: World
) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    decide(world.azc, dossier)
    page.show_step("sign")
    assert not page.sign.versions.isVisible()
    plan.sign(dossier, "person", "Luwam Voorbeeld", "op het scherm")
    page.show_dossier(dossier)
    rest()
    assert page.sign.versions.heading.plain() == "This is version 1, as it was signed"
    plan.set_reason(dossier, "B1", "Toch anders.")
    page.show_dossier(dossier)
    rest()
    said = visible_texts(page.sign.versions)
    assert said[0] == "Changed since version 1 was signed"
    assert "De redenen bij de routes zijn anders." in said
    assert said[-1].startswith("Version 1: Luwam Voorbeeld (21-11-2026). Seal ")
    assert control(page, "plan.sign.person", QAbstractButton).isVisible()
    press(page, "plan.versions.print")
    assert stage.visits[-1] == ("preview", dossier, "signed_plan/ti/plan")
    plan.undo(dossier)
    page.show_dossier(dossier)
    rest()
    assert page.sign.versions.heading.plain() == "This is version 1, as it was signed"


def test_a_missing_reason_is_asked_for_until_it_is_written(page: PlanPage, world: World) -> None:
    reason = control(page, "plan.route.B1.reason", QPlainTextEdit)
    assert reason.property("asks") == "true"
    QTest.keyClicks(reason, "Past bij haar tempo.")
    page.leave()
    assert reason.property("asks") == "false"
    assert world.azc.services.plan.view(world.dossier).weighings()[0].reason == "Past bij haar tempo."


def test_what_a_person_is_typing_is_never_overwritten(page: PlanPage, world: World) -> None:
    reason = control(page, "plan.route.Z.reason", QPlainTextEdit)
    reason.setFocus()
    QTest.keyClicks(reason, "Half get")
    world.azc.services.plan.set_reason(world.dossier, "B1", "Van een ander.")
    page.show_dossier(world.dossier)
    assert reason.toPlainText() == "Half get"


def test_a_proposal_is_the_persons_choice(page: PlanPage, stage: Stage, world: World) -> None:
    press(page, "plan.route.O.propose")
    assert world.azc.services.plan.view(world.dossier).plan.proposed_route == "O"
    assert stage.news
    assert control(page, "plan.route.O.propose", QAbstractButton).isChecked()
    assert not control(page, "plan.route.B1.propose", QAbstractButton).isChecked()


def test_another_route_than_the_test_points_to_asks_for_a_reason(page: PlanPage, world: World) -> None:
    assert not page.weigh.deviation.isVisible()
    press(page, "plan.route.Z.propose")
    reason = control(page, "plan.deviation", QPlainTextEdit)
    assert reason.property("asks") == "true"
    reason.setFocus()
    QTest.keyClicks(reason, "Rust in het gezin gaat nu voor.")
    page.leave()
    assert world.azc.services.plan.view(world.dossier).plan.deviation == "Rust in het gezin gaat nu voor."
    assert reason.property("asks") == "false"


def test_columns_are_equally_wide_and_their_sections_equally_high(page: PlanPage, world: World) -> None:
    decide(world.azc, world.dossier)
    page.show_dossier(world.dossier)
    rest()
    columns = page.weigh.grid._columns
    for section in range(5):
        cells = [column.cells[section] for column in columns]
        assert len({cell.height() for cell in cells}) == 1
        assert max(cell.width() for cell in cells) - min(cell.width() for cell in cells) <= 1


def test_an_argument_leads_to_its_answer(page: PlanPage, stage: Stage, world: World) -> None:
    links = [link for link in page.findChildren(PlaceLink) if link.objectName().startswith("plan.route.B1.argument.")]
    links[0].click()
    target, dossier, part = stage.visits[-1]
    assert (target, dossier) == ("interview", world.dossier)
    assert part in world.azc.services.plan.view(world.dossier).links


def test_a_goal_is_changed_in_its_editor(page: PlanPage, world: World) -> None:
    page.show_step("goals")
    goal = world.azc.services.plan.view(world.dossier).plan.goals[0]
    press(page, f"plan.goal.{goal.id}.edit")
    editor = page.findChildren(GoalEditor)[-1]
    assert editor.other.placeholderText() == page_words(page, goal.text)
    editor.text.setPlainText("Ik lees brieven van school.")
    editor.why.setPlainText("Zij schrijven vaak.")
    assert editor.other.placeholderText() == ""
    editor.other.setPlainText("ደብዳበታት ቤት ትምህርቲ የንብብ።")
    control(editor, "plan.goal.edit.alone", QLineEdit).setText("31-02-2027")
    press(editor, "plan.goal.edit.save")
    assert editor.isVisible()
    control(editor, "plan.goal.edit.alone", QLineEdit).setText("01-02-2027")
    press(editor, "plan.goal.edit.save")
    changed = world.azc.services.plan.view(world.dossier).plan.goals[0]
    assert changed.text.dutch == "Ik lees brieven van school."
    assert changed.actions == goal.actions


def page_words(page: PlanPage, text: PlanText) -> str:
    view = page._view
    assert view is not None
    return view.pair(text).other


def test_what_follows_the_words_of_a_goal_is_asked_once_and_then_kept(page: PlanPage, world: World) -> None:
    page.show_step("goals")
    plan = world.azc.services.plan
    goal = plan.view(world.dossier).plan.goals[0]
    press(page, f"plan.goal.{goal.id}.edit")
    editor = page.findChildren(GoalEditor)[-1]
    editor.text.setPlainText("Ik word piloot.")
    press(editor, "plan.goal.edit.save")
    assert plan.view(world.dossier).plan.goals[0].text.dutch == goal.text.dutch
    said = [text.plain() for text in editor.findChildren(Text) if "ትግርኛ" in text.plain()]
    assert "Why and when it is reached are still those of the goal before." in said[-1]
    assert editor.other.hasFocus()
    press(editor, "plan.goal.edit.save")
    changed = plan.view(world.dossier).plan.goals[0]
    assert (changed.text.dutch, changed.text.other, changed.why) == ("Ik word piloot.", "", goal.why)


def test_a_new_goal_asks_for_the_other_language_alone(page: PlanPage) -> None:
    editor = GoalEditor(page._context.theme, page._context.catalogue, page, GoalDraft("", ""), "Luwam", language("ti"))
    editor.text.setPlainText("Ik leer zwemmen.")
    assert editor._ask_what_follows()
    assert not editor._ask_what_follows()
    dutch = GoalEditor(page._context.theme, page._context.catalogue, page, GoalDraft("", ""), "Luwam", language("nl"))
    dutch.text.setPlainText("Ik leer zwemmen.")
    assert not dutch._ask_what_follows()


def test_the_route_of_the_region_and_its_start_are_chosen_on_the_page(page: PlanPage, world: World) -> None:
    plan, dossier = world.azc.services.plan, world.dossier
    page.show_step("goals")
    assert not page.goals.region.routes._boxes
    plan.propose(dossier, "B1")
    page.show_dossier(dossier)
    rest()
    assert list(page.goals.region.routes._boxes) == ["werk", "vak"]
    assert not any(box.isChecked() for box in page.goals.region.routes._boxes.values())
    press(page, "plan.region.route.vak")
    press(page, "plan.region.start.2027-04-12")
    found = plan.plan(dossier)
    assert found.region_route is not None
    assert (found.region_route.name, found.start) == ("vak", date(2027, 4, 12))
    assert control(page, "plan.region.route.vak", QAbstractButton).isChecked()
    page._places.follow("route/start")
    assert page.window().focusWidget() is control(page, "plan.region.start.2027-04-12", QAbstractButton)
    press(page, "plan.region.route.werk")
    assert plan.plan(dossier).start == date(2027, 4, 12)


def test_an_empty_interview_has_no_goals_and_says_where_they_come_from(
    page: PlanPage, stage: Stage, world: World
) -> None:
    empty = world.azc.services.caseload.begin("Nieuw", ("ti",))[0]
    page.show_part("goals")
    page.show_dossier(empty)
    rest()
    assert page.goals.findChildren(GoalCard) == []
    assert "No goals yet" in visible_texts(page.goals)
    assert clipped(page) == []
    press(page, "plan.goals.talk")
    assert stage.visits[-1] == ("interview", empty, "")
    page.show_dossier(world.dossier)
    rest()
    assert "No goals yet" not in visible_texts(page.goals)


def test_a_missing_field_asked_for_from_elsewhere_is_in_sight_once_its_plan_is(page: PlanPage, world: World) -> None:
    other = world.azc.services.caseload.begin("Nieuw", ("ti",))[0]
    page.show_part("goals")
    page.show_dossier(other)
    page.show_part("route/B1/reason")
    rest()
    assert page.part == "weigh"
    page.show_part("read_aloud")
    assert page.part == "goals"


def test_a_step_is_ticked_off(page: PlanPage, world: World) -> None:
    page.show_step("goals")
    goal = world.azc.services.plan.view(world.dossier).plan.goals[0]
    press(page, f"plan.goal.{goal.id}.action.{goal.actions[0].id}.done")
    assert world.azc.services.plan.view(world.dossier).plan.goals[0].actions[0].done


def test_half_days_can_be_changed_only_while_adjusting_and_never_the_fixed_ones(page: PlanPage, world: World) -> None:
    decide(world.azc, world.dossier)
    page.show_dossier(world.dossier)
    page.show_step("goals")
    week = page.goals.week
    fixed, free = week.timetable.cell(0, "morning"), week.timetable.cell(2, "afternoon")
    assert not free.isEnabled()
    press(page, "plan.week.adjust")
    assert (fixed.isEnabled(), free.isEnabled()) == (False, True)
    week.choose_use(2, "afternoon", "blocked")
    half = world.azc.services.plan.view(world.dossier).half_day(2, "afternoon")
    assert half is not None
    assert half.kind == "blocked"
    assert page.goals.week.clash.message() != ""


def test_not_yet_asks_what_should_be_different(page: PlanPage, world: World) -> None:
    page.show_step("goals")
    press(page, "plan.feedback.no")
    words = control(page, "plan.feedback.words", QPlainTextEdit)
    QTest.keyClicks(words, "Liever later beginnen.")
    page.leave()
    plan = world.azc.services.plan.view(world.dossier).plan
    assert (plan.agrees, plan.feedback.dutch) == ("no", "Liever later beginnen.")


def test_signing_opens_when_all_is_there_and_the_sentence_is_ticked(page: PlanPage, world: World) -> None:
    page.show_step("sign")
    button = control(page, "plan.sign.person", QAbstractButton)
    control(page, "plan.sign.person.agree", QAbstractButton).click()
    assert not button.isEnabled()
    assert button.toolTip()
    decide(world.azc, world.dossier)
    page.show_dossier(world.dossier)
    assert button.isEnabled()
    button.click()
    assert world.azc.services.plan.view(world.dossier).plan.signatures[0].date is not None
    press(page, "plan.sign.person.undo")
    assert world.azc.services.plan.view(world.dossier).plan.signatures[0].date is None


def test_what_is_missing_leads_to_where_it_is_mended(page: PlanPage) -> None:
    page.show_step("sign")
    press(page, "plan.missing.0")
    assert page.steps.chosen() == "weigh"


def test_printing_opens_the_preview_beside_the_persons_language(page: PlanPage, stage: Stage, world: World) -> None:
    page.show_step("goals")
    press(page, "plan.week.print")
    assert stage.visits[-1] == ("preview", world.dossier, "support_plan/ti/plan")


@pytest.mark.parametrize("step", STEPS)
def test_every_control_has_names_and_is_reached_by_keyboard(page: PlanPage, world: World, step: str) -> None:
    decide(world.azc, world.dossier)
    page.show_dossier(world.dossier)
    page.show_step(step)
    rest()
    assert nameless(page) == []
    assert without_object_name(page) == []
    assert unreachable(page) == []


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("interface", "scale", "width"), [("en", 1.0, 1280), ("en_XA", 1.0, 1280), ("ar", 1.5, 1280)])
def test_no_text_is_clipped(
    qapp: QApplication, world: World, interface: str, scale: float, width: int, step: str
) -> None:
    assert qapp is not None
    decide(world.azc, world.dossier)
    stage = make_stage(world.azc, scale=scale, interface=interface)
    page = PlanPage(stage.context)
    window = hold(page, width)
    page.show_dossier(world.dossier)
    page.show_step(step)
    rest()
    assert clipped(page) == []
    let_go(window)
    stage.close()


def test_a_field_that_two_devices_set_waits_for_a_choice(page: PlanPage, world: World) -> None:
    decide(world.azc, world.dossier)
    handover = world.azc.services.handover
    handover.choose(world.dossier, handover.recipients()[0].id)
    handover.tick(world.dossier, "told", done=True)
    handover.prepare(world.dossier)
    handover.send(world.dossier)
    carry(world)
    for laptop, words in ((world.azc, "Van het azc."), (world.town, "Van de gemeente.")):
        laptop.services.plan.set_reason(world.dossier, "O", words)
    carry(world)
    page.show_dossier(world.dossier)
    rest()
    press(page, "plan.banner.link")
    sheet = page.findChildren(DisputeSheet)[-1]
    assert not control(sheet, "plan.dispute.save", QAbstractButton).isEnabled()
    press(sheet, "plan.dispute.0")
    press(sheet, "plan.dispute.save")
    assert world.azc.services.plan.view(world.dossier).disputes == ()
    assert page.notices.disputes.message() == ""


def test_the_lead_bar_says_every_part_in_words(page: PlanPage) -> None:
    page.show_step("goals")
    bar = page.findChildren(LeadBar)[0]
    assert bar.accessibleName().count("Lead:") == 3


def test_a_date_is_read_as_people_write_it() -> None:
    assert str(read_date("24-11-2026")) == "2026-11-24"
    assert str(read_date(" 1/2/2027 ")) == "2027-02-01"
    assert str(read_date("٢٤-١١-٢٠٢٦")) == "2026-11-24"
    assert read_date("31-02-2027") is None
    assert read_date("morgen") is None


def test_tab_leaves_a_reason(page: PlanPage) -> None:
    reason = control(page, "plan.route.B1.reason", QPlainTextEdit)
    reason.setFocus()
    QTest.keyClick(reason, Qt.Key.Key_Tab)
    assert reason.toPlainText() == ""


def test_a_draft_of_the_week_names_its_half_day() -> None:
    assert HalfDayDraft(2, "afternoon", None).label == ""


def _sections(page: PlanPage) -> list[RouteSection]:
    return [each for each in page.findChildren(RouteSection) if each.sign != "neutral"]


def test_for_and_against_of_all_routes_are_in_sight_at_once(page: PlanPage) -> None:
    for section in _sections(page):
        assert section.visibleRegion().boundingRect() == section.rect()
        shown = [line for line in section.findChildren(ArgumentLine) if line.isVisible()]
        assert shown
        assert section.count > len(shown)
    assert all(bar.maximum() == 0 for bar in page.weigh.grid.findChildren(QScrollBar) if bar.isVisible())


def test_all_arguments_are_shown_for_all_routes_or_for_none(page: PlanPage) -> None:
    press(page, "plan.route.B1.for.more")
    rest()
    for section in page.findChildren(RouteSection):
        assert sum(line.isVisible() for line in section.findChildren(ArgumentLine)) == section.count
    assert clipped(page) == []
    press(page, "plan.route.Z.against.more")
    rest()
    for section in _sections(page):
        assert sum(line.isVisible() for line in section.findChildren(ArgumentLine)) < section.count


def test_a_large_screen_shows_more_arguments_the_same_number_everywhere(stage: Stage, world: World) -> None:
    page = PlanPage(stage.context)
    window = hold(page, 1920, 1020)
    page.show_dossier(world.dossier)
    rest()
    shown = {sum(line.isVisible() for line in section.findChildren(ArgumentLine)) for section in _sections(page)}
    assert max(shown) > 1
    let_go(window)


@pytest.mark.parametrize("sign", ["for", "against"])
def test_a_reason_of_ones_own_is_written_changed_and_taken_away(page: PlanPage, world: World, sign: str) -> None:
    def said() -> list[str]:
        weighing = world.azc.services.plan.view(world.dossier).plan.routes[0]
        return [each.text.dutch for each in weighing.arguments if not each.derived and each.sign == sign]

    press(page, f"plan.route.O.{sign}.write")
    for typed in ("Haar zus deed het ook.", "Haar broer deed het ook.", ""):
        sheet = page.findChildren(ArgumentEditor)[-1]
        words = control(sheet, "plan.argument.text", QPlainTextEdit)
        words.selectAll()
        QTest.keyClick(words, Qt.Key.Key_Delete)
        QTest.keyClicks(words, typed)
        press(sheet, "plan.argument.save")
        rest()
        assert said() == ([typed] if typed else [])
        if typed:
            if not _own(page):
                press(page, f"plan.route.O.{sign}.more")
                rest()
            _own(page)[0].click()
            rest()


def test_a_page_that_is_shown_again_leaves_the_keyboard_where_it_is(page: PlanPage, world: World) -> None:
    write = control(page, "plan.route.O.for.write", QAbstractButton)
    write.setFocus()
    page.show_dossier(world.dossier)
    rest()
    assert page.window().focusWidget() is write


def _own(page: PlanPage) -> list[PlaceLink]:
    return [each for each in page.findChildren(PlaceLink) if each.objectName().endswith(".change") and each.isVisible()]


@pytest.mark.parametrize("sign", ["for", "against"])
def test_a_route_without_an_argument_leads_to_where_it_is_written(page: PlanPage, sign: str) -> None:
    page.show_step("sign")
    page.sign.followed.emit(f"route/O/{sign}")
    rest()
    focused = page.window().focusWidget()
    assert focused is not None
    assert focused.objectName() == f"plan.route.O.{sign}.write"


def test_only_the_first_missing_reason_is_marked(page: PlanPage) -> None:
    marked = [each for each in page.findChildren(QPlainTextEdit) if each.property("asks") == "true"]
    assert [each.objectName() for each in marked] == ["plan.route.B1.reason"]
    assert "3" in marked[0].accessibleDescription()
