"""The page of the progress with real widgets over a followed case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QPlainTextEdit, QWidget

from desktop.records import EventContext, ExamRecorded, HoursRecorded, LevelRecorded, ProgressBody, TalkRecorded
from desktop.ui.progress.entries_sheet import EntriesSheet
from desktop.ui.progress.progress_page import ProgressPage
from desktop.ui.shell.shell import Shell
from protocol.identifiers import case_number
from tests.ui.inspection import clipped, control, nameless, rest, unreachable, visible_texts, without_object_name
from tests.ui.still import Stage, hold, let_go, make_stage
from tests.ui.walk.screens import Look, strolling
from tests.unit.services.followed_case import LATER, accept, follow
from tests.unit.services.plan_world import World, carry, decide, hand_over, make_world


@pytest.fixture
def followed(tmp_path: Path, qapp: QApplication) -> Iterator[World]:
    """Return a world in which the municipality followed the case until April."""
    assert qapp is not None
    world = make_world(tmp_path, follow)
    world.town.clock.moment += LATER
    yield world
    world.close()


@pytest.fixture
def town(followed: World) -> Iterator[Stage]:
    """Return a stage over the laptop of the municipality."""
    made = make_stage(followed.town)
    yield made
    made.close()


@pytest.fixture
def page(town: Stage, followed: World) -> Iterator[ProgressPage]:
    """Return the page of the followed case."""
    made = ProgressPage(town.context)
    window = hold(made)
    made.show_dossier(followed.dossier)
    rest()
    yield made
    let_go(window)


def sheet(page: ProgressPage) -> QDialog:
    """Return the sheet that is open."""
    rest()
    (found,) = [each for each in page.findChildren(QDialog) if each.isVisible()]
    return found


def press(root: QWidget, name: str) -> None:
    control(root, name, QAbstractButton).click()
    rest()


def type_in(root: QWidget, name: str, words: str) -> None:
    line = control(root, name, QLineEdit)
    line.clear()
    QTest.keyClicks(line, words)


def shortcut(root: QWidget, keys: str) -> None:
    """Press a combination of the page."""
    (found,) = [
        each for each in root.findChildren(QShortcut) if each.key().toString() == keys and each.parent() is root
    ]
    found.activated.emit()
    rest()


def bodies(world: World) -> list[ProgressBody]:
    return [each.body for each in world.town.services.progress.view(world.dossier).progress.entries]


def test_own_words_come_first_then_route_hours_levels_talk_and_exams(page: ProgressPage) -> None:
    said = visible_texts(page)
    for words in (
        "“Ik begrijp de dokter nu zonder tolk.”",
        "“ሕጂ ንሓኪም ብዘይ ተርጓሚ ይርድኦ።”",
        "112 of 900 hours estimated",
        "14 of 24 hours planned",
        "6 of 40 hours agreed",
        "12 of 12 hours",
        "Signed on 29 Jan",
        "Not there for 5 half-days: 4 with notice, 1 without",
        "Talk 2 of 5",
        "registered, 14 Jun",
        "The term lasts until 24 Nov 2029",
    ):
        assert words in said, words
    assert [stop.stop.state for stop in page.route.line.stops] == ["done", "now", "later", "later", "later"]
    assert page.route.line.stops[1].accessibleName() == (
        "Module 2, Meelopen, now, 29 Mar – 18 Jun, after it the route may change"
    )
    rows = [
        each.accessibleName()
        for each in page.levels.findChildren(QWidget)
        if each.objectName().startswith("progress.level.")
    ]
    assert rows[0] == (
        "Listening, at the intake A1, now A2, 2 Apr, a test, Taalschool De Brug (voorbeeld), aim of the plan B1"
    )
    assert (page.banner.message(), page.law.isHidden()) == ("", True)


def test_printing_opens_the_overview_and_comes_back_here(page: ProgressPage, town: Stage, followed: World) -> None:
    press(page, "progress.print")
    assert town.visits[-1] == ("preview", followed.dossier, "progress_overview/ti/progress")


def test_a_talk_is_recorded_with_own_words_and_taken_back(page: ProgressPage, followed: World, town: Stage) -> None:
    press(page, "progress.talk")
    open_sheet = sheet(page)
    assert control(open_sheet, "progress.entry.number", QLineEdit).text() == "2"
    type_in(open_sheet, "progress.entry.day", "8-4-2027")
    type_in(open_sheet, "progress.entry.time", "11:30")
    control(open_sheet, "progress.entry.said_other", QPlainTextEdit).setPlainText("ጽቡቕ እየ")
    control(open_sheet, "progress.entry.said", QPlainTextEdit).setPlainText("Het gaat goed.")
    press(open_sheet, "progress.entry.save")
    (talk,) = [each for each in bodies(followed) if isinstance(each, TalkRecorded) and each.said == "Het gaat goed."]
    assert (talk.moment, talk.state, talk.language, talk.said_other) == ("2027-04-08T11:30", "held", "ti", "ጽቡቕ እየ")
    assert "“Het gaat goed.”" in visible_texts(page)
    assert town.news[-1].dossiers == {followed.dossier}
    shortcut(page, "Ctrl+Z")
    rest()
    assert "“Ik begrijp de dokter nu zonder tolk.”" in visible_texts(page)


def test_the_planned_talk_becomes_the_one_that_was_held(page: ProgressPage, followed: World) -> None:
    followed.town.clock.moment += LATER / 10
    page.show_dossier(followed.dossier)
    rest()
    assert "Was the talk of 15 Apr · 10:00 held?" in [each.text() for each in page.next.findChildren(QAbstractButton)]
    page.record_talk()
    open_sheet = sheet(page)
    press(open_sheet, "progress.entry.state.held")
    press(open_sheet, "progress.entry.save")
    talks = [each for each in bodies(followed) if isinstance(each, TalkRecorded)]
    assert [(each.number, each.state) for each in talks] == [(1, "held"), (2, "held")]
    assert page.next.chip.accessibleName() == "No talk planned yet"
    assert not page.law.isHidden()


def test_what_cannot_be_is_refused_in_the_sheet_and_nothing_typed_is_lost(page: ProgressPage, followed: World) -> None:
    before = len(bodies(followed))
    press(page, "progress.add.hours")
    open_sheet = sheet(page)
    type_in(open_sheet, "progress.entry.first", "31-2-2027")
    type_in(open_sheet, "progress.entry.hours", "2:30")
    press(open_sheet, "progress.entry.save")
    first = control(open_sheet, "progress.entry.first", QLineEdit)
    assert (open_sheet.isVisible(), first.property("refused"), first.text()) == (True, "true", "31-2-2027")
    type_in(open_sheet, "progress.entry.first", "1-3-2027")
    type_in(open_sheet, "progress.entry.hours", "veel")
    press(open_sheet, "progress.entry.save")
    assert control(open_sheet, "progress.entry.hours", QLineEdit).property("refused") == "true"
    assert len(bodies(followed)) == before
    type_in(open_sheet, "progress.entry.hours", "2:30")
    press(open_sheet, "progress.entry.save")
    last = bodies(followed)[-1]
    assert isinstance(last, HoursRecorded)
    assert replace(last, entry="") == HoursRecorded("", "language", "2027-03-01", "2027-03-01", 150, "")


def test_levels_are_recorded_together_and_none_is_refused(page: ProgressPage, followed: World) -> None:
    press(page, "progress.add.levels")
    open_sheet = sheet(page)
    type_in(open_sheet, "progress.entry.day", "7-4-2027")
    press(open_sheet, "progress.entry.save")
    assert "There is nothing to record yet. Fill in at least one line." in visible_texts(open_sheet)
    for skill in ("speaking", "conversation"):
        box = control(open_sheet, f"progress.entry.{skill}", QComboBox)
        box.setCurrentIndex(box.findData("a2"))
    press(open_sheet, "progress.entry.save")
    found = [each for each in bodies(followed)[-2:] if isinstance(each, LevelRecorded)]
    assert [(each.skill, each.level, each.day) for each in found] == [
        ("speaking", "a2", "2027-04-07"),
        ("conversation", "a2", "2027-04-07"),
    ]


@pytest.mark.parametrize(
    ("key", "fields"),
    [("absence", {"day": "7-4-2027", "half_days": "2"}), ("milestone", {"day": "7-4-2027"})],
)
def test_absence_and_finished_parts_are_recorded(
    page: ProgressPage, followed: World, key: str, fields: dict[str, str]
) -> None:
    before = len(bodies(followed))
    press(page, f"progress.add.{key}")
    open_sheet = sheet(page)
    for name, words in fields.items():
        type_in(open_sheet, f"progress.entry.{name}", words)
    press(open_sheet, "progress.entry.save")
    assert len(bodies(followed)) == before + 1


def test_an_exam_and_an_exemption_are_recorded(page: ProgressPage, followed: World) -> None:
    press(page, "progress.add.exam")
    open_sheet = sheet(page)
    press(open_sheet, "progress.entry.part.LE")
    press(open_sheet, "progress.entry.result.passed")
    type_in(open_sheet, "progress.entry.day", "1-4-2027")
    press(open_sheet, "progress.entry.save")
    assert "passed, 1 Apr" in visible_texts(page.exams)
    assert any(isinstance(each, ExamRecorded) and each.part == "LE" for each in bodies(followed))
    press(page, "progress.add.exemption")
    open_sheet = sheet(page)
    press(open_sheet, "progress.entry.state.granted")
    press(open_sheet, "progress.entry.parts.SC")
    type_in(open_sheet, "progress.entry.day", "2-4-2027")
    press(open_sheet, "progress.entry.save")
    assert "not needed, 2 Apr" in visible_texts(page.exams)


def test_arrows_go_along_the_route_and_enter_opens_a_module(page: ProgressPage, followed: World) -> None:
    stops = page.route.line.stops
    stops[0].setFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Right)
    assert stops[1].hasFocus()
    QTest.keyClick(stops[1], Qt.Key.Key_Left)
    QTest.keyClick(stops[0], Qt.Key.Key_Left)
    assert stops[0].hasFocus()
    QTest.keyClick(stops[0], Qt.Key.Key_Right)
    QTest.keyClick(stops[1], Qt.Key.Key_Return)
    open_sheet = sheet(page)
    assert "Meelopen" in visible_texts(open_sheet)
    type_in(open_sheet, "progress.entry.day", "8-4-2027")
    press(open_sheet, "progress.entry.save")
    assert [stop.stop.state for stop in page.route.line.stops][:2] == ["done", "done"]
    QTest.keyClick(page.route.line.stops[-1], Qt.Key.Key_Return)
    assert "Exam" in visible_texts(sheet(page))
    assert followed.dossier


def test_everything_recorded_is_corrected_and_withdrawn_with_a_reason(page: ProgressPage, followed: World) -> None:
    press(page, "progress.entries")
    entries = followed.town.services.progress.view(followed.dossier).progress.entries
    lessons = next(each for each in entries if isinstance(each.body, HoursRecorded) and each.body.about == "language")
    open_sheet = sheet(page)
    assert "112 uur Taalles, van 11-01-2027 tot en met 02-04-2027" in visible_texts(open_sheet)
    press(open_sheet, f"progress.entries.{lessons.id}.edit")
    open_sheet = sheet(page)
    assert control(open_sheet, "progress.entry.hours", QLineEdit).text() == "112"
    type_in(open_sheet, "progress.entry.hours", "120")
    press(open_sheet, "progress.entry.save")
    assert "120 of 900 hours estimated" in visible_texts(page)
    press(page, "progress.entries")
    press(sheet(page), f"progress.entries.{lessons.id}.away")
    open_sheet = sheet(page)
    press(open_sheet, "progress.withdraw.save")
    assert open_sheet.isVisible()
    type_in(open_sheet, "progress.withdraw.reason", "dubbel")
    press(open_sheet, "progress.withdraw.save")
    assert "0 of 900 hours estimated" in visible_texts(page)


def test_every_kind_fills_its_own_sheet_again(page: ProgressPage, followed: World) -> None:
    for entry in followed.town.services.progress.view(followed.dossier).progress.entries:
        press(page, "progress.entries")
        press(sheet(page), f"progress.entries.{entry.id}.edit")
        press(sheet(page), "progress.entry.save")
        again = {each.id: each.body for each in followed.town.services.progress.view(followed.dossier).progress.entries}
        assert again[entry.id] == entry.body


def test_two_devices_that_differ_are_shown_until_a_person_chooses(world: World, qapp: QApplication) -> None:
    assert qapp is not None
    decide(world.azc, world.dossier)
    hand_over(world)
    said = HoursRecorded("e1", "language", "2026-11-01", "2026-11-20", 60, "De Brug")
    for laptop, minutes in ((world.azc, 60), (world.town, 120)):
        laptop.journal.append(world.dossier, replace(said, minutes=minutes), EventContext("Sanne", "ti"))
    carry(world)
    world.town.services.received.accept(world.dossier)
    stage = make_stage(world.town)
    page = ProgressPage(stage.context)
    window = hold(page)
    page.show_dossier(world.dossier)
    rest()
    press(page.banner, "progress.banner.link")
    open_sheet = sheet(page)
    assert isinstance(open_sheet, EntriesSheet)
    press(open_sheet, "progress.entries.e1.0")
    assert world.town.services.progress.view(world.dossier).progress.disputes == ()
    let_go(window)
    stage.close()


def test_who_does_not_hold_the_case_only_looks(world: World, qapp: QApplication) -> None:
    assert qapp is not None
    stage = make_stage(world.azc)
    page = ProgressPage(stage.context)
    window = hold(page)
    page.show_dossier(world.dossier)
    rest()
    assert (page.talk.isVisible(), page.followed.findChildren(QAbstractButton)[0].isVisible()) == (False, False)
    assert page.banner.message().startswith("Another organisation has this case.")
    page.record_talk()
    assert [each for each in page.findChildren(QDialog) if each.isVisible()] == []
    let_go(window)
    stage.close()


def test_an_accepted_case_says_how_to_begin(tmp_path: Path, qapp: QApplication) -> None:
    assert qapp is not None
    world = make_world(tmp_path, accept)
    stage = make_stage(world.town)
    page = ProgressPage(stage.context)
    window = hold(page)
    page.show_dossier(world.dossier)
    rest()
    assert page.banner.message().startswith("Nothing was recorded yet.")
    press(page.banner, "progress.banner.link")
    assert "Talk about the progress" in visible_texts(sheet(page))
    world.town.services.plan.settle(world.dossier, "route/proposed", None)
    page.show_dossier(world.dossier)
    rest()
    assert page.route.isHidden()
    press(page.banner, "progress.banner.link")
    assert stage.visits[-1][0] == "plan"
    let_go(window)
    stage.close()
    world.close()


def test_the_tab_is_there_only_for_who_follows_the_case(followed: World, world: World, qapp: QApplication) -> None:
    assert qapp is not None
    for laptop, case, shown in ((followed.town, followed.dossier, True), (world.azc, world.dossier, False)):
        with strolling(laptop, "en") as stroll:
            stroll.take(Look("en", 100, 1366, 768))
            stroll.shell.navigate("plan", case)
            rest()
            assert _tab(stroll.shell).isVisible() is shown
            shortcut(stroll.shell, "Ctrl+6")
            rest()
            assert stroll.shell.current == ("progress" if shown else "plan")


def _tab(shell: Shell) -> QWidget:
    (found,) = [each for each in shell.findChildren(QWidget) if each.objectName() == "bar.progress"]
    return found


@pytest.mark.parametrize(
    ("interface", "scale", "scheme"),
    [("nl", 1.0, "light"), ("ar", 1.0, "dark"), ("nl", 2.0, "light"), ("ti", 1.5, "dark")],
)
def test_nothing_is_cut_nameless_or_out_of_reach(followed: World, interface: str, scale: float, scheme: str) -> None:
    stage = make_stage(followed.town, scheme, scale, interface)
    page = ProgressPage(stage.context)
    window = hold(page)
    page.show_dossier(followed.dossier)
    rest()
    assert (clipped(page), nameless(page), without_object_name(page), unreachable(page)) == ([], [], [], [])
    for act in ("progress.talk", "progress.entries", "progress.add.levels", "progress.add.exemption"):
        press(page, act)
        found = sheet(page)
        assert (clipped(found), nameless(found), without_object_name(found), unreachable(found)) == ([], [], [], []), (
            act
        )
        found.reject()
        rest()
    let_go(window)
    stage.close()


def test_a_list_of_a_school_is_looked_at_and_then_read_in(page: ProgressPage, followed: World, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    number = case_number(followed.dossier)
    path.write_text(f"Nummer;Datum;Uren\n{number};06-04-2027;3\nOP-0;06-04-2027;3\n", "utf-8")
    before = len(bodies(followed))
    page.lists.open(path)
    open_sheet = sheet(page)
    save = control(open_sheet, "attendance.save", QAbstractButton)
    press(open_sheet, "attendance.look")
    assert any(words.startswith("A column is still missing.") for words in visible_texts(open_sheet))
    box = control(open_sheet, "attendance.person", QComboBox)
    box.setCurrentIndex(box.findData("Nummer"))
    assert not save.isEnabled()
    press(open_sheet, "attendance.look")
    assert f"Luwam · {number}: 3 hours, 0 half-days not there" in visible_texts(open_sheet)
    assert any(words.startswith("Row 3: ") for words in visible_texts(open_sheet))
    assert (clipped(open_sheet), nameless(open_sheet), unreachable(open_sheet)) == ([], [], [])
    press(open_sheet, "attendance.save")
    assert len(bodies(followed)) == before + 1
    assert "115 of 900 hours estimated" in visible_texts(page)
    page.lists.open(path)
    press(sheet(page), "attendance.look")
    assert "Nothing in this list is new." in visible_texts(sheet(page))
