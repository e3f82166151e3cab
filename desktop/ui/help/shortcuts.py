"""Every key combination of the program, in one table: pages take theirs from it, and help shows it.

A test sees to it that no screen makes a shortcut in another way.
"""

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.i18n.mark import N_

EVERYWHERE = "everywhere"
"""The place of keys that work on each page."""


@dataclass(frozen=True, slots=True)
class ShortcutEntry:
    """The keys of one action, as Qt spells them, and what they do (an English msgid)."""

    keys: tuple[str, ...]
    words: str


SHORTCUTS: Mapping[str, ShortcutEntry] = {
    "everywhere.help": ShortcutEntry(("F1",), N_("help about this place; once more: into the help")),
    "everywhere.search": ShortcutEntry(("Ctrl+F",), N_("search: a person, a question, an answer")),
    "everywhere.print": ShortcutEntry(("Ctrl+P",), N_("print what is in sight")),
    "everywhere.tabs": ShortcutEntry(
        ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4", "Ctrl+5", "Ctrl+6"), N_("go to the first to the sixth tab")
    ),
    "everywhere.lock": ShortcutEntry(("Ctrl+L",), N_("close the vault")),
    "today.circle": ShortcutEntry(("F3",), N_("my people, my team, everybody")),
    "interview.next": ShortcutEntry(("Ctrl+Right", "Ctrl+Return"), N_("next question")),
    "interview.back": ShortcutEntry(("Ctrl+Left",), N_("previous question")),
    "interview.next_row": ShortcutEntry(("Ctrl+Down",), N_("next row, or a new one after the last")),
    "interview.previous_row": ShortcutEntry(("Ctrl+Up",), N_("previous row")),
    "interview.language": ShortcutEntry(("F2",), N_("next second language")),
    "interview.languages": ShortcutEntry(("Shift+F2",), N_("list of second languages")),
    "interview.decline": ShortcutEntry(("Ctrl+D",), N_("would rather not say")),
    "interview.note": ShortcutEntry(("Ctrl+N",), N_("write a note")),
    "interview.undo": ShortcutEntry(("Ctrl+Z",), N_("take back the last thing done")),
    "interview.paste": ShortcutEntry(("Ctrl+Shift+V",), N_("attach what was copied")),
    "interview.files": ShortcutEntry(("Escape",), N_("put the attachments away")),
    "interview.writing": ShortcutEntry(("Escape",), N_("put the note away; what you wrote stays for later")),
    "review.next_asking": ShortcutEntry(("F8",), N_("next line that asks for something")),
    "attachments.paste": ShortcutEntry(("Ctrl+V",), N_("attach what was copied")),
    "plan.undo": ShortcutEntry(("Ctrl+Z",), N_("take back the last thing done")),
    "progress.talk": ShortcutEntry(("Ctrl+G",), N_("record a talk about the progress")),
    "progress.undo": ShortcutEntry(("Ctrl+Z",), N_("take back the last thing done")),
    "stick_import.open": ShortcutEntry(("Ctrl+O",), N_("choose the file on the stick")),
    "find.down": ShortcutEntry(("Down",), N_("into the lines that were found")),
}
"""By the page where they work and the action."""


_SIGNS = {"Return": "Enter", "Right": "→", "Left": "←", "Down": "↓", "Up": "↑"}
"""What stands on a key where Qt has a word for it."""


def add_shortcut(
    parent: QWidget,
    name: str,
    slot: Callable[[], object],
    context: Qt.ShortcutContext = Qt.ShortcutContext.WindowShortcut,
) -> None:
    """Let the keys of `name` call `slot` while `parent` is in sight."""
    for keys in SHORTCUTS[name].keys:
        QShortcut(QKeySequence(keys), parent, context=context).activated.connect(slot)


def add_numbered(parent: QWidget, name: str, slot: Callable[[int], object]) -> None:
    """Let each key of `name` call `slot` with its place, from 1."""
    for number, keys in enumerate(SHORTCUTS[name].keys, start=1):
        QShortcut(QKeySequence(keys), parent).activated.connect(lambda at=number: slot(at))


def entries_of(place: str) -> tuple[ShortcutEntry, ...]:
    """Return what works at `place` alone, in the order of the table."""
    return tuple(entry for name, entry in SHORTCUTS.items() if name.partition(".")[0] == place)


def shown_keys(keys: str) -> str:
    """Return a combination as it stands on the keyboard of this system."""
    plain = QKeySequence.SequenceFormat.PortableText
    said = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText if sys.platform == "darwin" else plain)
    for word, sign in _SIGNS.items():
        said = said.replace(word, sign)
    return said
