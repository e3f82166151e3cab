"""Help on F1: at the place where one is, with the keys of the program itself, and without a network."""

import re
from importlib.metadata import version
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.services.accounts.components import components
from desktop.services.accounts.preferences import Preferences
from desktop.ui.help.help_page import PLACES
from desktop.ui.help.help_slip import HelpSlip
from desktop.ui.help.shortcuts import SHORTCUTS, entries_of
from desktop.ui.help.topics import TOPICS
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.settings_page import AppearanceActions
from desktop.ui.shell.page_table import page_table
from desktop.ui.window import MainWindow
from tests.places import ROOT
from tests.ui.inspection import control, faults, press, rest, settle, visible_texts

UI = ROOT / "desktop" / "ui"


def _slip(window: MainWindow) -> HelpSlip:
    found = [each for each in window.findChildren(HelpSlip) if each.isVisible()]
    assert len(found) == 1
    return found[0]


def _words(slip: HelpSlip) -> str:
    return " ".join(visible_texts(slip))


def test_every_page_has_its_topic() -> None:
    nothing = AppearanceActions(*[lambda *_: None] * 6)  # type: ignore[arg-type]  # only the names of pages are asked
    assert [entry.key for entry in page_table(nothing) if entry.key not in TOPICS] == []


def test_f1_explains_the_page_one_is_at_and_leaves_the_focus_where_it_was(practice: MainWindow) -> None:
    search = control(practice, "people.search", QLineEdit)
    search.setFocus()
    QTest.keyClick(search, Qt.Key.Key_F1)
    slip = _slip(practice)
    assert practice.focusWidget() is search
    assert practice.catalogue.text(TOPICS["people"].sentences[0]) in _words(slip)
    assert faults(slip) == []
    QTest.keyClick(search, Qt.Key.Key_F1)
    assert slip.isAncestorOf(practice.focusWidget())
    QTest.keyClick(practice.focusWidget(), Qt.Key.Key_Escape)
    assert slip.isHidden()
    assert practice.focusWidget() is search


def test_help_that_is_open_follows_to_the_next_page_and_esc_puts_it_away(practice: MainWindow) -> None:
    QTest.keyClick(practice, Qt.Key.Key_F1)
    press(practice, "bar.settings")
    settle(practice)
    slip = _slip(practice)
    assert practice.catalogue.text(TOPICS["settings"].sentences[0]) in _words(slip)
    QTest.keyClick(practice.focusWidget() or practice, Qt.Key.Key_Escape)
    assert slip.isHidden()


def test_before_a_vault_is_open_there_is_help_too(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.catalogue.text(TOPICS["start"].sentences[0]) in _words(_slip(window))


@pytest.mark.parametrize("path", sorted(UI.rglob("*.py")), ids=lambda path: path.relative_to(UI).as_posix())
def test_no_screen_makes_a_key_that_help_does_not_know(path: Path) -> None:
    if path.name != "shortcuts.py":
        assert "QShortcut(" not in path.read_text("utf-8")


def test_every_key_of_the_table_is_used_and_shown() -> None:
    sources = " ".join(path.read_text("utf-8") for path in UI.rglob("*.py") if path.name != "shortcuts.py")
    used = set(re.findall(r'"([a-z_]+\.[a-z_]+)"', sources)) | {
        f"interview.{name}" for name in re.findall(r'\("([a-z_]+)", (?:self\.|lambda)', sources)
    }
    assert sorted(set(SHORTCUTS) - used) == []
    assert {name.partition(".")[0] for name in SHORTCUTS} == set(PLACES)


def test_the_keys_shown_are_those_that_work(practice: MainWindow) -> None:
    QTest.keyClick(practice, Qt.Key.Key_Return)
    settle(practice)
    assert practice.shell is not None
    working = {
        each.key().toString() for each in practice.shell.findChildren(QShortcut) if each.parent() is practice.shell
    }
    working |= {each.key().toString() for each in practice.shell.page("interview").findChildren(QShortcut)}
    shown = {
        QKeySequence(keys).toString()
        for place in ("everywhere", "interview")
        for entry in entries_of(place)
        for keys in entry.keys
    }
    assert shown == working


def test_all_keys_and_the_licences_lie_on_this_laptop(practice: MainWindow) -> None:
    QTest.keyClick(practice, Qt.Key.Key_F1)
    press(practice, "help.more")
    settle(practice)
    assert practice.shell is not None
    assert practice.shell.current == "help"
    page = practice.shell.page("help")
    assert version("opmaat") in control(page, "help.version", Text).plain()
    named = {each.plain() for each in page.findChildren(Text, "help.component")}
    assert {"cryptography", "PySide6_Essentials", "typst"} <= named
    assert "pytest" not in named
    assert faults(page) == []
    press(page, "help.report")
    settle(practice)
    assert practice.shell.current == "settings"
    press(practice, "settings.help")
    press(practice, "help.back")
    settle(practice)
    assert practice.shell.current == "settings"


def test_the_licences_are_what_the_installed_packages_say() -> None:
    made_of = {each.name: each for each in components()}
    assert components()[0].version == version("opmaat")
    assert "EUPL-1.2" in made_of["opmaat"].licence
    assert "LGPL-3.0-only" in made_of["PySide6_Essentials"].licence
    assert made_of["cryptography"].version == version("cryptography")


def test_a_hint_at_the_first_visit_goes_away_and_stays_away(practice: MainWindow) -> None:
    hint = control(practice, "hint.text", Text)
    assert "F1" in hint.plain()
    press(practice, "hint.link")
    settle(practice)
    assert not hint.isVisible()
    press(practice, "bar.settings")
    press(practice, "bar.people")
    settle(practice)
    assert not hint.isVisible()
    practice.set_language("ar")
    settle(practice)
    rest()
    assert not [each for each in practice.findChildren(Text, "hint.text") if each.isVisible()]


def test_a_hint_that_was_read_is_known_at_the_next_start(tmp_path: Path) -> None:
    Preferences(tmp_path).put_hint_away("people")
    assert Preferences(tmp_path).look.hints == ("people",)
    Preferences(tmp_path).set_size(150)
    assert Preferences(tmp_path).look.hints == ("people",)
