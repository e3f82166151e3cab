"""A monkey at the keyboard, the mouse and the window: one random event after the other, the same for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QMenu, QWidget
from shiboken6 import isValid

from desktop.ui.questions.answer_binding import AnswerBinding
from desktop.ui.window import MainWindow
from protocol.identifiers import DossierId
from tests.ui.inspection import interactive_widgets
from tests.ui.monkey.letters import Letters, is_lost, is_recorded, letters_at, letters_at_the_focus
from tests.ui.own_vault import unlock
from tests.unit.services.interview_fixture import ref

TEXTS = (
    "a",
    "Selam",
    "12",
    "3",
    "٤٥",
    "۱۹۸۷",
    "ሰላም",
    "፲፪",
    "مرحبا",
    "Ïbrahim Ü",
    "0612345678",
    "-1",
    "31",
    "x" * 80,
    "😀",
)
TAGS = ("nl", "ar", "ti", "en")
SIZES = ((1024, 640), (1280, 800), (1366, 768), (1920, 1080), (900, 560))
PAGES = ("people", "received", "settings", "retention", "new_person", "stick_import")
CASE_PAGES = (
    "interview",
    "review",
    "attachments",
    "handover",
    "stick",
    "plan",
    "preview",
)
CARDS = (
    *(
        "roepnaam",
        "v_nummer",
        "kennisgeving",
        "geboren",
        "geboorteland",
        "kind",
        "kinderen_aantal",
        "school",
        "baan",
    ),
    *(
        "beschikbaar_uren",
        "gezinsvorm",
        "informatie_gegeven",
        "andere_talen",
        "telefoon",
        "zaak_idee",
        "bsn",
    ),
)
_KEYS = (
    *(
        (Qt.Key.Key_Tab, ""),
        (Qt.Key.Key_Tab, "Shift"),
        (Qt.Key.Key_Return, ""),
        (Qt.Key.Key_Escape, ""),
    ),
    *(
        (Qt.Key.Key_Space, ""),
        (Qt.Key.Key_Left, ""),
        (Qt.Key.Key_Right, ""),
        (Qt.Key.Key_Up, ""),
        (Qt.Key.Key_Down, ""),
    ),
    *(
        (Qt.Key.Key_Right, "Ctrl"),
        (Qt.Key.Key_Left, "Ctrl"),
        (Qt.Key.Key_Down, "Ctrl"),
        (Qt.Key.Key_Up, "Ctrl"),
    ),
    *(
        (Qt.Key.Key_D, "Ctrl"),
        (Qt.Key.Key_N, "Ctrl"),
        (Qt.Key.Key_F, "Ctrl"),
        (Qt.Key.Key_A, "Ctrl"),
    ),
    *(
        (Qt.Key.Key_F1, ""),
        (Qt.Key.Key_F2, ""),
        (Qt.Key.Key_Home, ""),
        (Qt.Key.Key_End, ""),
        (Qt.Key.Key_PageDown, ""),
    ),
)
_STEPS = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
"""Keys that make a number one more or one less."""

_RUBS_OUT = ((Qt.Key.Key_Backspace, ""), (Qt.Key.Key_Delete, ""))
_MODIFIERS = {
    "": Qt.KeyboardModifier.NoModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
}


@dataclass(slots=True)
class Monkey:
    """`play` does one event and says which; `lost` names what was typed as an answer and is nowhere any more."""

    window: MainWindow
    cases: tuple[DossierId, ...]
    random: Random
    _typed: dict[tuple[DossierId, str], Letters] = field(default_factory=dict)

    def play(self) -> str:
        """Do one random event, let the program answer, and return what was done."""
        if not self.window.is_open:
            self.window.start.go("start")
            unlock(self.window)
            return "unlock"
        events: tuple[tuple[Callable[[], str], int], ...] = (
            (self._key, 28),
            (self._type, 25),
            (self._rub_out, 4),
            (self._click, 30),
            (self._pause, 4),
            (self._card, 8),
            (self._page, 5),
            (self._undo, 3),
            (self._speak, 1),
            (self._resize, 2),
            (self._scale, 1),
            (self._scheme, 1),
            (self._lock, 1),
        )
        (event,) = self.random.choices([each for each, _ in events], [weight for _, weight in events])
        done = event()
        QApplication.processEvents()
        return done

    def lost(self) -> list[str]:
        """Return what is lost; what reached the record is looked for no more."""
        self._typed = {place: each for place, each in self._typed.items() if not is_recorded(self.window, each)}
        return [f"{each.value!r} at {each.ref}" for each in self._typed.values() if is_lost(self.window, each)]

    def _key(self) -> str:
        key, modifier = self.random.choice(_KEYS)
        changes = key == Qt.Key.Key_Space or (key in _STEPS and not modifier)
        return self._change(key, modifier) if changes else self._press(key, modifier)

    def _rub_out(self) -> str:
        return self._change(*self.random.choice(_RUBS_OUT))

    def _change(self, key: Qt.Key, modifier: str) -> str:
        """Press a key with which a person changes what they typed in the answer at the focus."""
        self._forget(letters_at_the_focus(self.window))
        return self._press(key, modifier)

    def _forget(self, before: Letters | None) -> None:
        if before is not None:
            self._typed.pop((before.dossier, before.ref), None)

    def _press(self, key: Qt.Key, modifier: str) -> str:
        QTest.keyClick(self._target(), key, _MODIFIERS[modifier])
        return f"key {modifier} {key.name}"

    def _type(self) -> str:
        text, target = self.random.choice(TEXTS), self._target()
        for letter in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                if isValid(target):
                    # not `QTest.keyClicks`: that ends the process at a letter beyond Latin-1
                    QApplication.sendEvent(
                        target,
                        QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter),
                    )
        typed = letters_at_the_focus(self.window)
        if typed is not None:
            self._typed[typed.dossier, typed.ref] = typed
        return f"type {text!r} in {_tell(target)}"

    def _click(self) -> str:
        menu = QApplication.activePopupWidget()
        if isinstance(menu, QMenu):
            actions = [each for each in menu.actions() if each.isEnabled() and not each.isSeparator()]
            menu.close()
            if actions:
                action = self.random.choice(actions)
                action.trigger()
                return f"choose {action.text()!r}"
            return "close a menu"
        found = [each for each in interactive_widgets(self._root()) if each.isEnabled() and not each.size().isEmpty()]
        if not found:
            return "click nothing"
        widget = self.random.choice(found)
        target = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        where = QPoint(
            self.random.randrange(max(1, target.width())),
            self.random.randrange(max(1, target.height())),
        )
        said = _tell(widget)
        if isinstance(widget, QAbstractButton):  # of a number, a date or a list: it changes what stands there
            self._forget(letters_at(self.window, widget))
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=where)
        return f"click {said}"

    def _pause(self) -> str:
        for binding in self.window.findChildren(AnswerBinding):
            if binding.control.isVisible():
                binding.flush(insist=False)
        return "pause"

    def _card(self) -> str:
        name, case = self.random.choice(CARDS), self.random.choice(self.cases)
        return self._go("interview", case, ref(name))

    def _page(self) -> str:
        if self.random.random() < 0.4:
            return self._go(self.random.choice(PAGES))
        return self._go(self.random.choice(CASE_PAGES), self.random.choice(self.cases))

    def _go(self, page: str, case: DossierId | None = None, part: str = "") -> str:
        self._put_away()
        services = self.window.services
        if case is not None and services is not None and case not in services.journal.dossiers():
            return "nobody there"
        self.window.navigate(page, case, part=part)
        return f"go to {page} {part}"

    def _undo(self) -> str:
        return self._change(Qt.Key.Key_Z, "Ctrl")

    def _speak(self) -> str:
        tag = self.random.choice(TAGS)
        self._put_away()
        self.window.set_language(tag)
        return f"speak {tag}"

    def _resize(self) -> str:
        size = self.random.choice(SIZES)
        self.window.resize(*size)
        return f"resize {size}"

    def _scale(self) -> str:
        percent = self.random.choice((100, 150, 200))
        self.window.set_size(percent)
        return f"{percent} %"

    def _scheme(self) -> str:
        scheme = self.random.choice(("light", "dark"))
        self.window.set_scheme(scheme)
        return scheme

    def _lock(self) -> str:
        self.window.lock()
        return "lock"

    def _root(self) -> QWidget:
        """Return the window that takes clicks now."""
        return QApplication.activeModalWidget() or self.window

    def _target(self) -> QWidget:
        """Return what takes keys now."""
        popup, root = QApplication.activePopupWidget(), self._root()
        return popup or root.focusWidget() or root

    def _put_away(self) -> None:
        """Close what lies over the window, as a person must before anything else."""
        while (over := QApplication.activePopupWidget() or QApplication.activeModalWidget()) is not None:
            over.close()


def _tell(widget: QWidget) -> str:
    return f"{type(widget).__name__} {widget.objectName()!r}" if isValid(widget) else "nothing"
