"""Long forms: loading, answering at one place and along a chain, showing and hiding all of it, and repeats."""

import gc
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.forms.engines import Engine, Ours, Taken
from benchmarks.forms.figures import EnginePair, Figure, SpeedTarget, Step, turns_of
from benchmarks.forms.making import SECTION, converted, repeats, workbook, written
from benchmarks.measure import seconds
from desktop.forms import read_workbook
from desktop.kernel import collector

GROWTH = (150, 1_000, 5_000)
"""Questions of the forms that one answer is measured in."""

QUESTIONS = 1_000
INSTANCES = 200


def measured(folder: Path, other: Engine | None) -> Iterator[Figure]:
    """Yield the figures of all long forms, their files written into `folder`."""
    yield _load(folder, other)
    yield from _growth(folder, other)
    yield _beside(folder)
    yield _chain(folder, other)
    yield _sections(folder, other)
    yield from _repeats(folder, other)
    yield _collection(folder)


def _load(folder: Path, other: Engine | None) -> Figure:
    text = workbook(QUESTIONS, chained=True)
    path = written(folder, "load", converted(text))
    with tempfile.TemporaryDirectory() as cache:
        kept = Path(cache)
        read_workbook(text, "md", kept)

        def load(engine: Engine) -> Taken:
            if isinstance(engine, Ours):
                return engine.start(lambda: read_workbook(text, "md", kept))
            return engine.load(path)

        title = f"Load, {QUESTIONS:,} questions, converted before"
        figure = EnginePair(Ours(), other).measure(title, turns_of([load] * 15, 3), SpeedTarget(p50=40))
        figure.limit = "a third is reading the XML; the rest is making what stands for each question: bind, place, node"
        return figure


def _growth(folder: Path, other: Engine | None) -> Iterator[Figure]:
    for questions in GROWTH:
        path = written(folder, f"flat{questions}", converted(workbook(questions, chained=False)))
        pair = EnginePair(Ours(), other)
        pair.do(lambda engine, path=path: engine.load(path))  # type: ignore[misc]
        _open_sections(pair, 15)
        target = SpeedTarget(0.4, 1) if questions == QUESTIONS else None
        steps = [_answer(each % 15 + 1, 20 + each % 50) for each in range(300)]
        yield pair.measure(f"Answer to recomputed, {questions:,} questions, flat", turns_of(steps, 5), target)


def _beside(folder: Path) -> Figure:
    """Give the same answers in the shortest and the longest form, turn by turn."""
    short, long = Ours(), Ours()
    for engine, questions in ((short, GROWTH[0]), (long, GROWTH[-1])):
        engine.load(folder / f"flat{questions}.xml")
        _open_sections(EnginePair(engine, None), 15)
    title = f"The same answers, {GROWTH[-1]:,} questions beside {GROWTH[0]}"
    figure = Figure(title, other_name=f"{GROWTH[0]} questions", target=SpeedTarget(faster=0.67))
    for each in range(600):
        step = _answer(each % 15 + 1, 20 + each % 50)
        figure.add([step(long)])
        figure.other.append(step(short).seconds)
    return figure


def _chain(folder: Path, other: Engine | None) -> Figure:
    path = written(folder, "chained", converted(workbook(QUESTIONS, chained=True)))
    pair = EnginePair(Ours(), other)
    pair.do(lambda engine: engine.load(path))
    _open_sections(pair, QUESTIONS // SECTION)
    last = f"t{QUESTIONS // SECTION}"
    steps = [_set("i1", str(20 + each % 50), last) for each in range(400)]
    title = f"Answer to recomputed, {QUESTIONS:,} questions, through {QUESTIONS // SECTION} chained calculations"
    return pair.measure(title, turns_of(steps, 40), SpeedTarget(0.4, 1, 50))


def _sections(folder: Path, other: Engine | None) -> Figure:
    path = written(folder, "sections", converted(workbook(QUESTIONS, chained=False)))
    pair = EnginePair(Ours(), other)
    pair.do(lambda engine: engine.load(path))
    _open_sections(pair, QUESTIONS // SECTION)
    for section in range(1, QUESTIONS // SECTION + 1):
        pair.do(_answer(section, 20 + section % 50))
    last = QUESTIONS // SECTION
    steps = [_set("start", "nee" if each % 2 == 0 else "ja", "h1", f"i{last}") for each in range(90)]
    title = f"Every section hidden or shown at once, {QUESTIONS:,} questions"
    return pair.measure(title, turns_of(steps, 9), SpeedTarget(p95=5))


def _repeats(folder: Path, other: Engine | None) -> Iterator[Figure]:
    path = written(folder, "repeats", converted(repeats()))
    pair = EnginePair(Ours(), other)
    pair.do(lambda engine: engine.load(path))
    pair.do(_set("leeftijd", "7", "jaren"))
    first = 20
    for at in range(1, INSTANCES - first):
        pair.do(lambda engine: engine.add("kind"))
        pair.do(_age(at, at % 30))
    adding: list[Step] = [lambda engine: engine.add("kind", ["aantal"])] * first
    yield pair.measure(f"Add an instance, up to {INSTANCES}", turns_of(adding, 1))
    for at in range(INSTANCES - first, INSTANCES):
        pair.do(_age(at, at % 30))
    ages = [_age(each * 7 % INSTANCES, each % 30) for each in range(40)]
    yield pair.measure(f"An answer in one of {INSTANCES} instances, added up outside", turns_of(ages, 1))


def _collection(folder: Path) -> Figure:
    """Search for dead cycles with a form in memory, kept out of the search as the program does it, and not."""
    figure = Figure(f"A search of the garbage collector, {QUESTIONS:,} questions loaded", other_name="not kept out")
    ours = Ours()
    ours.load(folder / "chained.xml")
    for _ in range(10):
        gc.unfreeze()
        figure.other.append(seconds(gc.collect))
        collector.keep()
        figure.ours.append(seconds(gc.collect))
    return figure


def _open_sections(pair: EnginePair, number: int) -> None:
    pair.do(_set("start", "ja", "h1"))
    for section in range(1, number + 1):
        pair.do(_set(f"h{section}", "ja", f"i{section}"))


def _set(name: str, value: str, *read: str) -> Step:
    return lambda engine: engine.set(name, value, read)


def _answer(section: int, years: int) -> Step:
    """Answer the number of a section; its total, an age and four questions that may appear depend on it."""
    return _set(f"i{section}", str(years), f"t{section}", f"m{section}")


def _age(at: int, years: int) -> Step:
    return lambda engine: engine.set("leeftijd", str(years), ["jaren"], at)
