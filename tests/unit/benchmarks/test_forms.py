"""The forms that are measured are sound, and a measurement that means nothing is not printed as a figure."""

import gc
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from benchmarks.forms.engines import NOT_RELEVANT, EngineFailed, Ours, Taken
from benchmarks.forms.figures import EnginePair, Figure, SpeedTarget
from benchmarks.forms.making import choices, converted, repeats, workbook, written
from desktop.forms import check_workbook


@pytest.fixture(autouse=True)
def collected_again() -> Iterator[None]:
    """Let the collector see everything again: loading keeps what there is out of its way."""
    yield
    gc.unfreeze()


@pytest.mark.parametrize("text", [workbook(30, chained=True), workbook(30, chained=False), repeats()])
def test_the_workbooks_have_nothing_wrong_with_them(text: str) -> None:
    assert check_workbook(text, "md") == ()


def _loaded(folder: Path, xform: bytes) -> Ours:
    engine = Ours()
    engine.load(written(folder, "form", xform))
    return engine


def test_a_number_runs_through_the_chain_and_shows_what_depends_on_it(tmp_path: Path) -> None:
    engine = _loaded(tmp_path, converted(workbook(30, chained=True)))
    assert engine.set("start", "ja", ["h1", "h2"]).values == ("", NOT_RELEVANT)
    engine.set("h1", "ja")
    assert engine.set("i1", "18", ["t1", "t3", "m1", "d1"]).values == ("18", "18", "", "")
    assert engine.set("start", "nee", ["i1", "t3"]).values == (NOT_RELEVANT, "0")


def test_a_list_shows_the_places_of_one_country(tmp_path: Path) -> None:
    engine = _loaded(tmp_path, choices(200))
    engine.set("land", "l3")
    assert engine.choices("plaats").values == ("4", "Plaats 3", "Plaats 153")


def test_instances_are_answered_by_their_number(tmp_path: Path) -> None:
    engine = _loaded(tmp_path, converted(repeats()))
    assert engine.add("kind", ["aantal"]).values == ("2",)
    engine.set("leeftijd", "4")
    assert engine.set("leeftijd", "9", ["jaren"], at=1).values == ("13",)


class _Otherwise(Ours):
    """An engine that reads something else."""

    def set(self, name: str, value: str, read: Sequence[str] = (), at: int = 0) -> Taken:
        return Taken(1.0, (*super().set(name, value, read, at).values[:-1], "otherwise"))


class _Failing(Ours):
    """An engine that cannot answer."""

    def set(self, name: str, value: str, read: Sequence[str] = (), at: int = 0) -> Taken:
        raise EngineFailed(name, value, read, at)


def _pair(folder: Path, other: Ours) -> EnginePair:
    path = written(folder, "form", converted(workbook(20, chained=False)))
    pair = EnginePair(Ours(), other)
    pair.do(lambda engine: engine.load(path))
    return pair


def test_engines_that_read_different_values_stop_the_measurement(tmp_path: Path) -> None:
    pair = _pair(tmp_path, _Otherwise())
    with pytest.raises(ValueError, match="otherwise"):
        pair.measure("start", [[lambda engine: engine.set("start", "ja", ["h1"])]])


def test_ours_is_measured_on_when_the_other_engine_fails(tmp_path: Path) -> None:
    pair = _pair(tmp_path, _Failing())
    figure = pair.measure("start", [[lambda engine: engine.set("start", "ja", ["h1"])]] * 3)
    assert (len(figure.ours), figure.other) == (3, [])
    assert "failed" in "\n".join(figure.lines())


def test_a_target_is_held_against_the_median_and_the_slow_end() -> None:
    figure = Figure("x", [0.001] * 19 + [0.1], [0.1] * 20, target=SpeedTarget(p50=2, p95=2, faster=50))
    [judged] = [line for line in figure.lines() if "target" in line]
    assert judged.split("target")[1].strip() == (
        "p50 at most 2 ms: met, p95 at most 2 ms: missed, at least 50 times as fast: met"
    )
