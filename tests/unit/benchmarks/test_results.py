"""The rows of a run: their table and what is kept of them."""

import json
from pathlib import Path

from benchmarks.results import Result, at_most, compared, head, readable, write


def test_a_row_says_its_ratio_and_whether_the_target_is_met(tmp_path: Path) -> None:
    rows = [
        compared("append", [0.002, 0.001, 0.003], "a plain commit", [0.001, 0.001], 1.35, "the disk"),
        at_most("open", [0.01], 0.012, "Python"),
        Result("size", 70.0, "lines of JSON", 47.0, unit="MB"),
    ]
    kept = json.loads(write("vault", rows, tmp_path / "bench").read_text("utf-8"))
    assert [row["met"] for row in kept] == [False, True, None]
    assert kept[0]["ratio"] == 2.0
    assert (kept[1]["peer"], kept[1]["ratio"], kept[1]["target"]) == (None, None, "<= 12 ms")
    assert [row["limit"] for row in kept] == ["the disk", "Python", ""]
    assert ["MISSED" in row.text() for row in rows] == [True, False, False]
    assert "1.49 x" in rows[2].text()
    assert "target" in head()


def test_a_figure_is_read_in_the_unit_that_suits_it() -> None:
    assert [readable(2.5), readable(0.0125), readable(0.00002), readable(1.5, "MB")] == [
        "2.50 s",
        "12.500 ms",
        "20.0 µs",
        "1.50 MB",
    ]
