from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from desktop.services.accounts.accounts import NewColleague
from desktop.services.suite import AppServices
from desktop.ui.kit.typography.text import Text
from desktop.ui.start.join_page import JoinPage
from desktop.ui.window import MainWindow
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from protocol.certificates import RECEPTION
from protocol.times import SettableClock
from tests.ui.conftest import CHEAP
from tests.ui.inspection import control, faults, press, settle

PASSPHRASE = "vier woorden zijn genoeg"


@pytest.fixture
def organisation() -> OrganisationRoot:
    return create_organisation("AZC Harderwijk", RECEPTION)


def _invite(organisation: OrganisationRoot, folder: Path, clock: SettableClock, days: int = 3) -> tuple[Path, str]:
    expires = clock.now() + timedelta(days=days)
    data, code = make_invitation(organisation, server="", expires=expires, cost=CHEAP)
    path = folder / f"{len(list(folder.iterdir()))}.opmaat-invitation"
    path.write_bytes(data)
    return path, code


def test_who_is_invited_by_name_is_not_asked_for_it(
    window: MainWindow, organisation: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> None:
    expires = clock.now() + timedelta(days=3)
    data, code = make_invitation(organisation, server="", expires=expires, person="Anna de Boer", cost=CHEAP)
    (tmp_path / "anna.opmaat").write_bytes(data)
    press(window, "first.join")
    page = window.start.currentWidget()
    assert isinstance(page, JoinPage)
    page.use_invitation(_invite(organisation, tmp_path, clock)[0])
    settle(window)
    assert (_shows(page, "join.name"), _shows(page, "join.person")) == (True, False)
    page.use_invitation(tmp_path / "anna.opmaat")
    settle(window)
    assert (_shows(page, "join.name"), _shows(page, "join.person")) == (False, True)
    assert "Anna de Boer" in control(window, "join.person", Text).plain()
    _type(window, "join.code", code)
    _type(window, "join.passphrase", PASSPHRASE)
    press(window, "join.make")
    settle(window)
    press(window, "words.kept")
    press(window, "words.done")
    settle(window)
    assert window.shell is not None
    window.close_vault()
    settle(window)
    assert "Anna de Boer" in control(window, "unlock.person.0", QRadioButton).text()


def _shows(page: QWidget, name: str) -> bool:
    return any(each.isVisible() for each in page.findChildren(QWidget, name))


def _banner(window: MainWindow) -> str:
    return control(window, "banner.text", Text).plain()


def _is_open(window: MainWindow) -> bool:
    return window.shell is not None


def _type(window: MainWindow, name: str, text: str) -> None:
    control(window, name, QLineEdit).setText(text)


@pytest.fixture
def joined(
    app_services: AppServices, organisation: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> tuple[str, ...]:
    """Marieke has a vault; her recovery words."""
    path, code = _invite(organisation, tmp_path, clock)
    done = app_services.accounts.join(path, code, NewColleague("Marieke", PASSPHRASE))
    done.vault.lock()
    return done.words


@pytest.fixture
def unlock(joined: tuple[str, ...], window: MainWindow) -> MainWindow:
    """The window on the unlock page."""
    assert joined
    return window


def test_the_first_start_offers_an_invitation_and_practice(window: MainWindow) -> None:
    assert control(window, "first.join", QAbstractButton).hasFocus()
    press(window, "first.practise")
    settle(window)
    assert _is_open(window)
    window.close_vault()
    settle(window)
    assert not _is_open(window)
    assert control(window, "first.join", QAbstractButton).isEnabled()


def test_joining_makes_a_vault_shows_the_words_once_and_opens_it(
    window: MainWindow, organisation: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> None:
    path, code = _invite(organisation, tmp_path, clock)
    press(window, "first.join")
    page = window.start.currentWidget()
    assert isinstance(page, JoinPage)
    page.use_invitation(path)
    settle(window)
    assert control(window, "join.organisation", Text).plain() == "AZC Harderwijk"
    _type(window, "join.code", code.lower())
    _type(window, "join.name", "Marieke")
    _type(window, "join.passphrase", PASSPHRASE)
    press(window, "join.make")
    settle(window)
    assert len([text for text in window.findChildren(Text) if text.plain()[:1].isdigit()]) == 17
    assert not control(window, "words.done", QAbstractButton).isEnabled()
    press(window, "words.kept")
    press(window, "words.done")
    settle(window)
    assert window.shell is not None
    window.close_vault()
    settle(window)
    assert control(window, "unlock.person.0", QRadioButton).isChecked()


def test_a_wrong_code_a_short_passphrase_and_no_name_mark_their_field(
    window: MainWindow, organisation: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> None:
    path, code = _invite(organisation, tmp_path, clock)
    press(window, "first.join")
    press(window, "join.make")
    assert control(window, "join.code", QLineEdit).property("refused") == "true"
    page = window.start.currentWidget()
    assert isinstance(page, JoinPage)
    page.use_invitation(path)
    settle(window)
    for name, code_typed, passphrase, field in (
        ("", code, PASSPHRASE, "join.name"),
        ("Marieke", "0000-0000-0000", PASSPHRASE, "join.code"),
        ("Marieke", code, "kort", "join.passphrase"),
    ):
        _type(window, "join.name", name)
        _type(window, "join.code", code_typed)
        _type(window, "join.passphrase", passphrase)
        press(window, "join.make")
        settle(window)
        refused = control(window, field, QLineEdit)
        assert refused.property("refused") == "true"
        assert refused.accessibleDescription()


def test_an_expired_and_a_damaged_invitation_say_so(
    window: MainWindow, organisation: OrganisationRoot, tmp_path: Path, clock: SettableClock
) -> None:
    path, code = _invite(organisation, tmp_path, clock)
    press(window, "first.join")
    page = window.start.currentWidget()
    assert isinstance(page, JoinPage)
    broken = tmp_path / "broken"
    broken.write_bytes(b"not an invitation")
    page.use_invitation(broken)
    settle(window)
    assert _banner(window)
    page.use_invitation(path)
    settle(window)
    clock.moment += timedelta(days=9)
    _type(window, "join.code", code)
    _type(window, "join.name", "Marieke")
    _type(window, "join.passphrase", PASSPHRASE)
    press(window, "join.make")
    settle(window)
    assert _banner(window)
    assert control(window, "join.make", QAbstractButton).isEnabled()


def test_a_wrong_passphrase_says_so_and_keeps_the_focus(unlock: MainWindow) -> None:
    assert control(unlock, "unlock.passphrase", QLineEdit).hasFocus()
    _type(unlock, "unlock.passphrase", "een andere zin dan die")
    press(unlock, "unlock.open")
    settle(unlock)
    assert _banner(unlock)
    assert control(unlock, "unlock.passphrase", QLineEdit).hasFocus()
    _type(unlock, "unlock.passphrase", PASSPHRASE)
    press(unlock, "unlock.open")
    settle(unlock)
    assert unlock.shell is not None
    assert unlock.windowTitle() == "Opmaat"


def test_while_the_next_passphrase_waits_only_the_bar_says_so(unlock: MainWindow) -> None:
    for _attempt in range(8):
        _type(unlock, "unlock.passphrase", "een andere zin dan die")
        press(unlock, "unlock.open")
        settle(unlock)
        if not control(unlock, "unlock.open", QAbstractButton).isEnabled():
            break
    assert "Probeer het over" in control(unlock, "unlock.attempts", Text).plain()
    assert [each.isVisible() for each in unlock.findChildren(Text, "banner.text")] == [False]


def test_the_recovery_key_opens_the_vault_with_a_new_passphrase(joined: tuple[str, ...], window: MainWindow) -> None:
    press(window, "unlock.recover")
    settle(window)
    words = control(window, "recover.words", QPlainTextEdit)
    words.setPlainText("een twee drie")
    _type(window, "recover.passphrase", "nu een heel andere zin")
    press(window, "recover.open")
    settle(window)
    assert words.property("refused") == "true"
    words.setPlainText(" ".join(joined))
    press(window, "recover.open")
    settle(window)
    assert window.shell is not None
    window.close_vault()
    settle(window)
    _type(window, "unlock.passphrase", "nu een heel andere zin")
    press(window, "unlock.open")
    settle(window)
    assert window.shell is not None


@pytest.mark.parametrize("tag", ["nl", "en", "ar", "ti"])
def test_every_start_page_is_whole_named_and_in_reach(unlock: MainWindow, app_services: AppServices, tag: str) -> None:
    unlock.set_language(tag)
    vault = app_services.accounts.accounts()[0].vault
    for size in (100, 150, 200):
        unlock.set_size(size)
        for where in ("start", "join", f"recover:{vault}"):
            unlock.start.go(where)
            settle(unlock)
            assert faults(unlock) == []


def test_the_language_of_the_screen_changes_at_once_and_is_kept(unlock: MainWindow, app_services: AppServices) -> None:
    press(unlock, "start.language.ar")
    settle(unlock)
    assert unlock.theme.language.tag == "ar"
    assert unlock.isRightToLeft()
    assert app_services.preferences.look.language == "ar"
