"""A morning at the laptop with words that must not be found afterwards; ends with the process killed by a fault.

Run as `python -m tests.ui.canary_laptop FOLDER WORD…` in a process of its own: the program as it starts itself, with
only the cost of a passphrase made cheap, and every word typed through the real screens.
"""

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from desktop.bootstrap import Config, build
from desktop.services.accounts.accounts import NewColleague
from desktop.services.accounts.report import keep_reports
from desktop.services.suite import AppServices
from desktop.ui.app import build_window, make_application
from desktop.ui.boundary import watch_slots
from desktop.ui.interview.interview_page import InterviewPage
from desktop.ui.settings.report_card import ReportCard
from desktop.ui.window import MainWindow
from desktop.vault.crypto.stretching import Cost
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.hardening import harden
from protocol.times import SystemClock
from tests.ui.inspection import control, press, settle, wait_until
from tests.ui.own_vault import PASSPHRASE, begin_dossier, unlock
from tests.unit.services.interview_fixture import ref

CHEAP = Cost.cheap()
WORDS = 6
"""A name, an answer, ten digits, a note, half-typed text, what an exception says."""


def main() -> None:
    """Do the morning; the words are those of the command line."""
    harden()
    folder, words = Path(sys.argv[1]), sys.argv[2 : 2 + WORDS]
    services = build(Config(folder / "data", folder / "cache", cost=CHEAP))
    with keep_reports(folder / "data"):
        make_application()
        _make_vault(services, folder)
        window = build_window(services, SystemClock())
        watch_slots(window.report)
        window.show()
        settle(window)
        unlock(window)
        _work(window, words)
        _go_wrong(window, words[5], folder)
        sys.stdout.write("done\n")
        sys.stdout.flush()
        os.kill(os.getpid(), signal.SIGSEGV)


def _make_vault(services: AppServices, folder: Path) -> None:
    office = create_organisation("AZC Harderwijk", RECEPTION)
    expires = SystemClock().now() + timedelta(days=1)
    data, code = make_invitation(office, server="", expires=expires, cost=CHEAP)
    (folder / "uitnodiging").write_bytes(data)
    services.accounts.join(folder / "uitnodiging", code, NewColleague("Marieke", PASSPHRASE)).vault.lock()


def _work(window: MainWindow, words: list[str]) -> None:
    name, answer, number, note, half, _said = words
    dossier = begin_dossier(window, name)
    for question, typed in (("roepnaam", answer), ("v_nummer", number)):
        window.navigate("interview", dossier, part=ref(question))
        settle(window)
        field = control(window, "interview.answer", QLineEdit)
        QTest.keyClicks(field, typed)
        field.selectAll()
        field.copy()
        press(window, "interview.next")
        settle(window)
    QTest.keyClick(window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    settle(window)
    panel = next(each for each in window.findChildren(QPlainTextEdit) if each.isVisible())
    QTest.keyClicks(panel, note)
    shell = window.shell
    assert shell is not None
    talk = shell.page("interview")
    assert isinstance(talk, InterviewPage)
    talk.toggle_second_screen()
    settle(window)
    for page in ("review", "plan", "preview", "handover"):
        window.navigate(page, dossier)
        settle(window)
    window.navigate("people")
    settle(window)
    QTest.keyClicks(control(window, "people.search", QLineEdit), name)
    window.navigate("new_person")
    settle(window)
    QTest.keyClicks(control(window, "new.name", QLineEdit), half)
    window.lock()
    settle(window)
    unlock(window)
    wait_until(lambda: control(window, "new.name", QLineEdit).text() == half)


def _go_wrong(window: MainWindow, said: str, folder: Path) -> None:
    def fault() -> None:
        raise ValueError(said)

    window.executor.submit(fault, lambda _none: None, window.report)
    QTimer.singleShot(0, fault)
    settle(window)
    window.navigate("settings")
    settle(window)
    window.findChildren(ReportCard)[0].save(folder / "storing.txt")
    settle(window)


if __name__ == "__main__":
    main()
