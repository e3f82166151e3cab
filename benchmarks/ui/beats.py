"""How long something on screen takes, and how long the screen's thread answers nobody meanwhile."""

import resource
import time
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer

_BEAT_MILLISECONDS = 10
"""Seldom enough that beating is no work: a block may be counted with what else was done within a beat of it."""


@dataclass(frozen=True, slots=True)
class Effort:
    """Seconds of one thing done on screen.

    `work` is what the processor worked for it, all threads and ended child processes together: what a machine that does
    nothing else would take, at most. `clock` is what went by. `block` is the longest time the screen's thread answered
    nobody: by the clock, but at most what this process worked in it, so that other programs do not count.
    """

    work: float
    clock: float
    block: float


class Beats:
    """A heart that beats in the event loop: where it is late, nothing else was answered either."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)
        self._timer.start()
        self._last = _now()
        self._longest = 0.0

    def measure(self, work: Callable[[], object]) -> Effort:
        """Do `work`, which runs the event loop until all of it can be seen, and say what it took."""
        self._last, self._longest = _now(), 0.0
        clock, began = time.perf_counter(), _worked()
        work()
        self._beat()
        return Effort(_worked() - began, time.perf_counter() - clock, self._longest)

    def _beat(self) -> None:
        before, self._last = self._last, _now()
        late = min(now - then for now, then in zip(self._last, before, strict=True))
        self._longest = max(self._longest, late)


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _worked() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
