"""Keys and what they do, one line each."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.i18n import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space
from desktop.ui.help.shortcuts import ShortcutEntry, shown_keys
from desktop.ui.interview.card.key_caps import KeyCap
from desktop.ui.kit.typography.text import Text


class KeyList(QWidget):
    """Two columns: the keys as caps, and the words."""

    def __init__(self, theme: Theme, catalogue: Catalogue, entries: Sequence[ShortcutEntry]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.SMALL)
        grid.setColumnStretch(1, 1)
        for line, entry in enumerate(entries):
            grid.addWidget(_caps(theme, entry), line, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
            grid.addWidget(Text(theme, catalogue.text(entry.words), Role.SMALL), line, 1)


def _caps(theme: Theme, entry: ShortcutEntry) -> QWidget:
    """Return the first and the last combination of `entry`; what lies between is clear from them."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 2, 0, 0)
    row.setSpacing(Space.HAIR)
    ends = entry.keys if len(entry.keys) <= 2 else (entry.keys[0], "…", entry.keys[-1])  # noqa: PLR2004
    for keys in ends:
        row.addWidget(KeyCap(theme, shown_keys(keys) if keys != "…" else keys))
    row.addStretch(1)
    return holder
