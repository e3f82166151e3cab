"""How the figures are taken: both sides in turn, in one process, medians compared."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of ours and of the other side, one figure per repetition, in the order they were taken."""

    title: str
    ours: Sequence[float]
    other: Sequence[float]
    other_name: str
    fairness: str

    @property
    def ratio(self) -> float:
        """Return our median over the other's: below 1 we are faster."""
        return statistics.median(self.ours) / statistics.median(self.other)

    def lines(self) -> list[str]:
        """Return the report of this comparison, one line per fact."""
        return [
            self.title,
            _side("ours", self.ours),
            _side(self.other_name, self.other),
            f"    ratio           {self.ratio:.2f} x",
            f"    fairness        {self.fairness}",
        ]


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call of `work` takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def in_turn(ours: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Time both sides `rounds` times, turn by turn, so that a busy machine is busy for both."""
    ours_taken, other_taken = [], []
    for _ in range(rounds):
        ours_taken.append(seconds(ours))
        other_taken.append(seconds(other))
    return ours_taken, other_taken


def _side(name: str, taken: Sequence[float]) -> str:
    return f"    {name:<15} p50 {_readable(statistics.median(taken))}   p95 {_readable(_p95(taken))}"


def _p95(values: Sequence[float]) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _readable(value: float) -> str:
    return f"{value * 1000:9.3f} ms"
