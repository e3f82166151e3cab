"""Tells when nobody has used the application for a while, or when the machine must have slept."""

from datetime import timedelta

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from protocol.times import Clock

BEAT_MILLISECONDS = 1000
_SLEPT = timedelta(seconds=60)
"""The beat comes every second; a clock that is this much further stood still: sleep, or somebody set it."""

_USES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.TabletPress,
    }
)


class IdleWatch(QObject):
    """Emits `idle` once, when nothing was pressed, moved or touched for the minutes given, or after sleep.

    It goes by the clock of the wall, which goes on while a machine sleeps. Where the system says beforehand that it
    will sleep, `SleepWatch` is earlier.
    """

    idle = Signal()

    def __init__(self, application: QApplication, clock: Clock) -> None:
        super().__init__(application)
        self._application, self._clock = application, clock
        self._limit = timedelta()
        self._used = self._seen = clock.now()
        self._beat = QTimer(self)
        self._beat.setInterval(BEAT_MILLISECONDS)
        self._beat.timeout.connect(self.look)

    def start(self, minutes: int) -> None:
        """Watch from now on; idle is `minutes` without use."""
        self._limit = timedelta(minutes=minutes)
        self._used = self._seen = self._clock.now()
        self._application.installEventFilter(self)
        self._beat.start()

    def set_minutes(self, minutes: int) -> None:
        """Let idle be another number of minutes."""
        self._limit = timedelta(minutes=minutes)

    def stop(self) -> None:
        """Watch no longer."""
        self._beat.stop()
        self._application.removeEventFilter(self)

    def look(self) -> None:
        """See what time it is."""
        now = self._clock.now()
        slept = now - self._seen > _SLEPT
        self._seen = now
        self._used = min(self._used, now)
        if self._beat.isActive() and (slept or now - self._used >= self._limit):
            self.stop()
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there; the event goes on."""
        if event.type() in _USES:
            self._used = self._clock.now()
        return super().eventFilter(watched, event)
