"""Sleep over a real D-Bus: a daemon of its own, a logind that answers as the real one does, and the real window."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSocketNotifier
from PySide6.QtDBus import QDBusConnection

from desktop.services.suite import AppServices
from desktop.ui.lock import lock_controller
from desktop.ui.lock.sleep import SleepWatch
from desktop.ui.window import MainWindow
from desktop.vault.trust.organisation import create_organisation
from protocol.certificates import RECEPTION
from protocol.times import SettableClock
from tests import places
from tests.ui.inspection import settle, wait_until
from tests.ui.own_vault import is_open, make_vault, unlock


class Login:
    """The stand-in for logind, in a process of its own; `said` grows by what it tells."""

    def __init__(self, address: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603  # our own interpreter and file
            [sys.executable, str(places.ROOT / "tests/ui/login_daemon.py"), address],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "ready\n"
        self.said: list[str] = []
        self._listen = QSocketNotifier(self.process.stdout.fileno(), QSocketNotifier.Type.Read)
        self._listen.activated.connect(self._hear)

    def _hear(self) -> None:
        assert self.process.stdout is not None
        self.said += os.read(self.process.stdout.fileno(), 4096).decode().splitlines()

    def tell(self, what: str) -> None:
        """Let it announce `sleep` or `wake`."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def close(self) -> None:
        """End it."""
        self._listen.setEnabled(False)
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def address() -> Iterator[str]:
    """The address of a bus of our own."""
    with subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],  # noqa: S607  # from the set-up
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.terminate()


@pytest.fixture
def login(window: MainWindow, address: str) -> Iterator[Login]:
    """A logind on that bus."""
    assert window
    serving = Login(address)
    yield serving
    serving.close()


def test_before_sleep_the_vault_locks_and_only_then_may_the_machine_sleep(
    window: MainWindow,
    login: Login,
    address: str,
    app_services: AppServices,
    tmp_path: Path,
    clock: SettableClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bus = QDBusConnection.connectToBus(address, "opmaat-test")
    monkeypatch.setattr(lock_controller, "SleepWatch", lambda: SleepWatch(bus))
    make_vault(app_services, create_organisation("AZC Harderwijk", RECEPTION), tmp_path, clock)
    window.start.go("start")
    settle(window)
    unlock(window)
    wait_until(lambda: login.said == ["held sleep Opmaat delay"])
    login.tell("wake")
    settle(window)
    assert is_open(window)
    open_services = window.services
    assert open_services is not None
    login.tell("sleep")
    wait_until(lambda: login.said[-1] == "let go")
    assert not is_open(window)
    assert app_services.accounts.open(app_services.accounts.accounts()[0].vault, "vier woorden zijn genoeg").person
    QDBusConnection.disconnectFromBus("opmaat-test")


def test_without_a_bus_nothing_is_heard_and_nothing_breaks(window: MainWindow) -> None:
    assert window
    watch = SleepWatch(QDBusConnection.connectToBus("unix:path=/nowhere/at/all", "nobody"))
    watch.start()
    assert not watch.is_listening
    watch.stop()
