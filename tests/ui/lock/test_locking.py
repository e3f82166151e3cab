"""Locking with the real window: the screens forget, the keys go, nothing typed is lost, work goes on where it was."""

import gc
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QLineEdit, QPlainTextEdit, QTextEdit, QWidget

from desktop.records import AnswerGiven
from desktop.records.dossiers.dossier_cache import OpenDossier
from desktop.records.dossiers.keyring import DossierKey
from desktop.records.events.view import DossierView
from desktop.services.accounts.own_vault import Draft
from desktop.services.accounts.preferences import DisplaySettings
from desktop.services.suite import AppServices, Services
from desktop.ui.app import build_window
from desktop.ui.context import UiContext
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.kit.typography.text import Text
from desktop.ui.lock.clipboard import ClipboardGuard, is_in_front
from desktop.ui.lock.resume import go_on
from desktop.ui.preview.preview_page import preview_part
from desktop.ui.settings.settings_page import AppearanceActions
from desktop.ui.shell.page_table import page_table
from desktop.ui.shell.shell import Shell
from desktop.ui.start.join_page import JoinPage
from desktop.ui.window import MainWindow
from desktop.vault.crypto.identity import DeviceIdentity
from desktop.vault.file.contents import Contents, Membership
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import create_organisation
from desktop.vault.vault import _Open
from protocol.certificates import RECEPTION
from protocol.errors import UserError
from protocol.times import SettableClock
from tests.ui.conftest import CHEAP
from tests.ui.inspection import control, press, settle, wait_until
from tests.ui.own_vault import PASSPHRASE, begin_dossier, is_open, make_vault, unlock
from tests.unit.services.interview_fixture import ref

CANARY = "Zebediah Kwamena"


def _no_look() -> AppearanceActions:
    """Return actions for reading the fixture of pages; none is called."""

    def nothing(_value: object) -> None:
        return

    return AppearanceActions(DisplaySettings, nothing, nothing, nothing, nothing, nothing)


PAGES = [entry.key for entry in page_table(_no_look())]


@pytest.fixture
def own(window: MainWindow, app_services: AppServices, tmp_path: Path, clock: SettableClock) -> Iterator[MainWindow]:
    """The window with Marieke's vault open."""
    make_vault(app_services, create_organisation("AZC Harderwijk", RECEPTION), tmp_path, clock)
    window.start.go("start")
    settle(window)
    unlock(window)
    assert is_open(window)
    yield window
    QApplication.clipboard().clear()


def _press_lock(window: MainWindow) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    gc.collect()
    settle(window)


def _everything_shown_or_kept() -> str:
    """Return all text in all widgets of the process, shown or not."""
    found = []
    for widget in QApplication.allWidgets():
        if isinstance(widget, QLabel | QLineEdit):
            found.append(widget.text())
        elif isinstance(widget, QPlainTextEdit | QTextEdit):
            found.append(widget.toPlainText())
        found += [widget.accessibleName(), widget.accessibleDescription(), widget.windowTitle(), widget.toolTip()]
    return "\n".join(found)


def _objects_with_keys() -> list[str]:
    """Return the kinds of all objects of the process that hold keys or what they opened."""
    kinds = {Contents, DeviceIdentity, Membership, _Open, DossierKey, OpenDossier, DossierView}
    return sorted(type(each).__name__ for each in gc.get_objects() if type(each) in kinds)


def _services(window: MainWindow) -> Services:
    assert window.services is not None
    return window.services


def _at(window: MainWindow, question: str) -> InterviewPage:
    shell = window.shell
    assert shell is not None
    shell.navigate("interview", shell.dossier, part=ref(question))
    settle(window)
    page = shell.page("interview")
    assert isinstance(page, InterviewPage)
    assert page.view is not None
    assert page.view.ref == ref(question)
    return page


def test_after_the_key_no_widget_holds_a_word_of_it_and_the_keys_are_gone(own: MainWindow) -> None:
    begin_dossier(own, CANARY)
    _at(own, "roepnaam").toggle_second_screen()
    settle(own)
    assert CANARY in _everything_shown_or_kept()
    assert {each.windowTitle() for each in QApplication.topLevelWidgets() if each.isVisible()} == {"Opmaat"}
    assert len(_objects_with_keys()) > 3
    services = _services(own)
    _press_lock(own)
    assert not is_open(own)
    assert CANARY not in _everything_shown_or_kept()
    assert [each.objectName() for each in QApplication.topLevelWidgets() if each.isVisible() and each is not own] == []
    with pytest.raises(UserError, match=r"vault\.locked"):
        services.own_vault.unlock_methods()
    del services
    gc.collect()
    assert _objects_with_keys() == []
    assert PASSPHRASE not in _everything_shown_or_kept()


def test_after_unlocking_it_goes_on_at_the_same_question(own: MainWindow) -> None:
    dossier = begin_dossier(own, "Selam")
    _at(own, "v_nummer")
    _press_lock(own)
    unlock(own)
    shell = own.shell
    assert shell is not None
    assert (shell.current, shell.dossier, shell.part) == ("interview", dossier, ref("v_nummer"))


def test_every_page_can_be_locked_and_gone_on_with(own: MainWindow) -> None:
    dossier = begin_dossier(own, "Selam")
    places = {entry.key: entry.place for entry in page_table(_no_look())}
    for key in PAGES:
        about = None if places[key] in {"home", "aside"} else dossier
        own.navigate(key, about)
        settle(own)
        shown = _banners(own)
        _press_lock(own)
        unlock(own)
        shell = _shell(own)
        assert (shell.current, shell.dossier) == (key, about)
        assert _banners(own) == shown, key


def _banners(window: MainWindow) -> list[str]:
    return [text.plain() for text in window.findChildren(Text, "banner.text") if text.isVisible()]


@pytest.mark.parametrize(
    ("key", "part"),
    [("plan", "goals"), ("plan", "sign"), ("preview", preview_part("intake_report", "ti", "plan"))],
)
def test_it_goes_on_at_the_same_part_of_a_page(own: MainWindow, key: str, part: str) -> None:
    dossier = begin_dossier(own, "Selam")
    own.navigate(key, dossier, part=part)
    settle(own)
    _press_lock(own)
    unlock(own)
    assert (_shell(own).current, _shell(own).part) == (key, part)


def test_what_was_half_typed_and_fits_is_an_answer_when_it_locks(own: MainWindow) -> None:
    dossier = begin_dossier(own, "Selam")
    _at(own, "roepnaam")
    QTest.keyClicks(control(own, "interview.answer", QLineEdit), "Sela")
    _press_lock(own)
    unlock(own)
    assert control(own, "interview.answer", QLineEdit).text() == "Sela"
    seen: list[tuple[object, ...]] = []
    services = _services(own)
    own.executor.submit(lambda: services.journal.events(dossier), seen.append, own.report)
    settle(own)
    assert [event.body.value for event in seen[0] if isinstance(event.body, AnswerGiven)] == ["Sela"]  # type: ignore[attr-defined]  # events


def test_what_was_half_typed_and_does_not_fit_is_back_and_is_said(own: MainWindow) -> None:
    begin_dossier(own, "Selam")
    _at(own, "v_nummer")
    QTest.keyClicks(control(own, "interview.answer", QLineEdit), "123")
    _press_lock(own)
    assert "123" not in _everything_shown_or_kept()
    unlock(own)
    assert control(own, "interview.answer", QLineEdit).text() == "123"
    assert control(own, "banner.text", Text).plain()
    _press_lock(own)
    unlock(own)
    assert control(own, "interview.answer", QLineEdit).text() == "123"


def test_wrong_attempts_and_what_is_back_are_both_said(own: MainWindow) -> None:
    begin_dossier(own, "Selam")
    _at(own, "v_nummer")
    QTest.keyClicks(control(own, "interview.answer", QLineEdit), "123")
    _press_lock(own)
    unlock(own, "een verkeerde wachtzin")
    unlock(own)
    said = control(own, "banner.text", Text).plain()
    assert "1 keer" in said
    assert "Wat u aan het typen was" in said


def test_text_on_any_page_comes_back(own: MainWindow) -> None:
    own.navigate("new_person")
    settle(own)
    QTest.keyClicks(control(own, "new.name", QLineEdit), CANARY)
    _press_lock(own)
    assert CANARY not in _everything_shown_or_kept()
    unlock(own)
    assert control(own, "new.name", QLineEdit).text() == CANARY


def test_half_typed_text_also_survives_closing_the_program(
    own: MainWindow, app_services: AppServices, clock: SettableClock
) -> None:
    own.navigate("new_person")
    settle(own)
    QTest.keyClicks(control(own, "new.name", QLineEdit), CANARY)
    own.shut_down()
    second = build_window(app_services, clock)
    second.show()
    settle(second)
    unlock(second)
    assert control(second, "new.name", QLineEdit).text() == CANARY
    second.shut_down()
    second.close()
    second.deleteLater()


def test_a_passphrase_being_typed_is_never_kept(own: MainWindow) -> None:
    own.navigate("settings")
    settle(own)
    secret = "een wachtzin die niemand mag bewaren"
    field = control(own, "settings.new", QLineEdit)
    QTest.keyClicks(field, secret)
    press(own, "settings.new.show")
    _press_lock(own)
    assert secret not in _everything_shown_or_kept()
    unlock(own)
    assert secret not in _everything_shown_or_kept()


def test_somebody_else_does_not_go_on_in_ones_place(
    own: MainWindow, app_services: AppServices, tmp_path: Path, clock: SettableClock
) -> None:
    begin_dossier(own, CANARY)
    _press_lock(own)
    clock.moment += timedelta(minutes=1)
    make_vault(app_services, create_organisation("Elders", RECEPTION), tmp_path, clock, "Bas")
    own.start.go("start")
    settle(own)
    unlock(own)
    assert own.shell is not None
    assert _services(own).person == "Bas"
    assert (own.shell.current, own.shell.dossier) == ("people", None)
    assert CANARY not in _everything_shown_or_kept()


def test_the_clipboard_is_cleared_when_the_vault_locks(own: MainWindow) -> None:
    clipboard = QApplication.clipboard()
    own.activateWindow()
    wait_until(is_in_front)
    clipboard.setText(CANARY)
    _press_lock(own)
    assert clipboard.text() == ""


def test_what_was_copied_goes_by_itself_and_what_came_from_elsewhere_stays(qapp: QApplication) -> None:
    assert qapp is not None
    clipboard = QApplication.clipboard()
    guard = ClipboardGuard(kept=1, ours=lambda: clipboard.text() == CANARY)
    guard.start()
    clipboard.setText(CANARY)
    wait_until(lambda: clipboard.text() == "")
    clipboard.setText(CANARY)
    clipboard.setText("uit een ander programma")
    guard.stop()
    assert clipboard.text() == "uit een ander programma"


def test_it_locks_when_nobody_is_there(own: MainWindow, clock: SettableClock) -> None:
    clock.moment += timedelta(seconds=50)
    _beat(own)
    assert is_open(own)
    _go_by(own, clock, minutes=9)
    assert is_open(own)
    QTest.mouseMove(own)
    _use(own)
    _go_by(own, clock, minutes=9)
    assert is_open(own)
    _go_by(own, clock, minutes=1)
    settle(own)
    assert not is_open(own)
    assert control(own, "unlock.passphrase", QLineEdit).isVisible()
    assert control(own, "banner.text", Text).plain()


def test_it_locks_by_its_own_beat(own: MainWindow, clock: SettableClock) -> None:
    _lock_controller_of(own).idle.set_minutes(0)
    assert clock.now()
    wait_until(lambda: not is_open(own))
    settle(own)


def test_it_locks_when_the_machine_slept(own: MainWindow, clock: SettableClock) -> None:
    clock.moment += timedelta(seconds=90)
    _use(own)
    _beat(own)
    settle(own)
    assert not is_open(own)


def test_a_clock_set_back_does_not_keep_it_open_for_ever(own: MainWindow, clock: SettableClock) -> None:
    clock.moment -= timedelta(days=300)
    _beat(own)
    assert is_open(own)
    _go_by(own, clock, minutes=10)
    settle(own)
    assert not is_open(own)


def test_the_minutes_are_kept_in_the_own_vault_and_work_at_once(own: MainWindow, clock: SettableClock) -> None:
    own.navigate("settings")
    settle(own)
    press(own, "lock.minutes.5")
    settle(own)
    _go_by(own, clock, minutes=5)
    settle(own)
    assert not is_open(own)
    unlock(own)
    _go_by(own, clock, minutes=4)
    assert is_open(own)
    _go_by(own, clock, minutes=1)
    settle(own)
    assert not is_open(own)


def test_a_dialog_left_open_is_closed_with_everything_else(own: MainWindow) -> None:
    dialog = QDialog(own)
    dialog.open()
    own.lock()
    settle(own)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not own] == []


def test_it_locks_while_a_file_is_being_chosen(own: MainWindow, tmp_path: Path) -> None:
    own.navigate("settings")
    settle(own)
    QTimer.singleShot(0, own.lock)
    press(own, "report.save")
    settle(own)
    assert not is_open(own)
    assert [each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not own] == []
    assert list(tmp_path.glob("*.txt")) == []
    unlock(own)
    assert is_open(own)


def test_the_words_of_a_new_vault_are_nowhere_once_it_is_open(
    window: MainWindow, tmp_path: Path, clock: SettableClock
) -> None:
    office = create_organisation("AZC Harderwijk", RECEPTION)
    data, code = make_invitation(office, server="", expires=clock.now() + timedelta(days=1), cost=CHEAP)
    (tmp_path / "uitnodiging").write_bytes(data)
    press(window, "first.join")
    page = window.start.currentWidget()
    assert isinstance(page, JoinPage)
    page.use_invitation(tmp_path / "uitnodiging")
    settle(window)
    for name, text in (("join.code", code), ("join.name", "Marieke"), ("join.passphrase", PASSPHRASE)):
        control(window, name, QLineEdit).setText(text)
    press(window, "join.make")
    settle(window)
    shown = [text.plain() for text in control(window, "words.list", QWidget).findChildren(Text)]
    assert len(shown) == 17
    press(window, "words.kept")
    press(window, "words.done")
    settle(window)
    assert is_open(window)
    everything = _everything_shown_or_kept()
    assert [line for line in shown if line in everything] == []
    assert PASSPHRASE not in everything


def test_practice_is_not_locked_but_closed(practice: MainWindow) -> None:
    QTest.keyClick(practice, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(practice)
    assert not is_open(practice)


def _lock_controller_of(window: MainWindow):  # type: ignore[no-untyped-def]  # noqa: ANN202  # private, for looking in
    assert window._lock_controller is not None
    return window._lock_controller


def _beat(window: MainWindow) -> None:
    controller = window._lock_controller
    if controller is not None:
        controller.idle.look()


def _go_by(window: MainWindow, clock: SettableClock, minutes: int) -> None:
    for _ in range(minutes * 2):
        clock.moment += timedelta(seconds=30)
        _beat(window)


def _use(window: MainWindow) -> None:
    """Move the mouse over the window, as the platform reports it."""
    where = QPointF(5, 5)
    event = QMouseEvent(
        QEvent.Type.MouseMove,
        where,
        where,
        Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)


def test_text_whose_field_is_gone_is_shown_and_not_lost(own: MainWindow) -> None:
    dossier = begin_dossier(own, "Selam")
    services = _services(own)
    lost = Draft("interview", dossier, ref("roepnaam"), {"interview.row.gone": "half verteld"})
    own.executor.submit(lambda: services.own_vault.keep_draft(lost), lambda _none: None, own.report)
    settle(own)
    go_on(_context(own), _shell(own), None)
    settle(own)
    assert "half verteld" in control(own, "banner.text", Text).plain()


def test_a_vault_open_in_another_window_is_refused_with_words(
    own: MainWindow, app_services: AppServices, clock: SettableClock
) -> None:
    second = build_window(app_services, clock)
    second.show()
    settle(second)
    unlock(second)
    assert not is_open(second)
    assert "Opmaat" in control(second, "banner.text", Text).plain()
    assert is_open(own)
    second.shut_down()
    second.close()
    second.deleteLater()


def _shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def _context(window: MainWindow) -> UiContext:
    return _shell(window)._context
