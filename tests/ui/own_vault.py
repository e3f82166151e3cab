"""A vault of one's own behind the real unlock page, and what a person does there."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from desktop.services.accounts.accounts import NewColleague
from desktop.services.suite import AppServices
from desktop.ui.window import MainWindow
from desktop.vault.trust.invitation import make_invitation
from desktop.vault.trust.organisation import OrganisationRoot
from protocol.identifiers import DossierId, VaultId
from protocol.times import SettableClock
from tests.ui.conftest import CHEAP
from tests.ui.inspection import control, press, settle

PASSPHRASE = "vier woorden zijn genoeg"


def make_vault(
    services: AppServices, office: OrganisationRoot, folder: Path, clock: SettableClock, person: str = "Marieke"
) -> tuple[VaultId, tuple[str, ...]]:
    """Return the id and the recovery words of a closed vault of `person`."""
    data, code = make_invitation(office, server="", expires=clock.now() + timedelta(days=3), cost=CHEAP)
    path = folder / "uitnodiging"
    path.write_bytes(data)
    joined = services.accounts.join(path, code, NewColleague(person, PASSPHRASE))
    number = joined.vault.id
    joined.vault.lock()
    return number, joined.words


def unlock(window: MainWindow, passphrase: str = "") -> None:
    """Type the passphrase on the unlock page and open."""
    field = control(window, "unlock.passphrase", QLineEdit)
    field.clear()
    QTest.keyClicks(field, passphrase or PASSPHRASE)
    press(window, "unlock.open")
    settle(window)


def begin_dossier(window: MainWindow, name: str) -> DossierId:
    """Begin a dossier through the screens; leaves the window on the first card of its talk."""
    window.navigate("new_person")
    settle(window)
    QTest.keyClicks(control(window, "new.name", QLineEdit), name)
    press(window, "new.begin")
    settle(window)
    assert window.shell is not None
    assert window.shell.dossier is not None
    return window.shell.dossier


def is_open(window: MainWindow) -> bool:
    """Tell whether a vault is open; a call, because it changes behind the back of a type checker."""
    return window.is_open
