"""Everything that watches over one open vault and asks to lock it; made when it opens, stopped when it closes."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from desktop.services.accounts.own_vault import OwnVault
from desktop.ui.executor import Executor
from desktop.ui.lock.clipboard import ClipboardGuard
from desktop.ui.lock.idle import IdleWatch
from desktop.ui.lock.sleep import SleepWatch
from protocol.times import Clock

_NO_APPLICATION = "make_application comes first"


def watch_over(vault: OwnVault, executor: Executor, clock: Clock, lock: Callable[[], None]) -> "LockController":
    """Return what watches over `vault`, as soon as it is known after how many minutes it locks."""
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError(_NO_APPLICATION)
    lock_controller = LockController(application, clock, lock)
    executor.submit(vault.idle_minutes, lock_controller.start, lambda _closed: None, owner=lock_controller)
    return lock_controller


class LockController(QObject):
    """Calls `lock` when nobody is there, and before the machine sleeps; clears the clipboard when it stops."""

    def __init__(self, application: QApplication, clock: Clock, lock: Callable[[], None]) -> None:
        super().__init__()
        self.idle = IdleWatch(application, clock)
        self.idle.idle.connect(lock)
        self.sleep = SleepWatch()
        self.sleep.falling_asleep.connect(lock)
        self.clipboard = ClipboardGuard()
        self.clipboard.start()

    def start(self, minutes: int) -> None:
        """Watch from now on: idle is `minutes` without use."""
        self.idle.start(minutes)
        self.sleep.start()

    def set_minutes(self, minutes: int) -> None:
        """Let idle be another number of minutes, from now on."""
        self.idle.set_minutes(minutes)

    def stop(self) -> None:
        """Watch no longer and clear the clipboard. Sleep is held up until `let_go`, when the keys are gone."""
        self.idle.stop()
        self.clipboard.stop()

    def let_go(self) -> None:
        """Let the machine sleep: everything is closed. Of no use afterwards."""
        self.sleep.stop()
        self.deleteLater()
