"""Every way into a vault through the real screens: settings, waiting, advice, and the help of the organisation."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QWidget

from desktop.services.suite import AppServices
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.new_recovery_words import NewRecoveryWords
from desktop.ui.start.escrow_page import EscrowPage
from desktop.ui.window import MainWindow
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation, write_key_file
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from protocol.times import SettableClock
from server.cli import main
from tests.ui.conftest import CHEAP
from tests.ui.inspection import control, faults, press, settle, wait_until
from tests.ui.own_vault import PASSPHRASE, make_vault, unlock

NEW = "nu een heel andere zin"


@pytest.fixture
def office() -> OrganisationRoot:
    return create_organisation("AZC Harderwijk", RECEPTION)


@pytest.fixture
def closed(
    window: MainWindow, office: OrganisationRoot, app_services: AppServices, tmp_path: Path, clock: SettableClock
) -> MainWindow:
    """The window on the unlock page of Marieke's vault."""
    make_vault(app_services, office, tmp_path, clock)
    window.start.go("start")
    settle(window)
    return window


@pytest.fixture
def settings(closed: MainWindow) -> MainWindow:
    """The window on the settings page of Marieke's open vault."""
    unlock(closed)
    closed.navigate("settings")
    settle(closed)
    return closed


def _guess(app_services: AppServices, clock: SettableClock, times: int) -> None:
    vault = app_services.accounts.accounts()[0].vault
    for _ in range(times):
        clock.moment += timedelta(minutes=5)
        with pytest.raises(UserError, match=r"vault\.wrong_passphrase"):
            app_services.accounts.open(vault, "dat was hem niet")


def _shown(window: MainWindow, name: str) -> bool:
    return any(widget.isVisible() for widget in window.findChildren(QWidget, name))


def _confirm(window: MainWindow, passphrase: str = "") -> None:
    control(window, "ways.current", QLineEdit).setText(passphrase or PASSPHRASE)


def test_attempts_are_told_before_and_after_unlocking(
    closed: MainWindow, app_services: AppServices, clock: SettableClock
) -> None:
    _guess(app_services, clock, 2)
    closed.start.go("start")
    settle(closed)
    assert "2" in control(closed, "unlock.attempts", Text).plain()
    assert not _shown(closed, "unlock.wait")
    unlock(closed)
    assert control(closed, "banner.text", Text).plain().startswith("Er waren 2 ")


def test_after_too_many_a_bar_shows_the_wait_and_the_button_comes_back(
    closed: MainWindow, app_services: AppServices, clock: SettableClock
) -> None:
    _guess(app_services, clock, 5)
    clock.moment += timedelta(seconds=4)
    closed.start.go("start")
    settle(closed)
    bar, button = control(closed, "unlock.wait", Meter), control(closed, "unlock.open", QAbstractButton)
    assert 0 < bar.level <= 1
    assert bar.accessibleName() == control(closed, "unlock.attempts", Text).plain()
    assert not button.isEnabled()
    assert faults(closed) == []
    unlock(closed)
    assert not closed.is_open
    wait_until(button.isEnabled)
    assert not _shown(closed, "unlock.wait")
    clock.moment += timedelta(seconds=1)
    unlock(closed)
    assert closed.is_open


def test_the_next_wrong_one_shows_the_wait_at_once(
    closed: MainWindow, app_services: AppServices, clock: SettableClock
) -> None:
    _guess(app_services, clock, 4)
    closed.start.go("start")
    settle(closed)
    unlock(closed, "en weer een verkeerde")
    assert _shown(closed, "unlock.wait")
    assert control(closed, "unlock.recover", QAbstractButton).isEnabled()


def test_strength_is_shown_while_typing_and_never_blocks(closed: MainWindow) -> None:
    press(closed, "unlock.join")
    settle(closed)
    field = control(closed, "join.passphrase", QLineEdit)
    assert not _shown(closed, "join.passphrase.strength")
    QTest.keyClicks(field, "welkomwelkom")
    wait_until(lambda: _shown(closed, "join.passphrase.strength"))
    weak = control(closed, "join.passphrase.strength", Meter)
    assert weak.level <= 0.5
    assert len(control(closed, "join.passphrase.strength.word", Text).plain()) > 20
    field.setText("een rare blauwe koffiekan danst")
    wait_until(lambda: control(closed, "join.passphrase.strength", Meter).level == 1)
    assert control(closed, "join.make", QAbstractButton).isEnabled()
    field.clear()
    wait_until(lambda: not _shown(closed, "join.passphrase.strength"))


def test_a_new_sheet_asks_for_the_passphrase_and_replaces_the_old_one(
    settings: MainWindow, app_services: AppServices, tmp_path: Path
) -> None:
    press(settings, "ways.recovery.make")
    settle(settings)
    assert control(settings, "ways.current", QLineEdit).property("refused") == "true"
    _confirm(settings)
    press(settings, "ways.recovery.make")
    settle(settings)
    shown = [text.plain() for text in control(settings, "words.list", QWidget).findChildren(Text)]
    words = [line.partition(". ")[2] for line in sorted(shown, key=lambda line: int(line.partition(".")[0]))]
    assert len(words) == 17
    sheet = tmp_path / "blad.pdf"
    settings.findChildren(NewRecoveryWords)[0].save(sheet)
    settle(settings)
    assert sheet.read_bytes()[:5] == b"%PDF-"
    assert sheet.stat().st_mode & 0o077 == 0
    press(settings, "ways.words.done")
    settle(settings)
    assert not _shown(settings, "words.list")
    settings.lock()
    settle(settings)
    press(settings, "unlock.recover")
    settle(settings)
    control(settings, "recover.words", QPlainTextEdit).setPlainText(" ".join(words))
    control(settings, "recover.passphrase", QLineEdit).setText(NEW)
    press(settings, "recover.open")
    settle(settings)
    assert settings.is_open
    assert app_services.accounts.accounts()[0].failed == 0


def test_ways_are_removed_one_by_one_but_the_last_own_one_stays(settings: MainWindow) -> None:
    _confirm(settings)
    press(settings, "ways.escrow.remove")
    settle(settings)
    assert not _shown(settings, "ways.escrow.remove")
    _confirm(settings)
    press(settings, "ways.recovery.remove")
    settle(settings)
    assert not _shown(settings, "ways.recovery.remove")
    assert not _shown(settings, "ways.passphrase.remove")
    _confirm(settings)
    press(settings, "ways.escrow.make")
    settle(settings)
    assert _shown(settings, "ways.escrow.remove")
    settings.lock()
    settle(settings)
    assert _shown(settings, "unlock.escrow")


def test_without_a_passphrase_the_words_on_paper_set_a_new_one(
    settings: MainWindow, app_services: AppServices, office: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> None:
    clock.moment += timedelta(minutes=1)
    words = make_vault(app_services, office, tmp_path, clock, "Bas")[1]
    settings.lock()
    settle(settings)
    control(settings, "unlock.person.0", QAbstractButton).click()
    unlock(settings)
    settings.navigate("settings")
    settle(settings)
    _confirm(settings)
    press(settings, "ways.passphrase.remove")
    settle(settings)
    labels = [text.plain() for text in settings.findChildren(Text)]
    assert labels.count("De woorden van uw herstelsleutel") == 2
    control(settings, "settings.current", QLineEdit).setText("drie verkeerde woorden")
    control(settings, "settings.new", QLineEdit).setText(NEW)
    press(settings, "settings.passphrase")
    settle(settings)
    assert control(settings, "settings.current", QLineEdit).property("refused") == "true"
    control(settings, "settings.current", QLineEdit).setText(" ".join(words))
    press(settings, "settings.passphrase")
    settle(settings)
    assert _shown(settings, "ways.passphrase.remove")
    settings.lock()
    settle(settings)
    unlock(settings, NEW)
    assert settings.services is not None
    assert settings.services.person == "Bas"


def test_the_organisation_helps_from_request_to_new_passphrase(
    closed: MainWindow,
    office: OrganisationRoot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    press(closed, "unlock.escrow")
    settle(closed)
    page = closed.start.currentWidget()
    assert isinstance(page, EscrowPage)
    request, answer, key = tmp_path / "hulpvraag", tmp_path / "antwoord", tmp_path / "azc.key"
    page.save_request(request)
    settle(closed)
    fingerprint = control(closed, "escrow.fingerprint", Text).plain()
    key.write_bytes(write_key_file(office, "a passphrase of the administrator", CHEAP))
    monkeypatch.setenv("OPMAAT_ADMINISTRATOR_PASSPHRASE", "a passphrase of the administrator")
    assert main(["escrow", "show", "--request", str(request)]) == 0
    assert fingerprint in capsys.readouterr().out
    command = ["escrow", "answer", "--key-file", str(key), "--request", str(request), "--out", str(answer)]
    assert main([*command, "--fingerprint", "0000 0000 0000 0000 0000 0000"]) == 1
    assert "escrow.fingerprint_differs" in capsys.readouterr().err
    assert not answer.exists()
    assert main([*command, "--fingerprint", fingerprint.lower()]) == 0
    told = dict(line.split(maxsplit=1) for line in capsys.readouterr().out.splitlines() if line)
    assert told["person"] == "Marieke"
    page.use_answer(answer)
    control(closed, "escrow.code", QLineEdit).setText("0000-0000-0000")
    control(closed, "escrow.passphrase", QLineEdit).setText(NEW)
    press(closed, "escrow.open")
    settle(closed)
    assert control(closed, "escrow.code", QLineEdit).property("refused") == "true"
    control(closed, "escrow.code", QLineEdit).setText(told["code"].lower())
    press(closed, "escrow.open")
    settle(closed)
    assert closed.is_open
    closed.lock()
    settle(closed)
    unlock(closed, NEW)
    assert closed.is_open


def test_an_answer_that_was_used_says_so(closed: MainWindow, app_services: AppServices, tmp_path: Path) -> None:
    broken = tmp_path / "geen-antwoord"
    broken.write_bytes(b"%PDF-1.7")
    press(closed, "unlock.escrow")
    settle(closed)
    press(closed, "escrow.open")
    assert control(closed, "escrow.code", QLineEdit).property("refused") == "true"
    page = closed.start.currentWidget()
    assert isinstance(page, EscrowPage)
    page.use_answer(broken)
    control(closed, "escrow.code", QLineEdit).setText("0000-0000-0000")
    control(closed, "escrow.passphrase", QLineEdit).setText(NEW)
    press(closed, "escrow.open")
    settle(closed)
    assert control(closed, "banner.text", Text).plain()
    assert app_services.accounts.accounts()[0].failed == 0


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_the_wait_is_whole_named_and_in_reach(
    closed: MainWindow, app_services: AppServices, clock: SettableClock, tag: str
) -> None:
    _guess(app_services, clock, 9)
    closed.set_language(tag)
    for size in (100, 150, 200):
        closed.set_size(size)
        closed.start.go("start")
        settle(closed)
        assert _shown(closed, "unlock.wait")
        assert faults(closed) == []


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_the_screens_are_whole_named_and_in_reach(closed: MainWindow, app_services: AppServices, tag: str) -> None:
    closed.set_language(tag)
    vault = app_services.accounts.accounts()[0].vault
    for size in (100, 150, 200):
        closed.set_size(size)
        closed.start.go(f"escrow:{vault}")
        settle(closed)
        assert faults(closed) == []
    closed.start.go("start")
    settle(closed)
    unlock(closed)
    _open_settings(closed)
    for size in (100, 150, 200):
        closed.set_size(size)
        settle(closed)
        assert faults(closed) == []


def _open_settings(window: MainWindow) -> None:
    window.navigate("settings")
    settle(window)
    control(window, "ways.current", QLineEdit).setText(PASSPHRASE)
    control(window, "settings.new", QLineEdit).setText("welkom2026")
    press(window, "ways.recovery.make")
    settle(window)
