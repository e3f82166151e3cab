"""How often a vault did not open, and a bar that empties while the next passphrase waits."""

import math
from datetime import timedelta

from PySide6.QtCore import QElapsedTimer, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.i18n.catalogue import Catalogue
from desktop.ui.design.theme import Theme
from desktop.ui.design.tokens import Role, Space, Tone
from desktop.ui.kit.drawing.meter import Meter
from desktop.ui.kit.typography.text import Text

_BEAT_MILLISECONDS = 200
_SECOND = 1000


class WaitLine(QWidget):
    """Hidden while nothing failed. `over` says that the time to wait has passed.

    It only shows what the vault keeps; the vault itself refuses until then.
    """

    over = Signal()

    def __init__(self, theme: Theme, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._failed = self._whole = self._shown_seconds = 0
        self._since = QElapsedTimer()
        self._beat = QTimer(self)
        self._beat.setInterval(_BEAT_MILLISECONDS)
        self._beat.timeout.connect(self._tick)
        self._meter = Meter(theme, "unlock.wait")
        self._words = Text(theme, role=Role.SMALL, tone=Tone.ACCENT)
        self._words.setObjectName("unlock.attempts")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._words)
        column.addWidget(self._meter)
        self.hide()

    @property
    def is_waiting(self) -> bool:
        """Tell whether the bar is not empty yet."""
        return self._beat.isActive()

    def show_attempts(self, failed: int, wait: timedelta) -> None:
        """Say that `failed` attempts failed since the vault last opened, and wait for `wait` from now."""
        self._failed, self._whole = failed, math.ceil(wait.total_seconds() * _SECOND)
        self._shown_seconds = -1
        self.setVisible(failed > 0)
        self._meter.setVisible(self._whole > 0)
        if self._whole:
            self._since.start()
            self._beat.start()
        else:
            self._beat.stop()
        self._show_left(self._whole)

    def _tick(self) -> None:
        left = max(0, self._whole - self._since.elapsed())
        self._show_left(left)
        if not left:
            self._beat.stop()
            self._meter.hide()
            self.over.emit()

    def _show_left(self, left: int) -> None:
        seconds = math.ceil(left / _SECOND)
        if seconds != self._shown_seconds:
            self._shown_seconds = seconds
            self._words.set_text(self._sentence(seconds))
        if self._whole:
            self._meter.show_level(left / self._whole, "accent_mark", self._words.plain())

    def _sentence(self, seconds: int) -> str:
        catalogue = self._catalogue
        attempts = catalogue.plural(
            "{n} wrong attempt since this vault last opened.",
            "{n} wrong attempts since this vault last opened.",
            self._failed,
        )
        if not seconds:
            return attempts
        wait = catalogue.plural("Try again in {n} second.", "Try again in {n} seconds.", seconds)
        return f"{attempts} {wait}"
