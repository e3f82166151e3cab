from datetime import UTC, date, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.services.sync.clock_check import ClockDoubt, ClockWarning
from desktop.services.sync.sync_notices import Settled, SyncNotice
from desktop.services.sync.synchronise import SyncState
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.banner_list import BannerList
from desktop.ui.kit.typography.text import Text
from desktop.ui.settings.notices_card import NoticesCard
from desktop.ui.shell.shell import Shell
from desktop.ui.shell.top_bar import TopBar
from desktop.ui.window import MainWindow
from protocol.errors import EnvironmentProblem
from tests.ui.inspection import clipped, control, press, settle


def _shell(window: MainWindow) -> Shell:
    assert window.shell is not None
    return window.shell


def _open_somebody(window: MainWindow) -> Shell:
    services, shell = window.services, _shell(window)
    assert services is not None
    found: list[str] = []
    window.executor.submit(
        lambda: services.caseload.people().people[0].dossier, found.append, lambda error: found.append(error.code)
    )
    settle(window)
    from protocol.identifiers import DossierId

    window.navigate("interview", DossierId(found[0]))
    settle(window)
    return shell


def test_the_title_of_the_window_never_holds_a_name(practice: MainWindow) -> None:
    _open_somebody(practice)
    assert practice.windowTitle() == "Opmaat"


def test_the_bar_shows_where_one_is(practice: MainWindow) -> None:
    assert control(practice, "bar.people", QAbstractButton).isChecked()
    shell = _open_somebody(practice)
    assert control(practice, "bar.interview", QAbstractButton).isChecked()
    assert not practice.findChildren(QAbstractButton, "bar.people")[0].isVisible()
    press(practice, "bar.plan")
    settle(practice)
    assert shell.current == "plan"
    assert shell.dossier is not None


def test_the_keyboard_alone_goes_everywhere(practice: MainWindow) -> None:
    shell = _shell(practice)
    for key, page in ((Qt.Key.Key_4, "settings"), (Qt.Key.Key_2, "people"), (Qt.Key.Key_1, "today")):
        QTest.keyClick(practice, key, Qt.KeyboardModifier.ControlModifier)
        settle(practice)
        assert shell.current == page
    QTest.keyClick(practice, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    settle(practice)
    assert not practice.is_open


def test_an_error_stands_in_the_banner_until_the_next_page(practice: MainWindow) -> None:
    practice.report(EnvironmentProblem("files.disk_full"))
    banner = control(practice, "banner.text", Text)
    assert banner.plain()
    press(practice, "bar.settings")
    settle(practice)
    assert not banner.isVisible()


def test_the_status_line_says_what_waits_and_is_never_alarming(practice: MainWindow) -> None:
    shell = _shell(practice)
    shell.show_sync(SyncState(online=False, waiting=14))
    assert "14" in control(practice, "status.head", Text).plain()
    shell.show_sync(SyncState(online=True, waiting=0))
    assert "14" not in control(practice, "status.head", Text).plain()


def test_a_refused_device_is_told_once_and_an_absent_server_never(practice: MainWindow) -> None:
    shell = _shell(practice)
    shell.show_sync(SyncState(problem="sync.unreachable"))
    assert not any(each.isVisible() for each in practice.findChildren(Text, "banner.text"))
    shell.show_sync(SyncState(problem="sync.device_revoked"))
    banner = control(practice, "banner.text", Text)
    assert banner.plain()
    press(practice, "banner.close")
    shell.show_sync(SyncState(problem="sync.device_revoked"))
    assert not banner.isVisible()


def test_a_withdrawn_laptop_keeps_saying_so_and_says_it_again_when_asked(practice: MainWindow) -> None:
    shell = _shell(practice)
    state = SyncState(problem="sync.device_revoked", reached=datetime(2026, 11, 1, tzinfo=UTC))
    shell.show_sync(state)
    press(practice, "banner.close")
    assert control(practice, "status.head", Text).plain() == "Er wordt niets uitgewisseld"
    assert "mag geen dossiers meer uitwisselen" in control(practice, "status.detail", Text).plain()
    press(practice, "status.now")
    shell.show_sync(state)
    assert "mag geen dossiers meer uitwisselen" in control(practice, "banner.text", Text).plain()


def test_each_matter_has_its_own_line_and_is_put_away_alone(practice: MainWindow) -> None:
    shell, asked = _shell(practice), list[str]()
    practice.report(EnvironmentProblem("files.disk_full"))
    shell.suggest("Tijd voor een back-up.", "Naar de back-up", lambda: asked.append("backup"))
    practice.report(EnvironmentProblem("files.disk_full"))
    settle(practice)
    banners = [each for each in practice.findChildren(Banner, "banner") if each.isVisible()]
    assert [bool(each.message()) for each in banners] == [True, True]
    banners[1].link.click()
    banners[0].dismiss.click()
    assert asked == ["backup"]
    assert [each.isVisible() for each in banners] == [False, True]
    banners[1].dismiss.click()
    assert not any(each.isVisible() for each in practice.findChildren(BannerList))


def test_a_failure_is_told_with_its_facts(practice: MainWindow) -> None:
    _shell(practice).show_sync(SyncState(problem="ui.unexpected", details={"type": "ValueError"}))

    told = control(practice, "banner.text", Text).plain()
    assert "ValueError" in told
    assert "{" not in told


def test_an_old_directory_is_told_in_days(practice: MainWindow) -> None:
    shell = _shell(practice)
    shell.show_sync(SyncState(online=True, directory_days=200))
    assert "200" in control(practice, "status.detail", Text).plain()


def test_keys_that_are_being_renewed_are_counted_down_and_nothing_else_changes(practice: MainWindow) -> None:
    shell = _shell(practice)
    now = datetime(2026, 11, 1, tzinfo=UTC)
    shell.show_sync(SyncState(online=True, reached=now, keys_left=12))
    assert control(practice, "status.detail", Text).plain() == "Nog 12 sleutels van dossiers worden vernieuwd."
    shell.show_sync(SyncState(online=True, reached=now, keys_left=1))
    assert control(practice, "status.detail", Text).plain() == "Nog 1 sleutel van een dossier wordt vernieuwd."
    shell.show_sync(SyncState(online=True, reached=now, cases_left=340))
    assert control(practice, "status.detail", Text).plain() == "Nog 340 dossiers krijgen nieuwe sleutels."
    shell.show_sync(SyncState(online=False, reached=now, keys_left=1))
    assert "sleutel" not in control(practice, "status.detail", Text).plain()


@pytest.mark.parametrize("width", [1120, 1280, 1366])
def test_every_tab_of_a_dossier_fits_beside_the_others_also_without_the_network(
    practice: MainWindow, width: int
) -> None:
    shell = _open_somebody(practice)
    practice.resize(width, 720)
    for state in (SyncState(online=True), SyncState(online=False, waiting=1234)):
        shell.show_sync(state)
        settle(practice)
        for tab in ("interview", "review", "attachments", "plan", "handover"):
            assert control(practice, f"bar.{tab}", QAbstractButton).isVisible()
        assert clipped(practice) == []
    assert "1234" in practice.findChildren(Icon, "bar.sign")[0].toolTip()


def test_at_150_percent_the_tabs_and_the_worker_stay(practice: MainWindow) -> None:
    practice.set_size(150)
    settle(practice)
    assert control(practice, "bar.settings", QAbstractButton).isVisible()
    assert control(practice, "bar.who", Text).plain()
    _open_somebody(practice)
    assert control(practice, "bar.handover", QAbstractButton).isVisible()
    assert control(practice, "bar.screen", QAbstractButton).isVisible()
    assert clipped(practice) == []


def test_the_case_number_gives_way_before_the_tabs(practice: MainWindow) -> None:
    practice.set_size(150)
    shell = _open_somebody(practice)
    bar = shell.findChildren(TopBar)[0]
    bar.show_dossier("Filmon", "OP-WWWW-WWWW")
    assert control(practice, "bar.handover", QAbstractButton).isVisible()
    assert bar.row.sizeHint().width() <= bar.width()


def test_where_no_tabs_fit_they_become_one_menu(practice: MainWindow) -> None:
    _open_somebody(practice)
    practice.set_size(200)
    practice.resize(1024, 640)
    settle(practice)
    assert control(practice, "bar.menu", QAbstractButton).accessibleName() == "Gesprek"
    assert not practice.findChildren(QAbstractButton, "bar.plan")[0].isVisible()
    assert control(practice, "bar.close", QAbstractButton).accessibleName()
    assert control(practice, "bar.screen", QAbstractButton).isVisible()


def test_the_second_screen_opens_from_the_bar(practice: MainWindow) -> None:
    _open_somebody(practice)
    before = {widget for widget in practice.findChildren(QWidget) if widget.isWindow() and widget.isVisible()}
    press(practice, "bar.screen")
    settle(practice)
    shell = _shell(practice)
    page = shell.page("interview")
    newcomer = getattr(page, "newcomer", None)
    assert newcomer is not None
    assert newcomer.isVisible()
    assert newcomer not in before
    press(practice, "bar.screen")
    settle(practice)
    assert not newcomer.isVisible()


def test_closing_the_vault_leaves_nothing_of_it_on_screen(practice: MainWindow) -> None:
    shell = _open_somebody(practice)
    name = shell.findChildren(Text)
    assert name
    press(practice, "bar.close")
    settle(practice)
    assert not practice.is_open
    assert practice.services is None
    assert practice.findChildren(Shell) == []


@pytest.mark.parametrize("doubt", ClockDoubt)
def test_a_wrong_clock_is_told_once_with_the_year_and_stays_in_the_status_line(
    practice: MainWindow, doubt: ClockDoubt
) -> None:
    shell = _shell(practice)
    own, known = datetime(2099, 11, 28, 9, tzinfo=UTC), datetime(2026, 11, 28, 9, tzinfo=UTC)
    state = SyncState(online=False, reached=known, directory_days=26_000, clock=ClockWarning(doubt, own, known))
    shell.show_sync(state)
    for name in ("banner.text", "status.detail"):
        words = control(practice, name, Text).plain()
        assert "28-11-2099" in words
        assert "28-11-2026" in words
    press(practice, "banner.close")
    shell.show_sync(state)
    assert not practice.findChildren(Text, "banner.text")[-1].isVisible()
    shell.show_sync(SyncState(online=True))
    assert "2099" not in control(practice, "status.detail", Text).plain()


def test_a_week_of_silence_is_told_in_days(practice: MainWindow) -> None:
    _shell(practice).show_sync(SyncState(online=False, reached=datetime(2026, 11, 1, tzinfo=UTC), silent_days=9))
    assert "9" in control(practice, "status.detail", Text).plain()


def test_what_was_refused_is_a_link_to_its_words_until_it_is_settled(practice: MainWindow) -> None:
    notices = (
        SyncNotice("trust.organisation_unknown", date(2026, 11, 28), Settled.BY_READING),
        SyncNotice("sync.device_revoked", date(2026, 11, 29), Settled.BY_A_PERSON),
    )
    shell = _shell(practice)
    shell.show_sync(SyncState(online=True, notices=notices))
    press(practice, "status.notices")
    settle(practice)
    assert shell.current == "settings"
    card = practice.findChildren(NoticesCard)[0]
    assert not card.isVisible()
    card.show_state(SyncState(online=True, notices=notices))
    settle(practice)
    said = [control(practice, f"notices.line.{number}", Text).plain() for number in range(2)]
    assert all(len(each) > 40 for each in said)
    assert said[0] != said[1]
    assert control(practice, "notices.fetch", QAbstractButton).isVisible()
    press(practice, "notices.seen")
    settle(practice)
    assert not card.isVisible()
    shell.show_sync(SyncState(online=True))
    assert not practice.findChildren(QAbstractButton, "status.notices")[0].isVisible()
