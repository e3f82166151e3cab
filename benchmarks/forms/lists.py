"""Long lists of choices with a filter: loading, reading after the filter changed, and memory."""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import cast

from benchmarks.forms.engines import Engine, Ours, Peer, Taken
from benchmarks.forms.figures import EnginePair, Figure, SpeedTarget, Step, turns_of
from benchmarks.forms.making import COUNTRIES, choices, written

SIZES = ((10_000, 0.3), (100_000, 1.0))
"""Choices of a list, and the milliseconds that a filtered read of it may take."""


def measured(folder: Path, other: Engine | None) -> Iterator[Figure]:
    """Yield the figures of both lists, their files written into `folder`."""
    for number, most in SIZES:
        path = written(folder, f"choices{number}", choices(number))
        ours = Ours()
        pair = EnginePair(ours, other)
        load = pair.measure(f"Load, {number:,} choices", [[lambda engine, path=path: engine.load(path)]])  # type: ignore[misc]
        load.notes.append(_memory(path, other))
        yield load
        yield from _reads(pair, ours, number, SpeedTarget(p50=most))


def _reads(pair: EnginePair, ours: Ours, number: int, target: SpeedTarget) -> Iterator[Figure]:
    shown = number // COUNTRIES
    pair.do(_country(0))
    first = Figure(f"The first filtered read of {number:,} choices, which makes the index")
    first.add([ours.choices("plaats")])
    yield first
    turns = turns_of([_reading(each) for each in range(1, COUNTRIES)], 16)
    yield pair.measure(
        f"Change the filter of {number:,} choices and read {shown:,}, each filter for the first time", turns
    )
    alone = EnginePair(ours, None)
    again = [_reading(each * 7 % COUNTRIES) for each in range(300)]
    yield alone.measure(f"Change the filter of {number:,} choices and read {shown:,}, filters seen before", [again])
    reads = []
    for each in range(COUNTRIES * 4):
        ours.set("land", f"l{each % COUNTRIES}")
        reads.append(ours.choices("plaats"))
    read = Figure(f"Filtered read of {shown:,} from {number:,} choices", target=target)
    read.add(reads)
    yield read


def _country(number: int) -> Step:
    return lambda engine: engine.set("land", f"l{number}")


def _reading(number: int) -> Step:
    """Change the filter and read what it leaves: the other engine works when it changes, ours when it is read."""

    def step(engine: Engine) -> Taken:
        changed = engine.set("land", f"l{number}")
        read = engine.choices("plaats")
        return Taken(changed.seconds + read.seconds, read.values)

    return step


def _memory(path: Path, other: Engine | None) -> str:
    """Return what the form takes in memory, in a process of its own; the other engine says so itself."""
    command = [sys.executable, "-m", "benchmarks.forms.memory", str(path)]
    output = subprocess.run(command, capture_output=True, check=True, text=True).stdout  # noqa: S603  # our own module
    ours = cast("Mapping[str, int]", json.loads(output))
    words = f"memory: ours {ours['before']} MB before, {ours['loaded']} MB loaded, {ours['read']} MB after all reads"
    return f"{words}; the other engine {other.megabytes} MB in all" if isinstance(other, Peer) else words
