"""Backup, restore, what must be erased, and the person's own copy: through the real screens."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop.services.accounts.accounts import NewColleague
from desktop.services.backups.backup_file import Cancelled
from desktop.services.caseload.caseload_rows import PersonRow
from desktop.services.interview.attachments import take_in
from desktop.services.suite import AppServices, Services
from desktop.ui.handover.copy_card import CopyCard
from desktop.ui.kit.controls.segmented import Segmented
from desktop.ui.kit.surfaces.banner import Banner
from desktop.ui.kit.surfaces.saved import SavedLine
from desktop.ui.kit.typography.text import Text
from desktop.ui.retention.retention_page import RetentionPage
from desktop.ui.settings.backup_card import BackupSettingsCard
from desktop.ui.settings.rejoin_card import RejoinCard
from desktop.ui.settings.report_card import ReportCard
from desktop.ui.start.restore_page import RestorePage
from desktop.ui.window import MainWindow
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import OrganisationRoot, create_organisation
from protocol.identifiers import DossierId, OrganisationId, new_id
from protocol.times import SettableClock
from tests.membership_logs import handed_over
from tests.ui.inspection import control, faults, press, rest, settle, wait_until
from tests.unit.media.samples import jpeg

T = TypeVar("T")
PASSPHRASE = "vier woorden zijn genoeg"


def _page(window: MainWindow, key: str) -> QWidget:
    assert window.shell is not None
    return window.shell.page(key)


def _type(window: MainWindow, name: str, text: str) -> None:
    control(window, name, QLineEdit).setText(text)


def _asked(window: MainWindow, question: Callable[[Services], T]) -> T:
    """Ask the open vault something on the thread that owns it."""
    services, found = window.services, list[T]()
    assert services is not None
    window.executor.submit(lambda: question(services), found.append, window.report)
    settle(window)
    return found[0]


def _people(window: MainWindow) -> tuple[PersonRow, ...]:
    return _asked(window, lambda services: services.caseload.people().people)


def _said(window: MainWindow, name: str) -> str:
    return control(window, name, QWidget).accessibleName()


@pytest.fixture
def settings(practice: MainWindow) -> MainWindow:
    press(practice, "bar.settings")
    settle(practice)
    return practice


def _card_of(window: MainWindow) -> BackupSettingsCard:
    card = _page(window, "settings").findChild(BackupSettingsCard)
    assert card is not None
    return card


def _backup(window: MainWindow, path: Path) -> None:
    _card_of(window).make(path)
    settle(window)
    wait_until(path.is_file)
    settle(window)


def test_a_backup_is_made_from_settings_and_said_to_be_proven(settings: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "stick.opmaatbackup"
    _backup(settings, path)
    assert str(len(_people(settings))) in _said(settings, "backup.saved")
    assert "24" in control(settings, "backup.last", Text).plain()
    assert control(settings, "backup.make", QWidget).isVisible()
    assert not _card_of(settings).stop_button.isVisible()


def test_stopping_says_that_all_is_safe(settings: MainWindow, tmp_path: Path) -> None:
    _card_of(settings).make(tmp_path / "stick")
    press(settings, "backup.stop")
    settle(settings)
    assert "gestopt" in _said(settings, "banner")
    assert not (tmp_path / "stick").exists()


@pytest.mark.parametrize("tag", ["nl", "ar", "ti", "en"])
def test_no_screen_of_these_has_a_fault(settings: MainWindow, tmp_path: Path, tag: str) -> None:
    settings.set_language(tag)
    settle(settings)
    _backup(settings, tmp_path / "stick")
    _assert_faultless(settings, "settings", 100, 150)
    _end_duty(settings)
    settings.navigate("retention")
    settle(settings)
    press(settings, "retention.due.0.open")
    _assert_faultless(settings, "retention", 150, 100)


def _assert_faultless(window: MainWindow, page: str, *sizes: int) -> None:
    for size in sizes:
        window.set_size(size)
        settle(window)
        assert faults(_page(window, page)) == [], size


def _end_duty(window: MainWindow) -> str:
    """Note through the screen that somebody's duty ended long ago, and return the case number."""
    window.navigate("retention")
    settle(window)
    row = _people(window)[0]
    _type(window, "duty.number", row.number.lower())
    _type(window, "duty.day", "01-03-2020")
    press(window, "duty.note")
    settle(window)
    return row.number


def test_a_case_is_erased_by_its_number_and_leaves_the_people(settings: MainWindow) -> None:
    before = len(_people(settings))
    press(settings, "backup.retention")
    settle(settings)
    number = _end_duty(settings)
    press(settings, "retention.due.0.open")
    _type(settings, "retention.due.0.typed", "OP-0000-0000")
    press(settings, "retention.due.0.erase")
    settle(settings)
    assert control(settings, "retention.due.0.typed", QLineEdit).property("refused") == "true"
    assert len(_people(settings)) == before
    _type(settings, "retention.due.0.typed", number)
    press(settings, "retention.due.0.erase")
    settle(settings)
    assert "Gewist" in _said(settings, "retention.banner")
    assert len(_people(settings)) == before - 1
    page = _page(settings, "retention")
    assert isinstance(page, RetentionPage)
    assert faults(page) == []


def test_a_case_made_by_mistake_goes_after_a_second_question_with_one_message(settings: MainWindow) -> None:
    dossier = _asked(settings, lambda services: services.caseload.begin("Vergissing", ("ar",))[0])
    before = len(_people(settings))
    settings.navigate("review", dossier)
    settle(settings)
    press(settings, "review.mistake")
    settle(settings)
    assert settings.shell is not None
    assert (settings.shell.current, settings.shell.dossier) == ("retention", None)
    assert "Vergissing" in control(settings, "mistake.who", Text).plain()
    assert "0 antwoorden" in control(settings, "mistake.goes", Text).plain()
    assert faults(_page(settings, "retention")) == []
    press(settings, "mistake.keep")
    assert len(_people(settings)) == before
    press(settings, "mistake.ask")
    settle(settings)
    press(settings, "mistake.erase")
    settle(settings)
    assert len(_people(settings)) == before - 1
    said = [each.message() for each in settings.findChildren(Banner) if each.isVisible()]
    assert len(said) == 1
    assert said[0].startswith("Gewist")
    _type(settings, "mistake.number", "OP-0000-0000")
    press(settings, "mistake.ask")
    settle(settings)
    assert control(settings, "mistake.number", QLineEdit).property("refused") == "true"


def test_a_backup_out_of_reach_is_named_until_it_is_back(settings: MainWindow, tmp_path: Path) -> None:
    path, away = tmp_path / "stick", tmp_path / "away"
    _backup(settings, path)
    number = _end_duty(settings)
    path.rename(away)
    press(settings, "retention.due.0.open")
    _type(settings, "retention.due.0.typed", number)
    press(settings, "retention.due.0.erase")
    settle(settings)
    assert "back-up" in _said(settings, "retention.banner")
    (backup,) = _asked(settings, lambda services: services.retention.view().waiting)
    press(settings, f"retention.erase_backup.{backup.id}")
    settle(settings)
    assert "niet gevonden" in _said(settings, "retention.banner")
    away.rename(path)
    press(settings, f"retention.erase_backup.{backup.id}")
    settle(settings)
    assert _asked(settings, lambda services: services.retention.view().waiting) == ()


def test_a_wrong_day_is_refused_in_its_field(settings: MainWindow) -> None:
    settings.navigate("retention")
    settle(settings)
    number = _people(settings)[0].number
    for typed_number, day, field in (("OP-0000-0000", "01-01-2020", "duty.number"), (number, "31-02-2020", "duty.day")):
        _type(settings, "duty.number", typed_number)
        _type(settings, "duty.day", day)
        press(settings, "duty.note")
        settle(settings)
        assert control(settings, field, QLineEdit).property("refused") == "true"
    _type(settings, "duty.day", "01-01-2036")
    press(settings, "duty.note")
    settle(settings)
    assert control(settings, "duty.day", QLineEdit).property("refused") == "true"


def _attach(services: Services, dossier: DossierId) -> str:
    upload = services.attachments.begin(dossier, "", take_in("diploma.jpg", jpeg()))
    while not upload.row_id:
        services.attachments.step(upload)
    return upload.row_id


def _lose(services: Services, dossier: DossierId) -> None:
    """Take the content of the attachment away, as if it had not come in yet."""
    journal = services.journal
    blob = journal.attachments.standing(dossier)[0].body.blob
    with journal._store.atomic():
        journal._store.pieces.remove(dossier, blob)


def test_the_own_copy_is_saved_with_a_warning(practice: MainWindow, tmp_path: Path) -> None:
    dossier = _people(practice)[0].dossier
    practice.navigate("handover", dossier)
    settle(practice)
    card = _page(practice, "handover").findChild(CopyCard)
    assert card is not None
    _asked(practice, lambda services: _attach(services, dossier))
    card.save(tmp_path / "kopie.pdf")
    assert not card.button.isEnabled()
    wait_until(card.button.isEnabled)
    settle(practice)
    assert (tmp_path / "kopie.pdf").is_file()
    assert (tmp_path / "kopie.json").is_file()
    assert "niet verzegeld" in _said(practice, "copy.saved")
    assert "Met 1 bestand uit het dossier." in _said(practice, "copy.saved")
    assert len(list(tmp_path.glob("bijlage-*.jpg"))) == 1
    assert not practice.findChildren(Text, "copy.missing")[0].isVisible()
    _asked(practice, lambda services: _lose(services, dossier))
    card.save(tmp_path / "kopie.pdf")
    wait_until(card.button.isEnabled)
    settle(practice)
    assert "Hier niet te lezen: 1" in control(practice, "copy.missing", Text).plain()
    assert faults(card) == []


class _Laptop:
    """A colleague's own vault, made with an invitation, and its organisation."""

    def __init__(self, services: AppServices, folder: Path, clock: SettableClock, server: str = "") -> None:
        self.server = server
        self.root: OrganisationRoot = create_organisation("AZC Harderwijk", "reception")
        self.folder, self.clock = folder, clock
        path, code = self.invite()
        joined = services.accounts.join(path, code, NewColleague("Marieke", PASSPHRASE))
        self.words = joined.words
        opened = services.open(joined.vault)
        opened.caseload.begin("Semhar", ("ti",))
        self.backup = folder / "stick.opmaatbackup"
        opened.backups.make(self.backup, lambda _done, _total: None, Cancelled())
        self._directory = joined.vault.directory
        opened.close()
        self._directory.rename(folder / "burnt")

    def hand_over(self, services: AppServices) -> None:
        """Let a municipality accept the one case that is in the vault."""
        (account,) = services.accounts.accounts()
        vault = services.accounts.open(account.vault, PASSPHRASE)
        opened = services.open(vault)
        dossier = opened.caseload.people().people[0].dossier
        state = opened.journal.membership.of(dossier)
        assert state is not None
        opened.journal.accept_logs([handed_over(state, OrganisationId(new_id()), vault.device, self.clock.now())])
        opened.close()

    def unburn(self) -> None:
        """Put the laptop back as it was."""
        (self.folder / "burnt").rename(self._directory)

    def invite(self) -> tuple[Path, str]:
        expires = self.clock.now() + timedelta(days=3)
        data, code = make_invitation(self.root, server=self.server, expires=expires, cost=Cost.cheap())
        path = self.folder / f"{len(list(self.folder.iterdir()))}.opmaat-invitation"
        path.write_bytes(data)
        return path, code


@pytest.fixture
def burnt(app_services: AppServices, tmp_path: Path, clock: SettableClock) -> _Laptop:
    return _Laptop(app_services, tmp_path, clock)


def _restore_page(window: MainWindow, burnt: _Laptop) -> RestorePage:
    press(window, "first.restore")
    settle(window)
    page = window.start.currentWidget()
    assert isinstance(page, RestorePage)
    page.use_backup(burnt.backup)
    settle(window)
    return page


def test_restoring_from_the_start_screen_and_joining_again(burnt: _Laptop, window: MainWindow) -> None:
    page = _restore_page(window, burnt)
    assert "Marieke" in control(window, "restore.whose", Text).plain()
    assert faults(page) == []
    _type(window, "restore.passphrase", "niet deze zin hoor")
    press(window, "restore.restore")
    settle(window)
    assert control(window, "restore.passphrase", QLineEdit).property("refused") == "true"
    _type(window, "restore.passphrase", PASSPHRASE)
    press(window, "restore.restore")
    settle(window)
    assert window.is_open
    assert [row.name for row in _people(window)] == ["Semhar"]
    press(window, "bar.settings")
    settle(window)
    card = _page(window, "settings").findChild(RejoinCard)
    assert card is not None
    assert card.isVisible()
    invitation, code = burnt.invite()
    card.use_invitation(invitation)
    _type(window, "rejoin.code", "0000-0000-0000")
    press(window, "rejoin.join")
    settle(window)
    assert control(window, "rejoin.code", QLineEdit).property("refused") == "true"
    _type(window, "rejoin.code", code)
    press(window, "rejoin.join")
    settle(window)
    assert not _asked(window, lambda services: services.rejoining.needed)
    assert faults(_page(window, "settings")) == []


def test_restoring_with_the_recovery_key(burnt: _Laptop, window: MainWindow) -> None:
    _restore_page(window, burnt)
    control(window, "restore.by", Segmented).choose("words")
    press(window, "restore.by.words")
    rest()
    control(window, "restore.words", QPlainTextEdit).setPlainText(" ".join(burnt.words))
    _type(window, "restore.new", "kort")
    press(window, "restore.restore")
    settle(window)
    assert control(window, "restore.new", QLineEdit).property("refused") == "true"
    _type(window, "restore.new", "een heel nieuwe lange zin")
    press(window, "restore.restore")
    settle(window)
    assert window.is_open


def test_an_older_backup_than_its_term_asks_twice(burnt: _Laptop, window: MainWindow, clock: SettableClock) -> None:
    clock.moment += timedelta(days=40)
    _restore_page(window, burnt)
    _type(window, "restore.passphrase", PASSPHRASE)
    press(window, "restore.restore")
    settle(window)
    assert "termijn" in _said(window, "banner")
    assert not window.is_open
    press(window, "restore.restore")
    settle(window)
    assert window.is_open


def test_a_week_without_a_backup_is_said_quietly(
    app_services: AppServices, tmp_path: Path, window: MainWindow, clock: SettableClock
) -> None:
    laptop = _Laptop(app_services, tmp_path, clock, "http://127.0.0.1:9")
    laptop.unburn()
    clock.moment += timedelta(days=8)
    window.start.go("start")
    settle(window)
    _type(window, "unlock.passphrase", PASSPHRASE)
    press(window, "unlock.open")
    settle(window)
    assert window.is_open
    assert "tijd voor een back-up" in _said(window, "banner")
    press(window, "banner.link")
    settle(window)
    assert window.shell is not None
    assert window.shell.current == "settings"


def test_what_is_due_is_said_quietly_at_opening(
    app_services: AppServices, tmp_path: Path, window: MainWindow, clock: SettableClock
) -> None:
    laptop = _Laptop(app_services, tmp_path, clock, "http://127.0.0.1:9")
    laptop.unburn()
    laptop.hand_over(app_services)
    clock.moment += timedelta(days=31)
    window.start.go("start")
    settle(window)
    _type(window, "unlock.passphrase", PASSPHRASE)
    press(window, "unlock.open")
    settle(window)
    due, backup = (each for each in window.findChildren(Banner, "banner") if each.isVisible())
    assert "1 dossier moet gewist worden" in due.message()
    assert "tijd voor een back-up" in backup.message()
    due.link.click()
    settle(window)
    assert window.shell is not None
    assert window.shell.current == "retention"
    assert control(window, "retention.due.0.open", QWidget).isVisible()


def test_remarks_on_translations_are_saved_for_the_translators(settings: MainWindow, tmp_path: Path) -> None:
    card = _page(settings, "settings").findChild(ReportCard)
    assert card is not None
    person = _people(settings)[0].dossier
    place = "/intake/wie/gegevens/roepnaam"
    _asked(settings, lambda services: services.interview.flag_translation(person, place, "Too formal"))
    card.save_remarks(tmp_path)
    settle(settings)
    (saved,) = [path for path in tmp_path.glob("*.po") if "Too formal" in path.read_text("utf-8")]
    assert saved.name in _line(settings, "report.remarks.saved")


def _line(window: MainWindow, name: str) -> str:
    return control(window, name, SavedLine).text()
