"""What is broken is shown where people look, the rest goes on, and the whole vault can be checked from the settings."""

import csv
import io
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop.records import CaseViewed, Intention, Journal
from desktop.records.events.envelope import Claim
from desktop.services.backups.integrity_check import CheckProgress
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.people.table import PeopleTable
from desktop.ui.settings.check_card import CheckCard
from desktop.ui.settings.trail_card import TrailCard
from desktop.ui.shell.shell import Shell
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId, case_number
from tests.made_up_claims import MADE_UP, write_claiming
from tests.ui.inspection import control, faults, press, settle
from tests.unit.records.cases import CONTEXT


def _shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def _journal(window: MainWindow) -> Journal:
    return _shell(window)._context.services.journal


def _on_store(window: MainWindow, work: object) -> list[object]:
    """Do `work` on the store thread and return its result as the only item."""
    got: list[object] = []
    assert callable(work)
    _shell(window)._context.run(work, got.append, window)
    settle(window)
    return got


def _open_first(window: MainWindow) -> DossierId:
    QTest.keyClick(control(window, "people.table", PeopleTable), Qt.Key.Key_Return)
    settle(window)
    dossier = _shell(window).dossier
    assert dossier is not None
    return dossier


def _damage(window: MainWindow, dossier: DossierId) -> None:
    """Damage the second last row of a case, as a failing disk would."""
    journal = _journal(window)
    last = journal.view(dossier).seen[journal.device]
    statement = "update events set sealed = zeroblob(60) where dossier = ? and sequence = ?"

    def damage() -> None:
        with journal._store.atomic():
            journal._store.run(statement, [bytes.fromhex(dossier), last - 1])
        journal._cache.forget(dossier)

    _on_store(window, damage)


def _lines(window: MainWindow) -> list[str]:
    return [
        each.plain()
        for each in window.findChildren(Text)
        if each.objectName().startswith("check.line") and each.isVisible()
    ]


def test_a_whole_vault_is_said_to_be_whole(practice: MainWindow) -> None:
    press(practice, "bar.settings")
    settle(practice)
    press(practice, "check.start")
    settle(practice)
    assert "in orde" in control(practice, "check.said", SavedLine).text()
    assert _lines(practice) == []
    assert faults(practice) == []


@pytest.mark.expects_log
def test_damage_is_told_in_the_case_above_the_list_and_in_the_check(practice: MainWindow) -> None:
    dossier = _open_first(practice)
    _damage(practice, dossier)
    press(practice, "bar.back")
    settle(practice)
    assert _open_first(practice) == dossier
    assert "beschadigd" in control(practice, "banner", Banner).message()
    press(practice, "bar.back")
    settle(practice)
    trouble = control(practice, "people.trouble", Banner)
    assert case_number(dossier) in trouble.message().replace("\u2068", "").replace("\u2069", "")
    assert faults(practice) == []
    press(practice, "people.trouble.link")
    settle(practice)
    assert _shell(practice).current == "settings"
    assert case_number(dossier) in _lines(practice)[1]
    assert faults(practice) == []
    press(practice, "check.fetch")
    settle(practice)
    assert _lines(practice) == []
    assert _on_store(practice, lambda: _journal(practice).outbox.cursor("feed.cursor")) == ["0"]


@pytest.mark.parametrize(
    ("sequence", "words", "in_the_check"), [(2**40, "nog niet binnen", False), (1, "dat niet is wat hier staat", True)]
)
def test_what_somebody_says_to_have_seen_and_did_not_is_told_in_the_case_and_the_check(
    practice: MainWindow, sequence: int, words: str, *, in_the_check: bool
) -> None:
    dossier, journal = _open_first(practice), _journal(practice)
    claims = {journal.device: Claim(sequence, MADE_UP)}
    _on_store(practice, lambda: write_claiming(journal, dossier, CaseViewed(), CONTEXT, claims))
    press(practice, "bar.back")
    settle(practice)
    assert _open_first(practice) == dossier
    assert words in control(practice, "banner", Banner).message()
    assert faults(practice) == []
    press(practice, "bar.back")
    settle(practice)
    above = [each for each in practice.findChildren(Banner, "people.trouble") if each.isVisible()]
    assert [words in each.message() for each in above] == ([True] if in_the_check else [])
    for each in above:
        each.link.click()
        settle(practice)
        assert (_shell(practice).current, _shell(practice).dossier) == ("review", dossier)
        press(practice, "bar.back")
        settle(practice)
    press(practice, "bar.settings")
    settle(practice)
    press(practice, "check.start")
    settle(practice)
    assert any(words in line for line in _lines(practice)) is in_the_check
    assert not any(button.isVisible() for button in practice.findChildren(Button, "check.fetch"))


def test_a_step_that_can_never_be_completed_is_told_above_the_list_and_in_the_check(practice: MainWindow) -> None:
    journal, step = _journal(practice), Intention("backup.write", None)

    def damage() -> None:
        journal.intentions.begin(step)
        journal.outbox.keep_cursor(f"intention.{step.id}", "AAAA")

    _on_store(practice, damage)
    _open_first(practice)
    press(practice, "bar.back")
    settle(practice)
    assert "afgemaakt" in control(practice, "people.trouble", Banner).message()
    press(practice, "people.trouble.link")
    settle(practice)
    assert "afgemaakt" in _lines(practice)[1]
    assert faults(practice) == []


def test_a_check_that_is_stopped_says_nothing_more(practice: MainWindow) -> None:
    press(practice, "bar.settings")
    settle(practice)
    card = practice.findChildren(CheckCard)[0]
    card.start()
    press(practice, "check.stop")
    card._show_findings(CheckProgress(5, 10, None))
    settle(practice)
    assert control(practice, "check.said", SavedLine).text() == ""
    press(practice, "check.start")
    settle(practice)
    assert "in orde" in control(practice, "check.said", SavedLine).text()


def test_opening_a_case_is_in_the_trail_once_and_the_trail_is_saved(practice: MainWindow, tmp_path: Path) -> None:
    dossier = _open_first(practice)
    press(practice, "bar.plan")
    settle(practice)
    press(practice, "bar.back")
    settle(practice)
    _open_first(practice)
    press(practice, "bar.back")
    settle(practice)
    press(practice, "bar.settings")
    settle(practice)
    file = tmp_path / "trail.csv"
    practice.findChildren(TrailCard)[0].save(file)
    settle(practice)
    rows = list(csv.DictReader(io.StringIO(file.read_bytes().decode("utf-8-sig"))))
    assert [row["case"] for row in rows if row["kind"] == CaseViewed.KIND] == [dossier]
    assert control(practice, "trail.saved", SavedLine).text()
    assert file.stat().st_mode & 0o077 == 0
    assert faults(practice) == []
