"""How far a file is, with a way to stop it. Shown for what takes longer than a moment."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.interview.footer import ProgressBar
from desktop.ui.kit.controls.button import Button
from desktop.ui.kit.layout.nest import nest
from desktop.ui.kit.typography.text import Text

MOMENT_MILLISECONDS = 700
"""How long a file may take before anybody needs to see how far it is."""


class ProgressLine(QWidget):
    """Hidden until a file takes longer than a moment. `cancelled` asks to stop."""

    cancelled = Signal()

    def __init__(self, theme: Theme, words: Catalogue, name: str) -> None:
        super().__init__()
        self._words = words
        self._text = Text(theme, role=Role.SMALL, tone=Tone.SOFT)
        self._text.setObjectName(f"{name}.progress")
        self._bar = ProgressBar(theme)
        self._cancel = Button(theme, words.text("Stop"), f"{name}.cancel", kind="quiet", icon="close")
        self._cancel.setAccessibleName(words.text("Stop adding this file"))
        self._cancel.clicked.connect(self.cancelled)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(MOMENT_MILLISECONDS)
        self._wait.timeout.connect(self.show)
        column = QVBoxLayout()
        column.setSpacing(Space.HAIR)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        nest(row, column, 1)
        row.addWidget(self._cancel)
        self.hide()

    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is, after a moment; `total` is 0 while the file is being read."""
        percent = round(100 * done / total) if total else 0
        words = self._words
        self._text.set_text(
            words.text("Sealing the file: {percent} %", percent=percent) if total else words.text("Reading the file")
        )
        self._bar.set_part(done / total if total else 0)
        if self.isHidden() and not self._wait.isActive():
            self._wait.start()

    def finish(self) -> None:
        """Put it away."""
        self._wait.stop()
        self.hide()
