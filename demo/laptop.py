"""One worker at one laptop: an own data folder, an own window, joined through an invitation."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from demo.dialogs import answer_next_dialog
from demo.hands import Hands
from demo.office import InvitationHandout
from desktop.bootstrap import Config, build
from desktop.ui.app import build_window
from desktop.ui.window import MainWindow
from protocol.times import SystemClock

SIZE = (1280, 800)


class Laptop:
    """A laptop with Opmaat on it, and the hands of who sits there."""

    def __init__(self, folder: Path, pictures: Path, *, pace: float, size: tuple[int, int] = SIZE) -> None:
        self.folder = folder
        self._config = Config(folder / "data", folder / "cache")
        self._pictures = pictures
        self._pace = pace
        self._size = size
        self.window, self.hands = self._open()

    def join(self, invited: InvitationHandout, person: str, passphrase: str) -> None:
        """Begin with the invitation, make a vault, keep the words on paper, go to the people."""
        hands = self.hands
        hands.press("first.join")
        answer_next_dialog(invited.file)
        hands.press("join.file")
        hands.until("the name of the organisation", lambda: hands.sees("join.organisation") or None)
        hands.type_into("join.code", invited.code)
        hands.type_into("join.name", person)
        hands.type_into("join.passphrase", passphrase)
        hands.press("join.make")
        hands.find("words.list")
        hands.tick("words.kept")
        hands.press("words.done")
        hands.find("bar.people")
        self.hands.rest()

    def connect(self) -> None:
        """Ask for a round with the server from the list of people, and wait until it is done."""
        for back in ("bar.back", "bar.people"):
            if self.hands.sees(back):
                self.hands.press(back)
                break
        self.hands.press("status.now")
        self.hands.rest()

    def open_first(self) -> None:
        """Open the first person of the list with the keyboard."""
        table: QWidget = self.hands.find("people.table")
        table.setFocus()
        for key in (Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Return):
            QTest.keyClick(table, key)
        self.hands.rest()

    def restart(self) -> None:
        """Close the program, as at the end of a day or after a power cut, and start it again."""
        self.close()
        self.window, self.hands = self._open()

    def close(self) -> None:
        """Close the window and the vault."""
        self.window.shut_down()
        self.window.close()

    def files(self) -> tuple[Path, ...]:
        """Return every file this laptop keeps."""
        return tuple(path for path in sorted(self.folder.rglob("*")) if path.is_file())

    def _open(self) -> tuple[MainWindow, Hands]:
        window = build_window(build(self._config), SystemClock())
        window.resize(*self._size)
        window.show()
        hands = Hands(window, self._pictures, pace=self._pace, at_rest=lambda: window.executor.pending == 0)
        hands.breathe()
        return window, hands
