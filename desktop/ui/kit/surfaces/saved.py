"""The saved line: says that the last answer is durable, that saving is under way, or nothing."""

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.icon import Icon
from desktop.ui.kit.typography.text import Text


class SavedLine(QWidget):
    """A tick and a sentence. Show `saved` only after the row is durable; a failure belongs in the banner."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        self._icon = Icon(theme, "check-circle", 20, Tone.GOOD)
        self._text = Text(theme, role=Role.SMALL, tone=Tone.GOOD, wrap=False)
        row.addWidget(self._icon)
        row.addWidget(self._text)
        self.clear()

    def saved(self, text: str) -> None:
        """Say that everything is stored, for example with the time."""
        self._show("check-circle", text, Tone.GOOD)

    def busy(self, text: str) -> None:
        """Say that storing is under way."""
        self._show("clock", text, Tone.SOFT)

    def clear(self) -> None:
        """Say nothing; the room stays taken so that nothing jumps."""
        self._icon.hide()
        self._text.set_text("")
        self.setAccessibleName("")

    def text(self) -> str:
        """Return what is said now."""
        return self._text.plain()

    def _show(self, icon: str, text: str, tone: Tone) -> None:
        self._icon.set_icon(icon, tone)
        self._icon.show()
        self._text.set_text(text)
        self._text.set_tone(tone)
        self.setAccessibleName(text)
