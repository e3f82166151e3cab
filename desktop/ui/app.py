"""The application on screen: one window, first the vaults, then the pages of the open one.

`build_window` makes the window for tests and the demonstration; `run` shows it and runs Qt until it is closed;
`run_until_painted` is for measuring the start.
Pages are rows in `page_table`.
"""

import sys
import time

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop.services.suite import AppServices
from desktop.ui.boundary import watch_slots
from desktop.ui.design.fonts import load_fonts
from desktop.ui.executor import Executor
from desktop.ui.garbage import GarbageTimer
from desktop.ui.window import MainWindow
from protocol.times import Clock

_STYLE = "fusion"
"""Handed over as an argument: `setStyle` returns the style, and PySide then makes every enumeration of QStyle."""

_COLLECTS = "collectsGarbage"

_MOMENT_MILLISECONDS = 250
"""How long the first page has for itself before the rest of the program is loaded behind it."""


def make_application() -> QApplication:
    """Return the one QApplication of this process, with the bundled fonts and a style that every platform shares."""
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication([*sys.argv[:1], "-style", _STYLE])
    application.setApplicationName("opmaat")
    application.setApplicationDisplayName("Opmaat")
    application.setDesktopFileName("opmaat")
    if not application.property(_COLLECTS):
        application.setProperty(_COLLECTS, True)
        GarbageTimer(application)
    load_fonts()
    return application


def build_window(services: AppServices, clock: Clock, executor: Executor | None = None) -> MainWindow:
    """Return the window on its first page, not yet shown. Needs `make_application` before.

    Call `shut_down` on it when done: it closes the vault and ends the threads.
    """
    return MainWindow(services, clock, executor or Executor())


def run(services: AppServices, clock: Clock) -> int:
    """Show the window and return the exit code when it is closed."""
    application = make_application()
    window = build_window(services, clock)
    watch_slots(window.report)
    window.take_place()
    window.show()
    QTimer.singleShot(_MOMENT_MILLISECONDS, window.get_ready)
    code = application.exec()
    window.shut_down()
    return code


def run_until_painted(services: AppServices, clock: Clock) -> int:
    """Show the window, end as soon as its first page is painted, and return 0; a fault on the way is raised.

    Says on standard output how many seconds the processor worked until then, so that closing is not in the figure.
    """
    application = make_application()
    window = build_window(services, clock)
    watch_slots(window.report)
    window.show()
    while window.start.currentWidget() is None:
        application.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    window.grab()
    sys.stdout.write(f"{time.process_time()}\n")
    window.shut_down()
    window.close()
    window.deleteLater()
    return 0
