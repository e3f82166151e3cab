"""One worker at one laptop: an own data folder, an own window, joined through an invitation."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from demo.administrator import InvitationHandout
from demo.dialogs import answer_next_dialog
from demo.screen_driver import ScreenDriver
from desktop.bootstrap import Config, build
from desktop.ui.app import build_window
from desktop.ui.window import MainWindow
from protocol.times import SystemClock

SIZE = (1280, 800)


class Laptop:
    """A laptop with Opmaat on it, and what drives its window."""

    def __init__(self, folder: Path, pictures: Path, *, pace: float, size: tuple[int, int] = SIZE) -> None:
        self.folder = folder
        self._config = Config(folder / "data", folder / "cache")
        self._pictures = pictures
        self._pace = pace
        self._size = size
        self.window, self.driver = self._open()

    def join(self, invited: InvitationHandout, passphrase: str) -> None:
        """Begin with the invitation, make a vault, keep the words on paper, go to the people."""
        driver = self.driver
        driver.press("first.join")
        answer_next_dialog(invited.file)
        driver.press("join.file")
        driver.until("the name of the organisation", lambda: driver.sees("join.organisation") or None)
        driver.type_into("join.code", invited.code)
        driver.type_into("join.passphrase", passphrase)
        driver.press("join.make")
        driver.find("words.list")
        driver.tick("words.kept")
        driver.press("words.done")
        driver.find("bar.people")
        self.driver.rest()

    def connect(self) -> None:
        """Ask for a round with the server from the list of people, and wait until it is done."""
        for back in ("bar.back", "bar.people"):
            if self.driver.sees(back):
                self.driver.press(back)
                break
        self.driver.press("status.now")
        self.driver.rest()

    def open_first(self) -> None:
        """Open the first person of the list with the keyboard."""
        table: QWidget = self.driver.find("people.table")
        table.setFocus()
        for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return):
            QTest.keyClick(table, key)
        self.driver.rest()

    def restart(self) -> None:
        """Close the program, as at the end of a day or after a power cut, and start it again."""
        self.close()
        self.window, self.driver = self._open()

    def close(self) -> None:
        """Close the window and the vault."""
        self.window.shut_down()
        self.window.close()

    def files(self) -> tuple[Path, ...]:
        """Return every file this laptop keeps."""
        return tuple(path for path in sorted(self.folder.rglob("*")) if path.is_file())

    def _open(self) -> tuple[MainWindow, ScreenDriver]:
        window = build_window(build(self._config), SystemClock())
        window.resize(*self._size)
        window.show()
        driver = ScreenDriver(window, self._pictures, pace=self._pace, at_rest=lambda: window.executor.pending == 0)
        driver.breathe()
        return window, driver
