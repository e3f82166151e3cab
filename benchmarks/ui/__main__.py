"""`make bench-ui`: every scene in a process of its own, offscreen or on the display there is."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.measure import p95
from benchmarks.results import Result, head, write
from benchmarks.ui import scenes
from benchmarks.ui.beats import Effort
from benchmarks.ui.scenes import Measurement
from benchmarks.ui.screen import Screen

_BARE = "a bare Qt form of as many widgets"
_LONGEST_BLOCK = 50


@dataclass(frozen=True, slots=True)
class Ceiling:
    """Milliseconds of work (p95) and of the longest block that a row may take, and what limits it now."""

    work: float
    block: float | None
    limit: str


_TARGETS: Mapping[str, Ceiling] = {
    "next question, by button": Ceiling(16, None, "painting and laying out the card"),
    "answer chosen, durable and shown, 1,000 people": Ceiling(25, 16, "painting, sealing and writing the answer"),
    "answer chosen, durable and shown, 10,000 people": Ceiling(25, 16, "the same"),
    "language switch in the interview": Ceiling(16, None, "painting and laying out the card"),
    "language switch of the whole interface": Ceiling(200, None, "making the page in sight anew"),
    "plan page, from the list of people": Ceiling(60, None, "deriving the plan, laying out its texts"),
    "preview of the plan, first: page one": Ceiling(200, 30, "typst, which has no page before it has all"),
    "preview of the plan, again: all that is in sight": Ceiling(80, 30, "the same"),
    "people list of 1,000": Ceiling(60, None, "reading the sealed summaries"),
    "people list of 10,000": Ceiling(200, None, "the same"),
    "practise to the list of people": Ceiling(400, None, "making the vault and two filled cases"),
    "list of 10,000 choices, a key": Ceiling(16, None, "Qt's completer, which looks at every choice"),
}
_MOST_MEGABYTES = {
    "memory, first window": 60,
    "memory, list of people": 90,
    "memory, interview": 100,
    "memory, after previews": 160,
}
_SCENES: Mapping[str, tuple[Callable[[Screen], Iterator[Measurement]], int]] = {
    "first start": (scenes.first_start, 0),
    "interview": (scenes.interview, 0),
    "plan": (scenes.plan, 0),
    "choices": (scenes.choices, 0),
    "practice": (scenes.practice, 0),
    "memory": (scenes.memory, 0),
    "1,000 people": (scenes.answers, 1_000),
    "10,000 people": (scenes.answers, 10_000),
}
"""Each scene, and how many people there are besides those of the practice environment."""


def main(arguments: Sequence[str]) -> int:
    """Run all scenes, print the table and keep it as `ui.json`; or run the one scene that is named, with a cache."""
    if arguments:
        return _play(arguments[0], Path(arguments[1]))
    with tempfile.TemporaryDirectory() as cache:
        rows = [row for name in _SCENES for row in _ask(name, cache)]
    results = [*(result for row in rows for result in _results(row)), _longest(rows)]
    print(head(), *(each.text() for each in results), sep="\n")
    write("ui", results)
    return 0


def _play(name: str, cache: Path) -> int:
    scene, people = _SCENES[name]
    with tempfile.TemporaryDirectory() as folder:
        screen = Screen(Path(folder), cache, people)
        print(json.dumps([asdict(row) for row in scene(screen)]))
        screen.close()
    return 0


def _ask(name: str, cache: str) -> list[Measurement]:
    """Return the rows of one scene, from a process of its own."""
    command = [sys.executable, "-m", "benchmarks.ui", name, cache]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own module
    return [
        Measurement(each["name"], _taken(each["ours"]), _taken(each["bare"]), each["memory"])
        for each in json.loads(done.stdout.splitlines()[-1])
    ]


def _taken(kept: list[dict[str, float]]) -> list[Effort]:
    return [Effort(**each) for each in kept]


def _results(row: Measurement) -> list[Result]:
    """Return what a row says: the work with its target, the same by the clock, and the longest block."""
    if row.memory is not None:
        most = _MOST_MEGABYTES[row.name]
        return [Result(row.name, row.memory, target=f"<= {most} MB", met=row.memory <= most, unit="MB")]
    target = _TARGETS[row.name]
    return [
        _against(row.name, p95(_works(row.ours)), p95(_works(row.bare)), target.work, target.limit),
        _against(f"{row.name}; by the clock", p95(_clocks(row.ours)), p95(_clocks(row.bare))),
        _against(f"{row.name}; longest block", _block(row.ours), _block(row.bare), target.block),
    ]


def _longest(rows: list[Measurement]) -> Result:
    return _against(
        "longest block of the screen's thread in all of it",
        max(_block(row.ours) for row in rows if row.ours),
        max(_block(row.bare) for row in rows if row.bare),
        _LONGEST_BLOCK,
    )


def _against(name: str, ours: float, bare: float, most: float | None = None, limit: str = "") -> Result:
    target = "" if most is None else f"<= {most:g} ms"
    return Result(name, ours, _BARE, bare, target, None if most is None else ours * 1000 <= most, limit=limit)


def _works(taken: list[Effort]) -> list[float]:
    return [each.work for each in taken]


def _clocks(taken: list[Effort]) -> list[float]:
    return [each.clock for each in taken]


def _block(taken: list[Effort]) -> float:
    return max(each.block for each in taken)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
