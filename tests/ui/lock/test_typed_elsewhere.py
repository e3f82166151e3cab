"""What was typed and refused stays when the page it stands on is out of sight and goes: a lock, another language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.services.suite import AppServices
from desktop.ui.window import MainWindow
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.identifiers import DossierId
from protocol.times import SettableClock
from tests.ui.inspection import control, settle
from tests.ui.own_vault import begin_dossier, make_vault, unlock
from tests.unit.services.interview_fixture import ref

NUMBER = "v_nummer"


@pytest.fixture
def own(window: MainWindow, app_services: AppServices, tmp_path: Path, clock: SettableClock) -> MainWindow:
    """The window with Marieke's vault open."""
    make_vault(app_services, create_organisation("azc Duinrand", RECEPTION), tmp_path, clock)
    window.start.go("start")
    settle(window)
    unlock(window)
    return window


def _lock(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    unlock(window)


def _speak_another(window: MainWindow) -> None:
    window.set_language("ar")
    settle(window)


def _at(window: MainWindow, dossier: DossierId, name: str) -> QLineEdit:
    window.navigate("interview", dossier, part=ref(name))
    settle(window)
    return control(window, "interview.answer", QLineEdit)


@pytest.mark.parametrize("go", [_lock, _speak_another])
@pytest.mark.parametrize("elsewhere", ["people", "settings", "interview"])
def test_a_refused_answer_is_back_wherever_one_was(
    own: MainWindow, go: Callable[[MainWindow], None], elsewhere: str
) -> None:
    first, second = begin_dossier(own, "Selam"), begin_dossier(own, "Omar")
    QTest.keyClicks(_at(own, first, NUMBER), "123")
    own.navigate(elsewhere, second if elsewhere == "interview" else None)
    settle(own)
    go(own)
    assert own.shell is not None
    assert own.shell.current == elsewhere
    assert _at(own, first, NUMBER).text() == "123"


@pytest.mark.parametrize("go", [_lock, _speak_another])
def test_one_goes_on_at_the_same_question(own: MainWindow, go: Callable[[MainWindow], None]) -> None:
    dossier = begin_dossier(own, "Selam")
    QTest.keyClicks(_at(own, dossier, NUMBER), "123")
    go(own)
    assert own.shell is not None
    assert (own.shell.current, own.shell.part) == ("interview", ref(NUMBER))
    assert control(own, "interview.answer", QLineEdit).text() == "123"
