"""How the figures are taken: both sides in turn, on one machine in one run, medians compared."""

import multiprocessing
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection

from benchmarks.results import Result, compared, readable


@dataclass(frozen=True, slots=True)
class Comparison:
    """Seconds of ours and of the other side, one figure per repetition, in the order they were taken.

    The ratio of the medians may be at most `most`; `limit` says what ours is limited by now.
    """

    title: str
    ours: Sequence[float]
    other: Sequence[float]
    other_name: str
    fairness: str
    most: float | None = None
    limit: str = ""

    @property
    def ratio(self) -> float:
        """Return our median over the other's: below 1 we are faster."""
        return statistics.median(self.ours) / statistics.median(self.other)

    def lines(self) -> list[str]:
        """Return the report of this comparison, one line per fact."""
        return [
            self.title,
            side("ours", self.ours),
            side(self.other_name, self.other),
            f"    ratio           {self.ratio:.2f} x",
            f"    fairness        {self.fairness}",
        ]

    def results(self) -> list[Result]:
        """Return the rows to be kept."""
        return [compared(self.title, self.ours, self.other_name, self.other, self.most, self.limit)]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A comparison that cannot be made on this machine, and why."""

    title: str
    why: str

    def lines(self) -> list[str]:
        """Return the report, one line per fact."""
        return [self.title, f"    left out        {self.why}"]

    def results(self) -> list[Result]:
        """Return that there is nothing to be kept."""
        return []


def seconds(work: Callable[[], object]) -> float:
    """Return how long one call of `work` takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def processor_seconds(work: Callable[[], object]) -> float:
    """Return how long the processor works for one call of `work`, without what others made it wait."""
    start = time.process_time()
    work()
    return time.process_time() - start


def taken_by(work: Callable[[], object]) -> tuple[float, float]:
    """Return what `seconds` and `processor_seconds` return, both of the same call."""
    start, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - start, time.process_time() - worked


def in_turn(ours: Callable[[], object], other: Callable[[], object], rounds: int) -> tuple[list[float], list[float]]:
    """Time both sides `rounds` times, turn by turn, so that a busy machine is busy for both."""
    ours_taken, other_taken = [], []
    for _ in range(rounds):
        ours_taken.append(seconds(ours))
        other_taken.append(seconds(other))
    return ours_taken, other_taken


def first_in_turn(
    ours: Callable[[], Callable[[], object]], other: Callable[[], Callable[[], object]], rounds: int
) -> tuple[list[float], list[float]]:
    """Time the first work of a process of its own `rounds` times, turn by turn: nothing is remembered of earlier ones.

    Both functions get everything ready, untimed, and return the work. They run in a copy of this process.
    """
    ours_taken, other_taken = [], []
    for _ in range(rounds):
        ours_taken.append(_in_copy(ours))
        other_taken.append(_in_copy(other))
    return ours_taken, other_taken


def _in_copy(prepare: Callable[[], Callable[[], object]]) -> float:
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_measured, args=(prepare, sending))
    process.start()
    sending.close()
    taken: float = receiving.recv()
    process.join()
    return taken


def _measured(prepare: Callable[[], Callable[[], object]], sending: Connection) -> None:
    sending.send(seconds(prepare()))


def side(name: str, taken: Sequence[float]) -> str:
    """Return the line of one side: its name, median and slow end."""
    return f"    {name:<15} p50 {readable(statistics.median(taken)):>12}   p95 {readable(p95(taken)):>12}"


def p95(values: Sequence[float]) -> float:
    """Return the slow end: nineteen of twenty values lie below it."""
    return percentile(values, 0.95)


def percentile(values: Sequence[float], part: float) -> float:
    """Return the value below which `part` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]
