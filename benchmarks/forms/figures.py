"""What is measured, as it is printed: both sides, how many times as fast, and the target it is held against."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from benchmarks.forms.engines import Engine, EngineFailed, Taken
from benchmarks.measure import p95, side
from benchmarks.results import Result

Step = Callable[[Engine], Taken]
"""One thing to do, on either engine."""


@dataclass(frozen=True, slots=True)
class SpeedTarget:
    """What ours may take of the processor, in milliseconds, and how many times as fast as the other it is to be."""

    p50: float | None = None
    p95: float | None = None
    faster: float | None = None


@dataclass(slots=True)
class Figure:
    """Seconds of both engines for one thing; `other` is empty where there is no other engine, or it failed.

    `processor` holds the seconds of `ours` that the processor worked for it: what is left when others on the machine
    do not take turns. Targets are held against these. `limit` says what ours is limited by now.
    """

    title: str
    ours: list[float] = field(default_factory=list)
    other: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    other_name: str = "xforms-engine"
    target: SpeedTarget | None = None
    notes: list[str] = field(default_factory=list)
    limit: str = ""

    @property
    def faster(self) -> float | None:
        """Return how many times as fast ours is, by the medians."""
        return statistics.median(self.other) / statistics.median(self.ours) if self.other else None

    def add(self, taken: Iterable[Taken]) -> None:
        """Add repetitions of ours."""
        for each in taken:
            self.ours.append(each.seconds)
            if each.processor is not None:
                self.processor.append(each.processor)

    def lines(self) -> Iterator[str]:
        """Yield the report, one line per fact."""
        yield self.title
        yield side("ours", self.ours)
        if self.processor:
            yield side("  processor", self.processor)
        if self.other:
            yield side(self.other_name, self.other)
        if self.faster is not None:
            yield f"    ratio           {1 / self.faster:.5f} x: ours is {self.faster:,.1f} times as fast"
        yield from (f"    note            {note}" for note in self.notes)
        if self.target is not None:
            yield f"    target          {', '.join(self._judged(self.target))}"

    def result(self) -> Result:
        """Return the row that is kept: by the clock beside another engine, else by the processor if known."""
        target = self.target
        peer = statistics.median(self.other) if self.other else None
        verdicts = [] if target is None else [*self._judged(target)]
        met = all(each.endswith("met") for each in verdicts) if verdicts else None
        ours = statistics.median(self.ours if self.other or not self.processor else self.processor)
        against = self.other_name if self.other else ""
        return Result(self.title, ours, against, peer, ", ".join(verdicts), met, limit=self.limit)

    def _judged(self, target: SpeedTarget) -> Iterator[str]:
        taken = self.processor or self.ours
        if target.p50 is not None:
            yield _judged("p50", statistics.median(taken) * 1000, target.p50)
        if target.p95 is not None:
            yield _judged("p95", p95(taken) * 1000, target.p95)
        if target.faster is not None and self.faster is not None:
            yield f"at least {target.faster:g} times as fast: {'met' if self.faster >= target.faster else 'missed'}"


def _judged(name: str, taken: float, most: float) -> str:
    return f"{name} at most {most:g} ms: {'met' if taken <= most else 'missed'}"


class EnginePair:
    """Two engines that are given the same to do; the other one is left out from the moment it fails."""

    def __init__(self, ours: Engine, other: Engine | None) -> None:
        """Begin with both, or with ours alone."""
        self._ours = ours
        self._other = other
        self._notes: list[str] = []

    def do(self, step: Step) -> None:
        """Do something on both without measuring it."""
        step(self._ours)
        self._on_other(step)

    def measure(self, title: str, turns: Sequence[Sequence[Step]], target: SpeedTarget | None = None) -> Figure:
        """Measure turn by turn: ours does all steps of a turn, the other, which is slower, the last one of it.

        What both read after that step must be the same, or the figures would mean nothing: raises ValueError.
        """
        figure = Figure(title, target=target)
        for steps in turns:
            mine = [step(self._ours) for step in steps]
            figure.add(mine)
            yours = self._on_other(steps[-1])
            if yours is None:
                continue
            figure.other.append(yours.seconds)
            if mine[-1].values != yours.values:
                raise ValueError(title, mine[-1].values, yours.values)
        figure.notes.extend(self._notes)
        return figure

    def _on_other(self, step: Step) -> Taken | None:
        if self._other is None:
            return None
        try:
            return step(self._other)
        except EngineFailed as error:
            self._other = None
            self._notes = [f"the other engine failed: {error}"]
            return None


def turns_of(steps: Sequence[Step], length: int) -> list[Sequence[Step]]:
    """Cut steps into turns of `length`."""
    return [steps[at : at + length] for at in range(0, len(steps), length)]
